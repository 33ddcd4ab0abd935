"""An agency's filing in a browser: at both widths, with errors, and with two people at once."""

import uuid
from dataclasses import dataclass

import pytest

from app.accounts.models import Person
from app.accounts.offices.operations import load_offices
from app.agency_requests import operations
from app.agency_requests.models import AgencyRequest
from app.agency_requests.sections.question_forms import GivenAnswer
from app.extensions import db
from app.policy import Actor, Role
from tests.agency_requests.filled_requests import fill, send
from tests.browser.conftest import LiveServer, Visitor
from tests.builders import make_agency, make_person


@dataclass
class Agency:
    """The people of one agency and the addresses of their requests: one begun, one complete, one sent."""

    head: uuid.UUID
    officer: uuid.UUID
    actor: Actor
    begun: str
    ready: str
    sent: str

    @property
    def begun_id(self) -> uuid.UUID:
        return uuid.UUID(self.begun.rsplit("/", 1)[1])


@pytest.fixture
def agency(live: LiveServer) -> Agency:
    with live.app.app_context():
        load_offices()
        home = make_agency(state="GA")
        head, officer = make_person(Role.AGENCY_HEAD, agency=home), make_person(Role.AGENCY_OFFICER, agency=home)
        begun = operations.create_draft(officer.actor, "GA", {"jail_bookings": 12_000})
        operations.rank_problems(begun, officer.actor, [("gangs", "Two gangs work across the state line.")])
        ready, sent = operations.create_draft(officer.actor, "GA"), operations.create_draft(officer.actor, "GA")
        for each in (ready, sent):
            fill(each, officer.actor)
        send(sent, head.actor)
        db.session.commit()
        addresses = [f"/requests/{each.id}" for each in (begun, ready, sent)]
        return Agency(head.id, officer.id, head.actor, *addresses)


def enter(visitor: Visitor, live: LiveServer, person_id: uuid.UUID) -> None:
    with live.app.app_context():
        visitor.sign_in(db.session.get_one(Person, person_id))


def test_the_filing_holds_at_both_widths(visitor: Visitor, live: LiveServer, agency: Agency) -> None:
    enter(visitor, live, agency.head)
    sections = (
        "agency/contacts",
        "agency/agency-law",
        "agency/agency-approval",
        "needs/problems",
        "jail/jail-bookings",
    )
    for address in (
        "/home",
        "/requests/new?from=finder&jail_bookings=12000",
        f"{agency.begun}/tasks",
        f"{agency.begun}/share",
        *(f"{agency.begun}/sections/{each}" for each in (*sections, "jail/jail-bookings", "authority/letter")),
        f"{agency.begun}/documents",
        f"{agency.begun}/check",
        f"{agency.ready}/check",
        f"{agency.sent}/receipt",
        f"{agency.sent}/withdraw",
    ):
        visitor.open(address)
        visitor.look(at_both_widths=True)


def test_the_summary_of_errors_takes_focus_and_leads_to_each_box(
    visitor: Visitor, live: LiveServer, agency: Agency
) -> None:
    enter(visitor, live, agency.officer)
    page = visitor.open(f"{agency.begun}/sections/jail/jail-bookings")
    page.locator("#jail_foreign_born_bookings").fill("1O21")
    visitor.press("Save and continue")
    visitor.look(at_both_widths=True)
    assert page.title().startswith("Error: Bookings in your jail")
    assert "usa-error-summary" in (page.evaluate("document.activeElement.className"))
    page.get_by_role("link", name="Did you mean 1,021?").click()
    assert page.evaluate("document.activeElement.id") == "jail_foreign_born_bookings"
    assert page.locator("#jail_foreign_born_bookings").input_value() == "1O21"


def test_what_is_missing_leads_to_the_very_question(visitor: Visitor, live: LiveServer, agency: Agency) -> None:
    enter(visitor, live, agency.head)
    page = visitor.open(f"{agency.begun}/check")
    visitor.use(page.locator("#certify").get_by_role("link", name="How many people you serve"))
    assert page.evaluate("document.activeElement.id") == "population_served"


def test_two_people_choose_between_their_answers(visitor: Visitor, live: LiveServer, agency: Agency) -> None:
    enter(visitor, live, agency.officer)
    page = visitor.open(f"{agency.begun}/sections/jail/jail-jail")
    page.locator("label", has_text="No").first.click()
    with live.app.app_context():
        draft = db.session.get(AgencyRequest, agency.begun_id)
        operations.save_answers(draft, agency.actor, {"jail_operated": GivenAnswer("yes", "", "")})
        db.session.commit()
    visitor.press("Save and continue")
    visitor.look(at_both_widths=True)
    page.locator("label", has_text="Keep theirs").click()
    visitor.press("Save what you chose")
    assert page.url.endswith("/sections/jail/jail-bookings")
