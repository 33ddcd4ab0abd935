"""The queue: which requests a person sees, filtered and in order of urgency, in a constant number of queries."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Agency, Office, Person
from app.agency_requests.access import visible_requests
from app.agency_requests.models import AgencyRequest
from app.agreements.clearing import waits_for_other_counsel
from app.assessment.models import Recommendation, RecommendedProgram
from app.cases.duties import is_mine
from app.cases.queue.filters import FILTERS, QueueFilters
from app.cases.search.queries import requests_with
from app.deadlines.business_days import add_business_days, last_business_day_before
from app.extensions import db
from app.intake.assignment.operations import to_declare
from app.needs.keys import ProgramKey
from app.pagination import Page, page_of
from app.policy import Actor, Side
from app.workflow.clocks.operations import today
from app.workflow.journey.request_journey import CLOSED, WAITING_ON, Status
from app.workflow.models import StageClock

LONGEST_SEARCH: Final = 100
WEEK: Final = 5  # business days
NEARBY: Final = 5  # how far a request may have moved in its list before we say so
OPEN: Final = "open"  # as a status: whichever is not at its end


@dataclass(frozen=True)
class QueueEntry:
    """One request of the queue, the clock that runs for it, and what else says whether its reader acts on it."""

    agency_request: AgencyRequest
    due: date | None
    is_to_declare: bool
    is_for_other_counsel: bool


def _filtered(actor: Actor, view: str, filters: Mapping[str, str]) -> Select[Any]:
    query = visible_requests(actor)
    if view == "mine":
        query = query.where(is_mine(actor))
    elif view == "unassigned":
        query = query.where(AgencyRequest.coordinator_id.is_(None), AgencyRequest.status.not_in(list(CLOSED)))
    conditions = (_condition(name, filters.get(name, "")) for name in FILTERS)
    return query.where(*(condition for condition in conditions if condition is not None))


def _condition(name: str, typed: str) -> ColumnElement[bool] | None:
    """What one filter asks for; None for an empty one. A value that cannot be matches nothing."""
    if not typed:
        return None
    if name == "status":
        return AgencyRequest.status.not_in(list(CLOSED)) if typed == OPEN else AgencyRequest.status == typed
    if name == "state":
        return AgencyRequest.state == typed
    if name == "office":
        return or_(
            AgencyRequest.office_id == parse_key(typed), AgencyRequest.investigations_office_id == parse_key(typed)
        )
    if name == "assignee":
        return or_(AgencyRequest.coordinator_id == parse_key(typed), AgencyRequest.assessor_id == parse_key(typed))
    if name == "waiting":
        return AgencyRequest.status.in_([status for status, side in WAITING_ON.items() if side == typed])
    if name == "due":
        return _due(typed)
    return _program(typed) if name == "program" else _text(typed)


def _due(typed: str) -> ColumnElement[bool]:
    """Open requests whose running clock is late, or runs out within a week and is not late; anything else is none."""
    last_day = last_business_day_before(today())
    running = (StageClock.stopped_on.is_(None), StageClock.paused_on.is_(None))
    if typed == "late":
        when = StageClock.due <= last_day
    elif typed == "week":
        when = and_(StageClock.due > last_day, StageClock.due <= add_business_days(today(), WEEK))
    else:
        return false()
    return and_(
        AgencyRequest.status.not_in(list(CLOSED)),
        AgencyRequest.id.in_(select(StageClock.subject_id).where(*running, when)),
    )


def _program(key: str) -> ColumnElement[bool]:
    """Requests for which this program was recommended."""
    program, model = ProgramKey.parse(key).columns
    return AgencyRequest.id.in_(
        select(Recommendation.request_id)
        .join(RecommendedProgram, RecommendedProgram.recommendation_id == Recommendation.id)
        .where(RecommendedProgram.program == program, RecommendedProgram.model == model)
    )


def _text(typed: str) -> ColumnElement[bool]:
    """Requests whose number, agency or county has a part like this, or that have these words anywhere."""
    words = typed[:LONGEST_SEARCH].lower()
    agencies = select(Agency.id).where(
        or_(
            func.lower(Agency.name).contains(words, autoescape=True),
            func.lower(Agency.county).contains(words, autoescape=True),
        )
    )
    return or_(
        func.lower(AgencyRequest.number).contains(words, autoescape=True),
        AgencyRequest.agency_id.in_(agencies),
        AgencyRequest.id.in_(requests_with(typed[:LONGEST_SEARCH], Side.ICE)),
    )


def parse_key(typed: str) -> uuid.UUID:
    """A key as typed; what is none becomes a key that nothing has."""
    try:
        return uuid.UUID(typed)
    except ValueError:
        return uuid.UUID(int=0)


def queue_page(actor: Actor, asked: QueueFilters, number: int) -> Page[QueueEntry]:
    """One page of a list, in its order; of those alike, what waited longest comes first."""
    query = _filtered(actor, asked.view, asked.filters)
    shown = query.add_columns(StageClock.due, to_declare(actor), waits_for_other_counsel(actor))
    ordered = _ordered(shown, asked.sort).options(joinedload(AgencyRequest.office), *_people())
    found = page_of(ordered, number, counted=query)
    return found.showing([QueueEntry(*row) for row in found.rows])


def matching_requests(actor: Actor, asked: QueueFilters) -> Select[Any]:
    """The keys of a whole list, in its order."""
    keys = _filtered(actor, asked.view, asked.filters).with_only_columns(AgencyRequest.id, maintain_column_froms=True)
    return _ordered(keys, asked.sort)


def _ordered(query: Any, sort: str) -> Any:  # a select of any columns, and the same in order
    clock = and_(
        StageClock.subject_id == AgencyRequest.id, StageClock.stopped_on.is_(None), StageClock.paused_on.is_(None)
    )
    assignee = (
        select(func.lower(Person.name))
        .where(Person.id == func.coalesce(AgencyRequest.assessor_id, AgencyRequest.coordinator_id))
        .scalar_subquery()
    )
    agency = select(func.lower(Agency.name)).where(Agency.id == AgencyRequest.agency_id).scalar_subquery()
    column: ColumnElement[Any] = {
        "agency": agency,
        "status": _place_of(Status),
        "waiting": _place_of(WAITING_ON, lambda status: str(WAITING_ON[status] or "none")),
        "due": StageClock.due,
        "age": AgencyRequest.submitted_at.desc(),
        "assignee": assignee,
    }[sort.removeprefix("-")]
    turned = sort.startswith("-")
    if sort.removeprefix("-") == "age":
        column = AgencyRequest.submitted_at.asc() if turned else column
    elif turned:
        column = column.desc()
    nothing_last = [StageClock.due.is_(None)] if sort.endswith("due") else []
    return query.outerjoin(StageClock, clock).order_by(
        *nothing_last, column, AgencyRequest.submitted_at, AgencyRequest.id
    )


def _place_of(statuses: Iterable[Status], word: Callable[[Status], str] | None = None) -> ColumnElement[Any]:
    """A status as a number to sort by: its place in the journey, or of the word for it."""
    ranked = sorted(statuses, key=word) if word else list(statuses)
    return case({status.value: place for place, status in enumerate(ranked)}, value=AgencyRequest.status)


@dataclass(frozen=True)
class Neighbors:
    """Where a request stands in a list, and which are before and after it."""

    position: int
    total: int
    before: uuid.UUID | None
    after: uuid.UUID | None


def neighbors(actor: Actor, asked: QueueFilters, request_id: uuid.UUID, position: int) -> Neighbors | None:
    """Before and after in the list it was opened from, near the place it had; None when it is no longer there."""
    start = max(0, position - 1 - NEARBY)
    keys = matching_requests(actor, asked)
    near = db.session.scalars(keys.limit(2 * NEARBY + 1).offset(start)).all()
    if request_id not in near:
        return None
    at = near.index(request_id)
    total = db.session.scalar(select(func.count()).select_from(keys.order_by(None).subquery())) or 0
    return Neighbors(
        position=start + at + 1,
        total=total,
        before=near[at - 1] if at else None,
        after=near[at + 1] if at + 1 < len(near) else None,
    )


def _people() -> tuple[Any, ...]:
    """Names without everything a person brings along."""
    plain = [joinedload(person).lazyload("*") for person in (AgencyRequest.coordinator, AgencyRequest.assessor)]
    return tuple(plain)


@dataclass(frozen=True)
class QueueCounts:
    """What stands above the queue."""

    mine: int
    all: int
    unassigned: int
    late: int
    with_agency: int


def queue_counts(actor: Actor) -> QueueCounts:
    """How many requests this person may act on, sees, and which of those are late or with the agency; one query."""
    late = select(StageClock.subject_id).where(
        StageClock.stopped_on.is_(None), StageClock.paused_on.is_(None), StageClock.due < today()
    )
    with_agency = [status for status, side in WAITING_ON.items() if side is Side.AGENCY]
    is_open = AgencyRequest.status.not_in(list(CLOSED))
    query = visible_requests(actor).with_only_columns(
        func.count().filter(is_mine(actor)),
        func.count(),
        func.count().filter(is_open, AgencyRequest.coordinator_id.is_(None)),
        func.count().filter(is_open, AgencyRequest.id.in_(late)),
        func.count().filter(AgencyRequest.status.in_(with_agency)),
    )
    return QueueCounts(*db.session.execute(query).one())


def office_choices() -> list[tuple[str, str]]:
    """Every office as a choice: (key, name)."""
    rows = db.session.execute(select(Office.id, Office.name, Office.kind).order_by(Office.kind, Office.name))
    return [(str(key), f"{name} ({kind})") for key, name, kind in rows]


def assignee_choices(actor: Actor) -> list[tuple[str, str]]:
    """Whoever coordinates or assesses a request this person sees, as a choice."""
    seen = visible_requests(actor).subquery()
    keys = select(seen.c.coordinator_id).union(select(seen.c.assessor_id))
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(keys)).order_by(Person.name))
    return [(str(key), name) for key, name in rows]
