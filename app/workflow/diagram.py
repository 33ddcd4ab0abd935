"""The journeys derived from the tables: JSON for programs, Mermaid for people."""

from typing import Any

from app.policy import ROLE_WORDS
from app.workflow.journey.journeys import JOURNEYS
from app.workflow.journey.statuses import Machine
from app.workflow.journey.steps import Step


def as_json() -> list[dict[str, Any]]:
    """One entry an edge: machine, action, from (null for start), to, roles, guards (the names of its conditions)."""
    return [
        {
            "machine": machine.value,
            "action": step.action.value,
            "from": str(step.source) if step.source is not None else None,
            "to": str(step.target),
            "roles": [role.value for role in step.roles],
            "guards": [condition.name for condition in step.requires],
        }
        for machine, table in JOURNEYS.items()
        for step in table
    ]


def as_mermaid(machine: Machine) -> str:
    """A state diagram; edges between the same two statuses share a line."""
    edges: dict[tuple[str, str], list[str]] = {}
    for step in JOURNEYS[machine]:
        for target in _targets(machine, step):
            edges.setdefault((str(step.source or "[*]"), target), []).append(_label(step))
    lines = [f"    {source} --> {target}: {', '.join(labels)}" for (source, target), labels in edges.items()]
    return "\n".join(["stateDiagram-v2", *lines])


def _label(step: Step) -> str:
    roles = " or ".join(ROLE_WORDS[role].lower() for role in step.roles)
    return f"{step.action.value.replace('_', ' ')} ({roles})"


def _targets(machine: Machine, step: Step) -> list[str]:
    if step.target != "previous":
        return [str(step.target)]
    return [str(other.source) for other in JOURNEYS[machine] if other.target == step.source]
