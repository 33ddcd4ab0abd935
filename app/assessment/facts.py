"""What the engine's conditions are told about the assessment, the agency's answer and the review."""

from collections.abc import Collection

from sqlalchemy import exists, select

from app.agency_requests.models import AgencyRequest
from app.assessment.models import Concurrence, ConfirmedAnswer, Meeting, Recommendation
from app.assessment.queries import agency_values, concurrence_of, issued_recommendation, latest_recommendation
from app.assessment.recommendation.departures import departures
from app.assessment.recommendation.snapshot import content_hash_of, content_of, ranking_of
from app.extensions import db
from app.needs.gates import CIVIL_RIGHTS
from app.needs.questions import GROUPS, applicable
from app.needs.scoring import RankedProgram
from app.policy import SEAT_WORDS
from app.programs.catalog import CATALOG
from app.review.concurrence import AGREES, CONCUR
from app.review.decisions import DECLINE, decisions_on, no_partnership_finding
from app.review.opinions import capacities_of, findings_of, opinions_on
from app.workflow.journey.facts import AssessmentFacts, Inputs, ReviewFacts

SURVEY = tuple(
    question.key for group in GROUPS if group.asked_of == "staff" for page in group.pages for question in page.questions
)


def assessment_facts(agency_request: AgencyRequest, inputs: Inputs) -> AssessmentFacts:
    """How far the assessment and the recommendation that is being written are."""
    confirmed = set(
        db.session.scalars(select(ConfirmedAnswer.key).where(ConfirmedAnswer.request_id == agency_request.id))
    )
    has_meeting = db.session.scalar(select(exists().where(Meeting.request_id == agency_request.id)))
    recommendation = latest_recommendation(agency_request.id)
    return AssessmentFacts(
        has_meeting=bool(has_meeting),
        answers_open=len(set(open_answers(agency_request, confirmed))),
        survey_open=len([key for key in SURVEY if key not in confirmed]),
        has_no_partnership_finding=no_partnership_finding(agency_request) is not None,
        **(_recommended(recommendation) if recommendation else {}),
    )


def open_answers(agency_request: AgencyRequest, confirmed: Collection[str]) -> list[str]:
    """The agency's questions that apply and that no assessor has confirmed or corrected."""
    asked = applicable(agency_values(agency_request.id))
    return [question.key for question in asked if question.asked_of == "agency" and question.key not in confirmed]


def _recommended(recommendation: Recommendation) -> dict[str, object]:
    ranked = {str(entry.key): entry for entry in ranking_of(recommendation.request_id).entries}
    chosen = [program for program in recommendation.programs if program.program_key in ranked]
    departing = departures(list(ranked.values()), [program.program_key for program in chosen])
    planned = {item.program_key for item in recommendation.plan}

    def names(which: list[str]) -> tuple[str, ...]:
        return tuple(CATALOG.label(key) for key in which)

    def available(program_key: str) -> str:
        return ranked[program_key].availability

    return {
        "programs": tuple(program.program_key for program in chosen),
        "models_missing": names([p.program_key for p in recommendation.programs if p.program_key not in ranked]),
        "not_available": names([p.program_key for p in chosen if available(p.program_key) == "not_available"]),
        "gates_open": names(
            [
                p.program_key
                for p in chosen
                if available(p.program_key) == "needs_confirmation" and not p.confirmation.strip()
            ]
        ),
        "reasons_missing": names([p.program_key for p in chosen if not p.reason.strip()]),
        "departures_open": names(
            [p.program_key for p in chosen if p.program_key in departing and not p.departure.strip()]
        ),
        "plan_missing": names([p.program_key for p in chosen if p.program_key not in planned]),
        "content_hash": content_hash_of(content_of(recommendation)),
    }


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
