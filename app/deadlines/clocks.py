"""Business days in the service's own zone, and the clocks that run, wait and move as a case goes on."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from math import ceil
from statistics import median
from zoneinfo import ZoneInfo

import holidays
from dateutil.relativedelta import relativedelta

ZONE = ZoneInfo("America/New_York")
SATURDAY = 5

# The package's list for the District is the federal one, with Inauguration Day; this one is the District's own.
DISTRICT_ONLY = "Emancipation Day"


class Kind(StrEnum):
    """What a clock measures."""

    ACKNOWLEDGE = "acknowledge"
    INTAKE = "intake"
    ASSESSMENT = "assessment"
    CONCURRENCE = "concurrence"
    INFORMATION_REQUEST = "information_request"
    REVIEW = "review"
    DRAFTING = "drafting"
    SIGNING = "signing"  # started by nothing yet: an agreement's journey ends with its frozen text


KIND_WORDS: dict[Kind, str] = {
    Kind.ACKNOWLEDGE: "Acknowledging the request",
    Kind.INTAKE: "Intake review",
    Kind.ASSESSMENT: "Needs assessment",
    Kind.CONCURRENCE: "The agency's decision",
    Kind.INFORMATION_REQUEST: "The agency's answers",
    Kind.REVIEW: "Headquarters review",
    Kind.DRAFTING: "Drafting",
    Kind.SIGNING: "Signing",
}
OF_THE_AGENCY = frozenset({Kind.CONCURRENCE, Kind.INFORMATION_REQUEST})

# In business days. Inferred: no public text sets these targets, so an office should set its own.
TARGETS: dict[Kind, int] = {
    Kind.ACKNOWLEDGE: 5,
    Kind.INTAKE: 10,
    Kind.ASSESSMENT: 30,
    Kind.CONCURRENCE: 15,
    Kind.INFORMATION_REQUEST: 10,
    Kind.REVIEW: 20,
    Kind.DRAFTING: 30,
    Kind.SIGNING: 20,
}

Closed = frozenset[date]  # days on which an office is closed, besides weekends and federal holidays
NONE_CLOSED: Closed = frozenset()


@dataclass(frozen=True)
class Extension:
    """One move of a due date that somebody decided: from when to when, why, and on which day."""

    old_due: date
    new_due: date
    reason: str
    on: date


@dataclass(frozen=True)
class Running:
    """One clock. `used_days` are the business days used up to the last pause; waiting uses none."""

    kind: str
    started: date
    due: date
    paused_since: date | None = None
    used_days: int = 0
    extensions: tuple[Extension, ...] = ()
    resumed_on: date | None = None


def day_of(moment: datetime, zone: ZoneInfo = ZONE) -> date:
    """The calendar day of an aware moment in the zone. Raises ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(zone).date()


def is_business_day(day: date, closed: Closed = NONE_CLOSED) -> bool:
    """Monday to Friday, no federal holiday (nor the weekday on which one is observed), and no day the office closes."""
    return day.weekday() < SATURDAY and day not in _federal_holidays(day.year) and day not in closed


def next_business_day(day: date, closed: Closed = NONE_CLOSED) -> date:
    """The day itself when it is a business day, else the first one after it."""
    return day if is_business_day(day, closed) else add_business_days(day, 1, closed)


def add_business_days(day: date, n: int, closed: Closed = NONE_CLOSED) -> date:
    """The nth business day after `day`, which does not count itself; `day` when n is 0. Raises ValueError below 0."""
    if n < 0:
        raise ValueError("business days are counted forward")
    if n == 0:
        return day
    reached = _nth_after(day, n)
    while (wanted := n + _lost(closed, day, reached)) > business_days_between(day, reached):
        reached = _nth_after(day, wanted)
    return reached


def _nth_after(day: date, n: int) -> date:
    year = day.year
    position = bisect_right(_business_days(year), day) + n - 1
    while position >= len(_business_days(year)):
        position -= len(_business_days(year))
        year += 1
    return _business_days(year)[position]


def last_business_day_before(day: date, closed: Closed = NONE_CLOSED) -> date:
    """The last business day before `day`: what was due on it or earlier is late on `day`."""
    earlier = day - timedelta(days=1)
    while not is_business_day(earlier, closed):
        earlier -= timedelta(days=1)
    return earlier


def business_days_between(a: date, b: date, closed: Closed = NONE_CLOSED) -> int:
    """The business days after `a` up to and with `b`; negative when `b` comes first."""
    if b < a:
        return -business_days_between(b, a, closed)
    whole_years = sum(len(_business_days(year)) for year in range(a.year, b.year))
    counted = whole_years + bisect_right(_business_days(b.year), b) - bisect_right(_business_days(a.year), a)
    return counted - _lost(closed, a, b)


def _lost(closed: Closed, after: date, until: date) -> int:
    """How many of the closed days would have been business days after the one day and up to the other."""
    return sum(after < day <= until and is_business_day(day) for day in closed)


def due(start: date, days: int, closed: Closed = NONE_CLOSED) -> date:
    """When something begun on `start` is due: the day it begins does not count."""
    return add_business_days(start, days, closed)


def days_left_words(due: date, today: date, closed: Closed = NONE_CLOSED) -> str:
    """How far off a due date is, in words; one on a day nobody works counts as the next business day."""
    counts_as = next_business_day(due, closed)
    if is_past(due, today, closed):
        return f"{_days(max(1, business_days_between(counts_as, today, closed)))} late"
    left = business_days_between(today, counts_as, closed)
    return f"{_days(left)} left" if left else "due today"


def is_past(due: date, today: date, closed: Closed = NONE_CLOSED) -> bool:
    """Whether a due date has gone by; one on a day nobody works counts as the next business day."""
    return today > next_business_day(due, closed)


def start(kind: Kind, day: date, days: int | None = None, closed: Closed = NONE_CLOSED) -> Running:
    """A clock that starts on `day`, with these business days or else the usual target of its kind."""
    return Running(kind=kind, started=day, due=due(day, TARGETS[kind] if days is None else days, closed))


def pause(clock: Running, day: date, closed: Closed = NONE_CLOSED) -> Running:
    """The clock stops, because the other side is to act; one that waits already stays as it is."""
    if clock.paused_since:
        return clock
    since = _not_before(clock.resumed_on or clock.started, day)
    return replace(clock, paused_since=since, used_days=used(clock, day, closed))


def resume(clock: Running, day: date, closed: Closed = NONE_CLOSED) -> Running:
    """The clock runs again, its due date moved by the business days it waited; a running one stays as it is."""
    if clock.paused_since is None:
        return clock
    waited = business_days_between(clock.paused_since, _not_before(clock.paused_since, day), closed)
    moved = add_business_days(next_business_day(clock.due, closed), waited, closed) if waited else clock.due
    return replace(clock, due=moved, paused_since=None, resumed_on=day)


def extend(clock: Running, new_due: date, reason: str, day: date) -> Running:
    """The clock with a later due date, and the old one kept. Raises ValueError when the new one is not later."""
    if new_due <= clock.due:
        raise ValueError("an extension moves the due date to a later day")
    kept = Extension(old_due=clock.due, new_due=new_due, reason=reason, on=day)
    return replace(clock, due=new_due, extensions=(*clock.extensions, kept))


def used(clock: Running, today: date, closed: Closed = NONE_CLOSED) -> int:
    """Business days used so far, without those spent waiting."""
    if clock.paused_since:
        return clock.used_days
    return clock.used_days + business_days_between(clock.resumed_on or clock.started, today, closed)


def is_overdue(clock: Running, today: date, closed: Closed = NONE_CLOSED) -> bool:
    """Whether the clock has run past its due date; while it waits it becomes no later than it was."""
    return is_past(clock.due, clock.paused_since or today, closed)


def _days(n: int) -> str:
    return "1 business day" if n == 1 else f"{n:,} business days"


def _not_before(earliest: date, day: date) -> date:
    if day < earliest:
        raise ValueError("a clock cannot be turned back")
    return day


@cache
def federal_holidays(year: int) -> tuple[tuple[date, str], ...]:
    """Federal holidays and the days they are observed, as headquarters keeps them (5 U.S.C. 6103), in order."""
    listed = holidays.country_holidays("US", subdiv="DC", years=year, expand=False)
    named = holidays.country_holidays("US", years=year, expand=False)  # the District calls some by names of its own
    return tuple((day, named.get(day, name)) for day, name in sorted(listed.items()) if DISTRICT_ONLY not in name)


@cache
def _federal_holidays(year: int) -> frozenset[date]:
    return frozenset(day for day, _ in federal_holidays(year))


@cache
def _business_days(year: int) -> tuple[date, ...]:
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1))
    return tuple(day for day in days if is_business_day(day))


def last_months(today: date, n: int) -> list[date]:
    """The first days of the last n months, this one included, in order."""
    return [today.replace(day=1) - relativedelta(months=back) for back in reversed(range(n))]


FEWEST = 5  # of fewer cases nothing is said: it would tell about one agency
TAIL = 0.9


@dataclass(frozen=True)
class Spread:
    """How long a stage took, in business days: the median, what nine of ten keep within, and how many there are."""

    middle: float | None
    tail: int | None
    n: int


def spread(days: Iterable[int] | Mapping[int, int]) -> Spread:
    """The spread of some lengths, or of lengths with how often each occurs; the tail is by nearest rank."""
    ranked = sorted(Counter(days).elements())
    if not ranked:
        return Spread(None, None, 0)
    return Spread(median(ranked), ranked[ceil(TAIL * len(ranked)) - 1], len(ranked))
