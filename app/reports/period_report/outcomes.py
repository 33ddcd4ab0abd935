"""Reads the outcomes of requests: the programs asked for, recommended, agreed to and approved, and the refusals."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, and_, func, select

from app.agency_requests.access import visible_requests
from app.agency_requests.models import AgencyRequest
from app.assessment.models import Recommendation, RecommendedProgram
from app.audit import Event
from app.deadlines.business_days import day_of
from app.extensions import db
from app.needs.keys import ProgramKey
from app.policy import Actor
from app.reports.caseload import in_office, start_of_day
from app.reports.period_report.cards import FunnelWord, ReportedRefusal, RequestedProgram
from app.reports.period_report.periods import Period
from app.review.concurrence import AGREES
from app.review.decisions import APPROVE as APPROVED
from app.review.decisions import CONDITIONS
from app.review.models import Concurrence, ConcurrenceAnswer, Decision
from app.workflow.journey.request_journey import Action


def requested_programs(
    actor: Actor, office_id: uuid.UUID | None = None, period: Period | None = None
) -> list[RequestedProgram]:
    """Each program that each request asks for, is recommended, and what both sides said to it; four queries.

    With a period, of the requests received in it.
    """
    expected_version = in_office(visible_requests(actor), office_id)
    if period:
        after = start_of_day(period.last + timedelta(days=1))
        expected_version = expected_version.where(
            AgencyRequest.submitted_at >= start_of_day(period.first), AgencyRequest.submitted_at < after
        )
    asked = db.session.execute(expected_version.with_only_columns(AgencyRequest.id, AgencyRequest.wanted_programs))
    found = [RequestedProgram(case, key, FunnelWord.ASKED) for case, keys in asked for key in keys or ()]
    advised = db.session.execute(_recommended(expected_version))
    found += [
        RequestedProgram(case, str(ProgramKey.of(program, model)), FunnelWord.RECOMMENDED)
        for case, program, model in advised
    ]
    for word, query in (
        (FunnelWord.AGREED, _agreed(expected_version)),
        (FunnelWord.APPROVED, _approved(expected_version)),
    ):
        found += [RequestedProgram(case, key, word) for case, key in db.session.execute(query)]
    return found


def _latest(expected_version: Select[Any]) -> Select[*tuple[Any, ...]]:
    """The last recommendation that was sent, of each request."""
    newest = (
        select(Recommendation.request_id, func.max(Recommendation.version).label("version"))
        .where(
            Recommendation.issued_at.is_not(None),
            Recommendation.request_id.in_(expected_version.with_only_columns(AgencyRequest.id)),
        )
        .group_by(Recommendation.request_id)
        .subquery()
    )
    same = and_(Recommendation.request_id == newest.c.request_id, Recommendation.version == newest.c.version)
    return select(Recommendation.request_id).join(newest, same)


def _recommended(expected_version: Select[Any]) -> Select[*tuple[Any, ...]]:
    return _latest(expected_version).add_columns(RecommendedProgram.program, RecommendedProgram.model).join(
        RecommendedProgram, RecommendedProgram.recommendation_id == Recommendation.id
    )  # fmt: skip


def _agreed(expected_version: Select[Any]) -> Select[*tuple[Any, ...]]:
    """What the agency agreed to, and still does: a void concurrence counts no more."""
    return (
        _latest(expected_version)
        .add_columns(ConcurrenceAnswer.program_key)
        .join(Concurrence, Concurrence.recommendation_id == Recommendation.id)
        .join(ConcurrenceAnswer, ConcurrenceAnswer.concurrence_id == Concurrence.id)
        .where(Concurrence.voided_at.is_(None), ConcurrenceAnswer.answer.in_(AGREES))
    )


def _approved(expected_version: Select[Any]) -> Select[*tuple[Any, ...]]:
    return (
        _latest(expected_version)
        .add_columns(Decision.program_key)
        .join(Decision, Decision.recommendation_id == Recommendation.id)
        .where(Decision.outcome.in_([APPROVED, CONDITIONS]))
    )


def reported_refusals(actor: Actor, office_id: uuid.UUID | None = None) -> Sequence[ReportedRefusal]:
    """Every decline with its reason from the list, and every withdrawal; one query."""
    expected_version = in_office(visible_requests(actor), office_id).with_only_columns(AgencyRequest.id)
    query = select(Event.chain, Event.at, Event.action, Event.details).where(
        Event.chain.in_(expected_version),
        Event.action.in_([Action.DECLINE.value, Action.WITHDRAW.value]),
        Event.to_status != "",
    )
    rows = db.session.execute(query.order_by(Event.chain, Event.seq))
    return [
        ReportedRefusal(case, day_of(at), action, (details or {}).get("code", "")) for case, at, action, details in rows
    ]
