"""Single-use links by mail: an invitation to set up an account, and a new password. Only hashes of links are kept."""

import hashlib
import secrets
import uuid
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from app import audit
from app.accounts.models import Person, RoleGrant, Token
from app.accounts.people.operations import Grants
from app.accounts.sign_in.operations import person_by_email
from app.accounts.sign_in.passwords import hash_password
from app.extensions import db, now
from app.notifications.outbox import send_notice
from app.policy import ROLE_WORDS, SYSTEM, Actor, Role

LIFE: Final = {"invitation": timedelta(hours=24), "reset": timedelta(hours=1)}


class TakenAddress(Exception):
    """Somebody has an account with this address already."""


def make_link(person: Person, purpose: str) -> str:
    """The path of a new link for this person; links of the same purpose made before stop working."""
    _end_links(person, purpose)
    secret = secrets.token_urlsafe(32)
    db.session.add(Token(person_id=person.id, purpose=purpose, hash=_hash(secret), expires_at=now() + LIFE[purpose]))
    return f"/links/{secret}"


def _end_links(person: Person, purpose: str) -> None:
    open_ones = select(Token).where(Token.person_id == person.id, Token.purpose == purpose, Token.used_at.is_(None))
    for token in db.session.scalars(open_ones):
        token.used_at = now()


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def find_link(secret: str, *, to_use: bool = False) -> Token | None:
    """The link, if it was not used and has not run out; looking does not use it. `to_use` keeps others waiting."""
    query = select(Token).where(Token.hash == _hash(secret))
    token = db.session.scalar(query.with_for_update(of=Token) if to_use else query)
    usable = token is not None and token.used_at is None and token.expires_at > now() and token.person.active
    return token if usable else None


def invite(
    actor: Actor,
    *,
    email: str,
    name: str,
    grants: Grants,
    title: str = "",
    agency_id: uuid.UUID | None = None,
    office_id: uuid.UUID | None = None,
    place: str,
) -> Person:
    """Makes a person of an agency or of an office; who has a role is sent their link. Raises TakenAddress."""
    if person_by_email(email) is not None:
        raise TakenAddress
    person = Person(email=email.casefold(), name=name, title=title, agency_id=agency_id, office_id=office_id)
    person.grants = [RoleGrant(role=role.value, scope=scope, granted_by_id=actor.id) for role, scope in grants]
    db.session.add(person)
    db.session.flush()  # its key is in the link
    audit.record("invited", actor, details={"person": str(person.id), "roles": [r.value for r, _ in grants]},
                 audience=audit.Audience.RECORD)  # fmt: skip
    if grants:
        send_invitation(actor, person, place)
    return person


def send_invitation(actor: Actor, person: Person, place: str) -> None:
    """Sends an invitation, or sends it again."""
    words = ", ".join(ROLE_WORDS[role].lower() for role in Role if role in person.roles)
    values = {"inviter": actor.name, "role": words, "place": place}
    send_notice("invitation", [person.email], values, path=make_link(person, "invitation"))


def ask_for_reset(email: str) -> None:
    """Sends a link for a new password; for an address without an account it does nothing, and says the same."""
    person = person_by_email(email)
    if person is not None and person.active:
        send_notice("reset", [person.email], {}, path=make_link(person, "reset"))
        audit.record("reset_asked", SYSTEM, details={"person": str(person.id)}, audience=audit.Audience.RECORD)


def use_link(token: Token, password: str, *, name: str) -> None:
    """Sets the password and the name, uses the link up, and ends every session of this person."""
    token.used_at = now()
    token.person.name = name
    set_password(token.person, password)


def set_password(person: Person, password: str) -> None:
    """Keeps a new password; every session of before ends, and so does every link for another new one."""
    person.password_hash = hash_password(password)
    person.epoch += 1
    _end_links(person, "reset")
    audit.record("password_set", person.actor, audience=audit.Audience.RECORD)
