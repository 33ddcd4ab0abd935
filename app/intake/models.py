"""What intake adds to a request: what it asks the agency back, and the completeness check."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.agency_requests.models import Document
from app.extensions import Base, UUIDPrimaryKey, now


class InformationRequest(UUIDPrimaryKey, Base):
    """What ICE asks the agency back, as a list of items, by a date."""

    __tablename__ = "information_request"
    __table_args__ = (CheckConstraint("outcome IN ('', 'answered', 'recalled')", name="outcome"),)

    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency_request.id"), index=True)
    asked_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    due: Mapped[date]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(20), default="")
    asked_by: Mapped[Person] = relationship()
    items: Mapped[list["InformationItem"]] = relationship(
        cascade="all, delete-orphan", order_by="InformationItem.position", back_populates="information_request"
    )


class InformationItem(UUIDPrimaryKey, Base):
    """One thing asked back, tied to a question or to a document, with its answer and what staff made of it."""

    __tablename__ = "information_item"
    __table_args__ = (CheckConstraint("anchor_kind IN ('question', 'document')", name="anchor_kind"),)

    information_request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("information_request.id"), index=True)
    position: Mapped[int]
    anchor_kind: Mapped[str] = mapped_column(String(20))
    anchor_key: Mapped[str] = mapped_column(String(60))  # a question's key, or a kind of document
    sentence: Mapped[str]
    due: Mapped[date | None]  # where it differs from the date of the whole
    again_because: Mapped[str] = mapped_column(default="")  # why the answer given before was not enough
    answer: Mapped[str] = mapped_column(default="")
    answered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]
    new_value: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)  # the question's, once it is sent
    new_basis: Mapped[str] = mapped_column(String(20), default="")
    new_note: Mapped[str] = mapped_column(default="")
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    asked_again_at: Mapped[datetime | None]
    information_request: Mapped[InformationRequest] = relationship(back_populates="items")
    documents: Mapped[list[Document]] = relationship(
        secondary=lambda: ItemDocument.__table__, order_by=lambda: (Document.uploaded_at, Document.id), lazy="selectin"
    )

    @property
    def state(self) -> str:
        """Where the item is: open, answered, asked_again or accepted."""
        if self.accepted_at:
            return "accepted"
        if self.asked_again_at:
            return "asked_again"
        return "answered" if self.answered_at else "open"

    @property
    def mark(self) -> str:
        """What tells one saved answer from another; a form carries the one it was shown."""
        return self.answered_at.isoformat() if self.answered_at else ""

    @property
    def due_by(self) -> date:
        """The day by which it should be answered."""
        return self.due or self.information_request.due

    @property
    def attached(self) -> list[Document]:
        """The documents of the answer that were not taken off again."""
        return [document for document in self.documents if document.removed_at is None]


class ItemDocument(Base):
    """A document that the agency attached in answer to an item."""

    __tablename__ = "item_document"

    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("information_item.id"), primary_key=True)
    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("document.id"), primary_key=True, index=True)


class ChecklistMark(Base):
    """One point of the completeness check, and who found it held."""

    __tablename__ = "checklist_mark"

    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency_request.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    held: Mapped[bool]
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
