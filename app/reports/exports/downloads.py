"""Tables as files to keep: streamed, named, and never opened by the browser itself."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

from flask import Response

from app.policy import Actor
from app.reports.card import FigureCard
from app.reports.exports.csv_writer import csv_lines
from app.reports.exports.exported_lists import ExportList, Filters, in_batches
from app.reports.exports.xlsx_writer import Workbook

TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def card_file(card: FigureCard, name: str = "") -> Response:
    """The rows of a card as CSV."""
    return attachment(csv_lines(card.heads, card.rows), name or card.key, "csv")


def cards_workbook(name: str, cards: Sequence[FigureCard]) -> Response:
    """Each card as a sheet of its own."""
    kept = BytesIO()
    with Workbook(kept) as book:
        for card in cards:
            book.sheet(card.title, card.heads, card.rows)
    return attachment([kept.getvalue()], name, "xlsx")


def list_csv(listed: ExportList, actor: Actor, filters: Filters) -> Iterator[str]:
    """A list as CSV, batch by batch."""
    return csv_lines(listed.heads, (row for rows in in_batches(listed, actor, filters) for row in rows))


def list_workbook(listed: ExportList, actor: Actor, filters: Filters, name: str) -> Response:
    """A short list as a workbook, at once."""
    kept = BytesIO()
    with Workbook(kept) as book:
        book.sheet(listed.title, listed.heads, (row for rows in in_batches(listed, actor, filters) for row in rows))
    return attachment([kept.getvalue()], name, "xlsx")


def attachment(content: Iterable[str] | Iterable[bytes], name: str, kind: str) -> Response:
    """A file to keep, sent while it is read."""
    response = Response(content, mimetype=TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
