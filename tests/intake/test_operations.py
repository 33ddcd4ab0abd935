"""Coordinators take, check, route and name people; the assessment opens only when all of it is done."""

from datetime import date

import pytest
from flask import Flask

from app import audit
from app.accounts.models import Office, Person
from app.accounts.offices.operations import load_offices
from app.agency_requests.access import get_request
from app.agency_requests.models import AgencyRequest, Answer
from app.extensions import db
from app.intake import operations as intake_operations
from app.intake.information_requests import operations
from app.intake.information_requests.operations import NewItem
from app.policy import Role
from app.workflow import engine
from app.workflow.journey.facts import Inputs
from app.workflow.journey.request_journey import Action
from app.workflow.journey.statuses import Machine
from app.workflow.refusals import RefusalKind, StepRefused
from app.workflow.registry import registry
from tests.builders import make_agency, make_office, make_person, make_request
from tests.checked import CheckedClient

SAVE = "Save this answer"


@pytest.fixture
def coordinator(app: Flask) -> Person:
    load_offices()
    db.session.commit()
    return make_person(Role.COORDINATOR)


@pytest.fixture
def submitted(coordinator: Person) -> AgencyRequest:
    return make_request(make_agency(state="TX", county="Harris"), status="submitted")


def taken(agency_request: AgencyRequest, coordinator: Person) -> AgencyRequest:
    intake_operations.take_request(agency_request, coordinator.actor, expected_version=agency_request.version)
    intake_operations.declare_interests(agency_request, coordinator.actor, has_conflict=False, sentence="")
    db.session.commit()
    return agency_request


def complete(agency_request: AgencyRequest, coordinator: Person) -> tuple[Person, Person]:
    """Everything that intake asks for, except the liaisons' declarations; returns the liaisons."""
    actor = coordinator.actor
    houston = db.session.query(Office).filter_by(name="Houston").one()
    intake_operations.mark_checklist(agency_request, actor, list(intake_operations.CHECKLIST), {})
    intake_operations.route_request(agency_request, actor, houston.id, None)
    liaisons = make_person(Role.ASSESSOR, office=houston), make_person(Role.COORDINATOR, office=houston)
    intake_operations.name_people(
        agency_request,
        actor,
        investigations_liaison_id=liaisons[0].id,
        detention_liaison_id=liaisons[1].id,
        assessor_id=liaisons[0].id,
    )
    db.session.commit()
    return liaisons


def test_who_takes_a_request_coordinates_it(submitted: AgencyRequest, coordinator: Person) -> None:
    taken(submitted, coordinator)
    assert (submitted.status, submitted.coordinator_id) == ("in_intake", coordinator.id)


def test_the_assessment_opens_when_intake_is_complete(submitted: AgencyRequest, coordinator: Person) -> None:
    taken(submitted, coordinator)
    for liaison in complete(submitted, coordinator):
        intake_operations.declare_interests(submitted, liaison.actor, has_conflict=False, sentence="")
    intake_operations.begin_assessment(submitted, coordinator.actor, expected_version=submitted.version)
    assert submitted.status == "in_assessment"


def test_it_says_everything_that_is_missing(submitted: AgencyRequest, coordinator: Person) -> None:
    taken(submitted, coordinator)
    with pytest.raises(StepRefused) as refused:
        intake_operations.begin_assessment(submitted, coordinator.actor, expected_version=submitted.version)
    said = " ".join(refused.value.sentences)
    for words in ("completeness check", "Choose the office", "Name the investigations liaison and detention liaison"):
        assert words in said


def test_a_liaison_with_a_conflict_is_replaced_and_acts_no_more(submitted: AgencyRequest, coordinator: Person) -> None:
    taken(submitted, coordinator)
    one, other = complete(submitted, coordinator)
    intake_operations.declare_interests(submitted, one.actor, has_conflict=True, sentence="My brother works there.")
    intake_operations.declare_interests(submitted, other.actor, has_conflict=False, sentence="")
    db.session.commit()
    with pytest.raises(StepRefused, match="Name somebody else"):
        intake_operations.begin_assessment(submitted, coordinator.actor, expected_version=submitted.version)
    with pytest.raises(StepRefused) as refused:
        get_request(submitted.id, _as(other, conflicted=submitted).actor)
    assert refused.value.kind is RefusalKind.NOT_FOUND


def _as(person: Person, *, conflicted: AgencyRequest) -> Person:
    intake_operations.declare_interests(conflicted, person.actor, has_conflict=True, sentence="Now I know.")
    db.session.commit()
    return person


def test_a_coordinator_of_another_office_sees_nothing(submitted: AgencyRequest, client: CheckedClient) -> None:
    stranger = make_person(Role.COORDINATOR, office=make_office())
    for path in ("intake", "ask", "recall"):
        assert client.sign_in(stranger).get(f"/cases/{submitted.id}/{path}").status_code == 404
    forged = client.sign_in(stranger).craft_post(f"/cases/{submitted.id}/take", data={"expected_version": "1"})
    assert forged.status_code == 404


def test_an_assessor_does_not_do_intake(submitted: AgencyRequest, client: CheckedClient) -> None:
    assessor = make_person(Role.ASSESSOR)
    for path in ("take", "checklist", "route", "people", "begin-assessment"):
        forged = client.sign_in(assessor).craft_post(f"/cases/{submitted.id}/{path}", data={"expected_version": "1"})
        assert forged.status_code == 403


def test_the_intake_page_offers_the_offices_that_share_the_state(
    submitted: AgencyRequest, coordinator: Person, client: CheckedClient
) -> None:
    page = client.sign_in(coordinator).get(f"/cases/{submitted.id}/intake").get_data(as_text=True)
    assert "Several offices share TX: Dallas, El Paso, Harlingen, Houston, and San Antonio" in page


def test_two_people_take_a_request_and_one_is_told_so(
    submitted: AgencyRequest, coordinator: Person, client: CheckedClient
) -> None:
    address = f"/cases/{submitted.id}/intake"
    slower = make_person(Role.COORDINATOR)
    shown_before = client.sign_in(slower).get_page(address)
    assert "You took this request." in client.sign_in(coordinator).get_page(address).submit("Take the request").text
    client.sign_in(slower)
    assert shown_before.submit("Take the request").status_code == 409
    db.session.refresh(submitted)
    assert submitted.coordinator_id == coordinator.id
    attempts = audit.history(submitted.id, [audit.Audience.RECORD])
    assert [event.action for event in attempts] == ["refused"]


@pytest.mark.parametrize("office", ["", "nowhere", "00000000-0000-4000-8000-000000000000", "0" * 5000, "\0"])
def test_a_place_that_is_no_office_is_refused_with_a_sentence(
    submitted: AgencyRequest, coordinator: Person, client: CheckedClient, office: str
) -> None:
    """No page offers such a place."""
    taken(submitted, coordinator)
    response = client.sign_in(coordinator).craft_post(f"/cases/{submitted.id}/route", data={"office": office})
    assert response.status_code == 422
    assert "to put right" in response.get_data(as_text=True)


def asked(agency_request: AgencyRequest, coordinator: Person) -> operations.InformationRequest:
    """Two items: a number, and a document."""
    items = [
        NewItem("question", "jail_bookings", "Is this a year or a month?"),
        NewItem("document", "letter", "Sign it."),
    ]
    found = operations.ask_information(
        agency_request, coordinator.actor, items, date(2027, 1, 15), expected_version=agency_request.version
    )
    assert found is not None
    db.session.commit()
    return found


def test_what_was_asked_is_answered_item_by_item_and_comes_back_to_the_same_person(
    submitted: AgencyRequest, coordinator: Person, client: CheckedClient
) -> None:
    taken(submitted, coordinator)
    db.session.add(Answer(request_id=submitted.id, key="jail_bookings", value=1000, basis="estimated"))
    db.session.commit()
    number, letter = asked(submitted, coordinator).items
    page = client.sign_in(make_person(Role.AGENCY_OFFICER, agency=submitted.agency)).get_page(
        f"/requests/{submitted.id}/answer"
    )
    typed = {
        f"{number.id.hex}-text": "A month.",
        f"{number.id.hex}-value": "12,000",
        f"{number.id.hex}-basis": "measured",
    }
    page = page.submit(SAVE, typed, to=f"{page.path}/{number.id}")
    assert f"{page.path}/send" not in page.text
    early = client.craft_post(f"{page.path}/send", data={"expected_version": submitted.version})
    assert early.status_code == 422
    page = page.submit(SAVE, {f"{letter.id.hex}-text": "Attached."}, to=f"{page.path}/{letter.id}")
    assert page.submit("Send all answers").path == f"/requests/{submitted.id}"
    db.session.refresh(submitted)
    assert (submitted.status, submitted.coordinator_id) == ("in_intake", coordinator.id)
    change = operations.changes_since_submission(submitted.id)["jail_bookings"]
    assert (change.was, change.became) == (1000, 12000)


def test_a_bad_value_keeps_what_was_typed(submitted: AgencyRequest, coordinator: Person, client: CheckedClient) -> None:
    taken(submitted, coordinator)
    number, _ = asked(submitted, coordinator).items
    officer = make_person(Role.AGENCY_OFFICER, agency=submitted.agency)
    typed = {f"{number.id.hex}-text": "A month.", f"{number.id.hex}-value": "many"}
    shown = client.sign_in(officer).get_page(f"/requests/{submitted.id}/answer")
    page = shown.submit(SAVE, typed, to=f"{shown.path}/{number.id}")
    assert page.status_code == 422
    assert 'value="many"' in page.text
    assert "A month." in page.text


def test_questions_taken_back_lead_to_where_the_request_was(submitted: AgencyRequest, coordinator: Person) -> None:
    taken(submitted, coordinator)
    found = asked(submitted, coordinator)
    engine.take_step(
        Action.RECALL,
        submitted,
        coordinator.actor,
        expected_version=submitted.version,
        inputs=Inputs(reason="Settled by telephone."),
    )
    assert (submitted.status, found.outcome) == ("in_intake", "recalled")


def test_another_agencys_items_do_not_exist(
    submitted: AgencyRequest, coordinator: Person, client: CheckedClient
) -> None:
    taken(submitted, coordinator)
    number, _ = asked(submitted, coordinator).items
    stranger = client.sign_in(make_person(Role.AGENCY_HEAD))
    address = f"/requests/{submitted.id}/answer"
    assert stranger.get(address).status_code == 404
    assert stranger.craft_post(f"{address}/{number.id}", data={}).status_code == 404
    assert stranger.craft_post(f"{address}/send", data={"expected_version": "3"}).status_code == 404


def test_the_facts_of_intake_reach_the_engine(app: Flask) -> None:
    assert "intake" in registry().facts[Machine.REQUEST]


def test_asking_for_nothing_is_refused(submitted: AgencyRequest, coordinator: Person, client: CheckedClient) -> None:
    taken(submitted, coordinator)
    page = client.sign_in(coordinator).get_page(f"/cases/{submitted.id}/ask")
    nothing = page.submit("Send to the agency", due="2027-01-15")
    assert nothing.status_code == 422
    half = nothing.submit("Send to the agency", {"items-0-sentence": "What is it?"})
    assert '<a href="#items-0-anchor">Tie this to a question or a document.</a>' in half.text
    assert "<title>Error: Ask the agency" in half.text
    with pytest.raises(StepRefused) as refused:
        operations.ask_information(
            submitted, coordinator.actor, [], date(2027, 1, 15), expected_version=submitted.version
        )
    assert refused.value.kind is RefusalKind.INCOMPLETE
