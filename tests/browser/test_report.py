"""A month's report, made, read, printed and taken away by keyboard alone; dashboard and figures at both widths."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from app.accounts.models import KnownAgreement
from app.extensions import db
from app.reports import exporting
from app.workflow.timing import today
from tests.browser.conftest import LiveServer, Visitor
from tests.reports.story import move, tell

MANY_STOPS = 120
PAPER = 816  # CSS pixels of a letter page's width


@pytest.fixture
def visitor_of_the_story(visitor: Visitor, live: LiveServer) -> Visitor:
    """Headquarters' coordinator, with a request that moved this month."""
    with live.app.app_context():
        world = tell()
        month = today().replace(day=1)
        move(world.requests[0], (month, "submitted"), (today(), "in_intake"))
        for name in ("Anniston Police Department", "Boone County Sheriff's Office"):
            db.session.add(
                KnownAgreement(
                    state="AL", agency_name=name, agency_kind="County", county="Boone", program="287g", model="jail",
                    support_type="Jail Enforcement Model", signed_on=date(2025, 9, 22),
                )
            )  # fmt: skip
        db.session.commit()
        visitor.sign_in(world.people["Hq"])
    return visitor


def reach(page: Page, name: str) -> None:
    """Presses Tab until the control with this name has the focus, and sees that it shows it."""
    for _ in range(MANY_STOPS):
        page.keyboard.press("Tab")
        words = page.evaluate(
            "() => { const e = document.activeElement;"
            " return ((e.labels && e.labels[0] ? e.labels[0] : e).innerText || '').trim() }"
        )
        if re.sub(r"\s+", " ", words).startswith(name):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(f"no Tab leads to {name}")


def enter(visitor: Visitor) -> Page:
    """Presses Enter, waits for the page that follows, and looks at it."""
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    return visitor.look(at_both_widths=True)


def test_a_months_report(visitor_of_the_story: Visitor, tmp_path: Path) -> None:
    visitor = visitor_of_the_story
    page = visitor.open("/dashboard", at_both_widths=True)
    reach(page, "Reports")
    enter(visitor)
    month = f"{today():%B %Y}"
    assert page.get_by_role("heading", level=1).inner_text() == f"Report for {month}"
    reach(page, "Period")
    page.keyboard.press("ArrowDown")  # last month comes after this one
    reach(page, "Show")
    enter(visitor)
    assert month not in page.get_by_role("heading", level=1).inner_text()
    reach(page, "Period")
    page.keyboard.press("ArrowUp")
    reach(page, "Show")
    enter(visitor)
    assert page.get_by_role("heading", level=1).inner_text() == f"Report for {month}"
    the_table_is_taken_away(page)
    it_prints(page, tmp_path)


def the_table_is_taken_away(page: Page) -> None:
    """The first card's table, as CSV with the figures that the page shows."""
    reach(page, "Download (CSV)")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    rows = list(csv.reader(waiting.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == ["Stage", "Requests", "Share"]
    card = page.get_by_role("region", name="Figures: How far requests came").get_by_role("row")
    assert [row[1] for row in rows[1:]] == [cells.split()[-2] for cells in card.all_inner_texts()[1:]]


def it_prints(page: Page, folder: Path) -> None:
    """On paper: the heading, every card whole and as wide as the page, nothing that only a screen needs."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER, "height": 1056})
    assert not page.get_by_role("banner").is_visible()
    assert not page.get_by_role("link", name=re.compile("Download")).first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER
    for table in page.locator(".app-chart__table").all():
        assert table.evaluate("e => e.scrollWidth <= e.clientWidth + 1"), table.inner_text()
    paper = folder / "report.pdf"
    page.pdf(path=paper, format="Letter")
    assert paper.read_bytes().startswith(b"%PDF")
    page.emulate_media(media="screen")


def test_a_period_that_is_none_is_put_right_by_keyboard(visitor_of_the_story: Visitor) -> None:
    visitor = visitor_of_the_story
    page = visitor.open("/reports?period=dates&first=2026-10-31&last=2026-10-01")
    visitor.look(at_both_widths=True)
    assert page.title().startswith("Error:")
    reach(page, "The last day cannot be before the first.")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "last"
    page.keyboard.type("11302026")
    reach(page, "Show")
    enter(visitor)
    assert "October 31, 2026 to November 30, 2026" in page.get_by_role("heading", level=1).inner_text()


def test_a_long_list_is_prepared_while_one_does_something_else(
    visitor_of_the_story: Visitor, live: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = visitor_of_the_story
    monkeypatch.setattr("app.reports.exporting.AT_ONCE", 2)
    visitor.open("/queue?view=all")
    visitor.press(re.compile("Take this list away"))
    visitor.look(at_both_widths=True)
    page = visitor.press("Prepare an Excel workbook")
    visitor.look(at_both_widths=True)
    assert page.get_by_role("heading", level=1).inner_text() == "We are preparing your file"
    with live.app.app_context():
        assert exporting.work()
    visitor.press("Look again")
    visitor.look(at_both_widths=True)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download Excel").click()
    assert waiting.value.suggested_filename.endswith(".xlsx")
    visitor.open("/exports", at_both_widths=True)


def test_anybody_reads_the_figures_and_the_agreements(
    visitor: Visitor, visitor_of_the_story: Visitor, live: LiveServer
) -> None:
    visitor.page.context.clear_cookies()
    visitor.open("/")
    visitor.press("In numbers")
    visitor.look(at_both_widths=True)
    page = visitor.press("See the agreements in force")
    visitor.look(at_both_widths=True)
    page.get_by_label("Agency or county").fill("anniston")
    visitor.press("Apply")
    assert page.get_by_text("1 agreement", exact=False).first.is_visible()
    assert not page.get_by_text("Boone County Sheriff").count()


def test_the_report_needs_no_scripts(scriptless: Visitor, live: LiveServer) -> None:
    with live.app.app_context():
        world = tell()
        scriptless.sign_in(world.people["Hq"])
    page = scriptless.page
    page.goto(f"{live.url}/reports")
    page.get_by_label("Period").select_option(index=1)
    page.get_by_role("button", name="Show").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Report for")
    page.goto(f"{live.url}/dashboard")
    page.get_by_role("link", name="late with ICE").first.click()
    assert "/queue" in page.url
