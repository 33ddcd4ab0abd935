"""Gives staff their roles: at once, or after a second administrator has confirmed it."""

import uuid
from collections.abc import Mapping
from typing import Any

from app.accounts.models import Office, Person
from app.accounts.people import operations
from app.accounts.people.operations import Grants
from app.accounts.roles import confirmations
from app.accounts.sign_in.mail_links import invite
from app.extensions import db
from app.policy import Actor


class ReasonMissing(Exception):
    """A role that carries power is proposed with a reason."""


def give_roles(person: Person, actor: Actor, grants: Grants, reason: str) -> None:
    """Takes away and gives at once what one administrator may, and proposes the rest.

    Raises ReasonMissing, OwnAccount, LastAdministrator.
    """
    held = confirmations.grants_of(person)
    at_once, powerful = confirmations.split_by_power(grants, held)
    if powerful and person.id == actor.id:
        raise operations.OwnAccount
    if powerful and not reason:
        raise ReasonMissing
    operations.set_grants(person, actor, at_once)
    if powerful:
        confirmations.propose_roles(person, actor, powerful, reason)


def invite_staff(actor: Actor, values: Mapping[str, Any], grants: Grants) -> str:
    """Makes somebody of ICE and returns what to tell the administrator. Raises TakenAddress, ReasonMissing."""
    at_once, powerful = confirmations.split_by_power(grants)
    if powerful and not values["reason"]:
        raise ReasonMissing
    office = db.session.get_one(Office, uuid.UUID(values["office"]))
    who = {name: values[name] for name in ("email", "name", "title")}
    person = invite(actor, **who, grants=at_once, office_id=office.id, place=f"ICE, {office.name}")
    if powerful:
        confirmations.propose_roles(person, actor, powerful, values["reason"])
    if at_once:
        rest = " The other roles wait for a second administrator." if powerful else ""
        return f"The invitation to {person.name} is on its way. It works once, for 24 hours.{rest}"
    return f"The invitation to {person.name} goes out when a second administrator has confirmed."
