"""What is keyed by a status or an action stands in the journey's tables, and nowhere a second time."""

import ast
import re
from pathlib import Path

import pytest

import app as package
from app.workflow.journey.agreement_journey import AgreementAction, AgreementStatus
from app.workflow.journey.request_journey import Action, Status

ROOT = Path(package.__file__).parent
TABLES = ROOT / "workflow" / "journey"
KEYS = {"Status", "AgreementStatus", "Action", "AgreementAction"}
STATUSES = "|".join(sorted({*Status, *AgreementStatus}))
ACTIONS = "|".join(sorted({*Action, *AgreementAction}))
LITERAL = re.compile(
    rf"""status\s*(?:==|!=|in|not in)\s*[("'][^%}}]*?\b(?:{STATUSES})\b|["'](?:{ACTIONS})["']\s+in\s+\w+"""
)


def keyed(path: Path) -> list[int]:
    """The lines of dictionaries that name a status or an action as a key."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    dicts = [node for node in ast.walk(tree) if isinstance(node, ast.Dict)]
    return [
        each.lineno
        for each in dicts
        for key in each.keys
        if isinstance(key, ast.Attribute) and isinstance(key.value, ast.Name) and key.value.id in KEYS
    ]


@pytest.mark.parametrize("path", sorted(set(ROOT.rglob("*.py")) - set(TABLES.rglob("*.py"))), ids=lambda p: p.stem)
def test_nothing_is_keyed_by_status_or_action_a_second_time(path: Path) -> None:
    assert keyed(path) == []


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_templates_name_no_status_and_no_action(path: Path) -> None:
    assert LITERAL.findall(path.read_text(encoding="utf-8")) == []
