"""Any rows as CSV, safe to open in a spreadsheet: what people typed is never taken for a formula. Pure."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import StringIO
from typing import Final

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK: Final = "\ufeff"  # by it Excel knows UTF-8

Value = str | int | float | date | None


def without_formula(value: Value) -> str | int | float:
    """A cell of a CSV file; text that a spreadsheet might run gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    text = value.replace("\0", "")
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def csv_lines(heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """The file line by line, so that it can be sent while it is read."""
    yield BYTE_ORDER_MARK + _line(heads)
    for row in rows:
        yield _line(row)


def _line(row: Sequence[Value]) -> str:
    kept = StringIO(newline="")
    csv.writer(kept).writerow([without_formula(cell) for cell in row])
    return kept.getvalue()
