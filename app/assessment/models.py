"""What ICE finds about a request, and what it recommends."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.agency_requests.models import AgencyRequest
from app.extensions import Base, UUIDPrimaryKey, now
from app.needs.keys import ProgramKey
from app.uploads.models import AttachedFile


class ConfirmedAnswer(Base):
    """The assessor's value for one question, and where it comes from; the agency's stays beside it."""

    __tablename__ = "confirmed_answer"
    __table_args__ = (CheckConstraint("basis IN ('', 'measured', 'estimated', 'unknown')", name="basis"),)

    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency_request.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    basis: Mapped[str] = mapped_column(String(20), default="")
    source: Mapped[str] = mapped_column(default="")
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class Meeting(UUIDPrimaryKey, Base):
    """A meeting with the agency: when, who by role, and what came of it."""

    __tablename__ = "meeting"

    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency_request.id"), index=True)
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(200), default="")
    attendees: Mapped[str]  # by role, never by name of people the agency meets
    summary: Mapped[str] = mapped_column(default="")
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    files: Mapped[list["MeetingFile"]] = relationship(
        order_by="MeetingFile.position", back_populates="meeting", lazy="selectin"
    )


class MeetingFile(AttachedFile, UUIDPrimaryKey, Base):
    """A file of a meeting, such as its minutes; for ICE staff of the case."""

    __tablename__ = "meeting_file"

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    meeting: Mapped[Meeting] = relationship(back_populates="files")


class PlannedMeeting(UUIDPrimaryKey, Base):
    """A meeting to come, as it stands in people's calendars; it is no meeting that was held."""

    __tablename__ = "planned_meeting"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint("place <> '' OR video <> ''", name="somewhere"),
        Index("ix_planned_meeting_request", "request_id", "starts_at"),
    )

    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency_request.id"))
    starts_at: Mapped[datetime]
    zone: Mapped[str] = mapped_column(String(40))  # in which its time is told
    minutes: Mapped[int]
    place: Mapped[str] = mapped_column(String(200), default="")
    video: Mapped[str] = mapped_column(String(500), default="")
    about: Mapped[str] = mapped_column(default="")
    sequence: Mapped[int] = mapped_column(default=0)  # raised with each change, so that calendars take it over
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime] = mapped_column(default=now)
    canceled_at: Mapped[datetime | None]
    agency_request: Mapped[AgencyRequest] = relationship()

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


class Recommendation(UUIDPrimaryKey, Base):
    """One version of what ICE recommends; from the moment it is issued its content has a content hash."""

    __tablename__ = "recommendation"
    __table_args__ = (UniqueConstraint("request_id", "version"),)

    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency_request.id"))
    version: Mapped[int] = mapped_column(default=1)
    summary: Mapped[str] = mapped_column(default="")
    ranking: Mapped[Any] = mapped_column(JSON, default=dict)  # the computed order it was made with
    catalogue_version: Mapped[str] = mapped_column(String(20), default="")
    content: Mapped[Any] = mapped_column(JSON, default=dict)  # exactly what was shown to the agency
    content_hash: Mapped[str] = mapped_column(String(64), default="")
    issued_at: Mapped[datetime | None]
    issued_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    agency_request: Mapped[AgencyRequest] = relationship()
    issued_by: Mapped[Person | None] = relationship()
    programs: Mapped[list["RecommendedProgram"]] = relationship(
        cascade="all, delete-orphan", order_by="RecommendedProgram.place"
    )
    plan: Mapped[list["PlanItem"]] = relationship(cascade="all, delete-orphan", order_by="PlanItem.position")


class RecommendedProgram(UUIDPrimaryKey, Base):
    """One program recommended, with people's reason, and a reason more where it departs from the order."""

    __tablename__ = "recommended_program"
    __table_args__ = (UniqueConstraint("recommendation_id", "program", "model"),)

    recommendation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("recommendation.id"))
    place: Mapped[int]
    program: Mapped[str] = mapped_column(String(40))
    model: Mapped[str] = mapped_column(String(40), default="")
    reason: Mapped[str] = mapped_column(default="")
    departure: Mapped[str] = mapped_column(default="")
    confirmation: Mapped[str] = mapped_column(default="")  # who confirms an open gate, and how
    agency_takes_on: Mapped[str] = mapped_column(default="")
    ice_takes_on: Mapped[str] = mapped_column(default="")

    @property
    def program_key(self) -> str:
        """The program and its model in one word: "287g:jail"."""
        return str(ProgramKey.of(self.program, self.model))


class PlanItem(UUIDPrimaryKey, Base):
    """One line of the plan of action: objective, measure, where it stands and where it should be, who, by when."""

    __tablename__ = "plan_item"

    recommendation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("recommendation.id"), index=True)
    position: Mapped[int]
    program: Mapped[str] = mapped_column(String(40))
    model: Mapped[str] = mapped_column(String(40), default="")
    objective: Mapped[str]
    measure: Mapped[str]
    unit: Mapped[str] = mapped_column(String(80))
    baseline: Mapped[str] = mapped_column(String(80))
    target: Mapped[str] = mapped_column(String(80))
    owner: Mapped[str] = mapped_column(String(120))
    due: Mapped[date]

    @property
    def program_key(self) -> str:
        """The program and its model in one word."""
        return str(ProgramKey.of(self.program, self.model))


class NoPartnershipFinding(UUIDPrimaryKey, Base):
    """The assessor's written finding that no partnership serves this agency now."""

    __tablename__ = "no_partnership_finding"

    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency_request.id"), index=True)
    text: Mapped[str]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=now)
