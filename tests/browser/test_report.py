"""A report on paper, a list prepared as a file, and the figures for everybody."""

import re
from datetime import date
from pathlib import Path

import pytest

from app.agreements_in_force.models import AgreementInForce
from app.extensions import db
from app.reports.exports import operations
from app.workflow.clocks.operations import today
from tests.browser.conftest import LiveServer, Visitor
from tests.reports.counted_requests import move, tell

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
                AgreementInForce(
                    state="AL", agency_name=name, agency_kind="County", county="Boone", program="287g", model="jail",
                    support_type="Jail Enforcement Model", signed_on=date(2025, 9, 22),
                )
            )  # fmt: skip
        db.session.commit()
        visitor.sign_in(world.people["Hq"])
    return visitor


def test_a_report_prints(visitor_of_the_story: Visitor, tmp_path: Path) -> None:
    """On paper: the heading, every card whole and as wide as the page, nothing that only a screen needs."""
    page = visitor_of_the_story.open("/reports", at_both_widths=True)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER, "height": 1056})
    assert not page.get_by_role("banner").is_visible()
    assert not page.get_by_role("link", name=re.compile("Download")).first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER
    for table in page.locator(".app-chart__table").all():
        assert table.evaluate("e => e.scrollWidth <= e.clientWidth + 1"), table.inner_text()
    paper = tmp_path / "report.pdf"
    page.pdf(path=paper, format="Letter")
    assert paper.read_bytes().startswith(b"%PDF")


def test_a_long_list_is_prepared_while_one_does_something_else(
    visitor_of_the_story: Visitor, live: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = visitor_of_the_story
    monkeypatch.setattr("app.reports.exports.operations.AT_ONCE", 2)
    visitor.open("/queue?view=all")
    visitor.press(re.compile("Take this list away"))
    visitor.look(at_both_widths=True)
    page = visitor.press("Prepare an Excel workbook")
    visitor.look(at_both_widths=True)
    assert page.get_by_role("heading", level=1).inner_text() == "We are preparing your file"
    with live.app.app_context():
        assert operations.work_on_exports()
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
    assert page.get_by_text("1 agreement").filter(visible=True).count()
    assert not page.get_by_text("Boone County Sheriff").count()
