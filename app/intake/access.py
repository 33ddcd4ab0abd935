"""Which requests a person sees: the one place where queries of cases are scoped."""

import uuid

from sqlalchemy import Select, false, or_, select

from app.extensions import db
from app.intake.models import AgencyRequest
from app.policy import CASE_ROLES, Actor, Role, Side, can_see
from app.workflow.refusals import Kind, Refused


def visible(actor: Actor) -> Select[AgencyRequest]:
    """The requests this person sees, to be filtered and ordered; the same rule as policy.can_see, in the database."""
    query = select(AgencyRequest)
    if actor.side is Side.AGENCY:
        return query.where(AgencyRequest.agency_id == actor.agency_id)
    if not actor.roles & CASE_ROLES:
        return query.where(false())
    query = query.where(AgencyRequest.submitted_at.is_not(None))
    if actor.is_headquarters or Role.AUDITOR in actor.roles:
        return query
    return query.where(
        or_(AgencyRequest.office_id == actor.office_id, AgencyRequest.investigations_office_id == actor.office_id)
    )


def get_request(request_id: uuid.UUID, actor: Actor) -> AgencyRequest:
    """The request, if this person sees it; otherwise Refused as not found, the same as one that does not exist."""
    found = db.session.get(AgencyRequest, request_id)
    if found is None or not can_see(actor, found):
        raise Refused(Kind.NOT_FOUND, ["There is no such page."])
    return found
