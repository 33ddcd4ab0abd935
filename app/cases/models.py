"""Requests beside each other, and the words of every case in one table to be searched, indexed by each engine."""

import uuid
from datetime import datetime

from sqlalchemy import DDL, BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, UUIDPrimaryKey, db, now


class CaseLink(UUIDPrimaryKey, Base):
    """Two requests shown beside each other; of a duplicate, the other is the one that goes on."""

    __tablename__ = "case_link"
    __table_args__ = (
        CheckConstraint("kind IN ('related', 'duplicate')", name="kind"),
        CheckConstraint("request_id <> other_id", name="another"),
        UniqueConstraint("request_id", "other_id"),
    )

    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency_request.id"))
    other_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency_request.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(default="")
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=now)


class CaseText(Base):
    """One piece of text of a case, who may find it, and where it stands."""

    __tablename__ = "case_text"
    __table_args__ = (
        UniqueConstraint("request_id", "kind", "source_key"),
        CheckConstraint("audience IN ('both', 'staff')", name="audience"),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(db.Integer, "sqlite"), primary_key=True)
    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency_request.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    source_key: Mapped[str] = mapped_column(String(80))
    audience: Mapped[str] = mapped_column(String(10))
    text: Mapped[str]


OF_SQLITE = (
    "CREATE VIRTUAL TABLE case_words USING fts5(text, content='case_text', content_rowid='id', "
    "tokenize='porter unicode61 remove_diacritics 2')",
    """CREATE TRIGGER case_text_inserted AFTER INSERT ON case_text BEGIN
    INSERT INTO case_words(rowid, text) VALUES (new.id, new.text); END""",
    """CREATE TRIGGER case_text_deleted AFTER DELETE ON case_text BEGIN
    INSERT INTO case_words(case_words, rowid, text) VALUES ('delete', old.id, old.text); END""",
    """CREATE TRIGGER case_text_updated AFTER UPDATE ON case_text BEGIN
    INSERT INTO case_words(case_words, rowid, text) VALUES ('delete', old.id, old.text);
    INSERT INTO case_words(rowid, text) VALUES (new.id, new.text); END""",
)
OF_POSTGRESQL = (
    "ALTER TABLE case_text ADD COLUMN case_words tsvector GENERATED ALWAYS AS (to_tsvector('english', text)) STORED",
    "CREATE INDEX case_words ON case_text USING gin (case_words)",
)


def search_index(dialect: str) -> tuple[str, ...]:
    """The statements that make the index of the words on this engine; a migration and the tests run the same."""
    return OF_SQLITE if dialect == "sqlite" else OF_POSTGRESQL


for _dialect in ("sqlite", "postgresql"):
    for _statement in search_index(_dialect):
        event.listen(CaseText.__table__, "after_create", DDL(_statement).execute_if(dialect=_dialect))
