"""The table of agreements in force, as ICE publishes them."""

import uuid
from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Agency
from app.extensions import Base, UUIDPrimaryKey


class AgreementInForce(UUIDPrimaryKey, Base):
    """An agreement already in force, as ICE publishes it; matched to an agency where it can be."""

    __tablename__ = "agreement_in_force"
    __table_args__ = (UniqueConstraint("state", "agency_name", "support_type"),)

    state: Mapped[str] = mapped_column(String(2), index=True)
    agency_name: Mapped[str] = mapped_column(String(200))
    agency_kind: Mapped[str] = mapped_column(String(60), default="")
    county: Mapped[str] = mapped_column(String(120), default="")
    support_type: Mapped[str] = mapped_column(String(60))
    program: Mapped[str] = mapped_column(String(40))
    model: Mapped[str] = mapped_column(String(40), default="")
    signed_on: Mapped[date | None]
    agency_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agency.id"), index=True)
    agency: Mapped[Agency | None] = relationship()
