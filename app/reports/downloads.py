"""Tables as files to keep: streamed, named, and never opened by the browser itself."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from flask import Response

from app.reports.cards import Card
from app.reports.spreadsheets import csv_lines
from app.reports.workbooks import Workbook

TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def card_file(card: Card, name: str = "") -> Response:
    """The rows of a card as CSV."""
    return attachment(csv_lines(card.heads, card.rows), name or card.key, "csv")


def cards_workbook(name: str, cards: Sequence[Card]) -> Response:
    """Each card as a sheet of its own."""
    kept = BytesIO()
    with Workbook(kept) as book:
        for card in cards:
            book.sheet(card.title, card.heads, card.rows)
    return attachment([kept.getvalue()], name, "xlsx")


def attachment(content: Iterable[str] | Iterable[bytes], name: str, kind: str) -> Response:
    """A file to keep, sent while it is read."""
    response = Response(content, mimetype=TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
