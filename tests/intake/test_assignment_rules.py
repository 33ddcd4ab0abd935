"""Which rule answers where: the whole truth table, row by row, and what following a rule does and never does."""

import itertools
import uuid

import pytest
from flask import Flask
from sqlalchemy import select

from app import audit
from app.accounts.models import Office, Person
from app.accounts.offices.operations import OFFICES, SHARED_STATES, load_offices
from app.accounts.offices.routing import candidates, offices_by_state
from app.accounts.place_names import STATE_NAMES
from app.agency_requests import operations
from app.agency_requests.assignment_models import AssignmentRule
from app.agency_requests.forms import PROGRAM_CHOICES
from app.agency_requests.models import AgencyRequest
from app.agency_requests.sections.queries import certified_content
from app.agency_requests.submission import submit
from app.extensions import db
from app.intake import operations as intake_operations
from app.intake.assignment import operations as assignment_operations
from app.intake.assignment import rule_operations
from app.intake.assignment.rules import PlaceOffices, RoutingRule, truth_table
from app.intake.assignment.rules import apply_rules as evaluated
from app.policy import Role
from tests.agency_requests.filled_requests import fill
from tests.builders import make_agency, make_person
from tests.checked import CheckedClient

PROGRAMS = ["", *dict(PROGRAM_CHOICES)]
DALLAS, HOUSTON, ATLANTA, SOMEBODY, GONE = (uuid.uuid4() for _ in range(5))
RULES = [
    RoutingRule(name="Gone", state="FL", role=Role.COORDINATOR, person=GONE, person_name="Lee Doe", person_can=False),
    RoutingRule(name="Jails of Texas", state="TX", program="287g:jail", to_office=HOUSTON),
    RoutingRule(name="Texas", state="TX", to_office=DALLAS),
    RoutingRule(
        name="Atlanta's own", from_office=ATLANTA, role=Role.COORDINATOR, person=SOMEBODY, person_office=ATLANTA
    ),
    RoutingRule(name="Customs anywhere", program="customs-cross-designation", role=Role.ASSESSOR, person=SOMEBODY),
]


def by_hand(state: str, program: str) -> str:
    """What the five rules above say, written out a second time."""
    if state == "TX":
        return "Jails of Texas" if program == "287g:jail" else "Texas"
    if state in {"GA", "NC", "SC"}:
        return "Atlanta's own"
    return "Customs anywhere" if program == "customs-cross-designation" else ""


@pytest.fixture
def places() -> list[PlaceOffices]:
    """Every state with its offices as published, Atlanta by its key."""
    keys = {office.name: ATLANTA if office.name == "Atlanta" else uuid.uuid4() for office in OFFICES}

    def serving(state: str) -> list[uuid.UUID]:
        whole = [keys[office.name] for office in OFFICES if state in office.states]
        return whole or [keys[office.name] for office in OFFICES if state in office.shares]

    served = {state: serving(state) for state in STATE_NAMES}
    return [PlaceOffices(s, tuple(keys), keys[0] if len(keys) == 1 else None) for s, keys in served.items()]


def test_scenario_15_the_routing_truth_table_row_by_row(places: list[PlaceOffices]) -> None:
    lines = truth_table(RULES, places, PROGRAMS)
    assert [line.place.state for line in lines] == list(STATE_NAMES)
    for line in lines:
        answers = {program: found.rule.name if found.rule else "" for program, found in line.answers}
        assert answers == {program: by_hand(line.place.state, program) for program in PROGRAMS}, line.place.state
        passed = {sentence for _, found in line.answers for sentence in found.passed_over}
        assert bool(passed) == (line.place.state == "FL"), line.place.state
    assert {line.place.state for line in lines if len(line.place.offices) > 1} == SHARED_STATES


def test_scenario_15_each_state_goes_to_its_office_and_the_shared_ones_wait(app: Flask) -> None:
    load_offices()
    table = offices_by_state()
    assert set(table) == set(STATE_NAMES)
    for state, offices in table.items():
        assert offices == list(candidates(state)), state
        assert (len(offices) > 1) == (state in SHARED_STATES), state


@pytest.mark.parametrize(
    ("office", "state", "programs"), list(itertools.product([None, ATLANTA], ["", "GA"], [set(), {"lesc"}]))
)
def test_every_condition_a_rule_names_must_hold(office: uuid.UUID | None, state: str, programs: set[str]) -> None:
    rule = RoutingRule(name="Narrow", from_office=ATLANTA, state="GA", program="lesc", to_office=DALLAS)
    found = evaluated([rule], office, state, programs).rule
    assert (found is rule) == (office == ATLANTA and state == "GA" and "lesc" in programs)


def test_somebody_of_another_office_than_the_request_goes_to_is_passed_over() -> None:
    rule = RoutingRule(
        name="Far", state="GA", role=Role.COORDINATOR, person=SOMEBODY, person_name="Lee", person_office=DALLAS
    )
    found = evaluated([rule], ATLANTA, "GA", set())
    assert found.rule is None
    assert found.passed_over == ("The rule “Far” was passed over: Lee cannot take requests now.",)


def add(**values: object) -> AssignmentRule:
    row = AssignmentRule(**values)
    rule_operations.add_rule(make_person(Role.ADMINISTRATOR).actor, row)
    db.session.commit()
    return row


@pytest.fixture
def houston(app: Flask) -> Office:
    load_offices()
    db.session.commit()
    return db.session.scalars(select(Office).where(Office.name == "Houston")).one()


def sent(state: str = "TX") -> AgencyRequest:
    """A request of a made-up agency, sent the usual way."""
    agency = make_agency(state=state, county="Harris")
    officer, head = make_person(Role.AGENCY_OFFICER, agency=agency), make_person(Role.AGENCY_HEAD, agency=agency)
    draft = operations.create_draft(officer.actor, state)
    fill(draft, officer.actor)
    db.session.flush()
    submit(draft, head.actor, certified=True, expected_version=draft.version, shown=certified_content(draft))
    db.session.commit()
    return draft


def said(agency_request: AgencyRequest) -> list[tuple[str, str, str]]:
    events = audit.history(agency_request.id, [audit.Audience.STAFF])
    return [(event.action, event.actor_side, event.details.get("rule", "")) for event in events]


def test_a_request_is_routed_and_assigned_by_the_rule_and_the_record_names_it(houston: Office) -> None:
    person = make_person(Role.COORDINATOR, office=houston)
    add(name="Texas to Houston", state="TX", to_office_id=houston.id, role="coordinator", person_id=person.id)
    arrived = sent()
    assert (arrived.office_id, arrived.coordinator_id) == (houston.id, person.id)
    assert said(arrived) == [("assign", "system", "Texas to Houston"), ("route", "system", "Texas to Houston")]
    assert arrived.status == "submitted"


def test_an_assessor_is_named_when_the_request_is_taken(houston: Office) -> None:
    assessor, taker = make_person(Role.ASSESSOR, office=houston), make_person(Role.COORDINATOR, office=houston)
    add(name="Texas", state="TX", to_office_id=houston.id, role="assessor", person_id=assessor.id)
    arrived = sent()
    assert arrived.assessor_id is None
    intake_operations.take_request(arrived, taker.actor, expected_version=arrived.version)
    assert (arrived.coordinator_id, arrived.assessor_id) == (taker.id, assessor.id)


def test_a_rule_never_overrides_what_somebody_did_by_hand(houston: Office) -> None:
    by_rule, by_person = (make_person(Role.ASSESSOR, office=houston) for _ in range(2))
    coordinator = make_person(Role.COORDINATOR, office=houston)
    add(name="Texas", state="TX", to_office_id=houston.id, role="assessor", person_id=by_rule.id)
    arrived = sent()
    assignment_operations.assign(arrived, coordinator.actor, Role.ASSESSOR, by_person)
    intake_operations.take_request(arrived, coordinator.actor, expected_version=arrived.version)
    assert arrived.assessor_id == by_person.id


def test_a_rule_that_names_somebody_deactivated_falls_through_and_says_so(houston: Office) -> None:
    gone = make_person(Role.COORDINATOR, office=houston, active=False, name="Lee Doe")
    here = make_person(Role.COORDINATOR)
    add(name="First", state="TX", to_office_id=houston.id, role="coordinator", person_id=gone.id)
    add(name="Second", role="coordinator", person_id=here.id)
    arrived = sent()
    assert (arrived.office_id, arrived.coordinator_id) == (None, here.id)
    events = audit.history(arrived.id, [audit.Audience.STAFF])
    assert any("“First” was passed over: Lee Doe cannot" in event.sentence for event in events)


def test_without_a_rule_the_place_decides(houston: Office) -> None:
    assert sent("TX").office_id is None
    georgia = sent("GA")
    assert georgia.office is not None
    assert georgia.office.name == "Atlanta"
    assert said(georgia) == []


@pytest.fixture
def administrator(houston: Office) -> Person:
    return make_person(Role.ADMINISTRATOR)


def test_rules_are_added_ordered_and_removed_on_the_page(
    administrator: Person, houston: Office, client: CheckedClient
) -> None:
    visitor = client.sign_in(administrator)
    assert "No rules yet" in visitor.get("/admin/rules").get_data(as_text=True)
    page = visitor.get_page("/admin/rules")
    for name in ("One", "Two <b>", "Three"):
        page = page.submit("Add the rule", name=name, to_office=houston.id)
    one, two, three = rule_operations.rule_rows()
    page = page.submit("Move up", to=f"/admin/rules/{three.id}/move")
    page = page.submit("Move up", to=f"/admin/rules/{one.id}/move")
    assert [row.name for row in rule_operations.rule_rows()] == ["One", "Three", "Two <b>"]
    address = f"/admin/rules/{two.id}/remove"
    assert address not in page.submit("Remove", to=address).text
    assert page.submit("Remove", to=address).status_code == 404  # the page of before has the rule still
    table = visitor.get_page("/admin/rules").follow("What answers for each state and program").text
    assert table.count("<b>One</b>") == len(STATE_NAMES)
    recorded = audit.history(audit.OUTSIDE_CASES, [audit.Audience.RECORD])
    assert [event.action for event in recorded][:2] == ["rule_removed", "rule_moved"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Give the rule a name"),
        ({"name": "Nothing"}, "Choose an office to route to"),
        ({"name": "Half", "role": "coordinator"}, "Choose both the role and the person"),
    ],
)
def test_a_rule_that_says_nothing_is_refused_with_a_sentence(
    administrator: Person, client: CheckedClient, typed: dict[str, str], words: str
) -> None:
    page = client.sign_in(administrator).get_page("/admin/rules").submit("Add the rule", typed)
    assert page.status_code == 422
    assert words in page.text


def test_a_state_that_no_page_offers_is_refused_with_a_sentence(administrator: Person, client: CheckedClient) -> None:
    forged = {"name": "Odd", "state": "QQ", "to_office": "nowhere"}
    response = client.sign_in(administrator).craft_post("/admin/rules", data=forged)
    assert response.status_code == 422
    assert "Choose one of" in response.get_data(as_text=True)


def test_a_name_is_taken_once(administrator: Person, houston: Office, client: CheckedClient) -> None:
    add(name="Texas", state="TX", to_office_id=houston.id)
    page = client.sign_in(administrator).get_page("/admin/rules")
    assert "There is a rule with this name" in page.submit("Add the rule", name="TEXAS", to_office=houston.id).text


def test_only_administrators_see_the_rules(houston: Office, client: CheckedClient) -> None:
    for role in (Role.COORDINATOR, Role.AUDITOR, Role.AGENCY_HEAD):
        visitor = client.sign_in(make_person(role))
        assert {visitor.get(path).status_code for path in ("/admin/rules", "/admin/rules/table")} == {403}
        assert visitor.craft_post("/admin/rules", data={}).status_code == 403
