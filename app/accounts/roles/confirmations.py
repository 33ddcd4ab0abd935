"""A role with power takes two administrators: one asks for it with a reason, another confirms it."""

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app import audit
from app.accounts.models import Person, RoleGrant, RoleProposal
from app.accounts.people.operations import Grants, set_grants
from app.accounts.sign_in.mail_links import send_invitation
from app.extensions import db, now
from app.notifications.outbox import send_notice
from app.policy import NEEDS_TWO, ROLE_WORDS, Actor, Role

WAITING, CONFIRMED, CLOSED = "waiting", "confirmed", "closed"


class NotAnotherAdministrator(Exception):
    """Whoever proposed a role, or would get it, does not confirm it."""


class ProposalClosed(Exception):
    """The proposal was confirmed or closed, or the person may not come in any more."""


def split_by_power(grants: Grants, held: Grants = ()) -> tuple[Grants, Grants]:
    """The grants that one administrator gives, and those that are new and carry power."""
    new = [grant for grant in grants if grant[0] in NEEDS_TWO and grant not in held]
    return [grant for grant in grants if grant not in new], new


def grants_of(person: Person) -> Grants:
    """What this person holds now."""
    return [(Role(grant.role), grant.scope) for grant in person.grants]


def propose_roles(person: Person, actor: Actor, grants: Grants, reason: str) -> RoleProposal:
    """Proposes these further roles for a person; one that waited for them already gives way to it."""
    for earlier in open_proposals(person.id):
        _decide(earlier, actor, CLOSED)
    wanted = [[role.value, scope] for role, scope in grants]
    proposal = RoleProposal(person=person, grants=wanted, reason=reason, proposed_by_id=actor.id)
    db.session.add(proposal)
    db.session.flush()  # its key is in the record
    _record("role_proposed", proposal, actor)
    values = {"proposer": actor.name, "person": person.name, "roles": proposal_words(proposal), "reason": reason}
    send_notice("role_proposed", _others(actor), values, path="/admin/proposals")
    return proposal


def confirm_roles(proposal_id: uuid.UUID, actor: Actor) -> RoleProposal | None:
    """Gives the roles that another administrator proposed. Raises NotAnotherAdministrator, ProposalClosed."""
    proposal = _found(proposal_id)
    if proposal is None:
        return None
    if actor.id in (proposal.proposed_by_id, proposal.person_id):
        raise NotAnotherAdministrator
    if proposal.state != WAITING or not proposal.person.active:
        raise ProposalClosed
    person = proposal.person
    is_new = not person.grants
    added = [(Role(role), scope) for role, scope in proposal.grants]
    set_grants(person, actor, [*grants_of(person), *(grant for grant in added if grant not in grants_of(person))])
    _decide(proposal, actor, CONFIRMED)
    if is_new and not person.password_hash:
        send_invitation(actor, person, f"ICE, {person.office.name}" if person.office else "ICE")
    return proposal


def close_proposal(proposal_id: uuid.UUID, actor: Actor) -> RoleProposal | None:
    """Refuses a proposal, or takes one's own back. Raises ProposalClosed."""
    proposal = _found(proposal_id)
    if proposal is not None and proposal.state != WAITING:
        raise ProposalClosed
    if proposal is not None:
        _decide(proposal, actor, CLOSED)
    return proposal


def open_proposals(person_id: uuid.UUID | None = None) -> Sequence[RoleProposal]:
    """The proposals that wait, of one person or of everybody, the oldest first."""
    query = _of_staff().where(RoleProposal.state == WAITING)
    if person_id is not None:
        query = query.where(RoleProposal.person_id == person_id)
    return db.session.scalars(query.order_by(RoleProposal.proposed_at, RoleProposal.id)).all()


def _of_staff():  # type: ignore[no-untyped-def] # a select of proposals
    """Those about people of ICE: an agency hands its headship over among its own."""
    people = [selectinload(each) for each in (RoleProposal.person, RoleProposal.proposed_by, RoleProposal.decided_by)]
    query = select(RoleProposal).join(Person, Person.id == RoleProposal.person_id).options(*people)
    return query.where(Person.agency_id.is_(None))


def decided_proposals(limit: int = 25) -> Sequence[RoleProposal]:
    """What was decided last, the newest first."""
    query = _of_staff().where(RoleProposal.state != WAITING).order_by(RoleProposal.decided_at.desc())
    return db.session.scalars(query.limit(limit)).all()


def proposal_words(proposal: RoleProposal) -> str:
    """ "Reviewer (legal), Coordinator": the roles that are proposed."""
    return ", ".join(
        ROLE_WORDS[Role(role)] + (f" ({scope.replace('_', ' ')})" if scope else "") for role, scope in proposal.grants
    )


def is_sole_administrator(actor: Actor) -> bool:
    """Whether nobody else could confirm."""
    others = select(func.count()).select_from(_administrators(actor).subquery())
    return not db.session.scalar(others)


def _others(actor: Actor) -> Sequence[str]:
    return db.session.scalars(_administrators(actor)).all()


def _administrators(actor: Actor):  # type: ignore[no-untyped-def] # a select of addresses
    return (
        select(Person.email)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role == Role.ADMINISTRATOR.value, Person.active, Person.id != actor.id)
        .distinct()
    )


def _found(proposal_id: uuid.UUID) -> RoleProposal | None:
    """Locked: of two administrators who decide at once, the second is told."""
    locked = {"of": RoleProposal}
    found = db.session.get(RoleProposal, proposal_id, with_for_update=locked, populate_existing=True)
    return None if found is None or found.person.agency_id else found


def _decide(proposal: RoleProposal, actor: Actor, state: str) -> None:
    proposal.state, proposal.decided_by_id, proposal.decided_at = state, actor.id, now()
    _record(f"proposal_{state}", proposal, actor)


def _record(action: str, proposal: RoleProposal, actor: Actor) -> None:
    audit.record(
        action,
        actor,
        subject=("role_proposal", proposal.id),
        reason=proposal.reason,
        details={"person": str(proposal.person_id), "roles": proposal.grants},
        audience=audit.Audience.RECORD,
    )
