"""What must hold before a step, line by line, each gap with the page where it is filled."""

from dataclasses import dataclass

from flask import url_for

from app.policy import Actor
from app.workflow import engine
from app.workflow.engine import ConditionResult
from app.workflow.journey.condition import Condition
from app.workflow.journey.facts import Facts
from app.workflow.journey.request_conditions import interests_declared, liaisons_clear
from app.workflow.journey.steps import Step
from app.workflow.registry import NOTHING_LOADED, Loaded, Subject


@dataclass(frozen=True)
class Line:
    """One line of a checklist: its sentence, whether it is held, open or later, and where a gap is filled."""

    sentence: str
    state: str
    href: str


def step_checklist(step: Step | None, subject: Subject, actor: Actor, loaded: Loaded = NOTHING_LOADED) -> list[Line]:
    """The checklist of a step, none without a step; `loaded` is what the page has read already."""
    if step is None:
        return []
    facts = engine.facts_of(subject, actor, loaded=loaded)
    return [line_of(check, subject, facts) for check in engine.checklist(step, facts)]


def line_of(check: ConditionResult, subject: Subject, facts: Facts) -> Line:
    """A checked rule as its line."""
    place = _place(check.condition, facts)
    key = {f"{subject.machine}_id": subject.id}
    href = url_for(place.endpoint, **key, _anchor=place.anchor) if place.endpoint else ""
    return Line(check.sentence, check.state, href)


def _place(condition: Condition, facts: Facts) -> Condition:
    """Where a gap is filled: a declaration by who has not declared yet, not where the liaisons are named."""
    is_own = condition is liaisons_clear and facts.actor_id in facts.intake.undeclared
    return interests_declared if is_own else condition
