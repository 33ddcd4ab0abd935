"""What the engine's conditions are told about the agency's answer and the review."""

import uuid

from sqlalchemy import select

from app.agency_requests.models import AgencyRequest
from app.assessment.models import Recommendation
from app.assessment.queries import issued_recommendation
from app.assessment.recommendation.snapshot import content_hash_of, content_of, ranking_of
from app.extensions import db
from app.needs.gates import CIVIL_RIGHTS
from app.needs.scoring import RankedProgram
from app.policy import SEAT_WORDS
from app.programs.catalog import CATALOG
from app.review.concurrence import AGREES, CONCUR
from app.review.decisions import DECLINE
from app.review.models import Concurrence, Decision
from app.review.queries import capacities_of, concurrence_of, decisions_on, findings_of, opinions_on
from app.workflow.journey.facts import Inputs, ReviewFacts


def review_facts(agency_request: AgencyRequest, inputs: Inputs) -> ReviewFacts:
    """The agency's answer to the last recommendation issued, and what the review has gathered."""
    recommendation = issued_recommendation(agency_request.id)
    if recommendation is None:
        return ReviewFacts()
    answered = concurrence_of(recommendation)
    given = {answer.program_key: answer for answer in answered.answers} if answered else {}
    keys = [program.program_key for program in recommendation.programs]
    concurred = tuple(key for key in keys if key in given and given[key].answer in AGREES)
    given_opinions = opinions_on(recommendation)
    seats = {opinion.seat for opinion in given_opinions}
    decided = {key: decision.outcome for key, decision in decisions_on(recommendation).items()}
    capacities, findings = capacities_of(recommendation), findings_of(recommendation)
    return ReviewFacts(
        answers_missing=tuple(CATALOG.label(key) for key in keys if key not in given),
        comments_missing=tuple(
            CATALOG.label(key)
            for key, answer in given.items()
            if answer.answer != CONCUR and not answer.comment.strip()
        ),
        concurred=concurred,
        concurrence_current=is_current(answered, recommendation),
        opinions_given=len(given_opinions),
        seats_missing=tuple(words for seat, words in SEAT_WORDS.items() if seat not in seats),
        capacity_missing=tuple(key for key in concurred if key not in capacities),
        findings_missing=tuple(key for key in needs_finding(recommendation) if key not in findings),
        decided=decided,
        approved=tuple(key for key, outcome in decided.items() if outcome != DECLINE),
    )


def is_current(answered: Concurrence | None, recommendation: Recommendation) -> bool:
    """Whether the concurrence stands: not voided, and what it was given to is still what there is."""
    return bool(
        answered
        and answered.voided_at is None
        and answered.content_hash == recommendation.content_hash == content_hash_of(content_of(recommendation))
    )


def needs_finding(recommendation: Recommendation) -> list[str]:
    """The recommended programs whose civil-rights gate did not pass, so that a reviewer writes a finding."""
    ranked: dict[str, RankedProgram] = {
        str(entry.key): entry for entry in ranking_of(recommendation.request_id).entries
    }
    return [
        program.program_key
        for program in recommendation.programs
        if program.program_key in ranked
        and any(gate.key == CIVIL_RIGHTS and gate.result != "pass" for gate in ranked[program.program_key].gates)
    ]


def approved_programs(request_id: uuid.UUID) -> tuple[str, ...]:
    """The program keys approved of the last recommendation issued, in one statement."""
    last = (
        select(Recommendation.id)
        .where(Recommendation.request_id == request_id, Recommendation.issued_at.is_not(None))
        .order_by(Recommendation.version.desc())
        .limit(1)
    )
    query = select(Decision.program_key).where(
        Decision.recommendation_id == last.scalar_subquery(), Decision.outcome != DECLINE
    )
    return tuple(db.session.scalars(query.order_by(Decision.at, Decision.id)))
