"""The exact content of a recommendation: what is shown, what its content hash covers, what changed since."""

import hashlib
import json
import uuid
from typing import Any

from app.assessment.models import PlanItem, Recommendation, RecommendedProgram
from app.assessment.queries import assessed_values
from app.needs.answers import check_all
from app.needs.questions import QUESTIONS
from app.needs.scoring import Ranking, rank
from app.programs.catalog import CATALOG

Content = dict[str, Any]


def ranking_of(request_id: uuid.UUID) -> Ranking:
    """The computed order from the assessed values of today."""
    return rank(check_all(_known(assessed_values(request_id))), CATALOG.scores)


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key in QUESTIONS and value is not None}


def content_of(recommendation: Recommendation) -> Content:
    """Everything the agency is shown and decides on, as it stands now: values, order, programs with reasons, plan."""
    return {
        "version": recommendation.version,
        "summary": recommendation.summary,
        "values": _known(assessed_values(recommendation.request_id)),
        "ranking": ranking_of(recommendation.request_id).as_json(),
        "programs": [_program(program) for program in recommendation.programs],
        "plan": [_plan_line(item) for item in recommendation.plan],
    }


def _program(program: RecommendedProgram) -> Content:
    return {
        "program_key": program.program_key,
        "place": program.place,
        "reason": program.reason,
        "departure": program.departure,
        "confirmation": program.confirmation,
        "agency_takes_on": program.agency_takes_on,
        "ice_takes_on": program.ice_takes_on,
    }


def _plan_line(item: PlanItem) -> Content:
    return {
        "program_key": item.program_key,
        "objective": item.objective,
        "measure": item.measure,
        "unit": item.unit,
        "baseline": item.baseline,
        "target": item.target,
        "owner": item.owner,
        "due": item.due.isoformat(),
    }


def content_hash_of(content: Content) -> str:
    """SHA-256 over the canonical JSON."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def content_changes(was: Content, now: Content) -> list[dict[str, str]]:
    """What differs, in words: label, was, now. Changed answers first, then programs, then the plan."""
    found = [
        {
            "label": QUESTIONS[key].text,
            "was": QUESTIONS[key].words(was["values"].get(key)),
            "now": QUESTIONS[key].words(now["values"].get(key)),
        }
        for key in QUESTIONS
        if was["values"].get(key) != now["values"].get(key)
    ]
    for part, label in (("summary", "Summary"), ("programs", "Recommended programs"), ("plan", "Plan of action")):
        if was[part] != now[part]:
            found.append({"label": label, "was": "As you were shown", "now": "Edited since"})
    return found
