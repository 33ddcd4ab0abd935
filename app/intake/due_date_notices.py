"""The notices about due dates: a reminder one business day before, and once that a date has passed."""

from collections.abc import Sequence

from sqlalchemy import Select, select

from app import audit
from app.agency_requests.models import AgencyRequest
from app.agency_requests.recipients import recipients
from app.deadlines.clocks import CLOCK_WORDS, OF_THE_AGENCY, ClockKind
from app.extensions import db
from app.filters import format_date
from app.notifications.daily_jobs import for_each_locked
from app.notifications.notices import RecipientGroup
from app.notifications.outbox import send_notice
from app.policy import SYSTEM
from app.workflow.clocks.due_state_queries import is_due_within, is_late
from app.workflow.clocks.operations import today
from app.workflow.models import StageClock


def remind_and_escalate() -> tuple[int, int]:
    """Sends each notice once for each date: (reminders, late). Commits batch by batch."""
    due, office = StageClock.due, AgencyRequest.due_office_id
    untold = StageClock.escalated_for.is_distinct_from(due)
    near = is_due_within(due, office, today(), 1), StageClock.reminded_for.is_distinct_from(due), untold
    late = is_late(due, office, today()), untold
    return (
        for_each_locked(_running().where(*near), StageClock, _remind),
        for_each_locked(_running().where(*late), StageClock, _escalate),
    )


def _running() -> Select[StageClock]:
    """Every clock that runs, beside its request: only requests have clocks."""
    return (
        select(StageClock)
        .join(AgencyRequest, AgencyRequest.id == StageClock.subject_id)
        .where(StageClock.stopped_on.is_(None), StageClock.paused_on.is_(None))
        .order_by(StageClock.id)
    )


def _request_of(clock: StageClock) -> AgencyRequest:
    return db.session.get_one(AgencyRequest, clock.subject_id)


def _remind(clock: StageClock) -> None:
    clock.reminded_for = clock.due
    _notify("due_soon", _request_of(clock), clock, (_whose(clock),))


def _escalate(clock: StageClock) -> None:
    agency_request = _request_of(clock)
    clock.escalated_for = clock.due
    _notify("late", agency_request, clock, tuple(dict.fromkeys((_whose(clock), RecipientGroup.COORDINATORS))))
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


def _notify(notice: str, agency_request: AgencyRequest, clock: StageClock, groups: Sequence[RecipientGroup]) -> None:
    values = {
        "number": agency_request.number or "",
        "due": format_date(clock.due),
        "what": CLOCK_WORDS[clock.kind],
    }
    for group in groups:
        side = "requests" if group is RecipientGroup.AGENCY else "cases"
        to = recipients(agency_request, group, SYSTEM)
        send_notice(notice, to, values, path=f"/{side}/{agency_request.id}", case_id=agency_request.id)
