"""Administrators set how many business days a clock gets, and on which days offices are closed."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Person
from app.audit import Event
from app.deadlines.clocks import TARGETS, ClockKind
from app.extensions import db
from app.policy import Role
from app.workflow.clocks import operations, targets
from app.workflow.journey.request_journey import Status
from app.workflow.models import ClockTarget, OfficeClosure
from tests.builders import make_office, make_person, make_request
from tests.checked import CheckedClient
from tests.page import Page

MONDAY = datetime(2026, 3, 2, 17, tzinfo=UTC)
TARGET = {"kind": "intake", "days": "12", "reason": "The backlog of spring"}
CLOSURE = {"day": "2026-03-04", "office": "every", "name": "Closed by a storm"}


@pytest.fixture
def administrator(app: Flask) -> Person:
    return make_person(Role.ADMINISTRATOR, name="Ada Root")


@pytest.fixture
def administering(client: CheckedClient, administrator: Person) -> CheckedClient:
    return client.sign_in(administrator)


def set_target(client: CheckedClient, **changed: str) -> Page:
    return client.get_page("/admin/clocks").submit("Change the target", TARGET | changed)


def add_closure(client: CheckedClient, **changed: str) -> Page:
    return client.get_page("/admin/closures").submit("Add the day", CLOSURE | changed)


def taken(agency_request, source: Status = Status.SUBMITTED, target: Status = Status.IN_INTAKE) -> date:
    """The due date of the clock that starts on that Monday."""
    with time_machine.travel(MONDAY, tick=False):
        operations.move_clocks(agency_request, source, target)
    db.session.flush()
    return operations.clocks_of([agency_request.id])[-1].due


def test_a_target_counts_for_clocks_that_start_from_now_on(app: Flask, administrator: Person) -> None:
    before, after = make_request(status="in_intake"), make_request(status="in_intake")
    first = taken(before)
    targets.set_target(administrator.actor, ClockKind.INTAKE, 12, "The backlog of spring", expected_version=0)
    assert (first, taken(after)) == (date(2026, 3, 16), date(2026, 3, 18))
    assert operations.clocks_of([before.id])[0].due == first
    assert targets.targets() == TARGETS | {ClockKind.INTAKE: 12}


def test_a_change_of_a_target_is_kept_with_its_reason(administering: CheckedClient, administrator: Person) -> None:
    assert set_target(administering).status_code == 200
    change = db.session.scalars(select(ClockTarget)).one()
    assert (change.kind, change.was, change.days, change.set_by) == ("intake", 10, 12, "Ada Root")
    event = db.session.scalars(select(Event)).one()
    assert (event.action, event.actor_id, event.reason) == ("target_set", administrator.id, "The backlog of spring")
    page = administering.get("/admin/clocks").get_data(as_text=True)
    assert "The backlog of spring" in page
    assert "12, was 10" in page
    assert "Not started by anything yet" in page


@pytest.mark.parametrize(
    "changed",
    [{"kind": ""}, {"days": "0"}, {"days": "401"}, {"days": "ten"}, {"reason": ""}, {"days": "10"}],
)
def test_a_target_with_a_hole_or_no_change_is_refused(administering: CheckedClient, changed: dict[str, str]) -> None:
    assert set_target(administering, **changed).status_code == 422
    assert targets.target_changes() == []


def test_a_forged_clock_gets_no_target(administering: CheckedClient) -> None:
    forged = TARGET | {"kind": "x", "expected_version": "0"}
    assert administering.craft_post("/admin/clocks", data=forged).status_code == 422
    assert targets.target_changes() == []


def test_of_two_administrators_who_set_a_target_the_second_is_told(administering: CheckedClient) -> None:
    theirs = administering.get_page("/admin/clocks")
    assert set_target(administering).status_code == 200
    second = theirs.submit("Change the target", TARGET | {"days": "15"})
    assert second.status_code == 409
    assert "The backlog of spring" in second.text
    assert targets.targets()[ClockKind.INTAKE] == 12


def test_the_public_pages_name_the_target_of_now(administering: CheckedClient) -> None:
    set_target(administering, days="77")
    assert "77 business days" in administering.get("/").get_data(as_text=True)


def test_a_closed_day_moves_the_due_date_of_its_office_only(app: Flask, administrator: Person) -> None:
    here, there = make_office(), make_office()
    targets.add_closure(administrator.actor, date(2026, 3, 4), here.id, "Closed by a storm")
    assert taken(make_request(status="in_intake", office=here)) == date(2026, 3, 17)
    assert taken(make_request(status="in_intake", office=there)) == date(2026, 3, 16)
    targets.add_closure(administrator.actor, date(2026, 3, 5), None, "Day of mourning")
    assert taken(make_request(status="in_intake", office=here)) == date(2026, 3, 18)
    assert taken(make_request(status="in_intake", office=there)) == date(2026, 3, 17)


def test_a_day_is_added_once_and_removed_and_both_are_recorded(administering: CheckedClient) -> None:
    office = make_office(name="Cascade")
    assert add_closure(administering).status_code == 200
    assert add_closure(administering).status_code == 422
    assert add_closure(administering, office=str(office.id)).status_code == 200
    page = administering.get_page("/admin/closures")
    assert "Closed by a storm" in page.text
    assert "Cascade" in page.text
    key = db.session.scalars(select(OfficeClosure.id).where(OfficeClosure.office_id.is_(None))).one()
    address = f"/admin/closures/{key}/remove"
    assert page.submit("Remove", to=address).status_code == 200
    assert administering.craft_post(address).status_code == 404  # from a page that was open before
    actions = db.session.scalars(select(Event.action).order_by(Event.id)).all()
    assert actions == ["closure_added", "closure_added", "closure_removed"]


@pytest.mark.parametrize(
    "changed",
    [{"day": ""}, {"office": ""}, {"name": ""}, {"day": "2026-11-26"}, {"day": "2026-03-07"}],
)
def test_a_day_with_a_hole_or_that_no_clock_counts_is_refused(
    administering: CheckedClient, changed: dict[str, str]
) -> None:
    assert add_closure(administering, **changed).status_code == 422
    assert targets.closures() == []


@pytest.mark.parametrize("forged", [{"day": "2026-02-30"}, {"office": "x"}])
def test_a_forged_day_or_office_is_refused(administering: CheckedClient, forged: dict[str, str]) -> None:
    assert administering.craft_post("/admin/closures", data=CLOSURE | forged).status_code == 422
    assert targets.closures() == []


@pytest.mark.parametrize("path", ["/admin/clocks", "/admin/closures"])
def test_only_administrators_set_the_calendar(client: CheckedClient, path: str) -> None:
    client.sign_in(make_person(Role.COORDINATOR))
    assert (client.get(path).status_code, client.craft_post(path, data=CLOSURE).status_code) == (403, 403)
