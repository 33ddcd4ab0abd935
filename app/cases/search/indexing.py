"""Keeps the words of cases in the table that is searched, in the transaction that writes them."""

from collections.abc import Iterable
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import Connection, delete, event, insert, inspect, select
from sqlalchemy.orm import Session

from app.cases.models import CaseText
from app.cases.search.documents import SOURCES, SearchDocument, SearchSource
from app.extensions import db

BATCH = 500
BY_MODEL = {source.model: source for source in SOURCES}


@event.listens_for(db.session, "after_flush")
def index_changes(session: Session, _context: object) -> None:
    """What this flush wrote is findable once it is committed, and what it deleted is not."""
    connection = session.connection()
    for gone in session.deleted:
        if source := BY_MODEL.get(type(gone)):
            _forget(connection, source.entries(gone, connection))
    fresh = set(session.new)
    for changed in (*session.dirty, *fresh):
        if (source := BY_MODEL.get(type(changed))) and (changed in fresh or _differs(changed, source)):
            entries = list(source.entries(changed, connection))
            _forget(connection, entries)
            _keep(connection, entries)


def _differs(changed: Any, source: SearchSource) -> bool:
    attributes = inspect(changed).attrs
    return any(attributes[name].history.has_changes() for name in source.columns)


def _forget(connection: Connection, entries: Iterable[SearchDocument]) -> None:
    for entry in entries:
        connection.execute(
            delete(CaseText).where(
                CaseText.request_id == entry.request_id,
                CaseText.kind == entry.kind,
                CaseText.source_key == entry.key,
            )
        )


def _keep(connection: Connection, entries: Iterable[SearchDocument]) -> None:
    rows = [
        {
            "request_id": entry.request_id,
            "kind": entry.kind,
            "source_key": entry.key,
            "audience": entry.audience,
            "text": entry.text,
        }
        for entry in entries
        if entry.text.strip()
    ]
    if rows:
        connection.execute(insert(CaseText), rows)


def rebuild_index() -> int:
    """Reads every source again, for what was written before it could be searched; the caller commits."""
    connection = db.session.connection()
    connection.execute(delete(CaseText))
    kept = 0
    for source in (source for source in SOURCES if not source.repeats):
        for found in db.session.scalars(select(source.model).execution_options(yield_per=BATCH)):
            entries = list(source.entries(found, connection))
            _keep(connection, entries)
            kept += len(entries)
    return kept


@click.command("search-index")
@with_appcontext
def search_index_command() -> None:
    """Read the words of every case again, to be searched; needed once after the upgrade that brings the search."""
    kept = rebuild_index()
    db.session.commit()
    click.echo(f"{kept} texts read")
