"""Searches the words of cases: which requests have them, and where; whatever is typed is a search, never an error."""

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, column, false, func, literal_column, select, table

from app.audit import Audience
from app.cases.models import CaseText
from app.cases.search.documents import KIND_WORDS
from app.extensions import SEARCH_INDEX, db
from app.policy import Side

BEGIN, END = "\ue000", "\ue001"  # private characters, taken out of the text before it is shown
WORDS_SHOWN: Final = 18
TOKEN = re.compile(r'(?P<without>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
WORD = re.compile(r"[^\W_]+")
ENGLISH = literal_column("'english'")
INDEX = table(SEARCH_INDEX, column("rowid"))
MATCHED = literal_column(SEARCH_INDEX)


@dataclass(frozen=True)
class SearchHit:
    """Where in a case the words stand: what it is, and a piece of it as (words, whether they were searched)."""

    kind: str
    staff_only: bool
    pieces: Sequence[tuple[str, bool]]


def requests_with(typed: str, side: Side) -> Select[Any]:
    """The keys of requests with these words in one of their texts; to be combined with what the person sees."""
    return _matching(typed, side).with_only_columns(CaseText.request_id)


def where_found(typed: str, side: Side, request_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, SearchHit]:
    """For each of these requests, the newest of its texts with these words; one query, none for no words."""
    if not for_sqlite(typed):
        return {}
    wanted = _matching(typed, side).where(CaseText.request_id.in_(list(request_ids)))
    newest = wanted.with_only_columns(func.max(CaseText.id)).group_by(CaseText.request_id)
    query = _matching(typed, side).where(CaseText.id.in_(newest))
    columns = CaseText.request_id, CaseText.kind, CaseText.audience, _piece(typed)
    return {
        request_id: SearchHit(KIND_WORDS[kind], audience == Audience.STAFF, marked(text))
        for request_id, kind, audience, text in db.session.execute(query.with_only_columns(*columns))
    }


def marked(text: str) -> list[tuple[str, bool]]:
    """The text cut where searched words begin and end; it is still to be escaped."""
    pieces = re.split(f"({BEGIN}[^{END}]*{END}?)", text)
    return [(piece.strip(BEGIN + END), piece.startswith(BEGIN)) for piece in pieces if piece.strip(BEGIN + END)]


def _matching(typed: str, side: Side) -> Select[Any]:
    query = select(CaseText)
    if side is not Side.ICE:
        query = query.where(CaseText.audience == Audience.BOTH.value)
    if not (expression := for_sqlite(typed)):
        return query.where(false())
    if _is_sqlite():
        return query.join(INDEX, INDEX.c.rowid == CaseText.id).where(MATCHED.op("MATCH")(expression))
    return query.where(MATCHED.op("@@")(_for_postgresql(typed)))


def _piece(typed: str) -> ColumnElement[str]:
    if _is_sqlite():
        return func.snippet(MATCHED, 0, BEGIN, END, "…", WORDS_SHOWN)
    options = f"StartSel={BEGIN}, StopSel={END}, MaxWords={WORDS_SHOWN}, MinWords=8, MaxFragments=1"
    return func.ts_headline(ENGLISH, CaseText.text, _for_postgresql(typed), options)


def _for_postgresql(typed: str) -> ColumnElement[Any]:
    return func.websearch_to_tsquery(ENGLISH, typed)


def _is_sqlite() -> bool:
    return db.session.connection().dialect.name == "sqlite"


def for_sqlite(typed: str) -> str:
    """What was typed as SQLite reads it: every word quoted; "or" between words, "-" before one, phrases in quotes."""
    ways: list[tuple[list[str], list[str]]] = [([], [])]
    for token in TOKEN.finditer(typed):
        if (token["word"] or "").casefold() == "or":
            ways.append(([], []))
        elif words := WORD.findall(token["phrase"] or token["word"] or ""):
            ways[-1][bool(token["without"])].append('"' + " ".join(words) + '"')
    return " OR ".join(_way(having, without) for having, without in ways if having)


def _way(having: Sequence[str], without: Sequence[str]) -> str:
    """Words that must all be there, and words that must not."""
    all_of = " AND ".join(having)
    return f"(({all_of}) NOT ({' OR '.join(without)}))" if without else f"({all_of})"
