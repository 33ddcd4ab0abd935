"""The tables of the record: events chained by hashes within each case, and how far each chain goes."""

import hashlib
import json
import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, db, one_of

OUTSIDE_CASES: Final = uuid.UUID(int=0)  # the chain of what belongs to no case: sign-ins, accounts, imports
REGISTER: Final = uuid.UUID(int=1)  # the key of the head that counts the chains
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
    audience: Mapped[Audience] = mapped_column(one_of(Audience, "audience"), default=Audience.BOTH)
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    def computed_hash(self) -> str:
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


class ChainHead(Base):
    """How many events a chain has and the hash of its last, so that a chain cut short shows.

    Heads are chained too, in the order in which their chains began: `link` continues the link of the place before. The
    register's own row counts the chains and names the last link, so that a head taken away shows as well.
    """

    __tablename__ = "audit_chain_head"
    __table_args__ = (CheckConstraint("count > 0", name="count"),)

    chain: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(unique=True)
    link: Mapped[str] = mapped_column(String(64))
    count: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


def link_after(previous: str, chain: uuid.UUID) -> str:
    """The link of a chain that began after the one with the previous link."""
    return hashlib.sha256(f"{previous}{chain}".encode()).hexdigest()
