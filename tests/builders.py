"""Makes the people and places of tests: made-up agencies, offices and staff, saved and ready."""

import itertools
from typing import Any

from app.accounts.models import HEADQUARTERS, Agency, Office, OfficeArea, Person, RoleGrant
from app.agency_requests.models import AgencyRequest
from app.agreements_in_force.models import AgreementInForce
from app.extensions import db, now
from app.policy import AGENCY_ROLES, Role
from app.workflow.journey.journeys import RULES_VERSION

_number = itertools.count(1)


def make_agency(**values: Any) -> Agency:
    """An agency; every one another, in Texas unless said."""
    n = next(_number)
    agency = Agency(
        **{"ori": f"TX99{n:05d}", "name": f"Example County {n} Sheriff's Office", "state": "TX", "county": "Example",
           "kind": "sheriff", "head_name": "Alex Doe", "head_title": "Sheriff"} | values
    )  # fmt: skip
    db.session.add(agency)
    db.session.commit()
    return agency


def make_office(kind: str = "detention", *, states: tuple[str, ...] = (), **values: Any) -> Office:
    """An office; a detention office serves the states given, whole."""
    office = Office(**{"kind": kind, "name": f"Office {next(_number)}"} | values)
    office.areas = [OfficeArea(state=state) for state in states]
    db.session.add(office)
    db.session.commit()
    return office


def make_person(
    *roles: Role | tuple[Role, str], agency: Agency | None = None, office: Office | None = None, **values: Any
) -> Person:
    """A person with these roles; a role may carry its scope. Staff sit at headquarters unless said."""
    n = next(_number)
    pairs = [role if isinstance(role, tuple) else (role, "") for role in roles]
    if agency is None and office is None:
        if any(role in AGENCY_ROLES for role, _ in pairs):
            agency = make_agency()
        else:
            office = make_office(HEADQUARTERS)
    person = Person(
        **{"email": f"person{n}@example.gov", "name": f"Person {n}", "agency": agency, "office": office} | values
    )
    person.grants = [RoleGrant(role=role.value, scope=scope) for role, scope in pairs]
    db.session.add(person)
    db.session.commit()
    return person


def make_request(agency: Agency | None = None, *, status: str = "draft", **values: Any) -> AgencyRequest:
    """A request put straight into a status, without its journey: for tests of one stage on its own."""
    n = next(_number)
    agency = agency or make_agency()
    creator = values.pop("created_by", None) or make_person(Role.AGENCY_OFFICER, agency=agency)
    if status != "draft":
        values.setdefault("submitted_at", now())
        values.setdefault("number", f"ACC-2026-9{n:05d}")
    agency_request = AgencyRequest(
        agency=agency,
        state=agency.state,
        status=status,
        created_by_id=creator.id,
        rules_version=RULES_VERSION,
        **values,
    )
    db.session.add(agency_request)
    db.session.commit()
    return agency_request


def make_agreement_in_force(**values: Any) -> AgreementInForce:
    """An agreement in force as ICE publishes it; every one another agency's, a jail's in Texas unless said."""
    n = next(_number)
    agreement = AgreementInForce(
        **{"state": "TX", "agency_name": f"Known County {n} Sheriff's Office", "agency_kind": "County",
           "county": "Example", "support_type": "Jail Enforcement Model", "program": "287g", "model": "jail"} | values
    )  # fmt: skip
    db.session.add(agreement)
    db.session.commit()
    return agreement
