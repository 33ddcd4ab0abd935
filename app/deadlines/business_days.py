"""Business days in the service's own zone: weekdays without federal holidays and days an office is closed."""

from bisect import bisect_right
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import holidays
from dateutil.relativedelta import relativedelta

ZONE = ZoneInfo("America/New_York")
SATURDAY = 5

# The package's list for the District is the federal one, with Inauguration Day; this one is the District's own.
DISTRICT_ONLY = "Emancipation Day"

Closed = frozenset[date]  # days on which an office is closed, besides weekends and federal holidays
NONE_CLOSED: Closed = frozenset()


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


def is_past(due: date, today: date, closed: Closed = NONE_CLOSED) -> bool:
    """Whether a due date has gone by; one on a day nobody works counts as the next business day."""
    return today > next_business_day(due, closed)


class DueState(StrEnum):
    """How near a due date is, wherever it is shown, counted or told."""

    LATE = "late"
    SOON = "soon"
    LATER = "due"
    NO_DATE = "none"


SOON: Final = 5  # business days


@lru_cache(maxsize=10_000)
def due_state(due: date | None, today: date, closed: Closed = NONE_CLOSED) -> DueState:
    """Whether it is late, or due within a week of business days; `closed` are the days its office is closed."""
    if due is None:
        return DueState.NO_DATE
    if is_past(due, today, closed):
        return DueState.LATE
    return DueState.SOON if due <= add_business_days(today, SOON, closed) else DueState.LATER


def days_left_words(due: date, today: date, closed: Closed = NONE_CLOSED) -> str:
    """How far off a due date is, in words; one on a day nobody works counts as the next business day."""
    counts_as = next_business_day(due, closed)
    if is_past(due, today, closed):
        return f"{_days(max(1, business_days_between(counts_as, today, closed)))} late"
    left = business_days_between(today, counts_as, closed)
    return f"{_days(left)} left" if left else "due today"


def _days(n: int) -> str:
    return "1 business day" if n == 1 else f"{n:,} business days"


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
