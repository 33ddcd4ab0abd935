"""An assessment with what-if: values confirmed, what-if values that change nothing, a recommendation that goes out."""

import uuid

import pytest
from playwright.sync_api import Locator, expect

from app.agency_requests.models import AgencyRequest
from app.extensions import db
from app.programs.catalog import CATALOG
from tests.assessment.assessed_request import CAP, JAIL, Story, assessed, in_assessment
from tests.browser.conftest import LiveServer
from tests.browser.journeys.conftest import Meet, Traveler

LINE = {
    "Measure": "Share screened",
    "Unit": "percent",
    "Today": "35",
    "Target": "95",
    "Owner, by role": "Jail administrator",
    "By when": "2027-06-30",
}


@pytest.fixture
def assessor(meet: Meet, live: LiveServer) -> Traveler:
    traveler = meet()
    with live.app.app_context():
        story = in_assessment()
        traveler.sign_in(story.people["assessor"])
        traveler.name = str(story.agency_request.id)
    return traveler


def test_an_assessment_with_what_if(assessor: Traveler, live: LiveServer) -> None:
    assessor.open(f"/cases/{assessor.name}")
    assessor.press("Worksheet and ranking")
    confirm_the_bookings(assessor)
    try_others(assessor)
    the_rest_is_confirmed(live, uuid.UUID(assessor.name))
    choose_the_program(assessor)
    plan(assessor)
    send(assessor)


def confirm_the_bookings(assessor: Traveler) -> None:
    """With a slip first; saving shows the order anew, and without scripts nothing else does."""
    before = scores(assessor)
    assessor.fill("Confirmed: All bookings", "-5")
    assessor.press("Save Your jail")
    page = assessor.is_told("All bookings: Enter a whole number")
    assert page.get_by_label("Confirmed: All bookings").input_value() == "-5"
    assessor.fill("Confirmed: All bookings", "60,000")
    assessor.pick("How it is known: All bookings", "Measured")
    assessor.fill("Source: All bookings", "Booking report")
    assessor.press("Save Your jail")
    assert scores(assessor) != before


def try_others(assessor: Traveler) -> None:
    """What is tried is nowhere kept."""
    saved = scores(assessor)
    assessor.press("Try other values")
    assessor.fill("Try: All bookings", "many")
    assessor.press("Show the order")
    assessor.is_told("All bookings: Enter a whole number")
    assessor.fill("Try: All bookings", "400")
    assessor.press("Show the order")
    expect(assessor.page.get_by_text("now tried as 400")).to_have_count(1)
    assessor.press("Worksheet")
    assert scores(assessor) == saved


def the_rest_is_confirmed(live: LiveServer, request_id: uuid.UUID) -> None:
    """Seventy more values, the survey and a meeting."""
    with live.app.app_context():
        request = db.session.get_one(AgencyRequest, request_id)
        me = request.assessor.actor
        assessed(Story(request, request.agency, me, me, me, me, me, reviewers={}, people={}))


def choose_the_program(assessor: Traveler) -> None:
    """Two programs in one place at first."""
    assessor.press("Choose programs to recommend")
    for program in (JAIL, CAP):
        assessor.hand.press(program_of(assessor, program).locator("summary").first)
        assessor.hand.pick(program_of(assessor, program).get_by_label("Place in the recommendation"), "1st")
    assessor.hand.fill(program_of(assessor, JAIL).get_by_label("Why you recommend it"), "Most are not screened.")
    assessor.fill("Summary for the agency", "Screen every booking.")
    assessor.press("Save the recommendation")
    assessor.is_told("Another program has this place. Choose one place for each.")
    assessor.hand.pick(program_of(assessor, CAP).get_by_label("Place in the recommendation"), "Not recommended")
    assessor.hand.fill(program_of(assessor, JAIL).get_by_label("Why you depart"), "The jail is ready for it now.")
    assessor.press("Save the recommendation")


def plan(assessor: Traveler) -> None:
    """One line; the first time only begun."""
    assessor.press("Plan of action")
    assessor.fill("Objective", "Screen every booking")
    assessor.press("Save the plan")
    assessor.is_told("Say what is counted.")
    assessor.pick("Program", CATALOG.label(JAIL))
    for label, words in LINE.items():
        assessor.fill(label, words)
    assessor.press("Save the plan")


def send(assessor: Traveler) -> None:
    assessor.press("Send it")
    assessor.press("Send to the agency")
    expect(assessor.page.get_by_role("link", name="Take it back")).to_be_visible()


def program_of(assessor: Traveler, key: str) -> Locator:
    """The fold of one program."""
    return assessor.page.locator("details.app-choose").filter(has_text=CATALOG.label(key)).first


def scores(assessor: Traveler) -> list[str]:
    return assessor.page.locator("#order .app-order__entry .app-order__score").all_inner_texts()
