"""Reads what a person's figures are counted from: the requests they see, and how each of them moved."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import aliased

from app.accounts.models import Office, Person
from app.agency_requests.access import visible_requests
from app.agency_requests.models import AgencyRequest
from app.audit import Event
from app.deadlines.business_days import ZONE, day_of
from app.deadlines.clocks import ClockKind
from app.deadlines.spread import Spread
from app.extensions import db
from app.policy import Actor
from app.reports.dashboard.case_summary import CaseSummary
from app.reports.status_durations import StatusMove
from app.workflow.clocks.operations import stage_durations
from app.workflow.clocks.targets import Closures
from app.workflow.journey.request_journey import Status
from app.workflow.journey.statuses import Machine
from app.workflow.models import StageClock


def caseload(actor: Actor, office_id: uuid.UUID | None = None) -> list[CaseSummary]:
    """Every submitted request this person sees, perhaps of one office."""
    coordinator, assessor = aliased(Person), aliased(Person)
    clock = and_(
        StageClock.subject_id == AgencyRequest.id, StageClock.stopped_on.is_(None), StageClock.paused_on.is_(None)
    )
    query = (
        in_office(visible_requests(actor), office_id)
        .with_only_columns(
            AgencyRequest.id, AgencyRequest.status, AgencyRequest.state, Office.name, coordinator.name, assessor.name,
            AgencyRequest.coordinator_id, AgencyRequest.submitted_at, StageClock.due,
            AgencyRequest.due_office_id, maintain_column_froms=True,
        )
        .outerjoin(Office, Office.id == AgencyRequest.office_id)
        .outerjoin(coordinator, coordinator.id == AgencyRequest.coordinator_id)
        .outerjoin(assessor, assessor.id == AgencyRequest.assessor_id)
        .outerjoin(StageClock, clock)
    )  # fmt: skip
    closures = Closures()
    return [_load(tuple(row), closures) for row in db.session.execute(query)]


def _load(row: Sequence[Any], closures: Closures) -> CaseSummary:
    key, status, state, office, coordinator, assessor, coordinator_id, submitted_at, due, office_id = row
    return CaseSummary(
        case_id=key,
        status=Status(status),
        state=state,
        office=office or "Not routed",
        person=assessor or coordinator or "Nobody yet",
        is_taken=coordinator_id is not None,
        received=_day(submitted_at),
        due=due,
        closed=closures.of(filter(None, [office_id])),
    )


def status_moves(actor: Actor, office_id: uuid.UUID | None = None, *, since: date | None = None) -> list[StatusMove]:
    """The moves of the requests this person sees, case by case and in order; one query.

    With `since`, of those requests alone that moved on that day or later: all of their moves, the earlier ones too.
    """
    expected_version = in_office(visible_requests(actor), office_id).with_only_columns(AgencyRequest.id)
    query = select(Event.chain, Event.at, Event.from_status, Event.to_status).where(
        Event.chain.in_(expected_version), *_MOVED
    )
    if since:
        query = query.where(Event.chain.in_(select(Event.chain).where(Event.at >= start_of_day(since), *_MOVED)))
    rows = db.session.execute(query.order_by(Event.chain, Event.seq))
    return [StatusMove(chain, _day(at), source, target) for chain, at, source, target in rows]


def durations(actor: Actor, office_id: uuid.UUID | None = None, *, since: date) -> dict[ClockKind, Spread]:
    """How long each stage took, of the requests this person sees, that was done on that day or later; one query."""
    expected_version = in_office(visible_requests(actor), office_id).with_only_columns(AgencyRequest.id)
    return stage_durations(since, StageClock.subject_id.in_(expected_version))


_MOVED = (
    Event.subject_kind == Machine.REQUEST.value, Event.to_status != "", Event.from_status != Event.to_status
)  # fmt: skip


def start_of_day(day: date) -> datetime:
    """The first moment of a day where the service counts its days."""
    return datetime.combine(day, time.min, ZONE)


def _day(moment: datetime) -> date:
    """The day of a moment, found once for all moments of its hour: there are many."""
    return _day_of_hour(moment.replace(minute=0, second=0, microsecond=0))


_day_of_hour = lru_cache(maxsize=10_000)(day_of)


def in_office(query: Select[AgencyRequest], office_id: uuid.UUID | None) -> Select[AgencyRequest]:
    """Narrowed to what is routed to one office, in either of its two ways."""
    if office_id is None:
        return query
    return query.where(or_(AgencyRequest.office_id == office_id, AgencyRequest.investigations_office_id == office_id))
