"""The engine lets exactly those act whom the tables name, once, and keeps nothing of what it refuses."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import audit
from app.agency_requests.models import AgencyRequest
from app.extensions import db
from app.notifications.models import OutboxMessage
from app.policy import AGENCY_ROLES, Actor, Role
from app.workflow import engine
from app.workflow.journey.agreement_journey import AgreementAction, AgreementStatus
from app.workflow.journey.facts import AgencyRequestFacts, Inputs
from app.workflow.journey.request_journey import Action, Status
from app.workflow.journey.statuses import Machine
from app.workflow.refusals import RefusalKind, StepRefused
from app.workflow.registry import registry
from tests.builders import make_person, make_request
from tests.workflow.test_journey import edges

AGENCY, OTHER_AGENCY, OFFICE, OTHER_OFFICE = (uuid.uuid4() for _ in range(4))
REQUEST_ACTIONS = {action for action, *_ in edges(Machine.REQUEST)}


@dataclass
class Subject:
    """A request or an agreement that no database knows."""

    machine: Machine
    status: str
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    status_before: str | None = None
    version: int = 1
    agency_id: uuid.UUID = AGENCY
    office_ids: tuple[uuid.UUID, ...] = (OFFICE,)
    is_private_draft: bool = False
    entered_by_id: uuid.UUID | None = None
    recused_ids: tuple[uuid.UUID, ...] = ()
    consulted_ids: tuple[uuid.UUID, ...] = ()

    @property
    def case_id(self) -> uuid.UUID:
        return self.id

    @property
    def lock_order(self) -> tuple[()]:
        return ()


def person(role: Role, **values: Any) -> Actor:
    """Somebody of this role, on the side it belongs to."""
    place = {"agency_id": AGENCY} if role in AGENCY_ROLES else {"office_id": OFFICE}
    return Actor(**{"id": uuid.uuid4(), "name": "Pat Doe", "roles": frozenset({role}), **place, **values})


def outcome(action: Action, subject: Subject, actor: Actor) -> int:
    """200 where the engine would go on to the conditions, else the status it refuses with."""
    try:
        engine.check_step(action, subject, actor)  # type: ignore[arg-type] # it has what the engine asks
    except StepRefused as refused:
        return int(refused.kind)
    return 200


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
@pytest.mark.parametrize("machine", Machine)
def test_every_status_action_and_role_as_the_tables_say(app: Flask, machine: Machine, role: Role) -> None:
    contract = edges(machine)
    statuses: list[str] = list(Status) if machine is Machine.REQUEST else list(AgreementStatus)
    for status in statuses:
        for action in Action:
            if action is AgreementAction.START:
                continue
            allowed = {who for act, source, _, roles in contract for who in roles if (act, source) == (action, status)}
            ever = {who for act, _, _, roles in contract for who in roles if act == action}
            subject = Subject(machine, status)
            found = outcome(action, subject, person(role))
            if role is Role.ADMINISTRATOR:
                assert found == RefusalKind.NOT_FOUND
            elif role in allowed:
                assert found == 200, (status, action)
            elif role in ever and not allowed:
                assert found == RefusalKind.TOO_LATE, (status, action)
            else:
                assert found == RefusalKind.NOT_YOUR_JOB, (status, action)


@pytest.mark.parametrize("action", sorted(REQUEST_ACTIONS))
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SYSTEM, Role.AUDITOR}))  # an auditor reads everything
def test_a_case_of_others_does_not_exist(app: Flask, action: str, role: Role) -> None:
    stranger = person(
        role, **({"agency_id": OTHER_AGENCY} if role.value.startswith("agency") else {"office_id": OTHER_OFFICE})
    )
    for status in Status:
        assert outcome(Action(action), Subject(Machine.REQUEST, status), stranger) == RefusalKind.NOT_FOUND


def test_ice_sees_no_draft(app: Flask) -> None:
    draft = Subject(Machine.REQUEST, Status.DRAFT, is_private_draft=True)
    headquarters = person(Role.COORDINATOR, is_headquarters=True)
    assert outcome(Action.TAKE, draft, headquarters) == RefusalKind.NOT_FOUND


@pytest.fixture
def ready(app: Flask) -> Iterator[None]:
    """Has the request's facts say that everything a submission needs is there."""
    loaders = registry().facts[Machine.REQUEST]
    kept = dict(loaders)
    loaders.clear()
    loaders["agency_request"] = lambda _subject, _inputs: AgencyRequestFacts(
        ori="TX9990100", has_need=True, authority_certified=True, has_letter=True
    )
    yield
    loaders.clear()
    loaders.update(kept)


def submitted_by_head(**values: Any) -> tuple[AgencyRequest, Actor]:
    agency_request = make_request(**values)
    head = make_person(Role.AGENCY_HEAD, agency=agency_request.agency)
    return agency_request, head.actor


def rows_of(table: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.usefixtures("ready")
def test_a_step_changes_records_and_tells_in_one_transaction(app: Flask) -> None:
    agency_request, head = submitted_by_head()
    agency_request.submitted_at = agency_request.created_at
    engine.take_step(Action.SUBMIT, agency_request, head, expected_version=1, inputs=Inputs(certified=True))
    assert (agency_request.status, agency_request.status_before, agency_request.version) == ("submitted", "draft", 2)
    (event,) = audit.history(agency_request.id, [audit.Audience.BOTH])
    assert (event.action, event.from_status, event.to_status, event.actor_id) == (
        "submit",
        "draft",
        "submitted",
        head.id,
    )
    told = db.session.scalars(select(OutboxMessage.notice)).all()
    assert "received" in told
    db.session.rollback()
    assert (rows_of(audit.Event), rows_of(OutboxMessage)) == (0, 0)


@pytest.mark.usefixtures("ready")
def test_who_acts_on_an_old_page_is_told_that_somebody_was_faster(app: Flask) -> None:
    agency_request, head = submitted_by_head()
    with pytest.raises(StepRefused, match="Somebody was faster") as refused:
        engine.take_step(Action.SUBMIT, agency_request, head, expected_version=7, inputs=Inputs(certified=True))
    assert refused.value.kind is RefusalKind.TOO_LATE


@pytest.mark.usefixtures("ready")
def test_a_second_submission_is_refused_and_changes_nothing(app: Flask) -> None:
    agency_request, head = submitted_by_head()
    agency_request.submitted_at = agency_request.created_at
    engine.take_step(Action.SUBMIT, agency_request, head, expected_version=1, inputs=Inputs(certified=True))
    db.session.commit()
    with pytest.raises(StepRefused) as refused:
        engine.take_step(Action.SUBMIT, agency_request, head, expected_version=1, inputs=Inputs(certified=True))
    db.session.rollback()
    assert refused.value.kind is RefusalKind.TOO_LATE
    assert (agency_request.version, rows_of(audit.Event)) == (2, 1)


@pytest.mark.usefixtures("ready")
def test_what_is_missing_is_said_all_at_once(app: Flask) -> None:
    agency_request, head = submitted_by_head()
    registry().facts[Machine.REQUEST]["agency_request"] = lambda _subject, _inputs: AgencyRequestFacts(
        sections_open=("Documents",)
    )
    with pytest.raises(StepRefused) as refused:
        engine.take_step(Action.SUBMIT, agency_request, head, expected_version=1)
    assert refused.value.kind is RefusalKind.INCOMPLETE
    assert len(refused.value.sentences) == 5


def test_who_acted_for_the_agency_never_acts_for_ice(app: Flask) -> None:
    agency_request = make_request(status="submitted")
    mover = make_person(Role.COORDINATOR).actor
    was_officer = Actor(
        id=mover.id, name=mover.name, roles=frozenset({Role.AGENCY_HEAD}), agency_id=agency_request.agency_id
    )
    audit.record("answer", was_officer, case_id=agency_request.id)
    assert engine.offered_steps(agency_request, mover) == []
    with pytest.raises(StepRefused, match="You acted for the agency"):
        engine.check_step(Action.TAKE, agency_request, mover)


def test_who_recommended_does_not_decide_whatever_roles_they_hold_now(app: Flask) -> None:
    agency_request = make_request(status="in_review")
    both = make_person(Role.ASSESSOR, (Role.APPROVING_OFFICIAL, "best")).actor
    audit.record("recommend", both, case_id=agency_request.id, subject=("request", agency_request.id))
    with pytest.raises(StepRefused, match="You recommended in this case"):
        engine.check_step(Action.DECIDE, agency_request, both)
    other = make_person((Role.APPROVING_OFFICIAL, "best")).actor
    assert engine.check_step(Action.DECIDE, agency_request, other).action is Action.DECIDE
