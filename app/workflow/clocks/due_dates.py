"""Moves the due date of a running clock, with the reason and the old date kept."""

import uuid
from dataclasses import asdict
from datetime import date

from app import audit
from app.deadlines.clocks import CLOCK_WORDS, extend
from app.extensions import db
from app.filters import format_date
from app.policy import Actor, Permission, allows
from app.workflow.clocks.operations import as_running, today
from app.workflow.models import StageClock
from app.workflow.refusals import RefusalKind as Refusal
from app.workflow.refusals import StepRefused, not_found
from app.workflow.registry import Subject


def find_clock(subject: Subject, clock_id: uuid.UUID) -> StageClock:
    """A running clock of this subject. Raises StepRefused when it is another subject's, has stopped, or is paused."""
    clock = db.session.get(StageClock, clock_id)
    if clock is None or clock.subject_id != subject.id:
        raise not_found()
    if clock.stopped_on or clock.paused_on:
        raise StepRefused(
            Refusal.TOO_LATE, ["This clock does not run now, so its date cannot be moved."], case_id=subject.case_id
        )
    return clock


def move_due_date(
    subject: Subject, actor: Actor, clock: StageClock, new_due: date, reason: str, *, expected_version: date
) -> audit.Event:
    """Moves the due date to a later day.

    `expected_version` is the date the person saw: of two who move it, the second is told.
    """
    if not allows(actor, Permission.CLOCK_EXTEND, subject):
        raise StepRefused(Refusal.NOT_YOUR_JOB, ["This is not yours to do."], case_id=subject.case_id, action="extend")
    db.session.refresh(clock, with_for_update=True)
    if clock.due != expected_version:
        raise StepRefused(
            Refusal.TOO_LATE, ["Somebody moved this date since you opened the page. Look again."],
            case_id=subject.case_id,
        )  # fmt: skip
    try:
        moved = extend(as_running(clock), new_due, reason, today())
    except ValueError:
        raise StepRefused(
            Refusal.INCOMPLETE, [f"Choose a day after {format_date(clock.due)}."], case_id=subject.case_id
        ) from None
    kept = {name: str(value) for name, value in asdict(moved.extensions[-1]).items()}
    clock.extensions = [*clock.extensions, kept]
    clock.due = new_due
    return audit.record(
        "extend",
        actor,
        case_id=subject.case_id,
        subject=(subject.machine.value, subject.id),
        role=actor.role_for(Permission.CLOCK_EXTEND),
        sentence=f"moved a due date: {CLOCK_WORDS[clock.kind].lower()}, now {format_date(new_due)}",
        reason=reason,
        details=kept,
        audience=audit.Audience.BOTH,
    )
