"""The period of a report: a month, a quarter, or from one day to another. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

MONTHS_OFFERED, QUARTERS_OFFERED = 13, 5
MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
QUARTER: Final = re.compile(r"(\d{4})-q([1-4])", re.ASCII)
DATES: Final = "dates"
FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST_MONTHS: Final = 24  # that a drawing still shows one by one


@dataclass(frozen=True)
class Period:
    """From a day to a day, both in it."""

    first: date
    last: date
    words: str

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def months(self) -> list[date]:
        """The first day of each month it touches."""
        found, month = [], self.first.replace(day=1)
        while month <= self.last:
            found.append(month)
            month = _next_month(month)
        return found


def named_period(key: str) -> Period | None:
    """The month "2026-11" or the quarter "2026-q4"; None for anything else."""
    if found := MONTH.fullmatch(key):
        first = date(int(found[1]), int(found[2]), 1) if _is_known(found[1]) else None
        return Period(first, _next_month(first) - timedelta(days=1), f"{first:%B %Y}") if first else None
    if (found := QUARTER.fullmatch(key)) and _is_known(found[1]):
        quarter = int(found[2])
        first = date(int(found[1]), 3 * quarter - 2, 1)
        last = _next_month(_next_month(_next_month(first))) - timedelta(days=1)
        return Period(first, last, f"{_months(quarter)} {first.year}")
    return None


def period_between(first: date, last: date) -> Period:
    """From one day to another; the caller has checked their order."""
    return Period(first, last, f"{_day(first)} to {_day(last)}")


def key_of_month(day: date) -> str:
    """The month that a day is in, as an address names it."""
    return f"{day:%Y-%m}"


def offered_periods(today: date) -> list[tuple[str, str]]:
    """The months and quarters to choose from, this one first, as (key, words)."""
    months = [key_of_month(day) for day in _back(today.replace(day=1), MONTHS_OFFERED)]
    quarters = dict.fromkeys(f"{day.year}-q{(day.month + 2) // 3}" for day in _back(today, 3 * QUARTERS_OFFERED))
    keys = [*months, *quarters]
    return [(key, found.words) for key in keys if (found := named_period(key))]


def _back(day: date, months: int) -> Iterator[date]:
    month = day.replace(day=1)
    for _ in range(months):
        yield month
        month = (month - timedelta(days=1)).replace(day=1)


def _next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _is_known(year: str) -> bool:
    return FIRST_YEAR <= int(year) < LAST_YEAR


def _months(quarter: int) -> str:
    return ("January to March", "April to June", "July to September", "October to December")[quarter - 1]


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
