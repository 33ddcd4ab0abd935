"""Who works on a request, and whom a notice about it reaches: the mail only knows addresses."""

from collections.abc import Sequence

from sqlalchemy import Select, select

from app.accounts.delegation.operations import delegates_of
from app.accounts.models import Person, RoleGrant
from app.accounts.queries import staff_with
from app.agency_requests.models import AgencyRequest
from app.extensions import db
from app.notifications.notices import RecipientGroup
from app.policy import AGENCY_EDITORS, Actor, Role


def recipients(agency_request: AgencyRequest, group: RecipientGroup, actor: Actor) -> Sequence[str]:
    """The addresses of this group for this request; nobody who is deactivated."""
    if group is RecipientGroup.AGENCY:
        return _agency(agency_request)
    if group is RecipientGroup.COORDINATORS and agency_request.coordinator:
        return _of(agency_request.coordinator, agency_request)
    if group in (RecipientGroup.ASSESSOR, RecipientGroup.DRAFTER) and agency_request.assessor:
        return _of(agency_request.assessor, agency_request)
    role = ROLES.get(group)
    return staff_recipients(role, agency_request) if role else ()


ROLES = {
    RecipientGroup.COORDINATORS: Role.COORDINATOR,
    RecipientGroup.ASSESSOR: Role.ASSESSOR,
    RecipientGroup.REVIEWERS: Role.REVIEWER,
    RecipientGroup.OFFICIALS: Role.APPROVING_OFFICIAL,
    RecipientGroup.COUNSEL: Role.COUNSEL,
}


def staff_recipients(role: Role, agency_request: AgencyRequest) -> Sequence[str]:
    """Active staff with the role who work on the request: of its offices, or of headquarters.

    Nobody recused, nor who typed it in from paper: they take no part in it.
    """
    return db.session.scalars(unrecused_staff(role, agency_request).with_only_columns(Person.email)).all()


def unrecused_staff(role: Role, agency_request: AgencyRequest) -> Select[Person]:
    """The same people, to be narrowed further."""
    out = {*agency_request.recused_ids, agency_request.entered_by_id} - {None}
    return staff_with(role, agency_request.office_ids).where(Person.id.not_in(out))


def people_named(agency_request: AgencyRequest) -> list[tuple[str, Person]]:
    """Who works on the request, by role."""
    named = [
        ("Coordinator", agency_request.coordinator),
        ("Assessor", agency_request.assessor),
        ("Investigations liaison", agency_request.investigations_liaison),
        ("Detention liaison", agency_request.detention_liaison),
    ]
    return [(role, person) for role, person in named if person is not None]


def _agency(agency_request: AgencyRequest) -> Sequence[str]:
    """Everybody of the agency who works on requests; a viewer looks when they want to, and gets no mail."""
    editors = select(RoleGrant.person_id).where(RoleGrant.role.in_([role.value for role in AGENCY_EDITORS]))
    query = select(Person.email).where(Person.agency_id == agency_request.agency_id, Person.active)
    return db.session.scalars(query.where(Person.id.in_(editors))).all()


def _of(person: Person, agency_request: AgencyRequest) -> Sequence[str]:
    """The person, and who acts for them today, unless recused."""
    delegates = [each for each in delegates_of(person.id) if each.id not in agency_request.recused_ids]
    return [each.email for each in (person, *delegates) if each.active]
