"""Reminds of what is due on the next business day, and says once that a date has passed."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from app import audit
from app.agency_requests.models import AgencyRequest
from app.agency_requests.recipients import recipients
from app.deadlines.business_days import add_business_days, last_business_day_before
from app.deadlines.clocks import CLOCK_WORDS, OF_THE_AGENCY, ClockKind
from app.extensions import db
from app.filters import format_date
from app.notifications.notices import RecipientGroup
from app.notifications.outbox import send_notice
from app.policy import SYSTEM
from app.workflow.clocks.operations import today
from app.workflow.models import StageClock

BATCH: Final = 200


def remind_and_escalate() -> tuple[int, int]:
    """Tells each side once of each date: (reminded, late). Commits clock by clock, so a stop loses nothing."""
    day = today()
    soon = select(StageClock).where(
        StageClock.due > last_business_day_before(day),
        StageClock.due <= add_business_days(day, 1),
        StageClock.reminded_for.is_distinct_from(StageClock.due),
        StageClock.escalated_for.is_distinct_from(StageClock.due),
    )
    late = select(StageClock).where(
        StageClock.due <= last_business_day_before(day), StageClock.escalated_for.is_distinct_from(StageClock.due)
    )
    return _each(soon, _remind), _each(late, _escalate)


def _each(query, act) -> int:  # type: ignore[no-untyped-def] # a select of clocks, and what is done with one
    running = query.where(StageClock.stopped_on.is_(None), StageClock.paused_on.is_(None)).order_by(StageClock.id)
    done = 0
    while rows := db.session.scalars(running.limit(BATCH).with_for_update(skip_locked=True)).all():
        for clock in rows:
            act(db.session.get_one(AgencyRequest, clock.subject_id), clock)  # only requests have clocks
        done += len(rows)
        db.session.commit()
    return done


def _remind(agency_request: AgencyRequest, clock: StageClock) -> None:
    clock.reminded_for = clock.due
    _tell("due_soon", agency_request, clock, (_whose(clock),))


def _escalate(agency_request: AgencyRequest, clock: StageClock) -> None:
    clock.escalated_for = clock.due
    _tell("late", agency_request, clock, tuple(dict.fromkeys((_whose(clock), RecipientGroup.COORDINATORS))))
    audit.record(
        "late",
        SYSTEM,
        case_id=agency_request.id,
        subject=(agency_request.machine.value, agency_request.id),
        sentence=f"noted that a date has passed: {CLOCK_WORDS[clock.kind].lower()}, {format_date(clock.due)}",
        details={"clock": str(clock.id), "due": clock.due.isoformat()},
        audience=audit.Audience.BOTH,
    )


def _whose(clock: StageClock) -> RecipientGroup:
    """Whose clock it is: the agency's, the assessor's while assessing and drafting, or the coordinators'."""
    if clock.kind in OF_THE_AGENCY:
        return RecipientGroup.AGENCY
    return (
        RecipientGroup.ASSESSOR
        if clock.kind in {ClockKind.ASSESSMENT, ClockKind.DRAFTING}
        else RecipientGroup.COORDINATORS
    )


def _tell(notice: str, agency_request: AgencyRequest, clock: StageClock, groups: Sequence[RecipientGroup]) -> None:
    values = {
        "number": agency_request.number or "",
        "due": format_date(clock.due),
        "what": CLOCK_WORDS[clock.kind],
    }
    for group in groups:
        side = "requests" if group is RecipientGroup.AGENCY else "cases"
        to = recipients(agency_request, group, SYSTEM)
        send_notice(notice, to, values, path=f"/{side}/{agency_request.id}", case_id=agency_request.id)
