"""Staff type in a request that came as a letter on paper, compare it, and record it; then somebody else handles it."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from app import audit
from app.accounts.models import Agency, Person, RoleGrant
from app.agency_requests.models import AgencyRequest
from app.agency_requests.recipients import recipients
from app.extensions import db
from app.notifications.notices import RecipientGroup
from app.notifications.outbox import send_notice
from app.policy import Actor, Permission, Role, allows
from app.workflow.journey.facts import Inputs
from app.workflow.journey.journeys import RULES_VERSION
from app.workflow.journey.request_journey import Status
from app.workflow.refusals import RefusalKind, StepRefused, not_found

LATEST_SHOWN: Final = 20


def begin_entry(
    actor: Actor, agency: Agency, *, signed_on: date, received_on: date, key: uuid.UUID | None = None
) -> AgencyRequest:
    """Opens a draft that only this member of staff sees, for the agency that the letter names."""
    if not allows(actor, Permission.REQUEST_ENTER):
        raise StepRefused(RefusalKind.NOT_YOUR_JOB, ["A coordinator enters letters."])
    agency_request = AgencyRequest(
        id=key or uuid.uuid4(),
        agency_id=agency.id,
        state=agency.state,
        created_by_id=actor.id,
        rules_version=RULES_VERSION,
        entered_by_id=actor.id,
        letter_signed_on=signed_on,
        letter_received_on=received_on,
        signatory_name=agency.head_name,
        signatory_title=agency.head_title,
    )
    db.session.add(agency_request)
    db.session.flush()  # its key is in the address that follows
    return agency_request


def entries_of(actor: Actor) -> Sequence[AgencyRequest]:
    """What this person is typing in, oldest letter first."""
    query = select(AgencyRequest).where(AgencyRequest.entered_by_id == actor.id)
    open_ones = query.where(AgencyRequest.submitted_at.is_(None), AgencyRequest.status == Status.DRAFT.value)
    return db.session.scalars(open_ones.order_by(AgencyRequest.letter_received_on, AgencyRequest.id)).all()


def abandoned_entries(actor: Actor) -> Sequence[AgencyRequest]:
    """What somebody was typing in who cannot go on; headquarters sees all of it, an office what its own people left."""
    return db.session.scalars(_left(actor).options(joinedload(AgencyRequest.entered_by))).all()


def _left(actor: Actor) -> Select[AgencyRequest]:
    coordinators = select(RoleGrant.person_id).where(RoleGrant.role == Role.COORDINATOR.value)
    query = select(AgencyRequest).join(Person, Person.id == AgencyRequest.entered_by_id)
    query = query.where(AgencyRequest.submitted_at.is_(None), AgencyRequest.status == Status.DRAFT.value)
    query = query.where(or_(~Person.active, Person.id.not_in(coordinators)))
    if not actor.is_headquarters:
        query = query.where(Person.office_id == actor.office_id)
    return query.order_by(AgencyRequest.letter_received_on, AgencyRequest.id)


def take_over_entry(request_id: uuid.UUID, actor: Actor) -> None:
    """Makes the letter this person's to finish or discard, when whoever began it cannot; the caller commits."""
    if not allows(actor, Permission.REQUEST_ENTER):
        raise StepRefused(RefusalKind.NOT_YOUR_JOB, ["A coordinator enters letters."])
    found = db.session.scalar(_left(actor).where(AgencyRequest.id == request_id).with_for_update(of=AgencyRequest))
    if found is None:
        raise not_found()
    before, found.entered_by_id = found.entered_by_id, actor.id
    audit.record(
        "take_over_letter",
        actor,
        case_id=found.id,
        subject=("request", found.id),
        sentence="took over a letter that somebody else had begun to type in",
        details={"from": str(before)},
        audience=audit.Audience.STAFF,
    )


def recorded_by(actor: Actor) -> Sequence[AgencyRequest]:
    """What this person recorded lately, newest first."""
    query = select(AgencyRequest).where(AgencyRequest.entered_by_id == actor.id)
    sent = query.where(AgencyRequest.submitted_at.is_not(None))
    return db.session.scalars(sent.order_by(AgencyRequest.submitted_at.desc()).limit(LATEST_SHOWN)).all()


def on_retracting(agency_request: AgencyRequest, actor: Actor, inputs: Inputs) -> None:
    """Makes the request a draft again that nobody else sees; the agency is told that it no longer sees it."""
    agency_request.submitted_at = agency_request.submitted_by_id = agency_request.coordinator_id = None
    values = {"number": agency_request.number or ""}
    send_notice(
        "retracted",
        recipients(agency_request, RecipientGroup.AGENCY, actor),
        values,
        path="/home",
        case_id=agency_request.id,
    )
