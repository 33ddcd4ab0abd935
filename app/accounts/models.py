"""Agencies, offices, the people of both, and their roles."""

import uuid
from datetime import date, datetime

from flask_login import UserMixin
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base, UUIDPrimaryKey, now, one_of
from app.notifications.preferences import MailPreference
from app.policy import Actor, Role, Seat

DETENTION, INVESTIGATIONS, HEADQUARTERS = "detention", "investigations", "headquarters"


class Agency(UUIDPrimaryKey, Base):
    """A law-enforcement agency, known by its ORI (two agencies may share one)."""

    __tablename__ = "agency"
    __table_args__ = (Index("ix_agency_state_county", "state", "county"),)

    ori: Mapped[str] = mapped_column(String(9), index=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    state: Mapped[str] = mapped_column(String(2))
    county: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[str] = mapped_column(String(40), default="other")
    population: Mapped[int | None]
    officers: Mapped[int | None]
    address: Mapped[str] = mapped_column(String(300), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    head_name: Mapped[str] = mapped_column(String(200), default="")
    head_title: Mapped[str] = mapped_column(String(200), default="")
    source: Mapped[str] = mapped_column(String(20), default="joined")  # "listed" until somebody of it has an account
    listed_name: Mapped[str] = mapped_column(String(200), default="")  # as the public list writes it; "" if not listed


class Office(UUIDPrimaryKey, Base):
    """An ICE office: one of the detention offices, an investigations office, or headquarters."""

    __tablename__ = "office"
    __table_args__ = (
        CheckConstraint(f"kind IN ('{DETENTION}', '{INVESTIGATIONS}', '{HEADQUARTERS}')", name="kind"),
        UniqueConstraint("kind", "name"),
    )

    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(300), default="")
    areas: Mapped[list["OfficeArea"]] = relationship(back_populates="office", cascade="all, delete-orphan")


class OfficeArea(UUIDPrimaryKey, Base):
    """A state, or one county of it, that an office serves; a blank county is the whole state."""

    __tablename__ = "office_area"
    __table_args__ = (
        UniqueConstraint("office_id", "state", "county"),
        Index("ix_office_area_place", "state", "county"),
    )

    office_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("office.id"))
    state: Mapped[str] = mapped_column(String(2))
    county: Mapped[str] = mapped_column(String(120), default="")
    office: Mapped[Office] = relationship(back_populates="areas")


class Person(UUIDPrimaryKey, UserMixin, Base):
    """Somebody with an account, of an agency or of an office, never of both."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("(agency_id IS NULL) <> (office_id IS NULL)", name="one_side"),)

    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    agency_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agency.id"), index=True)
    office_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("office.id"), index=True)
    active: Mapped[bool] = mapped_column(default=True)
    mail_preference: Mapped[MailPreference] = mapped_column(
        one_of(MailPreference, "mail_preference"), default=MailPreference.AT_ONCE
    )
    epoch: Mapped[int] = mapped_column(default=0)  # raised to end every session of this person at once
    created_at: Mapped[datetime] = mapped_column(default=now)
    grants: Mapped[list["RoleGrant"]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", foreign_keys="RoleGrant.person_id"
    )
    agency: Mapped[Agency | None] = relationship(lazy="joined")
    office: Mapped[Office | None] = relationship(lazy="joined")

    @property
    def is_active(self) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride] -- Flask-Login's says always
        """Flask-Login's question; a deactivated person is signed out on the next click."""
        return self.active

    def get_id(self) -> str:
        """The session's key: it stops matching when the epoch is raised."""
        return f"{self.id}:{self.epoch}"

    @property
    def roles(self) -> frozenset[Role]:
        """The roles this person holds now."""
        return frozenset(Role(grant.role) for grant in self.grants)

    @property
    def actor(self) -> Actor:
        """This person as policy sees them."""
        return Actor(
            id=self.id,
            name=self.name,
            roles=self.roles,
            agency_id=self.agency_id,
            office_id=self.office_id,
            is_headquarters=self.office is not None and self.office.kind == HEADQUARTERS,
            seats=frozenset(Seat(g.scope) for g in self.grants if g.role == Role.REVIEWER and g.scope),
            programs=frozenset(g.scope for g in self.grants if g.role == Role.APPROVING_OFFICIAL and g.scope),
        )


class RoleGrant(UUIDPrimaryKey, Base):
    """One role of one person; a reviewer's scope is a seat, an approving official's a program ("287g:jail")."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("person_id", "role", "scope"),)

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(30))
    scope: Mapped[str] = mapped_column(String(60), default="")
    granted_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    granted_at: Mapped[datetime] = mapped_column(default=now)


class RoleProposal(UUIDPrimaryKey, Base):
    """Roles that one administrator proposes for somebody and another confirms; they are held only then."""

    __tablename__ = "role_proposal"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'confirmed', 'closed')", name="state"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("state <> 'confirmed' OR decided_by_id <> proposed_by_id", name="two"),
        Index("ix_role_proposal_waiting", "state", "proposed_at"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    grants: Mapped[list[list[str]]] = mapped_column(JSON)  # role and scope of each
    reason: Mapped[str]
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    proposed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime] = mapped_column(default=now)
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    proposed_by: Mapped[Person] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])


class Delegation(UUIDPrimaryKey, Base):
    """From one day to another, somebody takes the cases of a colleague who is away."""

    __tablename__ = "delegation"
    __table_args__ = (
        CheckConstraint("absent_id <> cover_id", name="another"),
        CheckConstraint("first <= last", name="days"),
        Index("ix_delegation_delegate", "cover_id", "last"),
        Index("ix_delegation_absent", "absent_id", "last"),
    )

    absent_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    cover_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    first: Mapped[date]
    last: Mapped[date]
    named_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    cover: Mapped[Person] = relationship(foreign_keys=[cover_id])


class Token(UUIDPrimaryKey, Base):
    """A single-use link sent by mail; only its hash is kept."""

    __tablename__ = "token"
    __table_args__ = (CheckConstraint("purpose IN ('invitation', 'reset')", name="purpose"),)

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship()


class SignInFailure(UUIDPrimaryKey, Base):
    """A sign-in that failed, kept to slow down whoever tries passwords."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (
        Index("ix_sign_in_failure_account", "account", "at"),
        Index("ix_sign_in_failure_source", "source", "at"),
    )

    account: Mapped[str] = mapped_column(String(254))
    source: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(default=now)


class AccessApplication(UUIDPrimaryKey, Base):
    """An agency without an account asks for one; a coordinator checks and decides."""

    __tablename__ = "access_application"
    __table_args__ = (CheckConstraint("status IN ('waiting', 'approved', 'refused')", name="status"),)

    ori: Mapped[str] = mapped_column(String(9))
    agency_name: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(2))
    county: Mapped[str] = mapped_column(String(120), default="")
    kind: Mapped[str] = mapped_column(String(40), default="other")
    agency_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agency.id"))
    applicant_name: Mapped[str] = mapped_column(String(200))
    applicant_title: Mapped[str] = mapped_column(String(200), default="")
    applicant_email: Mapped[str] = mapped_column(String(254))
    head_name: Mapped[str] = mapped_column(String(200))
    head_title: Mapped[str] = mapped_column(String(200), default="")
    head_email: Mapped[str] = mapped_column(String(254))
    status: Mapped[str] = mapped_column(String(20), default="waiting", index=True)
    reason: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    agency: Mapped[Agency | None] = relationship()
