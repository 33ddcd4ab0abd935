"""What the stages register belongs to one application: two in one process share nothing."""

import ast
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.audit import proven_by_record
from app.autosave import restoring_endpoints
from app.notifications.daily_jobs import daily_jobs
from app.workflow.journey.agreement_journey import AgreementAction
from app.workflow.journey.request_journey import Action
from app.workflow.registry import registry
from tests.conftest import SETTINGS

ROOT = Path(__file__).resolve().parents[2] / "app"
EMPTY = {"[]", "{}", "set()", "dict()", "list()", "defaultdict(list)", "defaultdict(dict)", "defaultdict(set)"}


@pytest.fixture
def other(tmp_path: Path) -> Flask:
    """A second application of this process."""
    return create_app(SETTINGS | {"SQLALCHEMY_DATABASE_URI": "sqlite://", "STORAGE_DIR": str(tmp_path)})


def test_a_second_application_registers_the_same(app: Flask, other: Flask) -> None:
    assert daily_jobs(app) == daily_jobs(other)
    assert daily_jobs(app)
    assert restoring_endpoints(app) == restoring_endpoints(other)
    assert registry(app) == registry(other)
    assert len(proven_by_record(app).files) == len(proven_by_record(other).files)


def test_what_one_registers_is_unknown_to_the_other(app: Flask, other: Flask) -> None:
    def consequence(*_: object) -> None:
        """Nothing."""

    registry(other).on(Action.TAKE, consequence)
    daily_jobs(other).append(consequence)
    restoring_endpoints(other).add("other.page")
    assert consequence not in registry(app).consequences_of(Action.TAKE)
    assert consequence not in daily_jobs(app)
    assert "other.page" not in restoring_endpoints(app)


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_holds_an_empty_collection_to_be_filled(path: Path) -> None:
    filled_later = [
        f"{path.name}:{node.lineno}"
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value and ast.unparse(node.value) in EMPTY
    ]
    assert not filled_later, f"belongs on app.extensions: {filled_later}"


def test_steps_of_one_name_in_both_journeys_have_consequences_of_their_own(other: Flask) -> None:
    def consequence(*_: object) -> None:
        """Nothing."""

    registry(other).on(AgreementAction.TAKE_BACK, consequence)
    assert AgreementAction.TAKE_BACK == Action.TAKE_BACK
    assert consequence in registry(other).consequences_of(AgreementAction.TAKE_BACK)
    assert consequence not in registry(other).consequences_of(Action.TAKE_BACK)
