"""Files are inspected before a view begins: after its guard, and while no transaction holds any lock."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import text

from app.accounts.models import Agency
from app.extensions import db
from app.messages.forms import MessageForm
from app.policy import Role
from app.security import public
from app.uploads import arrival
from app.uploads.arrival import MOST_FILES, receives_files
from app.uploads.inspected_file import InspectedFile
from app.uploads.inspection import inspect
from tests.builders import make_person
from tests.checked import CheckedClient
from tests.uploads.samples import pdf

NOBODY = "00000000-0000-4000-8000-000000000000"
RECEIVING = {
    "agency_requests.attach": Role.AGENCY_OFFICER,
    "information_requests.answer": Role.AGENCY_OFFICER,
    "information_requests.save": Role.AGENCY_OFFICER,
    "messages.begin": Role.AGENCY_OFFICER,
    "messages.reply": Role.AGENCY_OFFICER,
    "meetings.record": Role.ASSESSOR,
}


@pytest.fixture
def inspections(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool]]:
    """For each inspection whether a transaction was open; it begins one of its own, as another writer would."""
    found: list[bool] = []

    def watched(name: str, content: bytes) -> InspectedFile:
        found.append(db.session().in_transaction())
        with db.engine.connect() as another:  # on SQLite a begin takes the writer's lock, or fails
            another.execute(text("SELECT 1"))
        return inspect(name, content)

    monkeypatch.setattr(arrival, "inspect", watched)
    return found


def test_every_view_that_receives_files_is_known_here(app: Flask) -> None:
    marked = {name for name, view in app.view_functions.items() if hasattr(view, "receives_files")}
    assert marked == set(RECEIVING)


@pytest.mark.parametrize("endpoint", RECEIVING)
def test_no_transaction_is_open_while_a_file_is_inspected(
    app: Flask, client: CheckedClient, inspections: list[bool], endpoint: str
) -> None:
    """Crafted: what the file is sent to does not exist, so nothing but the inspection happens."""
    client.sign_in(make_person(RECEIVING[endpoint]))
    assert client.craft_post(_address(app, endpoint), data={"files": _sent(1)}).status_code == 404
    assert inspections == [False]


@pytest.mark.parametrize("endpoint", RECEIVING)
def test_nothing_is_inspected_for_who_may_not(
    app: Flask, client: CheckedClient, inspections: list[bool], endpoint: str
) -> None:
    assert client.craft_post(_address(app, endpoint), data={"files": _sent(1)}).status_code == 401
    client.sign_in(make_person(Role.AUDITOR))
    assert client.craft_post(_address(app, endpoint), data={"files": _sent(1)}).status_code == 403
    assert inspections == []


def test_of_more_files_than_a_form_takes_none_is_inspected(
    app: Flask, client: CheckedClient, inspections: list[bool]
) -> None:
    """Crafted, as above."""
    client.sign_in(make_person(Role.AGENCY_OFFICER))
    address = _address(app, "messages.begin")
    client.craft_post(address, data={"files": _sent(MOST_FILES)})
    assert len(inspections) == MOST_FILES
    client.craft_post(address, data={"files": _sent(MOST_FILES + 1)})
    assert len(inspections) == MOST_FILES


def test_a_form_with_files_needs_a_view_that_receives_them(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"files": _sent(1)}), pytest.raises(RuntimeError, match="marked"):
        MessageForm()


def test_what_was_changed_before_files_are_inspected_is_not_lost_unseen(app: Flask) -> None:
    @public
    @receives_files
    def view() -> str:
        return "never"

    db.session.add(Agency(name="Alder"))
    with app.test_request_context(method="POST"), pytest.raises(RuntimeError, match="before anything is changed"):
        view()
    db.session.rollback()


def _address(app: Flask, endpoint: str) -> str:
    rule = next(rule for rule in app.url_map.iter_rules(endpoint) if "POST" in (rule.methods or ()))
    with app.test_request_context():
        return rule.build(dict.fromkeys(rule.arguments, NOBODY))[1]  # type: ignore[index] # such a rule builds


def _sent(count: int) -> list[tuple[BytesIO, str]]:
    return [(BytesIO(pdf()), f"plan {n}.pdf") for n in range(count)]
