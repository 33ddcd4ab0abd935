"""Whatever people typed comes back from a file as they typed it, and no spreadsheet takes it for a formula."""

import csv
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.exports.csv_writer import FORMULA_STARTS, Value, csv_lines
from app.reports.exports.xlsx_writer import Workbook

HOSTILE = [
    '=HYPERLINK("http://example.org","x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "＝1+1",
    "  =1", "'=1", '"quoted", and more', "two\nlines", "http://example.org/", "<b>x</b>", "1e5", "007", "🙂 é",
]  # fmt: skip


def read_csv(heads: tuple[str, ...], rows: list[tuple[Value, ...]]) -> list[list[str]]:
    text = "".join(csv_lines(heads, rows)).removeprefix("\ufeff")
    return list(csv.reader(StringIO(text, newline="")))


def read_workbook(rows: list[tuple[Value, ...]]) -> list[tuple[object, ...]]:
    kept = BytesIO()
    with Workbook(kept) as book:
        book.sheet("What was typed", ("Typed",), rows)
    sheet = openpyxl.load_workbook(BytesIO(kept.getvalue())).active
    assert sheet
    assert all(cell.data_type != "f" and cell.hyperlink is None for row in sheet for cell in row)
    return list(sheet.values)[1:]


@pytest.mark.parametrize("typed", HOSTILE)
def test_scenario_64_a_csv_cell_is_never_a_formula(typed: str) -> None:
    cell = read_csv(("Typed",), [(typed,)])[1][0]
    assert not cell.lstrip(" ").startswith(FORMULA_STARTS)
    assert cell in {typed, f"'{typed}"}


@pytest.mark.parametrize("typed", HOSTILE)
def test_scenario_64_a_workbook_cell_is_text_as_typed(typed: str) -> None:
    assert read_workbook([(typed,)]) == [(typed.replace("\r", "\r"),)] or "\r" in typed


@given(st.lists(st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=30), min_size=1, max_size=5))
def test_every_text_comes_back_from_csv(typed: list[str]) -> None:
    cells = read_csv(("a",) * len(typed), [tuple(typed)])[1]
    for cell, text in zip(cells, typed, strict=True):
        kept = text.replace("\0", "")
        assert cell == (f"'{kept}" if kept.lstrip(" ").startswith(FORMULA_STARTS) else kept)


def test_numbers_and_dates_stay_what_they_are() -> None:
    row: tuple[Value, ...] = (-3, 2.5, date(2026, 11, 24), None, "")
    assert read_csv(("a",) * 5, [row])[1] == ["-3", "2.5", "2026-11-24", "", ""]
    number, half, day, nothing, empty = read_workbook([row])[0]
    assert (number, half, nothing, empty or None) == (-3, 2.5, None, None)
    assert day.date() == date(2026, 11, 24)  # type: ignore[union-attr] # openpyxl reads a moment


def test_a_sheet_takes_any_title_and_any_length() -> None:
    kept = BytesIO()
    with Workbook(kept) as book:
        assert book.sheet("What/of: [all]? it's * long beyond thirty-one", ("x" * 40_000,), [("y" * 40_000,)]) == 1
    sheet = openpyxl.load_workbook(BytesIO(kept.getvalue())).active
    assert sheet
    assert len(list(sheet.values)[1][0]) == 32_767  # type: ignore[arg-type] # a text
