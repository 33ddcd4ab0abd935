"""The page of each step: its own where the table names one, else the generic one made from its row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import url_for
from wtforms import Field

from app.forms import ChoiceField, IsoDateField, TextField, required
from app.policy import Actor, Side
from app.workflow import engine
from app.workflow.forms import StepForm
from app.workflow.journey.facts import Inputs
from app.workflow.journey.journeys import INFOS
from app.workflow.journey.statuses import Machine
from app.workflow.journey.steps import Step, StepField
from app.workflow.registry import Subject, registry
from app.workflow.step_checklist import Line, line_of

FIELDS: Final[dict[str, type[Field]]] = {
    "reason": TextField, "note": TextField, "until": IsoDateField, "code": ChoiceField,
}  # fmt: skip


@dataclass(frozen=True)
class StepPage:
    """What the generic page shows of a step that somebody is about to take."""

    step: Step
    subject: Subject
    values: dict[str, object]  # what every notice may name: number, agency and the like
    source: str
    target: str
    lines: Sequence[Line]
    others: list[tuple[str, str]]
    home: str

    @property
    def title(self) -> str:
        """The first heading."""
        return self.step.title or self.step.button

    @property
    def in_the_way(self) -> int:
        """How many conditions do not hold that nothing typed on this page could mend."""
        return sum(line.state == "open" for line in self.lines)

    @property
    def tally(self) -> str:
        """The lines counted by their state."""
        words = {"open": "not held", "held": "held", "later": "not yet begun"}
        counts = {state: sum(line.state == state for line in self.lines) for state in words}
        return ", ".join(f"{n} {words[state]}" for state, n in counts.items() if n)


def page_of(step: Step, subject: Subject, actor: Actor) -> StepPage:
    """The generic page of a step for who may take it."""
    infos = INFOS[subject.machine]
    return StepPage(
        step=step,
        subject=subject,
        values=dict(registry().values[subject.machine](subject)),
        source=infos[subject.status].label_for(actor.side),
        target=infos[engine.target_of(step, subject)].label_for(actor.side),
        lines=_lines(step, subject, actor),
        others=step_links(
            engine.offered_steps(subject, actor), subject, actor, besides=step_address(step, subject, actor)
        ),
        home=registry().home[subject.machine](subject, actor),
    )


def _lines(step: Step, subject: Subject, actor: Actor) -> list[Line]:
    """What must hold; what is typed on the page itself is not yet begun."""
    facts = engine.facts_of(subject, actor)
    checks = {check.condition: line_of(check, subject, facts) for check in engine.checklist(step, facts)}
    return [checks.get(rule) or Line(rule.label, "later", "") for rule in step.requires]


def step_form(step: Step, **kwargs: Any) -> StepForm:
    """The form of what the step asks for, in the order of its row."""
    return type("AskedForm", (StepForm,), {ask.name: _field(ask) for ask in step.asks})(**kwargs)


def _field(ask: StepField) -> Any:
    needed = [required(ask.needed)] if ask.needed else []
    offered = {"choices": ask.choices} if ask.choices else {}
    return FIELDS[ask.name](ask.label, needed, description=ask.hint, **offered)


def inputs_of(form: StepForm, step: Step) -> Inputs:
    """What was typed, as the engine takes it."""
    return Inputs(**{ask.name: form[ask.name].data for ask in step.asks})


def step_address(step: Step, subject: Subject, actor: Actor) -> str:
    """The page on which this person takes the step."""
    key = {f"{subject.machine}_id": subject.id}
    if step.page:
        return url_for(step.page, **key)
    if subject.machine is Machine.AGREEMENT:
        return url_for("steps.agreement_step", action=step.action.value, **key)
    is_asking = step.on_behalf or actor.side is Side.AGENCY
    return url_for("steps.request_step" if is_asking else "steps.case_step", action=step.action.value, **key)


def step_links(offered: Sequence[Step], subject: Subject, actor: Actor, *, besides: str = "") -> list[tuple[str, str]]:
    """The steps offered to this person as (words, address), one for each page other than `besides`."""
    found: dict[str, str] = {}
    for step in offered:
        found.setdefault(step_address(step, subject, actor), step.button)
    return [(words, address) for address, words in found.items() if address != besides]
