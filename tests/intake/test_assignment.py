"""Whom a request is given to: by whom, to whom, and what it changes, which is nothing but the person."""

import pytest
from flask import Flask
from sqlalchemy import select

from app import audit
from app.accounts.models import Office, Person
from app.agency_requests.models import AgencyRequest
from app.extensions import db
from app.intake import operations as intake_operations
from app.intake.assignment import operations
from app.intake.assignment.queries import staff_choices
from app.notifications.models import OutboxMessage
from app.policy import Role
from app.workflow import engine
from app.workflow.clocks.operations import clocks_of
from app.workflow.journey.journeys import find
from app.workflow.journey.request_journey import Action, Status
from app.workflow.journey.statuses import Machine
from app.workflow.journey.steps import Step
from app.workflow.models import StageClock
from app.workflow.refusals import RefusalKind, StepRefused
from tests.assessment.assessed_request import Story, concurred, in_assessment, recommended
from tests.builders import make_office, make_person, make_request
from tests.checked import CheckedClient


@pytest.fixture
def houston(app: Flask) -> Office:
    return make_office(name="Houston field")


@pytest.fixture
def coordinator(houston: Office) -> Person:
    return make_person(Role.COORDINATOR, office=houston)


@pytest.fixture
def assessor(houston: Office) -> Person:
    return make_person(Role.ASSESSOR, office=houston)


@pytest.fixture
def case(houston: Office, coordinator: Person) -> AgencyRequest:
    return make_request(status="in_assessment", office_id=houston.id, coordinator_id=coordinator.id)


def kept(agency_request: AgencyRequest) -> tuple[object, ...]:
    clocks = [(c.kind, c.started_on, c.due, c.paused_on, c.stopped_on) for c in clocks_of([agency_request.id])]
    return (agency_request.status, agency_request.submitted_at, agency_request.version, clocks)


def test_scenario_17_unassign_and_reassign_keep_state_and_age(
    houston: Office, coordinator: Person, client: CheckedClient
) -> None:
    waiting = make_request(status="submitted", office_id=houston.id)
    intake_operations.take_request(waiting, coordinator.actor, expected_version=waiting.version)
    db.session.commit()
    before = kept(waiting)
    assert before[3]
    other = make_person(Role.COORDINATOR, office=houston)
    for person in (None, other, coordinator, None):
        assert operations.assign(waiting, coordinator.actor, Role.COORDINATOR, person, reason="On leave.")
        db.session.commit()
        assert waiting.coordinator_id == (person.id if person else None)
        assert kept(waiting) == before
    assert db.session.scalar(select(StageClock.due).where(StageClock.subject_id == waiting.id)) == before[3][0][2]


def test_scenario_16_no_review_without_an_assignee_who_is_staff(
    case: AgencyRequest, coordinator: Person, assessor: Person
) -> None:
    officer = make_person(Role.AGENCY_HEAD, agency=case.agency)
    with pytest.raises(StepRefused, match="does not work for an office"):
        operations.assign(case, coordinator.actor, Role.ASSESSOR, officer)
    operations.assign(case, coordinator.actor, Role.ASSESSOR, assessor)
    db.session.commit()
    for status in (Status.AWAITING_CONCURRENCE, Status.IN_REVIEW):
        case.status = status.value
        db.session.commit()
        with pytest.raises(StepRefused, match="keeps an assessor") as refused:
            operations.assign(case, coordinator.actor, Role.ASSESSOR, None)
        assert refused.value.kind is RefusalKind.INCOMPLETE


def test_scenario_16_whoever_recommends_is_the_assignee_where_nobody_is(app: Flask) -> None:
    story = in_assessment()
    story.agency_request.assessor_id = None
    concurred(story)
    assert story.agency_request.status == Status.IN_REVIEW
    assert story.agency_request.assessor_id == story.assessor.id


def gaps(step: Step, story: Story) -> list[str]:
    """What is missing for the step besides what is typed for it."""
    checks = engine.checklist(step, engine.facts_of(story.agency_request, story.head))
    return [check.condition.label for check in checks if check.missing]


def test_scenario_16_the_agency_is_not_led_into_a_review_that_nobody_of_ice_answers_for(app: Flask) -> None:
    story = in_assessment()
    recommended(story)
    intake_operations.declare_interests(
        story.agency_request, story.assessor, has_conflict=True, sentence="My sister works there."
    )
    concur = find(Machine.REQUEST, Action.CONCUR, Status.AWAITING_CONCURRENCE)
    assert gaps(concur, story) == []  # its coordinator still answers for it
    intake_operations.declare_interests(story.agency_request, story.coordinator, has_conflict=True, sentence="")
    assert gaps(concur, story) == ["Somebody of ICE answers for the request"]


def test_whoever_holds_a_case_declares_their_interests_before_it_goes_on(
    case: AgencyRequest, coordinator: Person
) -> None:
    operations.assign(case, coordinator.actor, Role.COORDINATOR, coordinator)
    begin = find(Machine.REQUEST, Action.BEGIN_ASSESSMENT, Status.IN_INTAKE)
    sentence = "Declare first whether you have an interest in this case."
    assert sentence in engine.unmet_conditions(begin, engine.facts_of(case, coordinator.actor))
    assert sentence not in engine.unmet_conditions(begin, engine.facts_of(case, make_person(Role.COORDINATOR).actor))
    intake_operations.declare_interests(case, coordinator.actor, has_conflict=False, sentence="")
    assert sentence not in engine.unmet_conditions(begin, engine.facts_of(case, coordinator.actor))


def test_who_has_no_interest_says_so_with_one_click_where_they_work(
    client: CheckedClient, case: AgencyRequest, coordinator: Person
) -> None:
    case.status = Status.IN_INTAKE.value
    operations.assign(case, coordinator.actor, Role.COORDINATOR, coordinator)
    db.session.commit()
    page = client.sign_in(coordinator).get_page(f"/cases/{case.id}/intake").submit("I have no interest in it")
    assert page.address == f"/cases/{case.id}/intake"
    assert "I have no interest in it" not in page.text


def test_who_asks_the_agency_before_declaring_keeps_what_they_typed(
    client: CheckedClient, case: AgencyRequest, coordinator: Person
) -> None:
    operations.assign(case, coordinator.actor, Role.COORDINATOR, coordinator)
    db.session.commit()
    typed = {"items-0-anchor": "document:letter", "items-0-sentence": "Sign it.", "due": "2027-01-15"}
    page = client.sign_in(coordinator).get_page(f"/cases/{case.id}/ask").submit("Send to the agency", typed)
    assert page.status_code == 422
    assert "Declare first whether you have an interest in this case." in page.text
    assert "Sign it." in page.text
    page.submit("I have no interest in it")
    assert "Sign it." in client.get_page(f"/cases/{case.id}/ask").text


def test_it_is_told_recorded_and_said_why(case: AgencyRequest, coordinator: Person, assessor: Person) -> None:
    operations.assign(case, coordinator.actor, Role.ASSESSOR, assessor, reason="Knows the county.")
    operations.assign(case, coordinator.actor, Role.ASSESSOR, None, reason="On leave.")
    db.session.commit()
    events = audit.history(case.id, [audit.Audience.STAFF])
    assert [(e.action, e.reason) for e in events] == [("unassign", "On leave."), ("assign", "Knows the county.")]
    mail = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.notice)).all()
    assert [(m.notice, m.address) for m in mail] == [("assigned", assessor.email), ("back_in_pool", assessor.email)]
    assert "Knows the county." in mail[0].body


def test_the_same_person_again_changes_and_tells_nothing(case: AgencyRequest, coordinator: Person) -> None:
    assert not operations.assign(case, coordinator.actor, Role.COORDINATOR, coordinator)
    assert audit.history(case.id, list(audit.Audience)) == []


def test_whoever_is_slower_overwrites_nobody(case: AgencyRequest, coordinator: Person, assessor: Person) -> None:
    operations.assign(case, coordinator.actor, Role.ASSESSOR, assessor, was=None)
    with pytest.raises(StepRefused, match="Somebody was faster"):
        operations.assign(case, coordinator.actor, Role.ASSESSOR, None, was=None)


def test_an_assessor_takes_what_is_free_and_gives_back_their_own(case: AgencyRequest, assessor: Person) -> None:
    colleague = make_person(Role.ASSESSOR, office=assessor.office)
    assert operations.assign(case, assessor.actor, Role.ASSESSOR, assessor)
    for who, person in ((colleague, colleague), (colleague, None), (assessor, colleague)):
        with pytest.raises(StepRefused, match="A coordinator assigns"):
            operations.assign(case, who.actor, Role.ASSESSOR, person)
    assert operations.assign(case, assessor.actor, Role.ASSESSOR, None)
    with pytest.raises(StepRefused, match="A coordinator assigns"):
        operations.assign(case, assessor.actor, Role.COORDINATOR, None)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.COUNSEL, Role.APPROVING_OFFICIAL, Role.AUDITOR])
def test_nobody_else_assigns(case: AgencyRequest, assessor: Person, role: Role, client: CheckedClient) -> None:
    somebody = make_person(role)
    with pytest.raises(StepRefused, match="A coordinator assigns"):
        operations.assign(case, somebody.actor, Role.ASSESSOR, assessor)
    db.session.rollback()
    typed = {"assessor-person": str(assessor.id)}
    assert client.sign_in(somebody).craft_post(f"/cases/{case.id}/staff/assessor", data=typed).status_code == 403


def test_it_is_given_to_nobody_who_cannot_work_on_it(case: AgencyRequest, coordinator: Person) -> None:
    gone = make_person(Role.ASSESSOR, office=coordinator.office, active=False)
    elsewhere = make_person(Role.ASSESSOR, office=make_office())
    recused = make_person(Role.ASSESSOR, office=coordinator.office)
    intake_operations.declare_interests(case, recused.actor, has_conflict=True, sentence="My sister works there.")
    db.session.commit()
    for person, words in ((gone, "not active"), (elsewhere, "does not work for"), (recused, "conflict of interest")):
        with pytest.raises(StepRefused, match=words):
            operations.assign(case, coordinator.actor, Role.ASSESSOR, person)
    choices = {key for key, _ in staff_choices(case, Role.ASSESSOR)}
    assert not choices & {str(p.id) for p in (gone, elsewhere, recused)}


def test_the_page_assigns_and_puts_back(
    case: AgencyRequest, coordinator: Person, assessor: Person, client: CheckedClient
) -> None:
    visitor, address = client.sign_in(coordinator), f"/cases/{case.id}/staff"
    page = visitor.get_page(address)
    assert "Nobody yet" in page.text
    typed = {"assessor-person": str(assessor.id), "assessor-reason": "Knows the county."}
    given = page.submit("Assign", typed, to=f"{address}/assessor")
    assert assessor.name in given.text
    assert page.submit("Assign", typed, to=f"{address}/assessor").status_code == 409  # the page of before is overtaken
    given.submit("Put back into the pool", to=f"{address}/assessor")
    db.session.refresh(case)
    assert case.assessor_id is None


def test_who_left_while_the_page_was_open_is_given_nothing(
    case: AgencyRequest, coordinator: Person, assessor: Person, client: CheckedClient
) -> None:
    address = f"/cases/{case.id}/staff"
    page = client.sign_in(coordinator).get_page(address)
    assessor.active = False
    db.session.commit()
    typed = {"assessor-person": str(assessor.id), "assessor-reason": "Knows the county."}
    refused = page.submit("Assign", typed, to=f"{address}/assessor")
    assert refused.status_code == 422
    assert "Knows the county." in refused.text


@pytest.mark.parametrize("typed", ["", "nobody", "0" * 3000, "00000000-0000-4000-8000-000000000000"])
def test_nonsense_is_said_and_what_was_typed_is_kept(
    case: AgencyRequest, coordinator: Person, client: CheckedClient, typed: str
) -> None:
    """No page offers such a person."""
    data = {"assessor-person": typed, "assessor-reason": "Because I say so."}
    response = client.sign_in(coordinator).craft_post(f"/cases/{case.id}/staff/assessor", data=data)
    assert response.status_code == 422
    assert "Because I say so." in response.get_data(as_text=True)
