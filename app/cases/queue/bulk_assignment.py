"""Gives many requests to one person, or back to the pool: each on its own, and each told of."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import HEADQUARTERS, Office, Person, RoleGrant
from app.agency_requests.access import visible_requests
from app.agency_requests.models import AgencyRequest
from app.extensions import db
from app.intake.assignment import operations
from app.policy import ROLE_WORDS, Actor, Role
from app.workflow.refusals import StepRefused

MOST: Final = 200


@dataclass(frozen=True)
class AssignTarget:
    """Who is to work on the requests, in which role; nobody puts them back into the pool."""

    role: Role
    person: Person | None


@dataclass(frozen=True)
class AssignOutcome:
    """What became of one request, in a sentence."""

    agency_request: AgencyRequest
    done: bool
    sentence: str


def chosen_requests(actor: Actor, keys: Iterable[uuid.UUID]) -> list[AgencyRequest]:
    """Those of these requests that this person sees, in the order of their numbers; one query."""
    people = [joinedload(person).lazyload("*") for person in (AgencyRequest.coordinator, AgencyRequest.assessor)]
    query = (
        visible_requests(actor).where(AgencyRequest.id.in_(list(keys))).order_by(AgencyRequest.number, AgencyRequest.id)
    )
    return list(db.session.scalars(query.options(*people)).unique())


def assign_many(
    requests: Sequence[AgencyRequest],
    actor: Actor,
    target: AssignTarget,
    *,
    reason: str = "",
    held: Mapping[uuid.UUID, uuid.UUID | None],
) -> list[AssignOutcome]:
    """Gives each request where that is allowed, and says of each other why it was not; the caller commits.

    Whoever gets several is told of all of them in one mail. `held` is who held each request in this role when the page
    was made: whoever was slower changes nothing.
    """
    outcomes = [_give(each, actor, target, reason, held.get(each.id)) for each in requests]
    if given := [outcome.agency_request for outcome in outcomes if outcome.done]:
        operations.notify_of_many(given, actor, target.role, target.person, reason)
    return outcomes


def _give(
    agency_request: AgencyRequest, actor: Actor, target: AssignTarget, reason: str, was: uuid.UUID | None
) -> AssignOutcome:
    try:
        with db.session.begin_nested():
            changed = operations.assign(
                agency_request, actor, target.role, target.person, reason=reason, was=was, tells=False
            )
    except StepRefused as refused:
        return AssignOutcome(agency_request, done=False, sentence=" ".join(refused.sentences))
    if not changed:
        return AssignOutcome(agency_request, done=False, sentence="It was so already.")
    said = f"{target.person.name} has it now." if target.person else "It is back in the pool."
    return AssignOutcome(agency_request, done=True, sentence=said)


def assign_targets(actor: Actor) -> list[tuple[str, str]]:
    """Whom requests can be given to, as choices; an assessor takes for themselves or gives back."""
    may_name_others = Role.COORDINATOR in actor.roles
    roles = list(operations.COLUMNS) if may_name_others else [Role.ASSESSOR]
    people = [
        (_key(role, key), words) for role, key, words in _staff(actor, roles) if may_name_others or key == actor.id
    ]
    return people + [(_key(role, None), f"Back to the pool, without a {ROLE_WORDS[role].lower()}") for role in roles]


def parse_target(typed: str) -> AssignTarget:
    """The target that a choice stands for; only for a choice that was offered."""
    role, _, key = typed.partition(":")
    return AssignTarget(Role(role), db.session.get(Person, uuid.UUID(key)) if key else None)


def _staff(actor: Actor, roles: Sequence[Role]) -> list[tuple[Role, uuid.UUID, str]]:
    query = (
        select(RoleGrant.role, Person.id, Person.name, Office.name)
        .join(Person, RoleGrant.person_id == Person.id)
        .join(Office, Office.id == Person.office_id)
        .where(Person.active, RoleGrant.role.in_([role.value for role in roles]))
        .order_by(RoleGrant.role.desc(), Person.name, Person.id)
        .distinct()
    )
    if not actor.is_headquarters:
        query = query.where(or_(Office.kind == HEADQUARTERS, Office.id == actor.office_id))
    return [
        (Role(role), key, f"{ROLE_WORDS[Role(role)]}: {name}, {office}")
        for role, key, name, office in db.session.execute(query)
    ]


def _key(role: Role, person_id: uuid.UUID | None) -> str:
    return f"{role.value}:{person_id or ''}"
