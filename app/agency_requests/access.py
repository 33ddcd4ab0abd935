"""Which requests a person sees: the one place where queries of cases are scoped."""

import uuid

from sqlalchemy import ColumnElement, Select, false, or_, select, true

from app.agency_requests.assignment_models import ConflictDeclaration, Consultation
from app.agency_requests.models import AgencyRequest
from app.extensions import db
from app.policy import CASE_ROLES, Actor, Role, Side, can_see, enters
from app.workflow.journey.request_journey import CLOSED
from app.workflow.refusals import not_found


def visible_requests(actor: Actor) -> Select[AgencyRequest]:
    """The requests this person sees, to be filtered and ordered; the same rule as policy.can_see, in the database.

    Only what somebody of ICE is typing in from paper is left out of their lists: it has a page of its own.
    """
    query = select(AgencyRequest)
    if actor.side is Side.AGENCY:
        of_agency = query.where(AgencyRequest.agency_id == actor.agency_id)
        return of_agency.where(or_(AgencyRequest.entered_by_id.is_(None), AgencyRequest.submitted_at.is_not(None)))
    if not actor.roles & CASE_ROLES:
        return query.where(false())
    query = query.where(AgencyRequest.submitted_at.is_not(None), ~_recused(actor))
    return query.where(or_(in_area_of_office(actor), consulted_requests(actor)))


def in_area_of_office(actor: Actor) -> ColumnElement[bool]:
    """The requests on which this member of staff works by their office; see policy.works_on."""
    if actor.is_headquarters or Role.AUDITOR in actor.roles:
        return true()
    return or_(AgencyRequest.office_id == actor.office_id, AgencyRequest.investigations_office_id == actor.office_id)


def consulted_requests(actor: Actor) -> ColumnElement[bool]:
    """The requests about which this person is asked for an opinion now."""
    asked = select(Consultation.id).where(
        Consultation.request_id == AgencyRequest.id, Consultation.person_id == actor.id, Consultation.ended_at.is_(None)
    )
    return asked.exists()


def _recused(actor: Actor) -> ColumnElement[bool]:
    declared = select(ConflictDeclaration.person_id).where(
        ConflictDeclaration.request_id == AgencyRequest.id,
        ConflictDeclaration.person_id == actor.id,
        ConflictDeclaration.has_conflict,
    )
    return declared.exists()


def open_of_agency(agency_id: uuid.UUID, actor: Actor) -> Select[AgencyRequest]:
    """The requests of one agency that this person sees and that are not settled, oldest first."""
    still_open = visible_requests(actor).where(
        AgencyRequest.agency_id == agency_id, AgencyRequest.status.not_in(list(CLOSED))
    )
    return still_open.order_by(AgencyRequest.created_at, AgencyRequest.id)


def get_request(request_id: uuid.UUID, actor: Actor) -> AgencyRequest:
    """The request, if this person sees it; otherwise StepRefused as not found, the same as one that does not exist."""
    found = get_draft(request_id, actor)
    if enters(actor, found):
        raise not_found()  # no case yet: only its draft has pages
    return found


def get_draft(request_id: uuid.UUID, actor: Actor) -> AgencyRequest:
    """The same for the pages on which a draft is filled in, open also to who types it in from paper."""
    found = db.session.get(AgencyRequest, request_id)
    if found is None or not can_see(actor, found):
        raise not_found()
    return found
