"""Rows as an Excel workbook, written row by row so that its size takes no memory; text stays text. Pure."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Final

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from app.reports.exports.csv_writer import Value

SHEET_NAME: Final = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME, LONGEST_CELL = 31, 32_767  # what Excel takes
UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
WIDTH: Final = 22
OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


class Workbook:
    """A workbook of sheets, each with a bold first line; used as a context, since closing writes it."""

    def __init__(self, target: Path | BytesIO) -> None:
        self._book = xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, OPTIONS)
        self._bold = self._book.add_format({"bold": True})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})

    def __enter__(self) -> "Workbook":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _fault: BaseException | None, _: TracebackType | None
    ) -> None:
        self._book.close()

    def sheet(self, title: str, heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
        """Adds a sheet; returns how many rows it has below its first line."""
        sheet = self._book.add_worksheet(SHEET_NAME.sub(" ", title)[:LONGEST_NAME])
        sheet.set_column(0, len(heads) - 1, WIDTH)
        sheet.freeze_panes(1, 0)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, self._bold)
        count = 0
        for count, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                self._write(sheet, count, column, value)
        return count

    def _write(self, sheet: Worksheet, row: int, column: int, value: Value) -> None:
        if value is None:
            return
        if isinstance(value, int | float):
            sheet.write_number(row, column, value)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self._day)
        else:
            sheet.write_string(row, column, UNWRITABLE.sub("", value)[:LONGEST_CELL])
