"""What coordinators do with a request that came in: check it, route it, name liaisons, open the assessment."""

import uuid
from collections.abc import Collection
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app import audit
from app.agency_requests.assignment_models import ConflictDeclaration
from app.agency_requests.models import AgencyRequest
from app.extensions import db
from app.intake.assignment import consultations, operations
from app.intake.models import ChecklistMark, InformationRequest
from app.policy import Actor, Permission, allows
from app.workflow import engine
from app.workflow.journey.request_journey import Action, Status
from app.workflow.refusals import RefusalKind, StepRefused

CHECKLIST: Final = {
    "agency": "The agency, its ORI and its contact are right",
    "letter": "The request letter is there and comes from the agency head",
    "authority": "The authority to bind the agency is explained",
    "needs": "The objectives and problems can be understood",
    "numbers": "The numbers say how they are known",
    "overlap": "Agreements in force and other requests were looked at",
}
LIAISONS: Final = {"investigations": "investigations liaison", "detention": "detention liaison"}


def take_request(agency_request: AgencyRequest, actor: Actor, *, expected_version: int) -> None:
    """Takes a request into intake; the taker is its coordinator."""
    agency_request.coordinator_id = actor.id
    engine.take_step(Action.TAKE, agency_request, actor, expected_version=expected_version)


def mark_checklist(agency_request: AgencyRequest, actor: Actor, held: Collection[str], notes: dict[str, str]) -> None:
    """Records which points of the completeness check hold, with a note where there is one."""
    _refuse_unless_open(agency_request, actor)
    for key in CHECKLIST:
        row = db.session.get(ChecklistMark, (agency_request.id, key))
        row = row or ChecklistMark(request_id=agency_request.id, key=key)
        row.held, row.note, row.by_id = key in held, notes.get(key, ""), actor.person_id
        db.session.add(row)
    left = [CHECKLIST[key] for key in CHECKLIST if key not in held]
    _record(agency_request, actor, "mark_checklist", f"checked completeness: {len(left)} of {len(CHECKLIST)} left")


def route_request(
    agency_request: AgencyRequest, actor: Actor, office_id: uuid.UUID, investigations_office_id: uuid.UUID | None
) -> None:
    """Gives the request to a detention office and, where staff name one, to an investigations office."""
    _refuse_unless_open(agency_request, actor)
    agency_request.office_id, agency_request.investigations_office_id = office_id, investigations_office_id
    db.session.flush()  # the office's name is read below
    db.session.refresh(agency_request, ["office"])
    name = agency_request.office.name if agency_request.office else ""
    _record(agency_request, actor, "route", f"routed the request to the office {name}", audience=audit.Audience.BOTH)


def name_people(
    agency_request: AgencyRequest,
    actor: Actor,
    *,
    investigations_liaison_id: uuid.UUID | None,
    detention_liaison_id: uuid.UUID | None,
    assessor_id: uuid.UUID | None,
) -> None:
    """Names both liaisons and the assessor, and tells those who were not named before."""
    _refuse_unless_open(agency_request, actor)
    before = {column: getattr(agency_request, column) for column in operations.NAMED_COLUMNS}
    agency_request.investigations_liaison_id = investigations_liaison_id
    agency_request.detention_liaison_id = detention_liaison_id
    agency_request.assessor_id = assessor_id
    _record(agency_request, actor, "name_people", "named the liaisons and the assessor")
    operations.notify_named(agency_request, actor, before)


def declare_interests(
    agency_request: AgencyRequest, actor: Actor, *, has_conflict: bool, sentence: str
) -> ConflictDeclaration:
    """Records somebody's own declaration of interests; with a conflict the case goes out of their sight at once.

    What the interest is stays in the declaration; the timeline tells colleagues only that there is one.
    """
    if not allows(actor, Permission.REQUEST_DECLARE, agency_request) or actor.id is None:
        raise StepRefused(
            RefusalKind.NOT_YOUR_JOB, ["This is not yours to do."], case_id=agency_request.id, action="declare"
        )
    row = db.session.get(ConflictDeclaration, (agency_request.id, actor.id))
    row = row or ConflictDeclaration(request_id=agency_request.id, person_id=actor.id)
    row.has_conflict, row.sentence = has_conflict, sentence
    db.session.add(row)
    said = "declared a conflict of interest" if has_conflict else "declared no conflict of interest"
    _record(agency_request, actor, "declare", said)
    db.session.expire(agency_request, ["declarations"])  # sight is decided by it from here on
    if has_conflict:
        operations.unassign_recused(agency_request, actor)
        consultations.end_consultations_of(agency_request, actor.id)
    return row


def has_declared_conflict(request_id: uuid.UUID, actor: Actor, sentence: str | None) -> bool:
    """Whether this person declared just this before, by the first of two clicks; they see the case no more."""
    row = db.session.get(ConflictDeclaration, (request_id, actor.id))
    return row is not None and row.has_conflict and row.sentence == (sentence or "")


def begin_assessment(agency_request: AgencyRequest, actor: Actor, *, expected_version: int) -> None:
    """Ends intake and opens the needs assessment."""
    engine.take_step(Action.BEGIN_ASSESSMENT, agency_request, actor, expected_version=expected_version)


def declarations(request_id: uuid.UUID) -> list[ConflictDeclaration]:
    """Every declaration of interests in this case, oldest first."""
    query = select(ConflictDeclaration).options(selectinload(ConflictDeclaration.person))
    query = query.where(ConflictDeclaration.request_id == request_id)
    return list(db.session.scalars(query.order_by(ConflictDeclaration.at, ConflictDeclaration.person_id)))


def open_information_request(request_id: uuid.UUID) -> InformationRequest | None:
    """What ICE has asked of the agency and not got back yet."""
    query = select(InformationRequest).where(
        InformationRequest.request_id == request_id, InformationRequest.closed_at.is_(None)
    )
    return db.session.scalar(query)


def _refuse_unless_open(agency_request: AgencyRequest, actor: Actor) -> None:
    if not allows(actor, Permission.REQUEST_INTAKE, agency_request):
        raise StepRefused(
            RefusalKind.NOT_YOUR_JOB, ["A coordinator does this."], case_id=agency_request.id, action="intake"
        )
    if sentence := engine.recusal_of(agency_request, actor):
        raise StepRefused(RefusalKind.NOT_YOUR_JOB, [sentence], case_id=agency_request.id, action="intake")
    if agency_request.status != Status.IN_INTAKE:
        raise StepRefused(RefusalKind.TOO_LATE, ["The request is not in intake review."], case_id=agency_request.id)


def _record(
    agency_request: AgencyRequest,
    actor: Actor,
    action: str,
    sentence: str,
    *,
    audience: audit.Audience = audit.Audience.STAFF,
) -> None:
    audit.record(
        action,
        actor,
        case_id=agency_request.id,
        subject=("request", agency_request.id),
        sentence=sentence,
        audience=audience,
    )
