"""The head of a case in words: where it is, whom it waits on, what the reader does next, and what comes after."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flask import url_for
from sqlalchemy import select

from app.agency_requests.models import AgencyRequest
from app.agreements.clearing import waits_for_other_counsel
from app.deadlines.business_days import Closed, days_left_words
from app.extensions import db
from app.filters import format_date
from app.intake.assignment.operations import must_declare
from app.policy import Actor, Role, Side, enters, stood_in, works_on
from app.workflow.clocks.operations import clocks_of, today
from app.workflow.clocks.targets import Closures
from app.workflow.journey.request_journey import STATUSES, WAITING_ON, Status
from app.workflow.journey.statuses import Task
from app.workflow.models import StageClock

CONSULT_TASK = Task(  # for somebody of another office who is asked about this one case
    "Give the opinion you are asked for",
    "You read this one case until you have answered.",
    "Answer",
    "assignment.people",
    "#opinion",
)


DECLARE_TASK = Task(  # for whoever is named for this case, before anything else
    "Declare your interests in this case",
    "You are named for it. Until you have declared, it cannot go on.",
    "Declare your interests",
    "intake.declaration",
)


@dataclass(frozen=True)
class Headline:
    """Everything the case head shows."""

    title: str
    text: str
    label: str
    button: str
    href: str
    turn: str  # you, other or nobody
    facts: tuple[Mapping[str, object], ...] = field(default_factory=tuple)


def headline(
    agency_request: AgencyRequest,
    actor: Actor,
    clocks: Mapping[uuid.UUID, StageClock] | None = None,
    closures: Closures | None = None,
) -> Headline:
    """The case head for this reader; `clocks` are those that run now, where several requests are shown at once, and
    `closures` the days on which offices are closed.
    """
    status = agency_request.status
    task = own_task(agency_request, actor)
    clock = current_clock(agency_request) if clocks is None else clocks.get(agency_request.id)
    closed = (closures or Closures()).of(agency_request.office_ids) if clock else frozenset()
    facts = _facts(agency_request, status, actor, due_words(_due(agency_request, clock), closed))
    side = WAITING_ON[status]
    if task is None:
        title, text = STATUSES[status].now
        label = "What happens now" if side else "How it ended"
        return Headline(title, text, label, "", "", "other" if side else "nobody", facts)
    is_turn = task is DECLARE_TASK or (status is not Status.AGREEMENT_DRAFTED and side is actor.side)
    turn = "you" if is_turn else "other"
    label = "What you must do next" if turn == "you" else "What you can do"
    href = task_address(task, agency_request)
    return Headline(task.title, task.text, label, task.button, href, turn, facts)


def task_of(
    agency_request: AgencyRequest, status: Status, actor: Actor, *, is_to_declare: bool, is_for_other_counsel: bool
) -> Task | None:
    """What this reader does next with the request; None for who waits for others."""
    if not works_on(actor, agency_request):
        return CONSULT_TASK
    if stood_in(actor, agency_request):
        return None
    if is_to_declare:
        return DECLARE_TASK
    roles = actor.roles - {Role.COUNSEL} if is_for_other_counsel else actor.roles
    return next((task for role, task in STATUSES[status].tasks.items() if role in roles), None)


def own_task(agency_request: AgencyRequest, actor: Actor) -> Task | None:
    """The same for one request, whose facts are asked for here."""
    status = agency_request.status
    return task_of(
        agency_request, status, actor, is_to_declare=must_declare(agency_request, actor),
        is_for_other_counsel=_is_for_other_counsel(agency_request, status, actor),
    )  # fmt: skip


def _is_for_other_counsel(agency_request: AgencyRequest, status: Status, actor: Actor) -> bool:
    if status is not Status.DRAFTING or Role.COUNSEL not in actor.roles:
        return False
    waits = select(AgencyRequest.id).where(AgencyRequest.id == agency_request.id, waits_for_other_counsel(actor))
    return db.session.scalar(waits) is not None


def task_address(task: Task, agency_request: AgencyRequest) -> str:
    """The page on which it is done."""
    step = {"action": task.action} if task.action else {}
    return url_for(task.endpoint, request_id=agency_request.id, **step) + task.anchor


def waiting_words(status: Status, actor: Actor) -> str:
    """Whom the request waits on, in the reader's own view: "You", "ICE", "The agency" or "Nobody"."""
    side = WAITING_ON[status]
    if side is None:
        return "Nobody"
    if side is actor.side is Side.AGENCY:
        return "Your agency"
    return "ICE" if side is Side.ICE else "The agency"


def current_clock(agency_request: AgencyRequest) -> StageClock | None:
    """The clock that runs now: of several the one not paused."""
    clocks = clocks_of([agency_request.id])
    return next((clock for clock in reversed(clocks) if clock.paused_on is None), None)


def due_words(due: date | None, closed: Closed) -> tuple[str, str]:
    """A due date as (date, days left); ("No date", why) when no clock runs."""
    if due is None:
        return "No date", "No clock runs now"
    return format_date(due), days_left_words(due, today(), closed)


def _due(agency_request: AgencyRequest, clock: StageClock | None) -> date | None:
    if agency_request.status == Status.DEFERRED:
        return agency_request.deferred_until
    return clock.due if clock else None


def _facts(
    agency_request: AgencyRequest, status: Status, actor: Actor, due: tuple[str, str]
) -> tuple[Mapping[str, object], ...]:
    by, days = due
    if status is Status.DRAFT:
        days = "Drafts do not expire"
    facts: list[Mapping[str, object]] = [
        {"label": "Where it is", "value": STATUSES[status].label_for(actor.side), "strong": True},
        {
            "label": "Waiting on",
            "value": "You" if enters(actor, agency_request) else waiting_words(status, actor),
            "detail": _people(agency_request, status, actor),
        },
        {"label": "By when", "value": by, "detail": days},
        {"label": "After that", "value": STATUSES[status].next_for(actor.side)},
    ]
    if actor.side is not Side.AGENCY:
        office = agency_request.office.name if agency_request.office else "Not routed yet"
        facts.append({"label": "Office", "value": office, "detail": agency_request.agency.state})
    return tuple(facts)


def _people(agency_request: AgencyRequest, status: Status, actor: Actor) -> str:
    """The person by role for the agency, by name for staff."""
    if WAITING_ON[status] is not Side.ICE:
        return ""
    in_assessment = status in {Status.IN_ASSESSMENT, Status.DRAFTING}
    person = agency_request.assessor if in_assessment else agency_request.coordinator
    if person is None:
        return "Not assigned yet"
    if actor.side is Side.AGENCY:
        return "An assessor" if in_assessment else "A coordinator"
    return person.name
