"""What must hold before a step, line by line, each gap with the page where it is filled."""

from typing import Final

from flask import url_for

from app.policy import Actor
from app.workflow import engine
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
    return [
        {
            "sentence": line.missing or line.condition.label,
            "state": "open" if line.missing else "held",
            "href": _page_of(line.condition.anchor, request),
        }
        for line in engine.checklist(step, engine.facts_of(request, actor))
    ]


def _page_of(anchor: str, request: Subject) -> str:
    endpoint = PAGES.get(anchor)
    return url_for(endpoint, request_id=request.case_id, _anchor=anchor) if endpoint else ""
