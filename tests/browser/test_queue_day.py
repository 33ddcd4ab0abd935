"""Forty waiting requests: shortcuts that lead through them, and what the first view of them weighs."""

import gzip
import uuid
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from app.accounts.models import Person
from app.extensions import db, now
from app.policy import Role
from app.workflow.clocks.operations import today
from app.workflow.models import StageClock
from tests.browser.conftest import NARROW, WIDE, Visitor
from tests.builders import make_agency, make_office, make_person, make_request

MANY = 40
MOST_BYTES = 100 * 1024


def forty_wait() -> Person:
    """Somebody of a field office where forty requests wait, some of them late, two about the same gang."""
    office = make_office(name="Houston field")
    make_person(Role.COORDINATOR, office=office, name="Bo Cruz")
    for n in range(MANY):
        found = make_request(
            make_agency(name=f"Caprock {n:02} County Sheriff's Office"),
            status="submitted",
            office_id=office.id,
            submitted_at=now() - timedelta(days=MANY - n),
            letter_text="The Zander crew sells pills." if n in {7, 30} else "",
        )
        db.session.add(
            StageClock(
                subject_id=found.id, case_id=found.id, kind="acknowledge", started_on=today(),
                due=today() + timedelta(days=n - 5),
            )
        )  # fmt: skip
    db.session.commit()
    return make_person(Role.COORDINATOR, office=office, name="Ann Lee")


@pytest.fixture
def day(visitor: Visitor) -> uuid.UUID:
    """Signed in: that coordinator."""
    visitor.page.set_default_timeout(8000)
    with visitor.server.app.app_context():
        me = forty_wait()
        visitor.sign_in(me)
        return me.id


def focused(visitor: Visitor) -> str:
    return str(visitor.page.evaluate("document.activeElement.textContent.trim()"))


def test_shortcuts_search_move_choose_and_open(visitor: Visitor, day: uuid.UUID) -> None:
    page = visitor.open("/dashboard")
    keys = page.keyboard
    with page.expect_navigation():
        keys.press("g")
        keys.press("q")
    visitor.look(at_both_widths=True)
    keys.press("/")
    keys.type("zander")
    with page.expect_navigation():
        keys.press("Enter")
    visitor.look(at_both_widths=True)
    keys.press("j")
    assert focused(visitor).startswith("Caprock 07")
    keys.press("x")
    keys.press("j")
    assert focused(visitor).startswith("Caprock 30")
    keys.press("x")
    expect(page.get_by_text("2 requests chosen")).to_be_visible()
    with page.expect_navigation():
        keys.press("Enter")
    visitor.look()
    expect(page.get_by_role("heading", level=1)).to_have_text("Caprock 30 County Sheriff's Office")


def test_shortcuts_are_told_turned_off_and_silent_while_somebody_types(visitor: Visitor, day: uuid.UUID) -> None:
    page = visitor.open("/queue?view=all")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    visitor.look()
    page.get_by_text("Use shortcuts in this browser").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("j")
    assert not page.locator("tbody a:focus").count()
    page.reload()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="Keyboard shortcuts").click()
    page.get_by_text("Use shortcuts in this browser").click()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("/")
    page.keyboard.type("jkox?gq")
    expect(page.locator("#filter-q")).to_have_value("jkox?gq")
    expect(page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_first_view_of_the_queue_weighs_under_a_hundred_kilobytes(
    visitor: Visitor, day: uuid.UUID, width: int
) -> None:
    sizes: dict[str, int] = {}
    page = visitor.page
    page.set_viewport_size({"width": width, "height": 950})
    page.on("response", lambda answer: sizes.__setitem__(answer.url, _on_the_wire(answer)))
    visitor.open("/queue?view=all")
    page.wait_for_load_state("networkidle")
    assert sum(sizes.values()) < MOST_BYTES, sizes


def _on_the_wire(answer: object) -> int:
    """What the answer weighs once a proxy packs it; fonts and pictures are packed already."""
    body = answer.body()  # type: ignore[attr-defined] # a response of playwright
    return min(len(body), len(gzip.compress(body)))
