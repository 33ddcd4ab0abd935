"""The clocks of a case."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, Keyed, now


class StageClock(Keyed, Base):
    """How long one stage may take: its due date, when it waits, and every due date it had before."""

    __tablename__ = "stage_clock"
    __table_args__ = (Index("ix_stage_clock_running", "subject_id", "stopped_on"),)

    subject_id: Mapped[uuid.UUID]  # a request or an agreement
    case_id: Mapped[uuid.UUID] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(30))
    started_on: Mapped[date]
    due: Mapped[date]
    paused_on: Mapped[date | None]
    resumed_on: Mapped[date | None]
    used_days: Mapped[int] = mapped_column(default=0)  # business days used up to the last pause
    stopped_on: Mapped[date | None]
    extensions: Mapped[list[Any]] = mapped_column(JSON, default=list)  # {"was", "became", "reason", "on"}
    created_at: Mapped[datetime] = mapped_column(default=now)
