"""What the engine's conditions are told about the assessment, the agency's answer and the review."""

from collections.abc import Collection

from sqlalchemy import exists, select

from app.agency_requests.models import AgencyRequest
from app.assessment.models import ConfirmedAnswer, Meeting, Recommendation
from app.assessment.queries import agency_values, latest_recommendation, no_partnership_finding
from app.assessment.recommendation.departures import departures
from app.assessment.recommendation.snapshot import content_hash_of, content_of, ranking_of
from app.extensions import db
from app.needs.questions import GROUPS, applicable
from app.programs.catalog import CATALOG
from app.workflow.journey.facts import AssessmentFacts, Inputs

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
