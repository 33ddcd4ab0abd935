"""Tables as files to keep: streamed, named, and never opened by the browser itself."""

from collections.abc import Iterable

from flask import Response

from app.reports.cards import Card
from app.reports.spreadsheets import csv_lines


def card_file(card: Card) -> Response:
    """The rows of a card as CSV."""
    return csv_answer(card.key, csv_lines(card.heads, card.rows))


def csv_answer(name: str, lines: Iterable[str]) -> Response:
    """A CSV file sent while it is read."""
    response = Response(lines, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
