"""How figures are said in the sentences of a report. Pure."""

from collections.abc import Iterator
from datetime import date
from typing import Final

SMALL: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def amount(value: float) -> str:
    """ "1,021", "9.5": a median may have a half."""
    return f"{value:,.1f}".removesuffix(".0")


def many(n: int) -> str:
    """Small numbers as words, as a sentence says them."""
    return SMALL[n] if n < len(SMALL) else amount(n)


def month_name(month: date) -> str:
    """ "Nov": with the year where another one begins, so that a row of months is not mistaken."""
    return f"{month:%b %Y}" if month.month == 1 else f"{month:%b}"


def last_months(today: date, n: int) -> list[date]:
    """The first days of the last n months, this one included, in order."""
    return list(reversed(list(_months_back(today, n))))


def _months_back(today: date, n: int) -> Iterator[date]:
    year, month = today.year, today.month
    for _ in range(n):
        yield date(year, month, 1)
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
