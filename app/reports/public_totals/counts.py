"""Counts the public totals in the database, so that the rows read do not grow with the requests."""

from collections import Counter
from datetime import date

from sqlalchemy import Select, and_, distinct, func, select

from app.agency_requests.models import AgencyRequest
from app.assessment.models import Recommendation, RecommendedProgram
from app.audit import Event
from app.deadlines.clocks import ClockKind
from app.deadlines.spread import FEWEST, Spread
from app.extensions import db
from app.needs.keys import ProgramKey
from app.reports.public_totals.cards import Counts
from app.review.concurrence import AGREES
from app.review.models import Concurrence, ConcurrenceAnswer
from app.workflow.clocks.operations import stage_durations
from app.workflow.journey.request_journey import Action, Status
from app.workflow.models import StageClock


def public_counts(since: date) -> Counts:
    """What is counted of every submitted request, and of the stages that were done on that day or later."""
    by_status, by_state = _requests()
    return Counts(
        by_status=by_status,
        by_state=by_state,
        declined_for=_declined_for(),
        recommended=_recommended(),
        agreed=_agreed(),
        durations=_durations(since),
    )


def _requests() -> tuple[Counter[Status], Counter[str]]:
    """How many there are by status and by state, from one reading of both."""
    both = (AgencyRequest.status, AgencyRequest.state)
    query = select(*both, func.count()).where(AgencyRequest.submitted_at.is_not(None)).group_by(*both)
    by_status: Counter[Status] = Counter()
    by_state: Counter[str] = Counter()
    for status, state, n in db.session.execute(query):
        by_status[Status(status)] += n
        by_state[state] += n
    return by_status, by_state


def _declined_for() -> Counter[str]:
    """The declined requests by the reason given last; the empty key is for those without one from the list."""
    last = (
        select(Event.chain, func.max(Event.seq).label("seq"))
        .join(AgencyRequest, AgencyRequest.id == Event.chain)
        .where(AgencyRequest.status == Status.DECLINED.value)
        .where(Event.action == Action.DECLINE.value, Event.to_status != "")
        .group_by(Event.chain)
        .subquery()
    )
    code = Event.details["code"].as_string()
    query = (
        select(code, func.count())
        .join(last, and_(last.c.chain == Event.chain, last.c.seq == Event.seq))
        .group_by(code)
    )  # fmt: skip
    counted: Counter[str] = Counter()
    for found, n in db.session.execute(query):
        counted[found or ""] += n
    return counted


def _latest_recommendations() -> Select[int]:
    """The last recommendation that was sent, of each request."""
    newest = (
        select(Recommendation.request_id, func.max(Recommendation.version).label("version"))
        .where(Recommendation.issued_at.is_not(None))
        .group_by(Recommendation.request_id)
        .subquery()
    )
    same = and_(Recommendation.request_id == newest.c.request_id, Recommendation.version == newest.c.version)
    return select(func.count()).select_from(Recommendation).join(newest, same)


def _recommended() -> dict[str, int]:
    """In how many requests each program was recommended."""
    program = (RecommendedProgram.program, RecommendedProgram.model)
    query = _latest_recommendations().join(
        RecommendedProgram, RecommendedProgram.recommendation_id == Recommendation.id
    )  # fmt: skip
    rows = db.session.execute(query.add_columns(*program).group_by(*program))
    return {str(ProgramKey.of(key, model)): n for n, key, model in rows}


def _agreed() -> dict[str, int]:
    """In how many requests the agency agreed to each program, and still does: a void concurrence counts no more."""
    query = (
        _latest_recommendations()
        .join(Concurrence, Concurrence.recommendation_id == Recommendation.id)
        .join(ConcurrenceAnswer, ConcurrenceAnswer.concurrence_id == Concurrence.id)
        .where(Concurrence.voided_at.is_(None), ConcurrenceAnswer.answer.in_(AGREES))
    )
    rows = db.session.execute(query.add_columns(ConcurrenceAnswer.program_key).group_by(ConcurrenceAnswer.program_key))
    return {key: n for n, key in rows}


def _durations(since: date) -> dict[ClockKind, Spread]:
    """Those stages that enough requests have passed: one request may pass a stage more than once."""
    query = (
        select(StageClock.kind, func.count(distinct(StageClock.case_id)))
        .where(StageClock.stopped_on >= since, ~StageClock.cut_short)
        .group_by(StageClock.kind)
    )
    enough = {kind for kind, n in db.session.execute(query) if n >= FEWEST}
    return {kind: found for kind, found in stage_durations(since).items() if kind in enough}
