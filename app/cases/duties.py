"""Which requests wait for a person: by their roles, their place and their name on the request."""

from typing import Any

from sqlalchemy import ColumnElement, and_, not_, or_

from app.accounts.delegation.operations import delegators_of
from app.agency_requests.access import consulted_requests, in_area_of_office
from app.agency_requests.models import AgencyRequest
from app.agreements.clearing import waits_for_other_counsel
from app.intake.assignment.operations import to_declare
from app.policy import Actor, Role
from app.workflow.clocks.operations import today
from app.workflow.journey.request_journey import STATUSES, Status


def _mine(actor: Actor) -> list[str]:
    """The statuses in which one of this person's roles has something to do."""
    return [status.value for status, info in STATUSES.items() if set(info.tasks) & actor.roles & set(Role)]


def is_mine(actor: Actor) -> ColumnElement[bool]:
    """What this person's roles act on, of their place and nobody else's; what they are asked about or named for."""
    typed_in = AgencyRequest.entered_by_id.is_not_distinct_from(actor.id)  # they stood in for the agency
    theirs = and_(
        AgencyRequest.status.in_(_mine(actor)), _not_somebody_elses(actor), in_area_of_office(actor), not_(typed_in)
    )
    deferred = and_(AgencyRequest.status == Status.DEFERRED, AgencyRequest.deferred_until > today())
    return or_(and_(theirs, not_(deferred)), consulted_requests(actor), to_declare(actor))


def _not_somebody_elses(actor: Actor) -> ColumnElement[bool]:
    """A step that has one owner is only for its owner; where nobody is named yet it is for all who may."""
    coordinating = AgencyRequest.status == Status.IN_INTAKE
    assessing = AgencyRequest.status.in_([Status.IN_ASSESSMENT, Status.DRAFTING])
    conditions = [AgencyRequest.status.not_in([Status.IN_INTAKE, Status.IN_ASSESSMENT, Status.DRAFTING])]
    if Role.COORDINATOR in actor.roles:
        conditions.append(and_(coordinating, _is_or_nobody(AgencyRequest.coordinator_id, actor)))
    if Role.ASSESSOR in actor.roles:
        conditions.append(and_(assessing, _is_or_nobody(AgencyRequest.assessor_id, actor)))
    if Role.APPROVING_OFFICIAL in actor.roles:
        conditions.append(AgencyRequest.status == Status.DRAFTING)
    elif Role.COUNSEL in actor.roles:
        conditions.append(and_(AgencyRequest.status == Status.DRAFTING, not_(waits_for_other_counsel(actor))))
    return or_(*conditions)


def _is_or_nobody(column: Any, actor: Actor) -> ColumnElement[bool]:
    """Theirs, nobody's yet, or of a colleague whom they cover for."""
    return or_(column == actor.id, column.is_(None), column.in_(delegators_of(actor)))
