"""Takes the next request that nobody has, the most urgent first; of two who ask at once each gets another."""

from typing import Final

from sqlalchemy import and_

from app.agency_requests.access import in_area_of_office, visible_requests
from app.agency_requests.models import AgencyRequest
from app.extensions import db
from app.intake import operations
from app.policy import Actor
from app.workflow.journey.request_journey import Status
from app.workflow.models import StageClock
from app.workflow.refusals import StepRefused

TRIES: Final = 20


def take_next(actor: Actor) -> AgencyRequest | None:
    """The request this person coordinates now; None when none is left that they may take. The caller commits."""
    running = and_(StageClock.subject_id == AgencyRequest.id, StageClock.stopped_on.is_(None))
    waiting = (
        visible_requests(actor)
        .where(AgencyRequest.status == Status.SUBMITTED.value, AgencyRequest.coordinator_id.is_(None))
        .where(in_area_of_office(actor))
        .outerjoin(StageClock, running)
        .order_by(StageClock.due.is_(None), StageClock.due, AgencyRequest.submitted_at, AgencyRequest.id)
    )
    for agency_request in db.session.scalars(waiting.limit(TRIES)).unique().all():
        try:
            with db.session.begin_nested():
                operations.take_request(agency_request, actor, expected_version=agency_request.version)
        except StepRefused:
            continue  # somebody was faster, or a conflict of interest bars this one
        return agency_request
    return None
