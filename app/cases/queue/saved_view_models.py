"""Lists of requests that staff keep, and whom they tell."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.extensions import Base, UUIDPrimaryKey, now


class SavedView(UUIDPrimaryKey, Base):
    """A list of requests under a name: its owner's, or shared with all staff."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("owner_id", "name"),)

    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    shared: Mapped[bool] = mapped_column(default=False, index=True)
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(default=now)
    owner: Mapped[Person] = relationship()
    followers: Mapped[list["ViewFollower"]] = relationship(cascade="all, delete-orphan")


class ViewFollower(Base):
    """Somebody who wants to hear of a request that newly matches a saved view."""

    __tablename__ = "view_follower"

    view_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("saved_view.id"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    told: Mapped[list["ViewAlert"]] = relationship(cascade="all, delete-orphan")


class ViewAlert(Base):
    """A request that a follower of a view was told of, or that matched when they began to follow: once is enough."""

    __tablename__ = "view_alert"
    __table_args__ = (
        ForeignKeyConstraint(["view_id", "person_id"], ["view_follower.view_id", "view_follower.person_id"]),
    )

    view_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency_request.id"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(default=now)
