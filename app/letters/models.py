"""The templates of letters with every version, and the letters that were issued."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.agency_requests.models import AgencyRequest
from app.extensions import Base, UUIDPrimaryKey, now, one_of
from app.letters.letter_kinds import LetterKind


class LetterTemplate(UUIDPrimaryKey, Base):
    """One version of a letter's text; the newest counts. Version 0 is the text the product brings."""

    __tablename__ = "letter_template"
    __table_args__ = (
        UniqueConstraint("kind", "version"),
        CheckConstraint("version > 0", name="version"),
    )

    kind: Mapped[LetterKind] = mapped_column(one_of(LetterKind, "kind"))
    version: Mapped[int]
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    by: Mapped[Person] = relationship()


class Letter(UUIDPrimaryKey, Base):
    """A letter as it was issued: its words, and its PDF by the hash of its bytes. Nothing of it changes."""

    __tablename__ = "letter"
    __table_args__ = (Index("ix_letter_request", "request_id", "issued_at"),)

    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency_request.id"))
    kind: Mapped[LetterKind] = mapped_column(one_of(LetterKind, "kind"))
    template_version: Mapped[int]
    subject: Mapped[str]
    blocks: Mapped[Any] = mapped_column(JSON)
    sender: Mapped[str] = mapped_column(String(200))  # by role and office, never a name
    sha256: Mapped[str] = mapped_column(String(64))
    storage_key: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    issued_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    issued_at: Mapped[datetime] = mapped_column(default=now)
    agency_request: Mapped[AgencyRequest] = relationship()

    @property
    def title(self) -> str:
        """What kind of letter it is, in words."""
        return self.subject
