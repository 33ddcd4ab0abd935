"""What must hold before a step, line by line, each gap with the page where it is filled."""

from typing import Final

from flask import url_for

from app.policy import Actor
from app.workflow import engine
from app.workflow.journey.condition import Condition
from app.workflow.journey.conditions import interests_declared, liaisons_clear
from app.workflow.journey.facts import Facts
from app.workflow.journey.steps import Step
from app.workflow.stages import Subject

PAGES: Final = {  # by the anchor that a condition names
    "interests": "triage.declaration",
    "people": "staffing.people",
    "checklist": "triage.intake",
    "routing": "triage.intake",
    "liaisons": "triage.intake",
    "meetings": "meetings.meetings",
    "worksheet": "assessment.worksheet",
    "survey": "assessment.survey",
    "recommendation": "assessment.recommendation",
    "plan": "assessment.plan",
    "decision": "review.review",
    "concurrence": "review.review",
    "agreements": "agreements.drafting",
}


def guards(step: Step | None, request: Subject, actor: Actor) -> list[dict[str, str]]:
    """The lines of a request's checklist: sentence, state (open or held) and address; none without a step."""
    if step is None:
        return []
    facts = engine.facts_of(request, actor)
    return [
        {
            "sentence": line.missing or line.condition.label,
            "state": "open" if line.missing else "held",
            "href": _page_of(_anchor(line.condition, facts), request),
        }
        for line in engine.checklist(step, facts)
    ]


def _anchor(condition: Condition, facts: Facts) -> str:
    """Where a gap is filled: a declaration by who has not declared yet, not where the liaisons are named."""
    is_own = condition is liaisons_clear and facts.actor_id in facts.intake.undeclared
    return interests_declared.anchor if is_own else condition.anchor


def _page_of(anchor: str, request: Subject) -> str:
    endpoint = PAGES.get(anchor)
    return url_for(endpoint, request_id=request.case_id, _anchor=anchor) if endpoint else ""
