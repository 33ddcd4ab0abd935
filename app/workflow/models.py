"""The clocks of a case, and what administrators say about them: targets, and days on which offices are closed."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.deadlines.clocks import ClockKind, Extension
from app.extensions import Base, UUIDPrimaryKey, now, one_of


class StageClock(UUIDPrimaryKey, Base):
    """How long one stage may take: its due date, when it waits, and every due date it had before."""

    __tablename__ = "stage_clock"
    __table_args__ = (
        Index("ix_stage_clock_running", "subject_id", "stopped_on"),
        Index("ix_stage_clock_late", "stopped_on", "paused_on", "due"),
        Index("ix_stage_clock_finished", "kind", "cut_short", "stopped_on", "used_days"),
    )

    subject_id: Mapped[uuid.UUID]  # a request or an agreement
    case_id: Mapped[uuid.UUID] = mapped_column(index=True)
    kind: Mapped[ClockKind] = mapped_column(one_of(ClockKind, "kind"))
    started_on: Mapped[date]
    due: Mapped[date]
    paused_on: Mapped[date | None]
    resumed_on: Mapped[date | None]
    cut_short: Mapped[bool] = mapped_column(default=False)  # ended by a withdrawal or a deferral, not by its step
    used_days: Mapped[int] = mapped_column(default=0)  # business days used up to the last pause, or in all once stopped
    stopped_on: Mapped[date | None]
    extensions: Mapped[list[Any]] = mapped_column(JSON, default=list)  # as `moves` reads them
    reminded_for: Mapped[date | None]  # the due date of which its side was reminded
    escalated_for: Mapped[date | None]  # the due date whose passing was told
    created_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def moves(self) -> tuple[Extension, ...]:
        """Every move of the due date, oldest first."""
        return tuple(
            Extension(
                old_due=date.fromisoformat(kept["old_due"]),
                new_due=date.fromisoformat(kept["new_due"]),
                reason=kept["reason"],
                on=date.fromisoformat(kept["on"]),
            )
            for kept in self.extensions
        )


class ClockTarget(UUIDPrimaryKey, Base):
    """How many business days a clock of this kind gets when it starts; the newest row counts, all of them are kept."""

    __tablename__ = "clock_target"
    __table_args__ = (
        CheckConstraint("days BETWEEN 1 AND 400", name="days"),
        Index("ix_clock_target_newest", "set_at"),
    )

    kind: Mapped[ClockKind] = mapped_column(one_of(ClockKind, "kind"))
    days: Mapped[int]
    was: Mapped[int]
    reason: Mapped[str]
    set_by: Mapped[str] = mapped_column(String(200))
    set_at: Mapped[datetime] = mapped_column(default=now)


class OfficeClosure(UUIDPrimaryKey, Base):
    """A day on which one office, or every office, is closed; clocks count it like a federal holiday."""

    __tablename__ = "office_closure"
    __table_args__ = (Index("ix_office_closure_day", "day", "office_id"),)

    day: Mapped[date]
    office_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("office.id"))  # none: every office
    name: Mapped[str] = mapped_column(String(120))
    added_by: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime] = mapped_column(default=now)
