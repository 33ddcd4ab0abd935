"""How figures are said in the sentences of a report. Pure."""

from datetime import date
from typing import Final

SMALL: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def amount(value: float) -> str:
    """ "1,021", "9.5": a median may have a half."""
    return f"{value:,.1f}".removesuffix(".0")


def count_words(n: int) -> str:
    """Small numbers as words, as a sentence says them."""
    return SMALL[n] if n < len(SMALL) else amount(n)


def month_name(month: date) -> str:
    """ "Nov": with the year where another one begins, so that a row of months is not mistaken."""
    return f"{month:%b %Y}" if month.month == 1 else f"{month:%b}"
