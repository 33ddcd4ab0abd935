"""A letter on paper becomes a request: staff type it in alone, compare and record it, and then stay away from it."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from markupsafe import escape
from sqlalchemy import select

from app import audit
from app.accounts.models import Person
from app.accounts.people import operations
from app.agency_requests import operations as agency_requests_operations
from app.agency_requests.access import get_request, visible_requests
from app.agency_requests.models import AgencyRequest
from app.agency_requests.receipt import receipt_pdf
from app.agency_requests.sections import queries
from app.agency_requests.sections.section_list import SECTIONS
from app.agency_requests.submission import record_entry
from app.cases.case_page.headline import headline
from app.cases.queue import filters
from app.cases.queue import queries as queue_queries
from app.deadlines.clocks import ClockKind as Clock
from app.deadlines.clocks import due
from app.extensions import db
from app.intake.assignment import operations as assignment_operations
from app.intake.assignment.queries import staff_choices
from app.intake.paper_entry import operations as paper_entry_operations
from app.notifications.models import OutboxMessage
from app.policy import Permission, Role, allows
from app.uploads.inspection import inspect
from app.workflow import engine
from app.workflow.clocks.operations import clocks_of, today
from app.workflow.clocks.targets import targets
from app.workflow.journey.facts import Inputs
from app.workflow.journey.request_journey import Action
from app.workflow.refusals import RefusalKind, StepRefused
from tests.agency_requests.filled_requests import fill
from tests.builders import make_agency, make_office, make_person, make_request
from tests.checked import CheckedClient
from tests.page import Page
from tests.uploads.samples import pdf

SIGNED, RECEIVED = today() - timedelta(days=12), today() - timedelta(days=4)
TICKED = {"compared": True, "signed": True}
RECORD, WRONG = "Record the request", "The letter is of another county."


@pytest.fixture
def clerk(head: Person) -> Person:
    return make_person(Role.COORDINATOR)


@pytest.fixture
def entry(head: Person, clerk: Person) -> AgencyRequest:
    """The letter of the head's agency, typed in whole and scanned, not yet recorded."""
    opened = paper_entry_operations.begin_entry(clerk.actor, head.agency, signed_on=SIGNED, received_on=RECEIVED)
    fill(opened, clerk.actor)
    agency_requests_operations.attach(opened, clerk.actor, "letter", inspect("letter.pdf", pdf()))
    db.session.commit()
    return opened


def check_page(client: CheckedClient, entry: AgencyRequest, clerk: Person) -> Page:
    """The page on which the clerk compares the entry as it stands."""
    return client.sign_in(clerk).get_page(f"/requests/{entry.id}/check")


def record(entry: AgencyRequest, clerk: Person) -> None:
    record_entry(
        entry, clerk.actor, certified=True, expected_version=entry.version, shown=queries.certified_content(entry)
    )
    db.session.commit()


def test_a_coordinator_finds_the_agency_by_its_ori_and_types_its_letter_in(
    client: CheckedClient, clerk: Person, head: Person
) -> None:
    visitor = client.sign_in(clerk)
    page = visitor.get_page("/requests/from-paper").submit("Continue", ori=head.agency.ori)
    assert escape(head.agency.name) in page.text
    tasks = page.submit("Begin", signed_on=SIGNED, received_on=RECEIVED)
    assert "only you see it yet" in tasks.text
    assert "Give sections to colleagues" not in tasks.text
    opened = db.session.scalar(select(AgencyRequest))
    assert (opened.entered_by_id, opened.letter_signed_on, opened.letter_received_on) == (clerk.id, SIGNED, RECEIVED)
    for section in SECTIONS:
        assert visitor.get(f"/requests/{opened.id}/sections/{section.key}", follow_redirects=True).status_code == 200
    assert escape(head.agency.name) in visitor.get("/requests/from-paper").get_data(as_text=True)


@pytest.mark.parametrize(
    ("dates", "sentence"),
    [
        ((RECEIVED + timedelta(days=1), RECEIVED), "on or after the date on it"),
        ((SIGNED, today() + timedelta(days=2)), "not after today"),
        ((SIGNED, ""), "Enter the day on which it came in"),
    ],
)
def test_a_letter_is_signed_before_it_comes_in(
    client: CheckedClient, clerk: Person, head: Person, dates: tuple[date | str, ...], sentence: str
) -> None:
    signed, received = dates
    page = client.sign_in(clerk).get_page(f"/requests/from-paper/new?ori={head.agency.ori}")
    page = page.submit("Begin", signed_on=signed, received_on=received)
    assert page.status_code == 422
    assert sentence in page.text


def test_an_ori_that_nobody_has_is_said_to_be_unknown(client: CheckedClient, clerk: Person) -> None:
    answer = client.sign_in(clerk).get("/requests/from-paper/new?ori=ZZ9990000")
    assert answer.status_code == 422
    assert "No agency has this ORI here" in answer.get_data(as_text=True)


def test_two_agencies_under_one_ori_are_told_apart(client: CheckedClient, clerk: Person, head: Person) -> None:
    other = make_agency(ori=head.agency.ori, name="Example Town Constable")
    page = client.sign_in(clerk).get_page(f"/requests/from-paper/new?ori={head.agency.ori}")
    assert other.name in page.text
    assert page.text.count('name="agency"') == 2
    assert not re.search(r'<input[^>]*type="radio"[^>]*checked', page.text)
    page = page.submit("Begin", signed_on=SIGNED, received_on=RECEIVED)
    assert page.status_code == 422
    assert "Choose the agency that wrote the letter" in page.text
    page.submit("Begin", agency=other.id)
    assert db.session.scalars(select(AgencyRequest.agency_id)).one() == other.id


def test_until_it_is_recorded_nobody_else_has_it(
    client: CheckedClient, app: Flask, entry: AgencyRequest, clerk: Person, head: Person
) -> None:
    for other in (head, make_person(Role.COORDINATOR), make_person(Role.AUDITOR)):
        assert entry not in db.session.scalars(visible_requests(other.actor)).all()
        with pytest.raises(StepRefused) as refused:
            get_request(entry.id, other.actor)
        assert refused.value.kind is RefusalKind.NOT_FOUND
    assert client.sign_in(head).get(f"/requests/{entry.id}/check").status_code == 404
    assert "No requests yet" in client.sign_in(clerk).get("/queue?view=all").get_data(as_text=True)


def test_who_types_a_letter_in_may_do_that_and_nothing_else(
    client: CheckedClient, entry: AgencyRequest, clerk: Person
) -> None:
    may = {permission for permission in Permission if allows(clerk.actor, permission, entry)}
    assert may == {
        Permission.REQUEST_READ,
        Permission.REQUEST_EDIT,
        Permission.REQUEST_ENTER,
        Permission.REQUEST_DISCARD,
    }
    visitor = client.sign_in(clerk)
    for page in (f"/cases/{entry.id}", f"/cases/{entry.id}/intake", f"/requests/{entry.id}"):
        assert visitor.get(page).status_code == 404
    for page in (f"/requests/{entry.id}/ask-head", f"/requests/{entry.id}/share"):
        assert visitor.craft_post(page).status_code == 403


@pytest.mark.parametrize("left_out", TICKED)
def test_what_was_typed_in_is_compared_and_signed(
    client: CheckedClient, entry: AgencyRequest, clerk: Person, left_out: str
) -> None:
    page = check_page(client, entry, clerk).submit(RECORD, {**TICKED, left_out: False})
    assert page.status_code == 422
    assert "Tick the box to confirm" in page.text


def test_without_a_scan_of_the_letter_it_is_not_recorded(
    client: CheckedClient, entry: AgencyRequest, clerk: Person
) -> None:
    agency_requests_operations.remove(entry, clerk.actor, queries.letter_of(entry).id)
    db.session.commit()
    page = check_page(client, entry, clerk).submit(RECORD, TICKED)
    assert page.status_code == 422
    assert "Attach a scan of the signed letter" in page.text


def test_recorded_it_is_the_agencys_request_and_says_where_it_came_from(
    client: CheckedClient, entry: AgencyRequest, clerk: Person, head: Person
) -> None:
    page = check_page(client, entry, clerk)
    for _ in range(2):  # the second click changes nothing
        assert page.submit(RECORD, TICKED).path == "/requests/from-paper"
    db.session.refresh(entry)
    assert entry.status == "submitted"
    assert str(entry.number).startswith("ACC-")
    told = db.session.scalars(select(OutboxMessage).where(OutboxMessage.notice == "entered")).all()
    assert [mail.address for mail in told] == [head.email]
    for person, page in ((head, f"/requests/{entry.id}"), (make_person(Role.COORDINATOR), f"/cases/{entry.id}")):
        assert "Entered by ICE from a letter on paper" in client.sign_in(person).get(page).get_data(as_text=True)
    assert "entered by ICE" in receipt_pdf._content(entry)["lead"]


def test_the_first_clock_counts_from_the_day_the_letter_came_in(entry: AgencyRequest, clerk: Person) -> None:
    record(entry, clerk)
    (clock,) = clocks_of([entry.id])
    assert clock.due == due(RECEIVED, targets()[Clock.ACKNOWLEDGE])


def test_who_typed_it_in_takes_no_part_in_the_case(entry: AgencyRequest, clerk: Person) -> None:
    record(entry, clerk)
    with pytest.raises(StepRefused) as refused:
        engine.take_step(Action.TAKE, entry, clerk.actor)
    assert refused.value.sentences == (
        "You typed this request in for the agency, so somebody else acts for ICE in it.",
    )
    assert [step.action for step in engine.offered_steps(entry, clerk.actor)] == [Action.RETRACT]
    assert assignment_operations.assignment_obstacle(entry, Role.COORDINATOR, clerk).startswith(
        f"{clerk.name} typed the request in"
    )
    assert str(clerk.id) not in dict(staff_choices(entry, Role.COORDINATOR))
    assert (
        entry.id
        not in db.session.scalars(
            queue_queries.matching_requests(clerk.actor, filters.parse_filters({"view": "mine"}))
        ).all()
    )
    assert headline(entry, clerk.actor).turn == "other"
    engine.take_step(Action.TAKE, entry, make_person(Role.COORDINATOR).actor)
    assert entry.status == "in_intake"


def test_what_is_discarded_was_never_the_agencys_and_the_reason_stays(
    client: CheckedClient, entry: AgencyRequest, clerk: Person, head: Person
) -> None:
    page = client.sign_in(clerk).get_page("/requests/from-paper").follow("Discard").submit("Discard the draft")
    assert page.status_code == 422
    assert page.submit("Discard the draft", reason=WRONG).path == "/requests/from-paper"
    db.session.refresh(entry)
    assert entry.status == "withdrawn"
    assert entry not in db.session.scalars(visible_requests(head.actor)).all()
    kept = db.session.scalars(select(audit.Event).where(audit.Event.action == "discard")).one()
    assert kept.reason == WRONG


def test_a_second_click_on_discard_is_led_to_the_list(
    client: CheckedClient, entry: AgencyRequest, clerk: Person
) -> None:
    visitor = client.sign_in(clerk)
    page = visitor.get_page(f"/requests/{entry.id}/discard")
    for _ in range(2):
        assert page.submit("Discard the draft", reason=WRONG).path == "/requests/from-paper"
    assert visitor.get_page(f"/requests/{entry.id}/tasks").path == "/requests/from-paper"
    assert len(db.session.scalars(select(audit.Event).where(audit.Event.action == "discard")).all()) == 1


def test_who_typed_it_in_is_not_asked_to_take_it(entry: AgencyRequest, clerk: Person) -> None:
    other = make_person(Role.COORDINATOR)
    record(entry, clerk)
    told = db.session.scalars(select(OutboxMessage.address).where(OutboxMessage.notice == "new_request")).all()
    assert told == [other.email]


def test_the_pages_of_a_letter_speak_to_staff_and_of_the_agency(
    client: CheckedClient, entry: AgencyRequest, clerk: Person, head: Person
) -> None:
    """Not "your agency", "certify" or "withdraw": who types it in is of ICE, and the letter is the agency's."""
    make_request(head.agency, status="in_intake", wanted_programs=["criminal-alien-program"])
    entry.wanted_programs = ["criminal-alien-program"]
    db.session.commit()
    page = client.sign_in(clerk).get(f"/requests/{entry.id}/check").get_data(as_text=True)
    assert "This agency has an open request about the same problem or program" in page
    assert "against the signed letter" in page
    assert 'href="/requests/from-paper"' in page
    for words in ("Your agency has", "withdraw at any time", "goes through them with you", "Send this one only"):
        assert words not in page


def test_what_a_letter_said_is_no_certification_of_the_agencys(
    client: CheckedClient, entry: AgencyRequest, clerk: Person, head: Person
) -> None:
    record(entry, clerk)
    assert receipt_pdf._content(entry)["certified"] == receipt_pdf.COMPARED
    visitor = client.sign_in(head)
    assert "What we typed in from your letter" in visitor.get(f"/requests/{entry.id}").get_data(as_text=True)
    page = visitor.get(f"/requests/{entry.id}/receipt").get_data(as_text=True)
    assert "What you sent" not in page
    assert "is recorded" in page


@pytest.mark.parametrize("why", ["deactivated", "coordinates no more"])
def test_a_letter_is_not_lost_with_who_began_it(
    client: CheckedClient, entry: AgencyRequest, clerk: Person, why: str
) -> None:
    other = make_person(Role.COORDINATOR)
    visitor, address = client.sign_in(other), f"/requests/{entry.id}/take-over"
    assert visitor.craft_post(address).status_code == 404  # while the clerk can go on, it is theirs
    administrator = make_person(Role.ADMINISTRATOR).actor
    if why == "deactivated":
        operations.deactivate(clerk, administrator)
    else:
        operations.set_grants(clerk, administrator, [(Role.ASSESSOR, "")])
    db.session.commit()
    page = visitor.get_page("/requests/from-paper")
    assert f"begun by {clerk.name}" in page.text
    take_over = f"Take over the letter of {entry.agency.name}"
    assert page.submit(take_over).path == f"/requests/{entry.id}/tasks"
    assert page.submit(take_over).status_code == 404  # the second click
    db.session.refresh(entry)
    assert entry.entered_by_id == other.id
    assert check_page(client, entry, other).submit(RECORD, TICKED).path == "/requests/from-paper"
    assert [step.action for step in engine.offered_steps(entry, other.actor)] == [Action.RETRACT]


def test_an_office_takes_over_only_what_its_own_people_left(entry: AgencyRequest, clerk: Person) -> None:
    near, far = (make_person(Role.COORDINATOR, office=make_office()) for _ in range(2))
    clerk.office, clerk.active = near.office, False
    db.session.commit()
    assert paper_entry_operations.abandoned_entries(far.actor) == []
    assert paper_entry_operations.abandoned_entries(near.actor) == [entry]
    assert paper_entry_operations.abandoned_entries(make_person(Role.COORDINATOR).actor) == [entry]
    with pytest.raises(StepRefused):
        paper_entry_operations.take_over_entry(entry.id, far.actor)


def test_who_coordinates_nothing_takes_no_letter_over(entry: AgencyRequest, clerk: Person) -> None:
    clerk.active = False
    db.session.commit()
    with pytest.raises(StepRefused) as refused:
        paper_entry_operations.take_over_entry(entry.id, make_person(Role.ASSESSOR).actor)
    assert refused.value.kind is RefusalKind.NOT_YOUR_JOB


def test_an_agency_enters_nothing_from_paper(client: CheckedClient, head: Person) -> None:
    assert client.sign_in(head).get("/requests/from-paper").status_code == 403


def test_what_was_recorded_wrongly_is_taken_back_before_anybody_takes_it(
    client: CheckedClient, entry: AgencyRequest, clerk: Person, head: Person
) -> None:
    record(entry, clerk)
    page = client.sign_in(clerk).get_page("/requests/from-paper").follow("Take it back").submit("Take it back")
    assert page.status_code == 422
    assert page.submit("Take it back", reason=WRONG).path == f"/requests/{entry.id}/tasks"
    db.session.refresh(entry)
    assert (entry.status, entry.submitted_at) == ("draft", None)
    assert not clocks_of([entry.id])
    for other in (head, make_person(Role.COORDINATOR)):
        assert entry not in db.session.scalars(visible_requests(other.actor)).all()
    mail = db.session.scalars(select(OutboxMessage).where(OutboxMessage.notice == "retracted")).one()
    assert mail.address == head.email
    assert str(entry.id) not in mail.body
    record(entry, clerk)
    assert entry.status == "submitted"


def test_only_who_typed_it_in_takes_it_back_and_only_until_it_is_taken(entry: AgencyRequest, clerk: Person) -> None:
    record(entry, clerk)
    other = make_person(Role.COORDINATOR)
    with pytest.raises(StepRefused, match="Whoever typed the letter in"):
        engine.take_step(
            Action.RETRACT, entry, other.actor, expected_version=entry.version, inputs=Inputs(reason="Wrong.")
        )
    db.session.rollback()
    engine.take_step(Action.TAKE, entry, other.actor)
    db.session.commit()
    with pytest.raises(StepRefused) as refused:
        engine.take_step(
            Action.RETRACT, entry, clerk.actor, expected_version=entry.version, inputs=Inputs(reason="Wrong.")
        )
    assert refused.value.kind is RefusalKind.TOO_LATE


def test_an_agency_that_nobody_can_reach_is_said_to_be_so(
    client: CheckedClient, entry: AgencyRequest, clerk: Person, head: Person
) -> None:
    record(entry, clerk)
    visitor, case = client.sign_in(make_person(Role.COORDINATOR)), f"/cases/{entry.id}"
    assert "Nobody of this agency has an account" not in visitor.get(case).get_data(as_text=True)
    head.active = False
    db.session.commit()
    page = visitor.get(case).get_data(as_text=True)
    assert "Nobody of this agency has an account" in page
    assert "/join" in page
