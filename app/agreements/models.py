"""An agreement in the making: its facts, counsel's edits, the proposals on it, and the frozen text at the end."""

import uuid
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from app.accounts.models import Person
from app.agency_requests.models import AgencyRequest
from app.extensions import Base, UUIDPrimaryKey, now, one_of
from app.needs.keys import ProgramKey
from app.policy import Side
from app.workflow.journey.agreement_journey import AGREEMENT_STATUSES, AgreementStatus
from app.workflow.journey.statuses import Machine, StatusInfo


class Agreement(UUIDPrimaryKey, Base):
    """One agreement for one approved program."""

    __tablename__ = "agreement"
    __table_args__ = (
        # one live agreement a program; an abandoned one makes room for a new start
        Index(
            "uq_agreement_live",
            "request_id",
            "program",
            "model",
            unique=True,
            sqlite_where=text("status <> 'abandoned'"),
            postgresql_where=text("status <> 'abandoned'"),
        ),
    )
    machine = Machine.AGREEMENT

    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency_request.id"), index=True)
    program: Mapped[str] = mapped_column(String(40))
    model: Mapped[str] = mapped_column(String(40), default="")
    number: Mapped[str | None] = mapped_column(String(30), unique=True)
    status: Mapped[AgreementStatus] = mapped_column(
        one_of(AgreementStatus, "status"), default=AgreementStatus.DRAFTING, index=True
    )
    status_before: Mapped[AgreementStatus | None] = mapped_column(one_of(AgreementStatus, "status_before"))
    version: Mapped[int] = mapped_column(default=1)
    text_version: Mapped[int] = mapped_column(default=1)
    template_version: Mapped[int] = mapped_column(default=1)
    library_version: Mapped[str] = mapped_column(String(20), default="")
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # typed by the drafter; the case gives the rest
    drafter_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    cleared_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    counsel_comment: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    drafted_at: Mapped[datetime | None]
    resolution_body: Mapped[str] = mapped_column(String(200), default="")
    resolution_reference: Mapped[str] = mapped_column(String(200), default="")
    resolution_date: Mapped[date | None]

    agency_request: Mapped[AgencyRequest] = relationship(lazy="joined")
    drafter: Mapped[Person] = relationship(foreign_keys=[drafter_id])
    cleared_by: Mapped[Person | None] = relationship(foreign_keys=[cleared_by_id])
    edits: Mapped[list["ClauseEditRecord"]] = relationship(cascade="all, delete-orphan")
    versions: Mapped[list["AgreementVersion"]] = relationship(order_by="AgreementVersion.made_at")
    proposals: Mapped[list["Proposal"]] = relationship(order_by="Proposal.at")
    acceptances: Mapped[list["Acceptance"]] = relationship(order_by="Acceptance.at")

    @property
    def status_info(self) -> StatusInfo:
        """What its status is to its readers."""
        return AGREEMENT_STATUSES[self.status]

    @property
    def case_id(self) -> uuid.UUID:
        """The request this agreement comes from."""
        return self.request_id

    @property
    def lock_order(self) -> tuple[AgencyRequest, "Agreement"]:
        """What a step locks: the request first, so that two steps never wait for each other."""
        return (self.agency_request, self)

    @property
    def agency_id(self) -> uuid.UUID:
        """The agency whose agreement it is."""
        return self.agency_request.agency_id

    @property
    def office_ids(self) -> Iterable[uuid.UUID]:
        """The offices whose people may see it."""
        return self.agency_request.office_ids

    @property
    def recused_ids(self) -> Collection[uuid.UUID]:
        """Who declared a conflict of interest in its case."""
        return self.agency_request.recused_ids

    @property
    def consulted_ids(self) -> Collection[uuid.UUID]:
        """Who is asked for an opinion on its case now."""
        return self.agency_request.consulted_ids

    @property
    def is_private_draft(self) -> bool:
        """Never: it exists only after the request was submitted."""
        return False

    @property
    def entered_by_id(self) -> uuid.UUID | None:
        """Who of ICE typed its request in from a letter on paper."""
        return self.agency_request.entered_by_id

    @property
    def program_key(self) -> str:
        """The program and its model in one word."""
        return str(ProgramKey.of(self.program, self.model))


class ClauseEditRecord(Base):
    """Counsel's own text, choice or omission for one clause, and why."""

    __tablename__ = "clause_edit"

    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    clause_key: Mapped[str] = mapped_column(String(80), primary_key=True)
    text: Mapped[str | None]
    included: Mapped[bool | None]
    alternate: Mapped[str | None] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(default="")
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    by: Mapped[Person] = relationship()


class AgreementVersion(UUIDPrimaryKey, Base):
    """One exact text: its words and content hash, and, once frozen, the bytes of its three renderings."""

    __tablename__ = "agreement_version"
    __table_args__ = (UniqueConstraint("agreement_id", "content_hash", "frozen"),)

    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement.id"), index=True)
    number: Mapped[int]
    content: Mapped[Any] = mapped_column(JSON)
    content_hash: Mapped[str] = mapped_column(String(64))
    frozen: Mapped[bool] = mapped_column(default=False)
    html: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    docx: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    pdf: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    made_at: Mapped[datetime] = mapped_column(default=now)


class Proposal(UUIDPrimaryKey, Base):
    """A change or a comment on one clause, by either side, and what the other side answered."""

    __tablename__ = "proposal"
    __table_args__ = (
        CheckConstraint("kind IN ('change', 'comment')", name="kind"),
        CheckConstraint("status IN ('open', 'accepted', 'declined', 'countered', 'withdrawn', 'taken')", name="status"),
    )

    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement.id"), index=True)
    clause_key: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    side: Mapped[Side] = mapped_column(one_of(Side, "side"))
    text: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(String(20), default="open")
    answer: Mapped[str] = mapped_column(default="")
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    answered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]
    counters_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("proposal.id"))
    by: Mapped[Person] = relationship(foreign_keys=[by_id])


class Acceptance(UUIDPrimaryKey, Base):
    """The agency head's acceptance of one exact text."""

    __tablename__ = "acceptance"

    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement.id"), index=True)
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement_version.id"))
    content_hash: Mapped[str] = mapped_column(String(64))
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(default="")
    by: Mapped[Person] = relationship()
    version: Mapped[AgreementVersion] = relationship()
