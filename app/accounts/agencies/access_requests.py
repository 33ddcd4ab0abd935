"""An agency without an account asks for one; a coordinator checks and decides."""

import uuid
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import select

from app import audit
from app.accounts.models import AccessApplication, Agency, Person
from app.accounts.place_names import agency_key
from app.accounts.queries import staff_with
from app.accounts.sign_in.mail_links import TakenAddress, invite
from app.extensions import db, now
from app.notifications.outbox import send_notice
from app.policy import Actor, Role

JOINED: Final = "joined"
WAITING: Final = "waiting"


class AlreadyDecided(Exception):
    """The application was decided already."""


def agencies_with(ori: str) -> Sequence[Agency]:
    """The agencies known under this ORI, by name; two may share one."""
    return db.session.scalars(select(Agency).where(Agency.ori == ori).order_by(Agency.name, Agency.id)).all()


def request_access(agency_id: uuid.UUID | None = None, **values: Any) -> AccessApplication:
    """Keeps an application, tells the applicant that it came and the coordinators that it waits.

    An agency that is known gives its own place and kind. Who asks again while it waits changes nothing.
    """
    agency = _agency_of(agency_id, values["ori"], values["agency_name"])
    if agency is not None:
        values |= {"state": agency.state, "county": agency.county, "kind": agency.kind}
    if earlier := _waiting_for(values["ori"], values["applicant_email"]):
        return earlier
    application = AccessApplication(agency=agency, **values)
    db.session.add(application)
    db.session.flush()  # its key is in the mail's link
    told = {"agency": application.agency_name}
    send_notice("application_received", [application.applicant_email], told, path="/join/thanks")
    coordinators = [person.email for person in db.session.scalars(staff_with(Role.COORDINATOR))]
    send_notice("application_waiting", coordinators, told, path=f"/applications/{application.id}")
    return application


def _agency_of(agency_id: uuid.UUID | None, ori: str, name: str) -> Agency | None:
    """The known agency that was chosen, or the one of that ORI whose name says the same."""
    known = agencies_with(ori)
    same = (agency for agency in known if agency_key(agency.name) == agency_key(name))
    return next((agency for agency in known if agency.id == agency_id), None) or next(same, None)


def _waiting_for(ori: str, email: str) -> AccessApplication | None:
    query = select(AccessApplication).where(
        AccessApplication.status == WAITING,
        AccessApplication.ori == ori,
        AccessApplication.applicant_email == email.casefold(),
    )
    return db.session.scalars(query.limit(1)).first()


def open_access_requests() -> Sequence[AccessApplication]:
    """The applications nobody has decided, oldest first."""
    query = select(AccessApplication).where(AccessApplication.status == WAITING)
    return db.session.scalars(query.order_by(AccessApplication.created_at, AccessApplication.id)).all()


def team_of(agency_id: uuid.UUID | None) -> Sequence[Person]:
    """Everybody of an agency, by name."""
    query = select(Person).where(Person.agency_id == agency_id).order_by(Person.name, Person.id)
    return db.session.scalars(query).all() if agency_id else []


def approve_access(application: AccessApplication, actor: Actor) -> list[str]:
    """Makes or links the agency and invites its head and the applicant; returns addresses that had an account.

    Raises AlreadyDecided.
    """
    _close(application, actor, "approved", "")
    agency = application.agency = application.agency or Agency(
        ori=application.ori, state=application.state, county=application.county, kind=application.kind
    )
    if agency.source != JOINED or agency.name is None:  # what an agency has said about itself since stays
        agency.name, agency.source = application.agency_name, JOINED
        agency.head_name, agency.head_title = application.head_name, application.head_title
    db.session.flush()  # its key is what its people refer to
    return _invite_both(application, agency, actor)


def _invite_both(application: AccessApplication, agency: Agency, actor: Actor) -> list[str]:
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


def refuse_access(application: AccessApplication, actor: Actor, reason: str) -> None:
    """Refuses, and tells the applicant why. Raises AlreadyDecided."""
    _close(application, actor, "refused", reason)
    values = {"agency": application.agency_name, "reason": reason}
    send_notice("application_refused", [application.applicant_email], values, path="/join")


def _close(application: AccessApplication, actor: Actor, status: str, reason: str) -> None:
    db.session.refresh(application, with_for_update={"of": AccessApplication})
    if application.status != WAITING:
        raise AlreadyDecided
    application.status, application.reason = status, reason
    application.decided_by_id, application.decided_at = actor.id, now()
    audit.record(
        f"application_{status}",
        actor,
        subject=("application", application.id),
        reason=reason,
        details={"agency": application.agency_name, "ori": application.ori},
        audience=audit.Audience.RECORD,
    )
