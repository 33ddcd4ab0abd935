"""What an agency asks, in its own words and numbers, and what intake adds to it."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, Index, String, UniqueConstraint, func
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Agency, Office, Person
from app.agency_requests.assignment_models import ConflictDeclaration, Consultation
from app.extensions import Base, UUIDPrimaryKey, now, one_of
from app.workflow.journey.request_journey import STATUSES, Status
from app.workflow.journey.statuses import Machine, StatusInfo


class AgencyRequest(UUIDPrimaryKey, Base):
    """One request for ACCESS assistance: the case."""

    __tablename__ = "agency_request"
    __table_args__ = (
        CheckConstraint("submitted_at IS NOT NULL OR status IN ('draft', 'withdrawn')", name="submitted"),
        Index("ix_agency_request_queue", "status", "submitted_at", "id"),
        Index("ix_agency_request_office_queue", "office_id", "status", "submitted_at", "id"),
        Index("ix_agency_request_agency", "agency_id", "created_at"),
    )
    machine = Machine.REQUEST

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    number: Mapped[str | None] = mapped_column(String(20), unique=True)
    status: Mapped[Status] = mapped_column(one_of(Status, "status"), default=Status.DRAFT)
    status_before: Mapped[Status | None] = mapped_column(one_of(Status, "status_before"))
    withdrawn_from: Mapped[Status | None] = mapped_column(one_of(Status, "withdrawn_from"))
    version: Mapped[int] = mapped_column(default=1)
    rules_version: Mapped[str] = mapped_column(String(20), default="")
    state: Mapped[str] = mapped_column(String(2), default="", index=True)

    office_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("office.id"))
    investigations_office_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("office.id"))
    coordinator_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    assessor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    investigations_liaison_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    detention_liaison_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))

    contact_name: Mapped[str] = mapped_column(String(200), default="")
    contact_title: Mapped[str] = mapped_column(String(200), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    signatory_name: Mapped[str] = mapped_column(String(200), default="")
    signatory_title: Mapped[str] = mapped_column(String(200), default="")
    authority_basis: Mapped[str] = mapped_column(default="")
    letter_text: Mapped[str] = mapped_column(default="")
    wants_advice: Mapped[bool | None]
    wanted_programs: Mapped[list[str]] = mapped_column(JSON, default=list)
    objectives_text: Mapped[str] = mapped_column(default="")
    anything_else: Mapped[str] = mapped_column(default="")
    anything_else_seen: Mapped[bool] = mapped_column(default=False)
    documents_seen: Mapped[bool] = mapped_column(default=False)

    entered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"), index=True)  # of ICE, from paper
    letter_signed_on: Mapped[date | None]  # the date on that letter
    letter_received_on: Mapped[date | None]  # when it came in; the first clock counts from here

    head_asked_at: Mapped[datetime | None]  # an officer asked the agency head to certify the draft
    head_note: Mapped[str] = mapped_column(default="")  # what the head wrote when giving the draft back
    certified_hash: Mapped[str] = mapped_column(String(64), default="")
    created_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    deferred_until: Mapped[date | None]
    look_announced_for: Mapped[date | None]  # the next look that was announced to both sides a week before
    look_rung_for: Mapped[date | None]  # the next look of which staff were reminded on its day
    closed_at: Mapped[datetime | None]

    agency: Mapped[Agency] = relationship(lazy="joined")
    office: Mapped[Office | None] = relationship(foreign_keys=[office_id])
    investigations_office: Mapped[Office | None] = relationship(foreign_keys=[investigations_office_id])
    coordinator: Mapped[Person | None] = relationship(foreign_keys=[coordinator_id])
    assessor: Mapped[Person | None] = relationship(foreign_keys=[assessor_id])
    investigations_liaison: Mapped[Person | None] = relationship(foreign_keys=[investigations_liaison_id])
    detention_liaison: Mapped[Person | None] = relationship(foreign_keys=[detention_liaison_id])
    submitted_by: Mapped[Person | None] = relationship(foreign_keys=[submitted_by_id])
    entered_by: Mapped[Person | None] = relationship(foreign_keys=[entered_by_id])
    answers: Mapped[list["Answer"]] = relationship(cascade="all, delete-orphan", order_by="Answer.key")
    problems: Mapped[list["RankedProblem"]] = relationship(cascade="all, delete-orphan", order_by="RankedProblem.rank")
    declarations: Mapped[list[ConflictDeclaration]] = relationship(viewonly=True)
    consults: Mapped[list[Consultation]] = relationship(viewonly=True, order_by="Consultation.asked_at")
    documents: Mapped[list["Document"]] = relationship(order_by="Document.uploaded_at", back_populates="agency_request")

    @property
    def status_info(self) -> StatusInfo:
        """What its status is to its readers."""
        return STATUSES[self.status]

    @property
    def case_id(self) -> uuid.UUID:
        """The case this record belongs to: itself."""
        return self.id

    @property
    def lock_order(self) -> tuple["AgencyRequest"]:
        """What a step locks, outermost first."""
        return (self,)

    @property
    def office_ids(self) -> Iterable[uuid.UUID]:
        """The offices whose people may see the case."""
        return [office for office in (self.office_id, self.investigations_office_id) if office]

    @hybrid_property
    def due_office_id(self) -> uuid.UUID | None:
        """The office whose closures count for its due dates: the first of its offices."""
        return next(iter(self.office_ids), None)

    @due_office_id.inplace.expression
    @classmethod
    def _due_office_id(cls) -> ColumnElement[uuid.UUID | None]:
        return func.coalesce(cls.office_id, cls.investigations_office_id)

    @property
    def recused_ids(self) -> frozenset[uuid.UUID]:
        """Who declared a conflict of interest: the case is out of their sight."""
        return frozenset(row.person_id for row in self.declarations if row.has_conflict)

    @property
    def consulted_ids(self) -> frozenset[uuid.UUID]:
        """Who is asked for an opinion now, and sees the case for it."""
        return frozenset(row.person_id for row in self.consults if row.ended_at is None)

    @property
    def is_private_draft(self) -> bool:
        """Whether the agency has not yet sent it: ICE sees nothing of it, nor of one withdrawn before."""
        return self.submitted_at is None


class Answer(Base):
    """The agency's answer to one question of the needs assessment, and how it knows."""

    __tablename__ = "answer"
    __table_args__ = (CheckConstraint("basis IN ('', 'measured', 'estimated', 'unknown')", name="basis"),)

    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency_request.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    basis: Mapped[str] = mapped_column(String(20), default="")
    note: Mapped[str] = mapped_column(default="")
    changed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class AnswerChange(UUIDPrimaryKey, Base):
    """A value that changed after the request was submitted: what it was, and what it became."""

    __tablename__ = "answer_change"

    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency_request.id"), index=True)
    key: Mapped[str] = mapped_column(String(60))
    was: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    became: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=now)


class RankedProblem(UUIDPrimaryKey, Base):
    """A problem the agency wants solved; 1 is the most pressing."""

    __tablename__ = "ranked_problem"
    __table_args__ = (UniqueConstraint("request_id", "rank"),)

    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency_request.id"))
    rank: Mapped[int]
    topic: Mapped[str] = mapped_column(String(40))
    sentence: Mapped[str] = mapped_column(default="")


class Document(UUIDPrimaryKey, Base):
    """A file somebody attached to a case; its bytes are kept by their hash."""

    __tablename__ = "document"

    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency_request.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))  # letter, resolution, supporting
    filename: Mapped[str] = mapped_column(String(160))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    storage_key: Mapped[str] = mapped_column(String(120))
    uploaded_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[datetime] = mapped_column(default=now)
    removed_at: Mapped[datetime | None]
    agency_request: Mapped[AgencyRequest] = relationship(back_populates="documents")


class PageVisit(Base):
    """Somebody of the agency has a page of a draft open; stale after ten minutes."""

    __tablename__ = "page_visit"

    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency_request.id"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    section: Mapped[str] = mapped_column(String(40), primary_key=True)
    page: Mapped[str] = mapped_column(String(60))
    since: Mapped[datetime] = mapped_column(default=now)
    at: Mapped[datetime] = mapped_column(default=now)
    person: Mapped[Person] = relationship()


class SectionAssignment(Base):
    """A section of a draft, given to one of the agency's people to fill in; anybody else of them still may."""

    __tablename__ = "section_assignment"

    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency_request.id"), primary_key=True)
    section: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
