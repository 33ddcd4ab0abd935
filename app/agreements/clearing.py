"""Who may clear a text: counsel who neither drafted nor edited any of it; who is barred, and who is left."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, select

from app.accounts.models import Person
from app.agency_requests.models import AgencyRequest
from app.agency_requests.recipients import unrecused_staff
from app.agreements.models import Agreement
from app.audit import Audience, Event
from app.extensions import db
from app.policy import Actor, Role
from app.workflow.journey.agreement_journey import DRAFTED_BY_YOU, AgreementStatus


def is_with(agreement: Agreement, actor: Actor) -> bool:
    """Whether the text is with counsel, and this person is counsel."""
    return agreement.status == AgreementStatus.LEGAL_REVIEW and Role.COUNSEL in actor.roles


def is_for_another(agreement: Agreement, actor: Actor) -> bool:
    """Whether the text is with counsel, and this counsel worked on it, so that another must clear it."""
    if not is_with(agreement, actor):
        return False
    return db.session.scalar(select(_worked_on(agreement.request_id, agreement.id, actor.id))) or False


def others_who_clear(agreement: Agreement, actor: Actor) -> Sequence[Person]:
    """Counsel besides this one who may clear the text: of the case, and with no hand in the wording."""
    query = unrecused_staff(Role.COUNSEL, agreement.agency_request).where(Person.id != actor.id)
    return (
        db.session.scalars(
            query.where(~_worked_on(agreement.request_id, agreement.id, Person.id)).order_by(Person.name)
        )
        .unique()
        .all()
    )


def waits_for_other_counsel(actor: Actor) -> ColumnElement[bool]:
    """Requests of which every text that is with counsel waits for another one, and none is being drafted."""
    in_review = and_(Agreement.request_id == AgencyRequest.id, Agreement.status == AgreementStatus.LEGAL_REVIEW.value)
    barred = _worked_on(Agreement.request_id, Agreement.id, actor.id)
    in_drafting = and_(Agreement.request_id == AgencyRequest.id, Agreement.status == AgreementStatus.DRAFTING.value)
    return and_(
        select(Agreement.id).where(in_review, barred).exists(),
        ~select(Agreement.id).where(in_review, ~barred).exists(),
        ~select(Agreement.id).where(in_drafting).exists(),
    )


def _worked_on(case_id: Any, agreement_id: Any, person_id: Any) -> ColumnElement[bool]:
    """Whether this person drafted the agreement or worded any of it; keys or columns."""
    happened = select(Event.id).where(
        Event.chain == case_id,
        Event.subject_id == agreement_id,
        Event.actor_id == person_id,
        Event.action.in_(sorted(DRAFTED_BY_YOU.acts)),
        Event.audience != Audience.RECORD.value,
    )
    return happened.exists()
