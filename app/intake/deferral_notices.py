"""Tells of the next look at a deferred request: both sides a week before, and on its day who takes it up again."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Select, select

from app.agency_requests.models import AgencyRequest
from app.agency_requests.recipients import recipients
from app.extensions import db
from app.filters import format_date
from app.notifications.notices import RecipientGroup
from app.notifications.outbox import send_notice
from app.policy import SYSTEM
from app.workflow.clocks.operations import today
from app.workflow.journey.request_journey import Status

BATCH: Final = 200
WEEK: Final = timedelta(days=7)
TAKE_IT_UP: Final = (RecipientGroup.COORDINATORS, RecipientGroup.OFFICIALS)


def tell_of_next_looks() -> tuple[int, int]:
    """Tells once of each date, a week before and on its day: (announced, come). Commits batch by batch."""
    day, until = today(), AgencyRequest.deferred_until
    soon = select(AgencyRequest).where(
        until > day, until <= day + WEEK, AgencyRequest.look_announced_for.is_distinct_from(until)
    )
    come = select(AgencyRequest).where(until <= day, AgencyRequest.look_rung_for.is_distinct_from(until))
    return _each(soon, _announce), _each(come, _ring)


def _each(query: Select[AgencyRequest], act: Callable[[AgencyRequest, date], None]) -> int:
    deferred = query.where(AgencyRequest.status == Status.DEFERRED).order_by(AgencyRequest.id)
    locked = deferred.limit(BATCH).with_for_update(skip_locked=True, of=AgencyRequest)
    done = 0
    while rows := db.session.scalars(locked).unique().all():
        for agency_request in rows:
            if agency_request.deferred_until:
                act(agency_request, agency_request.deferred_until)
        done += len(rows)
        db.session.commit()
    return done


def _announce(agency_request: AgencyRequest, until: date) -> None:
    agency_request.look_announced_for = until
    _tell("look_soon", agency_request, until, (RecipientGroup.AGENCY, *TAKE_IT_UP))


def _ring(agency_request: AgencyRequest, until: date) -> None:
    agency_request.look_rung_for = until
    _tell("look_now", agency_request, until, TAKE_IT_UP)


def _tell(notice: str, agency_request: AgencyRequest, until: date, groups: Sequence[RecipientGroup]) -> None:
    values = {
        "number": agency_request.number or "",
        "agency": agency_request.agency.name,
        "until": format_date(until),
    }
    told: set[str] = set()
    for group in groups:
        to = [address for address in recipients(agency_request, group, SYSTEM) if address not in told]
        told.update(to)
        side = "requests" if group is RecipientGroup.AGENCY else "cases"
        send_notice(notice, to, values, path=f"/{side}/{agency_request.id}", case_id=agency_request.id)
