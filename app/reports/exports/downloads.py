"""Tables as files to save: a list or a card as CSV or as a workbook."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

from flask import Response

from app.policy import Actor
from app.reports.card import FigureCard
from app.reports.exports.csv_writer import csv_lines
from app.reports.exports.exported_lists import ExportList, Filters, in_batches
from app.reports.exports.xlsx_writer import Workbook
from app.uploads.serving import streamed_attachment

TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def card_file(card: FigureCard, name: str = "") -> Response:
    """The rows of a card as CSV."""
    return table_file(csv_lines(card.heads, card.rows), name or card.key, "csv")


def cards_workbook(name: str, cards: Sequence[FigureCard]) -> Response:
    """Each card as a sheet of its own."""
    kept = BytesIO()
    with Workbook(kept) as book:
        for card in cards:
            book.sheet(card.title, card.heads, card.rows)
    return table_file([kept.getvalue()], name, "xlsx")


def list_csv(listed: ExportList, actor: Actor, filters: Filters) -> Iterator[str]:
    """A list as CSV, batch by batch."""
    return csv_lines(listed.heads, (row for rows in in_batches(listed, actor, filters) for row in rows))


def list_workbook(listed: ExportList, actor: Actor, filters: Filters, name: str) -> Response:
    """A short list as a workbook, at once."""
    kept = BytesIO()
    with Workbook(kept) as book:
        book.sheet(listed.title, listed.heads, (row for rows in in_batches(listed, actor, filters) for row in rows))
    return table_file([kept.getvalue()], name, "xlsx")


def table_file(content: Iterable[str] | Iterable[bytes], name: str, kind: str) -> Response:
    """A table of this kind to save, sent while it is read."""
    return streamed_attachment(content, f"{name}.{kind}", TYPES[kind])
