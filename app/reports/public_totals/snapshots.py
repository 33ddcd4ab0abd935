"""Keeps a report that is slow to count for an hour, in a row that every process reads; one of them counts at a time.

The row is read and written in short transactions of its own: a claim must be seen by others before the count begins.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Generic, TypeVar

import msgspec
from sqlalchemy import Row, insert, or_, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from app.extensions import db, now
from app.reports.exports.models import ReportSnapshot

Content = TypeVar("Content")
FRESH_FOR: Final = timedelta(hours=1)
CLAIM: Final = timedelta(minutes=5)  # after which whoever counts is taken to be gone
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Snapshot(Generic[Content]):
    """What was counted, and when."""

    content: Content
    computed_at: datetime

    @property
    def is_fresh(self) -> bool:
        """Whether it is recent enough to be shown."""
        return self.computed_at > now() - FRESH_FOR


def snapshot_of(key: str, kind: type[Content], count: Callable[[], Content]) -> Snapshot[Content] | None:
    """The report, recounted when it is older than an hour; None while somebody counts it for the first time.

    While it is counted, and when the database gives up on the count, others get the older one.
    """
    row = _read(key)
    found = _as_snapshot(row, kind)
    if (found and found.is_fresh) or not _claim(key, row.computed_at if row else None):
        return found
    try:
        return _write(key, count())
    except SQLAlchemyError:
        log.exception("counting the report %s failed; it is tried again in %s", key, CLAIM)
        db.session.rollback()
        return found


def _read(key: str) -> Row[Any, datetime | None] | None:
    query = select(ReportSnapshot.payload, ReportSnapshot.computed_at).where(ReportSnapshot.key == key)
    with db.engine.connect() as connection:
        return connection.execute(query).one_or_none()


def _as_snapshot(row: Row[Any, datetime | None] | None, kind: type[Content]) -> Snapshot[Content] | None:
    """What the row holds; None for what another edition of the product kept in another shape."""
    if row is None or row.computed_at is None:
        return None
    try:
        return Snapshot(msgspec.convert(row.payload, kind), row.computed_at)
    except msgspec.ValidationError:
        return None


def _claim(key: str, computed_at: datetime | None) -> bool:
    """Whether this process is to count: nobody counts now, nor has counted since the row was read."""
    moment = now()
    same = ReportSnapshot.computed_at.is_(None) if computed_at is None else ReportSnapshot.computed_at == computed_at
    free = or_(ReportSnapshot.claimed_until.is_(None), ReportSnapshot.claimed_until < moment)
    claim = update(ReportSnapshot).where(ReportSnapshot.key == key, same, free).values(claimed_until=moment + CLAIM)
    try:
        with db.engine.begin() as connection:
            if connection.execute(claim).rowcount:
                return True
            if connection.scalar(select(ReportSnapshot.key).where(ReportSnapshot.key == key)):
                return False
            connection.execute(insert(ReportSnapshot).values(key=key, claimed_until=moment + CLAIM))
            return True
    except IntegrityError:  # somebody else made the row in between
        return False


def _write(key: str, content: Content) -> Snapshot[Content]:
    counted = Snapshot(content, now())
    kept = update(ReportSnapshot).where(ReportSnapshot.key == key).values(
        payload=msgspec.to_builtins(content), computed_at=counted.computed_at, claimed_until=None
    )  # fmt: skip
    with db.engine.begin() as connection:
        connection.execute(kept)
    return counted
