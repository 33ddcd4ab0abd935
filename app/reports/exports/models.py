"""Files that are prepared while the person who asked does something else."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.extensions import Base, UUIDPrimaryKey, now, one_of


class ExportState(StrEnum):
    """Where the preparation of a file is."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    CANCELED = "canceled"


RUNNING = (ExportState.WAITING.value, ExportState.WORKING.value)


class ReportSnapshot(Base):
    """A report as it was last counted, for every process and visitor; one of them recounts it when it is old."""

    __tablename__ = "report_snapshot"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    payload: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)  # none: the first count is under way
    computed_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]  # until then nobody else counts


class ExportJob(UUIDPrimaryKey, Base):
    """One file that somebody asked for: of which list, with which filters, how far it is, until when it is kept."""

    __tablename__ = "export_job"
    __table_args__ = (
        Index("ix_export_job_queue", "state", "created_at"),
        Index("ix_export_job_person", "person_id", "created_at"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    list_key: Mapped[str] = mapped_column(String(40))
    filters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[ExportState] = mapped_column(one_of(ExportState, "state"), default=ExportState.WAITING)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    storage_key: Mapped[str] = mapped_column(String(120), default="")
    size: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    claimed_until: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship()

    @property
    def is_running(self) -> bool:
        """Whether there is still something to wait for, or to cancel."""
        return self.state in RUNNING
