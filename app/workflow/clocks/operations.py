"""Moves a case's clocks when its status moves: starts, pauses while the other side answers, resumes, stops."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, select

from app.deadlines.business_days import Closed, day_of, last_months
from app.deadlines.clocks import ClockKind, ClockState, pause, resume, used
from app.deadlines.clocks import due as due_after
from app.deadlines.spread import FEWEST, Spread, spread
from app.extensions import db, now
from app.workflow.clocks import targets
from app.workflow.journey.request_journey import STATUSES, Status
from app.workflow.journey.statuses import Machine
from app.workflow.models import StageClock
from app.workflow.registry import Subject


def today() -> date:
    """The calendar day where the service's business days are counted."""
    return day_of(now())


def move_clocks(subject: Subject, source: str | None, target: str, *, due: date | None = None) -> None:
    """Moves a request's clocks from one status to the next; `due` sets the date instead of the target in days.

    An agreement has no clock of its own: its request's drafting clock runs until the last one is settled.
    """
    if source == target or subject.machine is not Machine.REQUEST:
        return
    day, closed = today(), targets.closed_days(subject.office_ids)
    running = clocks_of([subject.id])
    if STATUSES[Status(target)].pauses_ice:
        for clock in running:
            _keep(clock, pause(as_running(clock), day, closed))
    else:
        _end_or_go_on(running, target, day, closed)
    if all(clock.stopped_on or clock.paused_on for clock in running):
        _start(subject, target, day, due, closed)


def _end_or_go_on(running: Sequence[StageClock], target: str, day: date, closed: Closed) -> None:
    """The clock that waited goes on where the request comes back to its stage; every other one ends."""
    for clock in running:
        if clock.paused_on and clock.kind == STATUSES[Status(target)].clock:
            _keep(clock, resume(as_running(clock), day, closed))
        else:
            _stop(clock, day, closed)
            clock.cut_short = STATUSES[Status(target)].cuts_short


def clocks_of(subject_ids: Sequence[uuid.UUID]) -> Sequence[StageClock]:
    """The clocks of these subjects that have not stopped, paused ones included, oldest first."""
    query = select(StageClock).where(StageClock.subject_id.in_(subject_ids), StageClock.stopped_on.is_(None))
    return db.session.scalars(query.order_by(StageClock.created_at, StageClock.id)).all()


def stage_durations(since: date, *conditions: ColumnElement[bool]) -> dict[ClockKind, Spread]:
    """How long each stage took that was done on that day or later, waiting left out; stages cut short do not count.

    The database counts how often each length occurs, so that a year of clocks comes as a few hundred rows.
    """
    query = (
        select(StageClock.kind, StageClock.used_days, func.count())
        .where(StageClock.stopped_on >= since, ~StageClock.cut_short, *conditions)
        .group_by(StageClock.kind, StageClock.used_days)
    )
    lengths: dict[str, dict[int, int]] = defaultdict(dict)
    for kind, days, n in db.session.execute(query):
        lengths[kind][days] = n
    return {kind: spread(lengths[kind]) for kind in ClockKind if kind in lengths}


def usual_duration(kind: ClockKind) -> Spread | None:
    """What this stage took in the last twelve months; None of fewer than five."""
    found = stage_durations(last_months(today(), 12)[0], StageClock.kind == kind).get(kind)
    return found if found and found.n >= FEWEST else None


def _start(subject: Subject, status: str, day: date, due: date | None, closed: Closed) -> None:
    kind = STATUSES[Status(status)].clock
    if kind is None:
        return
    clock = StageClock(subject_id=subject.id, case_id=subject.case_id, kind=kind, started_on=day)
    clock.due = due or due_after(day, targets.targets()[kind], closed)
    db.session.add(clock)


def _stop(clock: StageClock, day: date, closed: Closed) -> None:
    clock.used_days = used(as_running(clock), day, closed)  # what it took in all, without waiting
    clock.stopped_on = day
    clock.paused_on = None


def as_running(clock: StageClock) -> ClockState:
    """The clock as the rules of time see it; its earlier extensions stay with the row."""
    return ClockState(
        kind=clock.kind,
        started=clock.started_on,
        due=clock.due,
        paused_since=clock.paused_on,
        used_days=clock.used_days,
        extensions=clock.moves,
        resumed_on=clock.resumed_on,
    )


def _keep(clock: StageClock, running: ClockState) -> None:
    clock.due, clock.paused_on = running.due, running.paused_since
    clock.used_days, clock.resumed_on = running.used_days, running.resumed_on
