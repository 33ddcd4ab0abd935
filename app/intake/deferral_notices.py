"""The notices about the next look at a deferred request: to both sides a week before, and on its day to staff."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from app.agency_requests.models import AgencyRequest
from app.agency_requests.recipients import recipients
from app.filters import format_date
from app.notifications.daily_jobs import for_each_locked
from app.notifications.notices import RecipientGroup
from app.notifications.outbox import send_notice
from app.policy import SYSTEM
from app.workflow.clocks.operations import today
from app.workflow.journey.request_journey import Status

WEEK: Final = timedelta(days=7)
TAKE_IT_UP: Final = (RecipientGroup.COORDINATORS, RecipientGroup.OFFICIALS)


def announce_next_looks() -> tuple[int, int]:
    """Sends each notice once for each date: (a week before, on its day). Commits batch by batch."""
    day, until = today(), AgencyRequest.deferred_until
    deferred = select(AgencyRequest).where(AgencyRequest.status == Status.DEFERRED).order_by(AgencyRequest.id)
    soon = deferred.where(until > day, until <= day + WEEK, AgencyRequest.look_announced_for.is_distinct_from(until))
    come = deferred.where(until <= day, AgencyRequest.look_rung_for.is_distinct_from(until))
    return (
        for_each_locked(soon, AgencyRequest, _announce),
        for_each_locked(come, AgencyRequest, _remind),
    )


def _announce(agency_request: AgencyRequest) -> None:
    agency_request.look_announced_for = agency_request.deferred_until
    _notify("look_soon", agency_request, (RecipientGroup.AGENCY, *TAKE_IT_UP))


def _remind(agency_request: AgencyRequest) -> None:
    agency_request.look_rung_for = agency_request.deferred_until
    _notify("look_now", agency_request, TAKE_IT_UP)


def _notify(notice: str, agency_request: AgencyRequest, groups: Sequence[RecipientGroup]) -> None:
    values = {
        "number": agency_request.number or "",
        "agency": agency_request.agency.name,
        "until": format_date(agency_request.deferred_until),
    }
    addressed: set[str] = set()
    for group in groups:
        to = [address for address in recipients(agency_request, group, SYSTEM) if address not in addressed]
        addressed.update(to)
        side = "requests" if group is RecipientGroup.AGENCY else "cases"
        send_notice(notice, to, values, path=f"/{side}/{agency_request.id}", case_id=agency_request.id)
