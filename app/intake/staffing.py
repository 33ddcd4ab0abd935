"""Who on ICE's side can be named for a request: people of its offices and of headquarters."""

from sqlalchemy import or_, select

from app.accounts.models import HEADQUARTERS, Office, Person, RoleGrant
from app.extensions import db
from app.intake.models import AgencyRequest
from app.policy import CASE_ROLES, ROLE_WORDS, Role


def choices_of_staff(agency_request: AgencyRequest, role: Role | None) -> list[tuple[str, str]]:
    """(key, name with office) of active staff who see the request, with this role or with any that works on cases."""
    wanted = [role] if role else sorted(CASE_ROLES - {Role.AUDITOR})
    query = (
        select(Person)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .join(Office, Office.id == Person.office_id)
        .where(Person.active, RoleGrant.role.in_([each.value for each in wanted]))
        .where(or_(Office.kind == HEADQUARTERS, Office.id.in_(list(agency_request.office_ids))))
        .order_by(Person.name, Person.id)
        .distinct()
    )
    return [(str(person.id), _words(person)) for person in db.session.scalars(query)]


def _words(person: Person) -> str:
    roles = ", ".join(ROLE_WORDS[role].lower() for role in Role if role in person.roles)
    return f"{person.name} ({roles}, {person.office.name if person.office else ''})"
