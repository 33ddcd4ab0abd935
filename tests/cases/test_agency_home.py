"""An agency's home: what waits for the reader comes first, the most urgent of it on top, and nothing else."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event

from app.accounts.models import Person
from app.agency_requests import operations
from app.agency_requests.collaboration import operations as collaboration_operations
from app.agency_requests.models import AgencyRequest
from app.agreements.drafting.current_text import clauses_of, current_text
from app.agreements.negotiation.operations import CHANGE, propose_change
from app.extensions import db, now
from app.intake import operations as intake_operations
from app.intake.information_requests import operations as information_requests_operations
from app.messages import operations as messages_operations
from app.policy import Role
from tests.agency_requests.filled_requests import fill
from tests.agreements.approved_request import approved, cleared
from tests.assessment.assessed_request import CAP, Story, in_assessment, recommended
from tests.builders import make_agency, make_person, make_request
from tests.checked import CheckedClient


def waiting_on(client: CheckedClient, person: Person) -> list[str]:
    """The titles of what waits, in the order of the page."""
    page = client.sign_in(person).get("/home").get_data(as_text=True)
    return [" ".join(title.split()) for title in re.findall(r'app-waiting-row__title">(.*?)</h', page, re.S)]


@pytest.fixture
def head(app: Flask) -> Person:
    return make_person(Role.AGENCY_HEAD, title="Sheriff")


@pytest.fixture
def officer(head: Person) -> Person:
    return make_person(Role.AGENCY_OFFICER, agency=head.agency)


def draft_of_team(officer: Person) -> AgencyRequest:
    draft = operations.create_draft(officer.actor, "TX")
    db.session.commit()
    return draft


def test_an_agency_without_a_request_is_led_to_start_one(client: CheckedClient, head: Person) -> None:
    page = client.sign_in(head).get("/home").get_data(as_text=True)
    assert "Start your first request" in page
    assert "More will appear here" in page


def test_a_draft_waits_to_be_finished_and_does_not_expire(client: CheckedClient, officer: Person) -> None:
    draft_of_team(officer)
    assert waiting_on(client, officer) == ["Finish your request"]
    assert "Drafts do not expire" in client.get("/home").get_data(as_text=True)


def test_a_section_given_to_somebody_waits_for_them_until_it_is_complete(
    client: CheckedClient, head: Person, officer: Person
) -> None:
    draft = draft_of_team(officer)
    collaboration_operations.assign_sections(
        draft,
        head.actor,
        {"else": officer.id},
        expected_version=collaboration_operations.assignments_version(draft),
        path="/home",
    )
    db.session.commit()
    assert waiting_on(client, officer) == ["Fill in “Anything else”"]
    assert waiting_on(client, head) == ["Finish your request"]
    client.sign_in(officer)
    address = f"/requests/{draft.id}/sections/else/more"
    client.get_page(address).submit("Save and continue", {"anything_else": "No."})
    assert waiting_on(client, officer) == ["Finish your request"]


def test_the_head_is_asked_to_certify_and_the_officer_to_change_what_the_head_wants(
    client: CheckedClient, head: Person, officer: Person
) -> None:
    draft = draft_of_team(officer)
    fill(draft, officer.actor)
    operations.ask_head(draft, officer.actor, "/home")
    db.session.commit()
    assert waiting_on(client, head) == ["Check and certify your request"]
    assert waiting_on(client, officer) == ["Finish your request"]
    operations.hand_back(draft, head.actor, "Mend the letter.", "/home")
    db.session.commit()
    assert waiting_on(client, officer) == ["Change what your agency head asked for"]


def test_only_the_head_is_asked_to_decide(client: CheckedClient, app: Flask) -> None:
    story = recommended(in_assessment())
    assert waiting_on(client, story.people["head"]) == ["Decide on our recommendation"]
    assert waiting_on(client, story.people["officer"]) == []


def test_a_text_open_to_both_sides_waits_to_be_read_and_its_proposals_to_be_answered(
    client: CheckedClient, app: Flask
) -> None:
    story = approved()
    agreement = cleared(story, CAP)
    assert waiting_on(client, story.people["head"]) == ["Read and accept the agreement: Criminal Alien Program"]
    clause = clauses_of(current_text(agreement).draft)[0].key
    propose_change(
        agreement,
        story.assessor,
        clause,
        kind=CHANGE,
        text="Other.",
        reason="Clearer.",
        expected_version=agreement.version,
    )
    db.session.commit()
    assert waiting_on(client, story.people["officer"]) == ["Answer 1 proposal on the agreement: Criminal Alien Program"]
    page = client.get("/home").get_data(as_text=True)
    assert "Text open for proposals" in page
    assert "1, 1 for you to answer" in page


def asked(agency_request: AgencyRequest, coordinator: Person, days: int) -> None:
    items = [
        information_requests_operations.NewItem("question", "jail_bookings", "Which months?"),
        information_requests_operations.NewItem("question", "objectives", "Why?"),
    ]
    due = (now() + timedelta(days=days)).date()
    intake_operations.declare_interests(agency_request, coordinator.actor, has_conflict=False, sentence="")
    information_requests_operations.ask_information(
        agency_request, coordinator.actor, items, due, expected_version=agency_request.version
    )
    db.session.commit()


@pytest.fixture
def questioned(app: Flask, head: Person, officer: Person) -> AgencyRequest:
    coordinator = make_person(Role.COORDINATOR)
    agency_request = make_request(
        head.agency, status="in_intake", created_by=officer, coordinator=coordinator, contact_name="Pat Doe"
    )
    asked(agency_request, coordinator, 10)
    return agency_request


def test_the_most_urgent_comes_first_with_the_only_filled_button(
    client: CheckedClient, officer: Person, questioned: AgencyRequest
) -> None:
    draft_of_team(officer)
    assert waiting_on(client, officer) == ["Answer 2 questions", "Finish your request"]
    page = client.get("/home").get_data(as_text=True)
    content = page[page.index("<main") : page.index("</main")]
    assert len(re.findall(r'class="usa-button\s*"', content)) == 1


def test_scenario_11_a_date_that_passed_is_shown_as_late_and_locks_nothing(
    client: CheckedClient, officer: Person, questioned: AgencyRequest
) -> None:
    with time_machine.travel(now() + timedelta(days=20)):
        client.sign_in(officer)
        page = client.get("/home").get_data(as_text=True)
        assert "app-date--late" in page
        assert "late" in page
        assert client.get(f"/requests/{questioned.id}/answer").status_code == 200


def test_nothing_waits_while_ice_works(client: CheckedClient, head: Person, officer: Person) -> None:
    make_request(head.agency, status="submitted", created_by=officer)
    assert waiting_on(client, head) == []
    assert "Nothing waits for you" in client.get("/home").get_data(as_text=True)


def test_a_viewer_is_asked_for_nothing(client: CheckedClient, app: Flask) -> None:
    story = approved()
    cleared(story, CAP)
    make_request(story.agency)
    assert waiting_on(client, make_person(Role.AGENCY_VIEWER, agency=story.agency)) == []


def test_another_agency_s_requests_and_agreements_are_not_there(client: CheckedClient, app: Flask) -> None:
    cleared(approved(), CAP)
    page = client.sign_in(make_person(Role.AGENCY_HEAD)).get("/home").get_data(as_text=True)
    assert "Criminal Alien Program" not in page


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent to the database meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_the_home_asks_the_database_as_often_for_many_requests_as_for_few(client: CheckedClient, app: Flask) -> None:
    counts = []
    for many in (2, 8):
        agency = make_agency()
        head = make_person(Role.AGENCY_HEAD, agency=agency)
        for _ in range(many):
            staff = {"coordinator": make_person(Role.COORDINATOR), "assessor": make_person(Role.ASSESSOR)}
            make_request(agency, status="in_assessment", created_by=head, **staff)
            make_request(agency, created_by=head)
        client.sign_in(head)
        with counted() as sent:
            client.get("/home")
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_the_story_s_people_all_have_a_home(client: CheckedClient, app: Flask) -> None:
    story: Story = in_assessment()
    for name in ("head", "officer"):
        assert client.sign_in(story.people[name]).get("/home").status_code == 200
    assert client.sign_in(story.people["assessor"]).get("/home").location == "/queue"


def test_an_agency_with_many_requests_finds_one_by_its_words(client: CheckedClient, officer: Person) -> None:
    found = [make_request(officer.agency, objectives_text=f"Objective {n}") for n in range(4)]
    assert 'type="search"' not in client.sign_in(officer).get("/home").get_data(as_text=True)
    found.append(make_request(officer.agency, status="submitted", objectives_text="Fewer counterfeit pills"))
    theirs = make_request(status="submitted", objectives_text="Our counterfeit pills")
    page = client.get("/home?q=counterfeit").get_data(as_text=True)
    assert 'type="search"' in page
    assert "1 request has “counterfeit”" in page
    assert "<mark>counterfeit</mark>" in page
    assert found[-1].number in page
    assert theirs.number not in page
    assert "0 requests have “zebra”" in client.get("/home?q=zebra").get_data(as_text=True)


def test_an_agencys_search_never_finds_what_is_for_staff(client: CheckedClient, officer: Person) -> None:
    case = make_request(officer.agency, status="in_assessment")
    messages_operations.begin_thread(case, make_person(Role.ASSESSOR).actor, shared=False, text="They seem overwhelmed")
    db.session.commit()
    assert "0 requests have" in client.sign_in(officer).get("/home?q=overwhelmed").get_data(as_text=True)
