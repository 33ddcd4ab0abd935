"""Questions about people that other stages ask."""

import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select

from app.accounts.models import HEADQUARTERS, Office, Person, RoleGrant
from app.extensions import db
from app.policy import Role


def staff_with(role: Role, office_ids: Iterable[uuid.UUID] | None = None) -> Sequence[Person]:
    """Active staff with the role, by name; with offices given, those of these offices or of headquarters."""
    query = (
        select(Person)
        .join(Office, Office.id == Person.office_id)
        .where(Person.active, Person.id.in_(select(RoleGrant.person_id).where(RoleGrant.role == role.value)))
        .order_by(Person.name, Person.id)
    )
    if office_ids is not None:
        query = query.where(or_(Office.kind == HEADQUARTERS, Office.id.in_(list(office_ids))))
    return db.session.scalars(query).all()
