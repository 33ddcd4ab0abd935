"""An agency's head names a successor, who accepts or declines; at every moment the agency has a head."""

import uuid
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app import audit
from app.accounts.models import Agency, Person, RoleGrant, RoleProposal
from app.accounts.people.operations import set_grants
from app.extensions import db, now
from app.notifications.outbox import send_notice
from app.policy import Actor, Role

WAITING, CONFIRMED, CLOSED = "waiting", "confirmed", "closed"
HEADSHIP: Final = [[Role.AGENCY_HEAD.value, ""]]


class TransferNotPossible(Exception):
    """The handing over cannot be asked for, or no longer waits; the sentence says why."""


class LastHead(Exception):
    """Somebody must be left who can bind the agency."""


def ask_successor(agency_id: uuid.UUID | None, actor: Actor, successor_id: uuid.UUID) -> Person | None:
    """Asks one person of the agency to become its head in the actor's place; an earlier question gives way."""
    successor = db.session.get(Person, successor_id)
    if successor is None or successor.agency_id != agency_id:
        return None
    if successor.id == actor.id or not successor.active or not successor.password_hash:
        raise TransferNotPossible("Name somebody of your agency who has set up their account.")
    if Role.AGENCY_HEAD in successor.roles:
        raise TransferNotPossible(f"{successor.name} is a head of the agency already.")
    for earlier in _of_agency(agency_id):
        _settle(earlier, actor, CLOSED, "handover_taken_back")
    proposal = RoleProposal(person=successor, grants=HEADSHIP, reason="", proposed_by_id=actor.id)
    db.session.add(proposal)
    _record("handover_asked", actor, successor.id)
    values = {"giver": actor.name, "agency": successor.agency.name if successor.agency else ""}
    send_notice("handover_asked", [successor.email], values, path="/team/handover")
    return successor


def offered_to(person_id: uuid.UUID | None) -> RoleProposal | None:
    """The question that waits for this person's answer."""
    query = select(RoleProposal).join(Person, Person.id == RoleProposal.person_id)
    mine = query.where(RoleProposal.person_id == person_id, Person.agency_id.is_not(None))
    return db.session.scalars(
        mine.where(RoleProposal.state == WAITING).options(selectinload(RoleProposal.proposed_by))
    ).first()


def offered_by(agency_id: uuid.UUID | None) -> RoleProposal | None:
    """The question that a head of this agency asked and that nobody has answered."""
    return next(iter(_of_agency(agency_id)), None)


def accept_transfer(actor: Actor) -> Person:
    """Makes the successor the head and the former head an officer; both sessions end. Raises TransferNotPossible."""
    proposal = _mine(actor)
    successor, giver = proposal.person, proposal.proposed_by
    lock_team(successor.agency_id)
    db.session.refresh(giver)
    if not giver.active or Role.AGENCY_HEAD not in giver.roles:
        raise TransferNotPossible(f"{giver.name} is no longer a head of the agency.")
    set_grants(successor, giver.actor, [(Role.AGENCY_HEAD, "")])
    set_grants(giver, successor.actor, [(Role.AGENCY_OFFICER, "")])
    _settle(proposal, actor, CONFIRMED, "handover_accepted")
    _tell_answer(proposal, "accepted: they are the head of the agency now, and you are an officer")
    return successor


def decline_transfer(actor: Actor) -> None:
    """The successor does not want it; nothing changes. Raises TransferNotPossible."""
    proposal = _mine(actor)
    _settle(proposal, actor, CLOSED, "handover_declined")
    _tell_answer(proposal, "declined: you are still the head of the agency")


def cancel_transfer(agency_id: uuid.UUID | None, actor: Actor) -> None:
    """A head of the agency takes the question back. Raises TransferNotPossible."""
    waiting = _of_agency(agency_id)
    if not waiting:
        raise TransferNotPossible("It was answered, or taken back already.")
    for proposal in waiting:
        _settle(proposal, actor, CLOSED, "handover_taken_back")


def lock_team(agency_id: uuid.UUID | None) -> None:
    """Keeps others waiting who would change who is what in this agency, until the transaction ends."""
    db.session.execute(select(Agency.id).where(Agency.id == agency_id).with_for_update())


def refuse_last_head(person: Person) -> None:
    """Raises LastHead where nobody else is an active head of this person's agency; call it within lock_team."""
    others = (
        select(func.count())
        .select_from(RoleGrant)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(RoleGrant.role == Role.AGENCY_HEAD.value, Person.active)
        .where(Person.agency_id == person.agency_id, Person.id != person.id)
    )
    if Role.AGENCY_HEAD in person.roles and not db.session.scalar(others):
        raise LastHead


def _of_agency(agency_id: uuid.UUID | None) -> list[RoleProposal]:
    query = select(RoleProposal).join(Person, Person.id == RoleProposal.person_id)
    found = query.where(Person.agency_id == agency_id, RoleProposal.state == WAITING)
    return list(db.session.scalars(found)) if agency_id else []


def _mine(actor: Actor) -> RoleProposal:
    found = offered_to(actor.id)
    if found is not None:
        db.session.refresh(found, with_for_update={"of": RoleProposal})
    if found is None or found.state != WAITING:
        raise TransferNotPossible("The question was taken back, or answered already.")
    return found


def _settle(proposal: RoleProposal, actor: Actor, state: str, action: str) -> None:
    proposal.state, proposal.decided_by_id, proposal.decided_at = state, actor.id, now()
    _record(action, actor, proposal.person_id)


def _tell_answer(proposal: RoleProposal, answer: str) -> None:
    values = {"successor": proposal.person.name, "answer": answer}
    send_notice("handover_answered", [proposal.proposed_by.email], values, path="/team")


def _record(action: str, actor: Actor, person_id: uuid.UUID) -> None:
    details = {"person": str(person_id)}
    audit.record(action, actor, subject=("person", person_id), details=details, audience=audit.Audience.RECORD)
