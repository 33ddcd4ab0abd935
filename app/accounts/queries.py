"""Questions about people that other stages ask."""

import uuid
from collections.abc import Iterable

from sqlalchemy import Select, or_, select

from app.accounts.models import HEADQUARTERS, Office, Person, RoleGrant
from app.policy import Role


def staff_with(role: Role, office_ids: Iterable[uuid.UUID] | None = None) -> Select[Person]:
    """Active staff with the role, by name; with offices given, those of these offices or of headquarters.

    Who of them may take part in a request is narrowed by `unrecused_staff` of agency_requests/recipients.py.
    """
    query = (
        select(Person)
        .join(Office, Office.id == Person.office_id)
        .where(Person.active, Person.id.in_(select(RoleGrant.person_id).where(RoleGrant.role == role.value)))
        .order_by(Person.name, Person.id)
    )
    if office_ids is not None:
        query = query.where(or_(Office.kind == HEADQUARTERS, Office.id.in_(list(office_ids))))
    return query
