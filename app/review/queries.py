"""Reads of the agency's answer and of the review that several pages share."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.agency_requests.models import AgencyRequest
from app.assessment.models import Recommendation
from app.assessment.queries import issued_recommendation
from app.extensions import db
from app.policy import Actor, Seat
from app.review.models import Capacity, CivilRightsFinding, Concurrence, Decision, Opinion
from app.workflow.refusals import RefusalKind, StepRefused


def under_review(agency_request: AgencyRequest) -> Recommendation:
    """The recommendation the review is about."""
    recommendation = issued_recommendation(agency_request.id)
    if recommendation is None:
        raise StepRefused(RefusalKind.TOO_LATE, ["There is no recommendation to review."])
    return recommendation


def concurrence_of(recommendation: Recommendation) -> Concurrence | None:
    """The agency's answer to this version, void or not."""
    return db.session.scalar(select(Concurrence).where(Concurrence.recommendation_id == recommendation.id))


def opinions_on(recommendation: Recommendation) -> list[Opinion]:
    """The opinions given on this version, in the order of the seats."""
    query = select(Opinion).where(Opinion.recommendation_id == recommendation.id)
    seats = [seat.value for seat in Seat]
    return sorted(db.session.scalars(query), key=lambda opinion: seats.index(opinion.seat))


def open_seats(recommendation: Recommendation, actor: Actor) -> frozenset[Seat]:
    """The seats that this person may still speak for: none once they spoke for one."""
    given = opinions_on(recommendation)
    spoke = any(opinion.by_id == actor.id for opinion in given)
    return frozenset() if spoke else actor.seats - {Seat(opinion.seat) for opinion in given}


def capacities_of(recommendation: Recommendation) -> dict[str, Capacity]:
    """The capacity confirmed, by program key."""
    query = select(Capacity).where(Capacity.recommendation_id == recommendation.id)
    query = query.options(selectinload(Capacity.by))
    return {capacity.program_key: capacity for capacity in db.session.scalars(query)}


def findings_of(recommendation: Recommendation) -> dict[str, CivilRightsFinding]:
    """The civil-rights findings written, by program key."""
    query = select(CivilRightsFinding).where(CivilRightsFinding.recommendation_id == recommendation.id)
    query = query.options(selectinload(CivilRightsFinding.by))
    return {finding.program_key: finding for finding in db.session.scalars(query)}


def decisions_on(recommendation: Recommendation) -> dict[str, Decision]:
    """The decisions made on this version, by program key."""
    query = select(Decision).where(Decision.recommendation_id == recommendation.id)
    return {decision.program_key: decision for decision in db.session.scalars(query)}
