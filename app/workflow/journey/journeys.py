"""The two journeys, each one table; buttons, refusals, the diagram, the documentation and the tests come from here."""

from typing import Final

from app.workflow.journey.agreement_journey import AGREEMENT_JOURNEY
from app.workflow.journey.request_journey import REQUEST_JOURNEY
from app.workflow.journey.statuses import Machine
from app.workflow.journey.steps import Action, Step

RULES_VERSION: Final = "2026.1"  # a running case keeps the version of the rules it began with
JOURNEYS = {Machine.REQUEST: REQUEST_JOURNEY, Machine.AGREEMENT: AGREEMENT_JOURNEY}


def find(machine: Machine, action: Action, source: str | None) -> Step | None:
    """The row for this action from this status, or None when the table has none."""
    return next((step for step in JOURNEYS[machine] if step.action == action and step.source == source), None)


def steps_from(machine: Machine, source: str | None) -> tuple[Step, ...]:
    """Every row that leaves this status, in the table's order."""
    return tuple(step for step in JOURNEYS[machine] if step.source == source)
