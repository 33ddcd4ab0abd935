"""What can be done to an account: a person's details, roles, and whether the account is active."""

import uuid
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import func, select

from app import audit
from app.accounts.models import Person, RoleGrant
from app.extensions import db
from app.notifications.preferences import MailPreference
from app.policy import Actor, Role

Grants = Sequence[tuple[Role, str]]  # a role and its scope: a reviewer's seat, an approving official's program


class OwnAccount(Exception):
    """Nobody grants themselves a role or ends their own account."""


class LastAdministrator(Exception):
    """Somebody must be left who can let others in."""


def save_profile(person: Person, *, name: str, title: str, phone: str) -> None:
    """Keeps what a person says about themselves."""
    person.name, person.title, person.phone = name, title, phone
    _record("profile_saved", person.actor, person)


def save_mail_preferences(person: Person, wish: MailPreference) -> None:
    """Keeps how a person wants their mail about cases; what is held already still comes with the next summary."""
    person.mail_preference = wish
    _record("mail_preference_saved", person.actor, person)


def mail_preferences_of(addresses: Collection[str]) -> Mapping[str, MailPreference]:
    """How the people with these addresses want their mail; only those with an open account."""
    query = select(Person.email, Person.mail_preference).where(Person.email.in_(addresses), Person.active)
    return {address: MailPreference(wish) for address, wish in db.session.execute(query)}


def move_to_office(person: Person, actor: Actor, *, name: str, title: str, office_id: uuid.UUID) -> None:
    """Keeps what an administrator says about somebody of ICE; what they see changes with their office."""
    before = {"name": person.name, "title": person.title, "office": str(person.office_id)}
    after = {"name": name, "title": title, "office": str(office_id)}
    if before == after:
        return
    person.name, person.title, person.office_id = name, title, office_id
    _record("person_edited", actor, person, before=before, after=after)


def set_grants(person: Person, actor: Actor, grants: Grants) -> None:
    """Gives exactly these roles and ends the sessions. Raises OwnAccount, LastAdministrator."""
    wanted = {(role.value, scope) for role, scope in grants}
    held = {(grant.role, grant.scope): grant for grant in person.grants}
    if wanted == set(held):
        return
    if person.id == actor.id:
        raise OwnAccount
    if Role.ADMINISTRATOR.value not in {role for role, _ in wanted}:
        _keep_an_administrator(person)
    kept = [grant for key, grant in held.items() if key in wanted]
    new = [RoleGrant(role=role, scope=scope, granted_by_id=actor.id) for role, scope in sorted(wanted - set(held))]
    person.grants = kept + new
    person.epoch += 1
    _record("roles_set", actor, person, before=_words(set(held)), after=_words(wanted))


def deactivate(person: Person, actor: Actor) -> None:
    """Ends an account: the person is out at the next click. Raises OwnAccount, LastAdministrator."""
    if person.id == actor.id:
        raise OwnAccount
    _keep_an_administrator(person)
    person.active = False
    person.epoch += 1
    _record("deactivated", actor, person)


def activate(person: Person, actor: Actor) -> None:
    """Gives an account back. Raises OwnAccount."""
    if person.id == actor.id:
        raise OwnAccount
    person.active = True
    _record("activated", actor, person)


def _keep_an_administrator(person: Person) -> None:
    others = (
        select(func.count())
        .select_from(RoleGrant)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(RoleGrant.role == Role.ADMINISTRATOR.value, Person.active, Person.id != person.id)
    )
    if Role.ADMINISTRATOR in person.roles and not db.session.scalar(others):
        raise LastAdministrator


def _words(grants: set[tuple[str, str]]) -> list[str]:
    return sorted(f"{role}:{scope}" if scope else role for role, scope in grants)


def _record(action: str, actor: Actor, person: Person, **details: object) -> None:
    audit.record(
        action,
        actor,
        subject=("person", person.id),
        details={"person": str(person.id)} | details,
        audience=audit.Audience.RECORD,
    )
