"""Who works on a request: rules that assign, opinions asked of other offices, and interests declared."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Office, Person
from app.extensions import Base, UUIDPrimaryKey, now


class Consultation(UUIDPrimaryKey, Base):
    """An opinion on one case asked of somebody of another office, who sees the case until it ends."""

    __tablename__ = "consultation"
    __table_args__ = (
        CheckConstraint("outcome IN ('', 'answered', 'recalled')", name="outcome"),
        CheckConstraint("(ended_at IS NULL) = (outcome = '')", name="ended"),
        Index("ix_consultation_request", "request_id", "asked_at"),
        Index("ix_consultation_person", "person_id", "ended_at"),
        Index(
            "uq_consult_open",
            "request_id",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency_request.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    question: Mapped[str]
    due: Mapped[date]
    asked_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    answer: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(String(20), default="")
    ended_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])


class AssignmentRule(UUIDPrimaryKey, Base):
    """One rule of assignment: when it applies, and the office and person it gives a request to."""

    __tablename__ = "assignment_rule"
    __table_args__ = (CheckConstraint("role IN ('', 'coordinator', 'assessor')", name="role"),)

    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(80), unique=True)
    from_office_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("office.id"))
    state: Mapped[str] = mapped_column(String(2), default="")
    program: Mapped[str] = mapped_column(String(60), default="")
    to_office_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("office.id"))
    role: Mapped[str] = mapped_column(String(30), default="")
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    from_office: Mapped[Office | None] = relationship(foreign_keys=[from_office_id], lazy="joined")
    to_office: Mapped[Office | None] = relationship(foreign_keys=[to_office_id], lazy="joined")
    person: Mapped[Person | None] = relationship(lazy="joined")


class ConflictDeclaration(Base):
    """What somebody on ICE's side declares of their own interest in a case."""

    __tablename__ = "conflict_declaration"

    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency_request.id"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    has_conflict: Mapped[bool]
    sentence: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    person: Mapped[Person] = relationship()
