"""The clocks of a case, which run, wait and move as it goes on: arithmetic over business days."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.deadlines.business_days import (
    NONE_CLOSED,
    Closed,
    add_business_days,
    business_days_between,
    is_past,
    next_business_day,
)


class ClockKind(StrEnum):
    """What a clock measures."""

    ACKNOWLEDGE = "acknowledge"
    INTAKE = "intake"
    ASSESSMENT = "assessment"
    CONCURRENCE = "concurrence"
    INFORMATION_REQUEST = "information_request"
    REVIEW = "review"
    DRAFTING = "drafting"
    SIGNING = "signing"  # started by nothing yet: an agreement's journey ends with its frozen text


CLOCK_WORDS: dict[ClockKind, str] = {
    ClockKind.ACKNOWLEDGE: "Acknowledging the request",
    ClockKind.INTAKE: "Intake review",
    ClockKind.ASSESSMENT: "Needs assessment",
    ClockKind.CONCURRENCE: "The agency's decision",
    ClockKind.INFORMATION_REQUEST: "The agency's answers",
    ClockKind.REVIEW: "Headquarters review",
    ClockKind.DRAFTING: "Drafting",
    ClockKind.SIGNING: "Signing",
}
OF_THE_AGENCY = frozenset({ClockKind.CONCURRENCE, ClockKind.INFORMATION_REQUEST})

# In business days. Inferred: no public text sets these targets, so an office should set its own.
TARGETS: dict[ClockKind, int] = {
    ClockKind.ACKNOWLEDGE: 5,
    ClockKind.INTAKE: 10,
    ClockKind.ASSESSMENT: 30,
    ClockKind.CONCURRENCE: 15,
    ClockKind.INFORMATION_REQUEST: 10,
    ClockKind.REVIEW: 20,
    ClockKind.DRAFTING: 30,
    ClockKind.SIGNING: 20,
}


@dataclass(frozen=True)
class Extension:
    """One move of a due date that somebody decided: from when to when, why, and on which day."""

    old_due: date
    new_due: date
    reason: str
    on: date


@dataclass(frozen=True)
class ClockState:
    """One clock. `used_days` are the business days used up to the last pause; waiting uses none."""

    kind: str
    started: date
    due: date
    paused_since: date | None = None
    used_days: int = 0
    extensions: tuple[Extension, ...] = ()
    resumed_on: date | None = None


def due(start: date, days: int, closed: Closed = NONE_CLOSED) -> date:
    """When something begun on `start` is due: the day it begins does not count."""
    return add_business_days(start, days, closed)


def start(kind: ClockKind, day: date, days: int | None = None, closed: Closed = NONE_CLOSED) -> ClockState:
    """A clock that starts on `day`, with these business days or else the usual target of its kind."""
    return ClockState(kind=kind, started=day, due=due(day, TARGETS[kind] if days is None else days, closed))


def pause(clock: ClockState, day: date, closed: Closed = NONE_CLOSED) -> ClockState:
    """The clock stops, because the other side is to act; one that waits already stays as it is."""
    if clock.paused_since:
        return clock
    since = _not_before(clock.resumed_on or clock.started, day)
    return replace(clock, paused_since=since, used_days=used(clock, day, closed))


def resume(clock: ClockState, day: date, closed: Closed = NONE_CLOSED) -> ClockState:
    """The clock runs again, its due date moved by the business days it waited; a running one stays as it is."""
    if clock.paused_since is None:
        return clock
    waited = business_days_between(clock.paused_since, _not_before(clock.paused_since, day), closed)
    moved = add_business_days(next_business_day(clock.due, closed), waited, closed) if waited else clock.due
    return replace(clock, due=moved, paused_since=None, resumed_on=day)


def extend(clock: ClockState, new_due: date, reason: str, day: date) -> ClockState:
    """The clock with a later due date, and the old one kept. Raises ValueError when the new one is not later."""
    if new_due <= clock.due:
        raise ValueError("an extension moves the due date to a later day")
    kept = Extension(old_due=clock.due, new_due=new_due, reason=reason, on=day)
    return replace(clock, due=new_due, extensions=(*clock.extensions, kept))


def used(clock: ClockState, today: date, closed: Closed = NONE_CLOSED) -> int:
    """Business days used so far, without those spent waiting."""
    if clock.paused_since:
        return clock.used_days
    return clock.used_days + business_days_between(clock.resumed_on or clock.started, today, closed)


def is_overdue(clock: ClockState, today: date, closed: Closed = NONE_CLOSED) -> bool:
    """Whether the clock has run past its due date; while it waits it becomes no later than it was."""
    return is_past(clock.due, clock.paused_since or today, closed)


def _not_before(earliest: date, day: date) -> date:
    if day < earliest:
        raise ValueError("a clock cannot be turned back")
    return day
