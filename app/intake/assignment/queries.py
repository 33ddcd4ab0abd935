"""Who of ICE can be put on a request."""

from collections.abc import Sequence

from sqlalchemy import Select, or_, select

from app.accounts.models import HEADQUARTERS, Office, Person, RoleGrant
from app.agency_requests.models import AgencyRequest
from app.extensions import db
from app.policy import CASE_ROLES, ROLE_WORDS, Role


def staff_choices(agency_request: AgencyRequest, role: Role | None) -> list[tuple[str, str]]:
    """(key, name with office) of active staff who see the request, with this role or with any that works on cases."""
    wanted = [role] if role else sorted(CASE_ROLES - {Role.AUDITOR})
    return [(str(person.id), _words(person)) for person in db.session.scalars(staff_who_may(agency_request, wanted))]


def staff_who_may(agency_request: AgencyRequest, roles: Sequence[Role]) -> Select[Person]:
    """Active staff with one of these roles who see the request and are not barred from it, by name."""
    return (
        select(Person)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .join(Office, Office.id == Person.office_id)
        .where(Person.active, RoleGrant.role.in_([each.value for each in roles]))
        .where(or_(Office.kind == HEADQUARTERS, Office.id.in_(list(agency_request.office_ids))))
        .where(Person.id.not_in({*agency_request.recused_ids, agency_request.entered_by_id} - {None}))
        .order_by(Person.name, Person.id)
        .distinct()
    )


def _words(person: Person) -> str:
    roles = ", ".join(ROLE_WORDS[role].lower() for role in Role if role in person.roles)
    return f"{person.name} ({roles}, {person.office.name if person.office else ''})"
