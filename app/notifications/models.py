"""The outbox."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, UUIDPrimaryKey, now


class OutboxMessage(UUIDPrimaryKey, Base):
    """One mail to one address: written with what caused it, sent by a worker, kept as a record."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        Index("ix_outbox_message_waiting", "sent_at", "dead_at", "next_try_at"),
        Index("ix_outbox_message_held", "held", "sent_at", "created_at"),
    )

    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    notice: Mapped[str] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(String(254), index=True)
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str]
    message_id: Mapped[str] = mapped_column(String(200), unique=True)  # the same on every try
    created_at: Mapped[datetime] = mapped_column(default=now)
    next_try_at: Mapped[datetime] = mapped_column(default=now)
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    dead_at: Mapped[datetime | None]  # given up after many tries; shown to administrators
    fault: Mapped[str] = mapped_column(String(300), default="")
    calendar: Mapped[str] = mapped_column(default="")  # a meeting, as a file of the mail
    held: Mapped[bool] = mapped_column(default=False)  # for the daily summary, which then sends it
    digest_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("outbox_message.id"))
