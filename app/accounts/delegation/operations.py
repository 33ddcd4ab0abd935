"""Delegation: a person names a colleague of the same office and role to act for them while they are away."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from app import audit
from app.accounts.models import Delegation, Person, RoleGrant
from app.deadlines.business_days import day_of
from app.extensions import db, now
from app.policy import Actor, Role

DELEGATED_ROLES: Final = frozenset({Role.COORDINATOR, Role.ASSESSOR})


class CannotDelegate(Exception):
    """Somebody who may not be named, or days that may not be; the sentence says why."""


def delegate(person: Person, cover_id: uuid.UUID, first: date, last: date) -> Delegation:
    """Has a colleague act for somebody from one day to another. Raises CannotDelegate."""
    if cover_id not in {colleague.id for colleague in possible_delegates(person)}:
        raise CannotDelegate("Choose a colleague of your office who does what you do.")
    if last < first or last < day_of(now()):
        raise CannotDelegate("Choose a last day that is not past, and not before the first.")
    if any(row.first <= last and row.last >= first for row in delegations_of(person.id)):
        raise CannotDelegate("Somebody covers for you on some of these days already. End that first.")
    row = Delegation(absent_id=person.id, cover_id=cover_id, first=first, last=last)
    db.session.add(row)
    db.session.flush()
    _record("cover_named", person.actor, row)
    return row


def end_delegation(row: Delegation, actor: Actor) -> None:
    """Ends a delegation at once."""
    if row.ended_at is None:
        row.ended_at = now()
        _record("cover_ended", actor, row)


def delegations_of(person_id: uuid.UUID) -> Sequence[Delegation]:
    """Who acts for this person now or will, first day first."""
    query = select(Delegation).where(
        Delegation.absent_id == person_id, Delegation.ended_at.is_(None), Delegation.last >= day_of(now())
    )
    shown = query.options(selectinload(Delegation.cover)).order_by(Delegation.first, Delegation.id)
    return db.session.scalars(shown).all()


def delegators_of(actor: Actor) -> Select[uuid.UUID]:
    """For whom this person acts today, as a query: of their own office, as long as both are there."""
    day = day_of(now())
    return (
        select(Delegation.absent_id)
        .join(Person, Person.id == Delegation.absent_id)
        .where(
            Delegation.cover_id == actor.id,
            Delegation.ended_at.is_(None),
            Delegation.first <= day,
            Delegation.last >= day,
        )
        .where(Person.office_id == actor.office_id)
    )


def delegates_of(person_id: uuid.UUID) -> Sequence[Person]:
    """Who acts for this person today: active, and still of the same office."""
    day = day_of(now())
    of_office = select(Person.office_id).where(Person.id == person_id).scalar_subquery()
    query = (
        select(Person)
        .join(Delegation, Delegation.cover_id == Person.id)
        .where(
            Delegation.absent_id == person_id,
            Delegation.ended_at.is_(None),
            Delegation.first <= day,
            Delegation.last >= day,
        )
        .where(Person.active, Person.office_id == of_office)
    )
    return db.session.scalars(query.order_by(Person.name)).all()


def possible_delegates(person: Person) -> Sequence[Person]:
    """Active people of the same office who coordinate or assess as this person does."""
    shared = [role.value for role in person.roles & DELEGATED_ROLES]
    query = (
        select(Person)
        .where(Person.active, Person.office_id == person.office_id, Person.id != person.id)
        .where(Person.id.in_(select(RoleGrant.person_id).where(RoleGrant.role.in_(shared))))
    )
    return db.session.scalars(query.order_by(Person.name, Person.id)).all() if person.office_id else []


def _record(action: str, actor: Actor, row: Delegation) -> None:
    audit.record(
        action,
        actor,
        subject=("cover", row.id),
        details={"absent": str(row.absent_id), "cover": str(row.cover_id), "from": str(row.first), "to": str(row.last)},
        audience=audit.Audience.RECORD,
    )
