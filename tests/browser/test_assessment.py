"""The assessor's pages in a browser: readable by everyone at both widths, also when they come back with errors."""

from app.assessment.recommendation.operations import ProgramChoice, choose_programs
from app.extensions import db
from tests.assessment.assessed_request import in_assessment
from tests.browser.conftest import LiveServer, Visitor

PAGES = ("worksheet", "survey", "meetings", "recommendation", "plan", "recommend", "no-partnership")


def test_the_assessors_pages_hold_at_both_widths(visitor: Visitor, live: LiveServer) -> None:
    with live.app.app_context():
        story = in_assessment()
        choices = [
            ProgramChoice("287g", "jail", "Most are not screened."),
            ProgramChoice("best", "", "It is near the border."),
        ]
        choose_programs(story.agency_request, story.assessor, choices, "Screen every booking.")
        db.session.commit()
        visitor.sign_in(story.people["assessor"])
        case = f"/cases/{story.agency_request.id}"
    for page in PAGES:
        visitor.open(f"{case}/{page}")
        visitor.look(at_both_widths=True)


def test_a_worksheet_with_errors_leads_to_each_box(visitor: Visitor, live: LiveServer) -> None:
    with live.app.app_context():
        story = in_assessment()
        visitor.sign_in(story.people["assessor"])
        case = f"/cases/{story.agency_request.id}"
    page = visitor.open(f"{case}/worksheet")
    page.get_by_label("Confirmed: All bookings").fill("-5")
    visitor.press("Save Your jail")
    visitor.look(at_both_widths=True)
    assert "Error:" in page.title()
    page.get_by_role("link", name="All bookings: Enter a whole number").click()
    assert page.evaluate("document.activeElement.id") == "value-jail_bookings"
    assert page.get_by_label("Confirmed: All bookings").input_value() == "-5"
