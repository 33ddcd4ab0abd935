"""The two journeys, each one table; buttons, refusals, the diagram, the documentation and the tests come from here."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from app.workflow.journey.agreement_journey import AGREEMENT_JOURNEY, AGREEMENT_STATUSES
from app.workflow.journey.request_journey import REQUEST_JOURNEY, STATUSES
from app.workflow.journey.statuses import Machine, StatusInfo
from app.workflow.journey.steps import Step

RULES_VERSION: Final = "2026.1"  # a running case keeps the version of the rules it began with
JOURNEYS = {Machine.REQUEST: REQUEST_JOURNEY, Machine.AGREEMENT: AGREEMENT_JOURNEY}
INFOS: dict[Machine, Mapping[Any, StatusInfo]] = {Machine.REQUEST: STATUSES, Machine.AGREEMENT: AGREEMENT_STATUSES}


def find(machine: Machine, action: StrEnum, source: str | None) -> Step | None:
    """The row for this action from this status, or None when the table has none."""
    return next((step for step in JOURNEYS[machine] if step.action == action and step.source == source), None)


def status_of(machine: Machine, value: str) -> StrEnum:
    """The member that this value names among the machine's statuses."""
    return next(status for status in INFOS[machine] if status == value)


def way_on(machine: Machine, source: str | None) -> Step | None:
    """The step that leads on from this status, whoever takes it."""
    return next((step for step in steps_from(machine, source) if step.leads_on), None)


def steps_from(machine: Machine, source: str | None) -> tuple[Step, ...]:
    """Every row that leaves this status, in the table's order."""
    return tuple(step for step in JOURNEYS[machine] if step.source == source)
