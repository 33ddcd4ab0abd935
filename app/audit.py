"""The record of who did what: append-only, and chained by hashes within each case so that a change shows."""

import hashlib
import json
import uuid
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import DDL, JSON, BigInteger, CheckConstraint, Index, String, UniqueConstraint, event, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, db, now
from app.policy import SYSTEM, Actor, Role

OUTSIDE_CASES: Final = uuid.UUID(int=0)  # the chain of what belongs to no case: sign-ins, accounts, imports
GENESIS: Final = "0" * 64


class Audience(StrEnum):
    """Who reads an event in a timeline."""

    BOTH = "both"
    STAFF = "staff"
    RECORD = "record"  # in the record only: refused attempts, sign-ins


class Event(Base):
    """One thing somebody did. Triggers on both databases refuse to change or delete it."""

    __tablename__ = "audit_event"
    __table_args__ = (
        UniqueConstraint("chain", "seq"),
        CheckConstraint("audience IN ('both', 'staff', 'record')", name="audience"),
        Index("ix_audit_event_actor", "chain", "actor_id", "action"),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(db.Integer, "sqlite"), primary_key=True)
    chain: Mapped[uuid.UUID]
    seq: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[uuid.UUID | None]
    actor_name: Mapped[str] = mapped_column(String(200))
    actor_role: Mapped[str] = mapped_column(String(30))
    actor_side: Mapped[str] = mapped_column(String(10))
    action: Mapped[str] = mapped_column(String(40))
    subject_kind: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[uuid.UUID | None]
    from_status: Mapped[str] = mapped_column(String(30), default="")
    to_status: Mapped[str] = mapped_column(String(30), default="")
    sentence: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    details: Mapped[Any] = mapped_column(JSON, default=dict)
    audience: Mapped[str] = mapped_column(String(10), default=Audience.BOTH.value)
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    def fingerprint(self) -> str:
        """SHA-256 over the canonical JSON of everything but the hash itself, the previous hash included."""
        fields = {
            column.key: getattr(self, column.key)
            for column in Event.__table__.columns
            if column.key not in {"id", "hash"}
        }
        text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)
        return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> str:
    return value.isoformat(timespec="microseconds") if isinstance(value, datetime) else str(value)


REFUSE_SQLITE = """
CREATE TRIGGER IF NOT EXISTS audit_event_no_{verb} BEFORE {verb} ON audit_event
BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END
"""
REFUSE_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit record is append-only'; END $$
"""
REFUSE_POSTGRESQL = """
CREATE OR REPLACE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()
"""


def protection(dialect: str) -> list[str]:
    """The statements that make the table append-only on this engine; a migration and the tests run the same."""
    if dialect == "sqlite":
        return [REFUSE_SQLITE.format(verb=verb) for verb in ("UPDATE", "DELETE")]
    return [REFUSE_POSTGRESQL_FUNCTION, REFUSE_POSTGRESQL]


for _dialect in ("sqlite", "postgresql"):
    for _statement in protection(_dialect):
        event.listen(Event.__table__, "after_create", DDL(_statement.replace("%", "%%")).execute_if(dialect=_dialect))


def record(
    action: str,
    actor: Actor,
    *,
    case_id: uuid.UUID | None = None,
    subject: tuple[str, uuid.UUID | None] = ("", None),
    role: Role | None = None,
    statuses: tuple[str, str] = ("", ""),
    sentence: str = "",
    reason: str = "",
    details: dict[str, Any] | None = None,
    audience: Audience = Audience.BOTH,
) -> Event:
    """Appends an event to the case's chain within the caller's transaction; `statuses` is (from, to)."""
    chain = case_id or OUTSIDE_CASES
    last = _last_of(chain)
    happened = Event(
        chain=chain,
        seq=last.seq + 1 if last else 1,
        at=now(),
        actor_id=actor.id,
        actor_name=actor.name,
        actor_role=(role or next(iter(sorted(actor.roles)), "")),
        actor_side=actor.side.value,
        action=action,
        subject_kind=subject[0],
        subject_id=subject[1],
        from_status=statuses[0],
        to_status=statuses[1],
        sentence=sentence,
        reason=reason,
        details=details or {},
        audience=audience.value,
        prev_hash=last.hash if last else GENESIS,
    )
    happened.hash = happened.fingerprint()
    db.session.add(happened)
    db.session.flush()  # the next event of this transaction chains to this one
    return happened


def record_system(action: str, **rest: Any) -> Event:
    """Appends an event that the system itself caused."""
    return record(action, SYSTEM, **rest)


def _last_of(chain: uuid.UUID) -> Event | None:
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(chain), 0))))
    return db.session.scalar(select(Event).where(Event.chain == chain).order_by(Event.seq.desc()).limit(1))


def history(case_id: uuid.UUID, audiences: Sequence[Audience]) -> Sequence[Event]:
    """The events of a case that these readers see, newest first."""
    wanted = [audience.value for audience in audiences]
    query = select(Event).where(Event.chain == case_id, Event.audience.in_(wanted)).order_by(Event.seq.desc())
    return db.session.scalars(query).all()


def acts_of(case_id: uuid.UUID, person_id: uuid.UUID) -> frozenset[tuple[str, uuid.UUID | None, str]]:
    """What this person did on this case before: (action, subject, side). Refused attempts do not count."""
    query = select(Event.action, Event.subject_id, Event.actor_side).where(
        Event.chain == case_id, Event.actor_id == person_id, Event.audience != Audience.RECORD.value
    )
    return frozenset((action, subject, side) for action, subject, side in db.session.execute(query))


def verify() -> tuple[int, list[str]]:
    """Walks every chain; returns how many events were read and a sentence for each break found."""
    faults: list[str] = []
    count = 0
    chain, seq, last_hash = None, 0, GENESIS
    query = select(Event).order_by(Event.chain, Event.seq).execution_options(yield_per=1000)
    for happened in db.session.scalars(query):
        count += 1
        if happened.chain != chain:
            chain, seq, last_hash = happened.chain, 0, GENESIS
        where = f"chain {happened.chain} event {happened.seq}"
        if happened.seq != seq + 1:
            faults.append(f"{where}: {happened.seq - seq - 1} event(s) before it are missing")
        if happened.prev_hash != last_hash:
            faults.append(f"{where}: it does not continue the event before it")
        if happened.hash != happened.fingerprint():
            faults.append(f"{where}: its content was changed")
        seq, last_hash = happened.seq, happened.hash
    return count, faults
