"""Staff recommend programs and a plan of action; issuing a recommendation fixes its content and its content hash."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app import audit
from app.agency_requests.models import AgencyRequest
from app.assessment.content_changes import content_changed
from app.assessment.models import PlanItem, Recommendation, RecommendedProgram
from app.assessment.queries import latest_recommendation
from app.assessment.recommendation.snapshot import content_hash_of, content_of
from app.assessment.worksheet.operations import refuse_unless_workable
from app.extensions import db, now
from app.policy import Actor, Permission
from app.workflow import engine
from app.workflow.journey.request_journey import Action, Status


@dataclass(frozen=True)
class ProgramChoice:
    """One program the assessor recommends, in the order of recommendation."""

    program: str
    model: str = ""
    reason: str = ""
    departure: str = ""
    confirmation: str = ""
    agency_takes_on: str = ""
    ice_takes_on: str = ""


@dataclass(frozen=True)
class PlanLine:
    """One line of the plan of action."""

    program: str
    model: str
    objective: str
    measure: str
    unit: str
    baseline: str
    target: str
    owner: str
    due: date


def open_recommendation(agency_request: AgencyRequest) -> Recommendation:
    """The version being written: a new one, with the last one's content, after one was issued and came back."""
    last = latest_recommendation(agency_request.id)
    if last is not None and (last.issued_at is None or agency_request.status != Status.IN_ASSESSMENT):
        return last
    fresh = Recommendation(request_id=agency_request.id, version=last.version + 1 if last else 1)
    if last is not None:
        fresh.summary = last.summary
        fresh.programs = [RecommendedProgram(**_copied(program)) for program in last.programs]
        fresh.plan = [PlanItem(**_copied(item)) for item in last.plan]
    db.session.add(fresh)
    db.session.flush()  # its key is what programs and plan refer to
    return fresh


def _copied(row: RecommendedProgram | PlanItem) -> dict[str, object]:
    return {
        column.key: getattr(row, column.key)
        for column in type(row).__table__.columns
        if column.key not in {"id", "recommendation_id"}
    }


def choose_programs(
    agency_request: AgencyRequest, actor: Actor, choices: Sequence[ProgramChoice], summary: str
) -> Recommendation:
    """Writes which programs are recommended, in this order, each with its reason; replaces the choice before."""
    refuse_unless_workable(agency_request, actor)
    recommendation = open_recommendation(agency_request)
    recommendation.summary = summary
    recommendation.programs.clear()
    db.session.flush()  # the old rows go before new ones of the same program come
    recommendation.programs = [
        RecommendedProgram(place=place, **vars(choice)) for place, choice in enumerate(choices, start=1)
    ]
    _record(
        agency_request, actor, "edited the recommendation", [program.program_key for program in recommendation.programs]
    )
    content_changed(agency_request, actor)
    return recommendation


def write_plan(agency_request: AgencyRequest, actor: Actor, lines: Sequence[PlanLine]) -> Recommendation:
    """Writes the plan of action; replaces the one before."""
    refuse_unless_workable(agency_request, actor)
    recommendation = open_recommendation(agency_request)
    recommendation.plan = [PlanItem(position=position, **vars(line)) for position, line in enumerate(lines, start=1)]
    _record(agency_request, actor, "edited the plan of action", [line.objective for line in lines])
    content_changed(agency_request, actor)
    return recommendation


def issue_recommendation(agency_request: AgencyRequest, actor: Actor, *, expected_version: int) -> Recommendation:
    """Sends the recommendation to the agency: its content is fixed, with its content hash, before the step is taken."""
    engine.check_step(Action.RECOMMEND, agency_request, actor, expected_version=expected_version)
    recommendation = open_recommendation(agency_request)
    recommendation.content = content_of(recommendation)
    recommendation.content_hash = content_hash_of(recommendation.content)
    recommendation.ranking = recommendation.content["ranking"]
    recommendation.catalogue_version = recommendation.ranking["catalogue_version"]
    recommendation.issued_at, recommendation.issued_by_id = now(), actor.id
    agency_request.assessor_id = agency_request.assessor_id or actor.id
    engine.take_step(
        Action.RECOMMEND,
        agency_request,
        actor,
        expected_version=expected_version,
        details={"content_hash": recommendation.content_hash, "version": recommendation.version},
    )
    return recommendation


def _record(agency_request: AgencyRequest, actor: Actor, sentence: str, listed: Sequence[str]) -> None:
    audit.record(
        "edit_recommendation",
        actor,
        case_id=agency_request.id,
        subject=("request", agency_request.id),
        role=actor.role_for(Permission.ASSESSMENT_WORK),
        sentence=sentence,
        details={"lines": list(listed)},
        audience=audit.Audience.STAFF,
    )
