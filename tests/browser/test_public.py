"""What anybody sees without an account: the programs, the finder from problem to order, and what explains them."""

import pytest

from app.programs.catalog import CATALOG
from tests.browser.conftest import Visitor

EXPLAINING = (
    *("/", "/programs", "/how-it-works", "/about", "/privacy", "/accessibility"),
    *("/finder/weights", "/sign-in", "/join", "/offices"),
)
PLANT = (
    "/finder/result?topic=jail&jail_operated=yes&jail_bookings=12000&jail_foreign_born_bookings=1800"
    "&jail_identity_checks=partial&state_law_immigration=permits"
)


@pytest.mark.parametrize("path", EXPLAINING)
def test_a_page_for_everybody_holds_at_both_widths(visitor: Visitor, path: str) -> None:
    visitor.open(path, at_both_widths=True)


@pytest.mark.parametrize("path", EXPLAINING)
def test_a_page_for_everybody_holds_at_200_percent_zoom(visitor: Visitor, path: str) -> None:
    """A window of 1280 by 950 then has room for 640 by 475."""
    visitor.page.set_viewport_size({"width": 640, "height": 475})
    visitor.open(path)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.mark.parametrize("program", CATALOG.programs, ids=lambda program: program.key)
def test_each_program_has_a_page_that_holds_at_both_widths(visitor: Visitor, program: object) -> None:
    visitor.open(f"/programs/{program.key}", at_both_widths=True)  # type: ignore[attr-defined] # a Program


def test_programs_are_found_by_need_and_the_filters_taken_off_again(visitor: Visitor) -> None:
    page = visitor.open("/programs?q=jail")
    assert page.get_by_role("link", name="Criminal Alien Program").count()
    visitor.look(at_both_widths=True)
    visitor.open("/programs?q=zzzz", at_both_widths=True)


def test_the_finder_leads_from_a_problem_to_an_order_with_reasons(visitor: Visitor) -> None:
    page = visitor.open("/finder", at_both_widths=True)
    page.locator("form label").first.click()
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    visitor.look(at_both_widths=True)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    visitor.look(at_both_widths=True)
    assert page.get_by_role("heading", level=1).count() == 1
    visitor.open(PLANT, at_both_widths=True)
    assert page.get_by_role("link", name="Start with these answers").count()
