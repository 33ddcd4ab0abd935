"""An agency without an account asks for one; a coordinator checks and decides."""

from typing import Any

from sqlalchemy import select

from app import audit
from app.accounts.invitations import TakenAddress, invite
from app.accounts.models import AccessApplication, Agency, Person, RoleGrant
from app.accounts.queries import staff_with
from app.extensions import db, now
from app.notifications.outbox import tell
from app.policy import Actor, Role


class Decided(Exception):  # noqa: N818 -- it is an answer, not a fault
    """The application was decided already."""


def agencies_with(ori: str) -> list[Agency]:
    """The agencies known under this ORI; two may share one."""
    return list(db.session.scalars(select(Agency).where(Agency.ori == ori).order_by(Agency.name, Agency.id)))


def apply(**values: Any) -> AccessApplication:
    """Keeps an application, tells the applicant that it came and the coordinators that it waits."""
    application = AccessApplication(**values)
    known = [agency for agency in agencies_with(application.ori) if agency.name == application.agency_name]
    application.agency = known[0] if known else None
    db.session.add(application)
    db.session.flush()  # its key is in the mail's link
    tell("application_received", [application.applicant_email], {"agency": application.agency_name}, path="/join")
    people = [person.email for person in staff_with(Role.COORDINATOR)]
    tell("application_waiting", people, {"agency": application.agency_name}, path="/applications")
    return application


def waiting() -> list[AccessApplication]:
    """The applications nobody has decided, oldest first."""
    query = select(AccessApplication).where(AccessApplication.status == "waiting")
    return list(db.session.scalars(query.order_by(AccessApplication.created_at, AccessApplication.id)))


def approve(application: AccessApplication, actor: Actor) -> list[str]:
    """Makes or links the agency and invites its head and the applicant; returns addresses that had an account."""
    _close(application, actor, "approved", "")
    agency = application.agency or Agency(
        ori=application.ori,
        name=application.agency_name,
        state=application.state,
        county=application.county,
        kind=application.kind,
    )
    agency.head_name, agency.head_title = application.head_name, application.head_title
    db.session.add(agency)
    db.session.flush()  # its key is what its people refer to
    people = {application.head_email.casefold(): (application.head_name, application.head_title, Role.AGENCY_HEAD)}
    applicant = application.applicant_email.casefold()
    people.setdefault(applicant, (application.applicant_name, application.applicant_title, Role.AGENCY_OFFICER))
    taken = []
    for email, (name, title, role) in people.items():
        try:
            invite(
                actor, email=email, name=name, title=title, grants=[(role, "")], agency_id=agency.id, place=agency.name
            )
        except TakenAddress:
            taken.append(email)
    return taken


def refuse(application: AccessApplication, actor: Actor, reason: str) -> None:
    """Refuses, and tells the applicant why."""
    _close(application, actor, "refused", reason)
    values = {"agency": application.agency_name, "reason": reason}
    tell("application_refused", [application.applicant_email], values, path="/join")


def _close(application: AccessApplication, actor: Actor, status: str, reason: str) -> None:
    db.session.refresh(application, with_for_update={"of": AccessApplication})
    if application.status != "waiting":
        raise Decided
    application.status, application.reason = status, reason
    application.decided_by_id, application.decided_at = actor.id, now()
    audit.record(f"application_{status}", actor, reason=reason, details={"agency": application.agency_name},
                 audience=audit.Audience.RECORD)  # fmt: skip


def deactivate(person: Person, actor: Actor) -> None:
    """Ends an account; the person is out at the next click."""
    person.active = False
    person.epoch += 1
    audit.record("deactivated", actor, details={"person": str(person.id)}, audience=audit.Audience.RECORD)


def activate(person: Person, actor: Actor) -> None:
    """Gives an account back."""
    person.active = True
    audit.record("activated", actor, details={"person": str(person.id)}, audience=audit.Audience.RECORD)


def set_grants(person: Person, actor: Actor, grants: list[tuple[Role, str]]) -> None:
    """Gives exactly these roles; sessions end, so that they hold from the next click on."""
    person.grants.clear()
    db.session.flush()  # the old ones go before the same ones come back
    person.grants = [RoleGrant(role=role.value, scope=scope, granted_by_id=actor.id) for role, scope in grants]
    person.epoch += 1
    audit.record("roles_set", actor, details={"person": str(person.id), "roles": [f"{r}:{s}" for r, s in grants]},
                 audience=audit.Audience.RECORD)  # fmt: skip
