"""What follows a recommendation: the agency's answer, the board's opinions, ICE's capacity, the decisions."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.assessment.models import Recommendation
from app.extensions import Base, UUIDPrimaryKey, now


class Concurrence(UUIDPrimaryKey, Base):
    """The agency's answer to a recommendation, bound to the content hash of exactly what it saw."""

    __tablename__ = "concurrence"
    __table_args__ = (UniqueConstraint("recommendation_id"),)

    recommendation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("recommendation.id"))
    content_hash: Mapped[str] = mapped_column(String(64))
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(default="")
    void_changes: Mapped[Any] = mapped_column(JSON, default=list)
    by: Mapped[Person] = relationship()
    recommendation: Mapped[Recommendation] = relationship()
    answers: Mapped[list["ConcurrenceAnswer"]] = relationship(cascade="all, delete-orphan")


class ConcurrenceAnswer(UUIDPrimaryKey, Base):
    """The agency's answer on one program."""

    __tablename__ = "concurrence_answer"
    __table_args__ = (
        UniqueConstraint("concurrence_id", "program_key"),
        CheckConstraint("answer IN ('concur', 'concur_with_comment', 'do_not_concur')", name="answer"),
    )

    concurrence_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("concurrence.id"))
    program_key: Mapped[str] = mapped_column(String(60))
    answer: Mapped[str] = mapped_column(String(30))
    comment: Mapped[str] = mapped_column(default="")


class Opinion(UUIDPrimaryKey, Base):
    """One seat's opinion on a recommendation; each seat is another person."""

    __tablename__ = "opinion"
    __table_args__ = (
        UniqueConstraint("recommendation_id", "seat"),
        UniqueConstraint("recommendation_id", "by_id"),
        CheckConstraint("position IN ('support', 'neutral', 'oppose')", name="position"),
    )

    recommendation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("recommendation.id"))
    seat: Mapped[str] = mapped_column(String(40))
    position: Mapped[str] = mapped_column(String(20))
    sentence: Mapped[str]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    by: Mapped[Person] = relationship()


class CivilRightsFinding(UUIDPrimaryKey, Base):
    """The written finding a named reviewer makes where a program's civil-rights gate asks for one."""

    __tablename__ = "civil_rights_finding"
    __table_args__ = (UniqueConstraint("recommendation_id", "program_key"),)

    recommendation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("recommendation.id"))
    program_key: Mapped[str] = mapped_column(String(60))
    text: Mapped[str]
    rests_on: Mapped[str]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    by: Mapped[Person] = relationship()


class Capacity(UUIDPrimaryKey, Base):
    """What ICE confirms it has for one program: a supervisor, training seats, a date for equipment."""

    __tablename__ = "capacity"
    __table_args__ = (UniqueConstraint("recommendation_id", "program_key"),)

    recommendation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("recommendation.id"))
    program_key: Mapped[str] = mapped_column(String(60))
    supervisor: Mapped[str] = mapped_column(String(200))
    supervisor_hours: Mapped[int]  # a week, on site
    training_seats: Mapped[int]
    equipment_date: Mapped[date | None]  # none where the program needs no federal equipment
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    by: Mapped[Person] = relationship()


class Decision(UUIDPrimaryKey, Base):
    """An approving official's decision on one program, with its reason."""

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("recommendation_id", "program_key"),
        ForeignKeyConstraint(["concurrence_id"], ["concurrence.id"]),
        CheckConstraint("outcome IN ('approve', 'approve_with_conditions', 'decline')", name="outcome"),
        CheckConstraint("outcome <> 'approve_with_conditions' OR conditions <> ''", name="conditions"),
    )

    recommendation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("recommendation.id"))
    concurrence_id: Mapped[uuid.UUID]
    program_key: Mapped[str] = mapped_column(String(60))
    outcome: Mapped[str] = mapped_column(String(30))
    conditions: Mapped[str] = mapped_column(default="")
    reason: Mapped[str]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    by: Mapped[Person] = relationship()
