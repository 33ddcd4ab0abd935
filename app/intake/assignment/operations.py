"""Who on ICE's side works on a request: whom it can be given to, and giving it to them, or back to the pool."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, or_, select

from app import audit
from app.accounts.delegation.operations import delegates_of, delegators_of
from app.accounts.models import Person
from app.agency_requests.assignment_models import ConflictDeclaration
from app.agency_requests.models import AgencyRequest
from app.extensions import db
from app.intake.assignment.queries import staff_who_may
from app.notifications.outbox import send_notice
from app.policy import ROLE_WORDS, SYSTEM, Actor, Permission, Role, allows, can_see, works_on
from app.text import listed
from app.workflow import engine
from app.workflow.journey.facts import Inputs
from app.workflow.journey.request_journey import CLOSED, Status
from app.workflow.refusals import RefusalKind, StepRefused, not_found

COLUMNS: Final = {Role.COORDINATOR: "coordinator_id", Role.ASSESSOR: "assessor_id"}
LIAISON_COLUMNS: Final = {
    "investigations liaison": "investigations_liaison_id",
    "detention liaison": "detention_liaison_id",
}
NAMED_COLUMNS: Final = (*COLUMNS.values(), *LIAISON_COLUMNS.values())  # whoever is named here declares their interests
KEEPS_ITS_ASSESSOR = frozenset({Status.AWAITING_CONCURRENCE, Status.IN_REVIEW})
UNCHECKED: Final = object()
CONFLICT: Final = "A conflict of interest was declared."


def assign(
    agency_request: AgencyRequest,
    actor: Actor,
    role: Role,
    person: Person | None,
    *,
    reason: str = "",
    was: Any = UNCHECKED,
    tells: bool = True,
) -> bool:
    """Names who coordinates or assesses the request, or, with nobody, puts it back into the pool; tells whether it did.

    Neither the status, the clocks nor the place in the queue change. A coordinator names anybody of ICE who sees the
    request and holds the role; an assessor takes what nobody assesses, or gives back their own. `was` is the key of
    whoever held it when the page was opened, to refuse whoever was slower. Without `tells` the caller writes the mail.
    The caller commits. Raises StepRefused.
    """
    engine.lock(agency_request)
    held = getattr(agency_request, COLUMNS[role])
    _refuse_assigning(agency_request, actor, role, person)
    if was is not UNCHECKED and was != held:
        raise _refused(
            agency_request, RefusalKind.TOO_LATE, "Somebody was faster: the request has another assignee now."
        )
    if held == (person.id if person else None):
        return False
    if sentence := assignment_obstacle(agency_request, role, person):
        raise _refused(agency_request, RefusalKind.INCOMPLETE, sentence)
    _put(agency_request, role, person)
    _record(agency_request, actor, role, person, reason)
    if tells:
        _tell(agency_request, actor, role, person, reason)
    return True


def assign_recommender(agency_request: AgencyRequest, actor: Actor, _: Inputs) -> None:
    """Whoever recommends assesses the request, where nobody else does: it goes to no review without an assignee."""
    if agency_request.assessor is None or not agency_request.assessor.active:
        agency_request.assessor_id = actor.id
        _record(agency_request, actor, Role.ASSESSOR, db.session.get_one(Person, actor.id), "")


def assignment_obstacle(agency_request: AgencyRequest, role: Role, person: Person | None) -> str:
    """Why the request cannot be given to this person, or to nobody, in a sentence; "" when it can."""
    if agency_request.status in CLOSED or agency_request.is_private_draft:
        return "Nobody works on the request now: it is not open."
    if person is None:
        keeps = role is Role.ASSESSOR and agency_request.status in KEEPS_ITS_ASSESSOR
        return "The recommendation is out, so the request keeps an assessor. Name another one instead." if keeps else ""
    if not person.active:
        return f"{person.name}'s account is not active. Name somebody else."
    if role not in person.roles or not works_on(person.actor, agency_request):
        return f"{person.name} does not work for an office of this request in that role. Name somebody else."
    if has_conflict(agency_request.id, person.id):
        return f"{person.name} declared a conflict of interest. Name somebody else."
    if agency_request.entered_by_id == person.id:
        return f"{person.name} typed the request in for the agency. Name somebody else."
    return ""


def has_conflict(request_id: uuid.UUID, person_id: uuid.UUID) -> bool:
    """Whether this person declared a conflict of interest in this case."""
    declared = db.session.get(ConflictDeclaration, (request_id, person_id))
    return declared is not None and declared.has_conflict


def may_assign(agency_request: AgencyRequest, actor: Actor, role: Role, person: Person | None) -> bool:
    """Whether it is this person's to do: always a coordinator's; an assessor's about themselves and whom they cover."""
    if not allows(actor, Permission.REQUEST_ASSIGN, agency_request):
        return False
    if Role.COORDINATOR in actor.roles:
        return True
    held = getattr(agency_request, COLUMNS[role])
    free = held is None or held in set(db.session.scalars(delegators_of(actor)))
    takes, gives_back = free and person and person.id == actor.id, person is None and held in {actor.id, None}
    return role is Role.ASSESSOR and bool(takes or gives_back)


def must_declare(agency_request: AgencyRequest, actor: Actor) -> bool:
    """Whether this person is named for the request and has not said yet if they have an interest in it."""
    if agency_request.status in CLOSED or not _is_named(agency_request, actor):
        return False
    return actor.id in undeclared(agency_request)


def _is_named(agency_request: AgencyRequest, actor: Actor) -> bool:
    return actor.id is not None and actor.id in {getattr(agency_request, column) for column in NAMED_COLUMNS}


def to_declare(actor: Actor) -> ColumnElement[bool]:
    """The open requests for which this person is named and has not declared their interests; see must_declare."""
    declared = select(ConflictDeclaration.person_id).where(
        ConflictDeclaration.request_id == AgencyRequest.id, ConflictDeclaration.person_id == actor.id
    )
    named = or_(*(getattr(AgencyRequest, column) == actor.id for column in NAMED_COLUMNS))
    return and_(named, AgencyRequest.status.not_in(list(CLOSED)), ~declared.exists())


def undeclared(agency_request: AgencyRequest) -> frozenset[uuid.UUID]:
    """Who coordinates or assesses the request, or is its liaison, and has not declared their interests in it."""
    held = {getattr(agency_request, column) for column in NAMED_COLUMNS} - {None}
    return frozenset(held - {row.person_id for row in agency_request.declarations}) if held else frozenset()


def assignees(agency_request: AgencyRequest) -> list[Person]:
    """Who answers for the request on ICE's side: its coordinator and its assessor, with an account that is active."""
    return [person for person in (agency_request.coordinator, agency_request.assessor) if person and person.active]


def unassign_recused(agency_request: AgencyRequest, actor: Actor) -> None:
    """Puts back into the pool whatever somebody who declared a conflict of interest held, with that reason only."""
    for role, column in COLUMNS.items():
        if getattr(agency_request, column) == actor.id:
            _put(agency_request, role, None)
            _record(agency_request, actor, role, None, CONFLICT)
            _tell(agency_request, actor, role, None, CONFLICT)


def delegate_names(agency_request: AgencyRequest, role: Role) -> list[str]:
    """The names of who covers today for whoever holds the role."""
    held = getattr(agency_request, COLUMNS[role])
    return [person.name for person in delegates_of(held)] if held else []


def offers_assignment(agency_request: AgencyRequest, actor: Actor, role: Role) -> bool:
    """Whether the page offers this person to assign in this role."""
    me = db.session.get(Person, actor.id) if actor.id else None
    is_open = agency_request.status not in CLOSED and not engine.recusal_of(agency_request, actor)
    return is_open and (may_assign(agency_request, actor, role, me) or may_unassign(agency_request, actor, role))


def may_unassign(agency_request: AgencyRequest, actor: Actor, role: Role) -> bool:
    """Whether this person may put the request back into the pool of this role now."""
    is_held = getattr(agency_request, COLUMNS[role]) is not None
    return (
        is_held
        and may_assign(agency_request, actor, role, None)
        and not assignment_obstacle(agency_request, role, None)
    )


def parse_holder(typed: str | None) -> uuid.UUID | None:
    """Whom the page showed as the holder; what is no key matches nobody."""
    try:
        return uuid.UUID(typed) if typed else None
    except ValueError:
        return uuid.UUID(int=0)


def _refuse_assigning(agency_request: AgencyRequest, actor: Actor, role: Role, person: Person | None) -> None:
    if not can_see(actor, agency_request):
        raise not_found(agency_request.id, "assign")
    if not may_assign(agency_request, actor, role, person):
        raise _refused(agency_request, RefusalKind.NOT_YOUR_JOB, "A coordinator assigns requests.")
    if sentence := engine.recusal_of(agency_request, actor):
        raise _refused(agency_request, RefusalKind.NOT_YOUR_JOB, sentence)


def _refused(agency_request: AgencyRequest, kind: RefusalKind, sentence: str) -> StepRefused:
    return StepRefused(kind, [sentence], case_id=agency_request.id, action="assign")


def _put(agency_request: AgencyRequest, role: Role, person: Person | None) -> None:
    setattr(agency_request, COLUMNS[role], person.id if person else None)
    db.session.flush()
    db.session.refresh(agency_request, [COLUMNS[role].removesuffix("_id")])


def _record(agency_request: AgencyRequest, actor: Actor, role: Role, person: Person | None, reason: str) -> None:
    words = ROLE_WORDS[role].lower()
    if person is None:
        said = f"put the request back into the pool: it has no {words} now"
    elif person.id == actor.id:
        said = f"took the request as its {words}"
    else:
        said = f"named {person.name} as the {words}"
    audit.record(
        "assign" if person else "unassign",
        actor,
        case_id=agency_request.id,
        subject=("request", agency_request.id),
        sentence=said,
        reason=reason,
        details={"role": role.value, "person": str(person.id) if person else ""},
        audience=audit.Audience.STAFF,
    )


def notify_of_many(
    requests: Sequence[AgencyRequest], actor: Actor, role: Role, person: Person | None, reason: str
) -> None:
    """One mail each of all these requests together, to whoever has them now, or to those who could take them up."""
    if len(requests) == 1:
        _tell(requests[0], actor, role, person, reason)
        return
    if person is not None and person.id == actor.id:
        return
    lines: dict[str, list[str]] = defaultdict(list)
    for each in requests:
        for address in [person.email] if person else pool_addresses(each, role, actor):
            lines[address].append(f"{each.number}, {each.agency.name}")
    said = {"role": ROLE_WORDS[role].lower(), "reason": reason or "none given"}
    for address, theirs in lines.items():
        values = said | {"count": len(theirs), "requests": "\n".join(theirs)}
        send_notice("many_assigned" if person else "many_in_pool", [address], values, path="/queue")


def _tell(agency_request: AgencyRequest, actor: Actor, role: Role, person: Person | None, reason: str) -> None:
    if person is not None and person.id == actor.id:
        return
    addresses = [person.email] if person else pool_addresses(agency_request, role, actor)
    values = {
        "number": agency_request.number or "",
        "agency": agency_request.agency.name,
        "role": ROLE_WORDS[role].lower(),
        "reason": reason or "none given",
    }
    notice = "assigned" if person else "back_in_pool"
    send_notice(notice, addresses, values, path=f"/cases/{agency_request.id}", case_id=agency_request.id)


def notify_named(agency_request: AgencyRequest, actor: Actor, before: Mapping[str, uuid.UUID | None]) -> None:
    """Tells whoever is named now and was not before, by column, to declare their interests; one mail each."""
    roles = defaultdict(list)
    for words, column in {**LIAISON_COLUMNS, ROLE_WORDS[Role.ASSESSOR].lower(): COLUMNS[Role.ASSESSOR]}.items():
        held = getattr(agency_request, column)
        if held is not None and held not in {before.get(column), actor.id}:
            roles[held].append(words)
    for person_id, words in roles.items():
        values = {
            "number": agency_request.number or "",
            "agency": agency_request.agency.name,
            "role": listed(words),
        }
        path = f"/cases/{agency_request.id}/declaration"
        send_notice(
            "named", [db.session.get_one(Person, person_id).email], values, path=path, case_id=agency_request.id
        )


def notify_assigned(agency_request: AgencyRequest, role: Role, person: Person, reason: str) -> None:
    """Tells somebody that the request is theirs."""
    _tell(agency_request, SYSTEM, role, person, reason)


def pool_addresses(agency_request: AgencyRequest, role: Role, actor: Actor) -> list[str]:
    """The others who could take the request up in this role."""
    people = db.session.scalars(staff_who_may(agency_request, [role]))
    return [person.email for person in people if person.id != actor.id]
