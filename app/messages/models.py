"""Conversations in a case: who may read each, what it is about, what was written, and who has read how far."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.accounts.models import Person
from app.agency_requests.models import AgencyRequest
from app.audit import Audience
from app.extensions import Base, UUIDPrimaryKey, now, one_of
from app.policy import Side
from app.uploads.models import AttachedFile


class Thread(UUIDPrimaryKey, Base):
    """One conversation in a case. Who may read it is settled when it is begun."""

    __tablename__ = "thread"
    __table_args__ = (
        CheckConstraint("audience IN ('both', 'staff')", name="audience"),
        CheckConstraint("anchor_kind IN ('', 'question', 'finding', 'clause')", name="anchor_kind"),
        CheckConstraint("(resolved_at IS NULL) = (resolved_by_id IS NULL)", name="resolved"),
        Index("ix_thread_request", "request_id", "last_at"),
    )

    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency_request.id"))
    audience: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(200))
    anchor_kind: Mapped[str] = mapped_column(String(20), default="")
    anchor_key: Mapped[str] = mapped_column(String(120), default="")
    begun_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    begun_at: Mapped[datetime] = mapped_column(default=now)
    last_at: Mapped[datetime] = mapped_column(default=now)
    resolved_at: Mapped[datetime | None]
    resolved_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    agency_request: Mapped[AgencyRequest] = relationship()
    resolved_by: Mapped[Person | None] = relationship(foreign_keys=[resolved_by_id])
    messages: Mapped[list["Message"]] = relationship(order_by="Message.at, Message.id", back_populates="thread")

    @property
    def about(self) -> str:
        """What it is about, as a form carries it; "" for nothing in particular."""
        return f"{self.anchor_kind}:{self.anchor_key}" if self.anchor_kind else ""

    @property
    def is_internal(self) -> bool:
        """Whether only ICE staff read it."""
        return self.audience == Audience.STAFF

    @validates("audience")
    def settled(self, _name: str, audience: str) -> str:
        """What was written for staff alone is never shown to the other side by a later choice."""
        if self.audience not in (None, audience):
            raise ValueError("who reads a conversation is settled when it is begun")
        return str(audience)


class Message(UUIDPrimaryKey, Base):
    """What one person wrote, in the role they had then."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_thread", "thread_id", "at"),)

    thread_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("thread.id"))
    text: Mapped[str]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    side: Mapped[Side] = mapped_column(one_of(Side, "side"))
    role: Mapped[str] = mapped_column(String(30))
    at: Mapped[datetime] = mapped_column(default=now)
    by: Mapped[Person] = relationship()
    thread: Mapped[Thread] = relationship(back_populates="messages")
    files: Mapped[list["MessageFile"]] = relationship(order_by="MessageFile.position", back_populates="message")


class MessageFile(AttachedFile, UUIDPrimaryKey, Base):
    """A file that came with a message; its bytes are kept by their hash, and read by who reads the message."""

    __tablename__ = "message_file"

    message_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("message.id"), index=True)
    message: Mapped[Message] = relationship(back_populates="files")


class ReadMark(Base):
    """How far one person has read a conversation."""

    __tablename__ = "read_mark"

    thread_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("thread.id"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    read_at: Mapped[datetime]
