"""The page that moves a date, and what both sides then read."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.extensions import db
from app.intake.models import InformationRequest
from app.notifications.models import OutboxMessage
from app.policy import Role
from app.workflow.clocks import operations
from app.workflow.clocks.targets import add_closure
from app.workflow.journey.request_journey import Status
from app.workflow.models import StageClock
from tests.builders import make_office, make_person, make_request
from tests.checked import CheckedClient


@pytest.fixture
def clock(app: Flask) -> StageClock:
    agency_request = make_request(status="in_intake")
    operations.move_clocks(agency_request, Status.SUBMITTED, Status.IN_INTAKE)
    db.session.commit()
    return operations.clocks_of([agency_request.id])[0]


def test_both_sides_read_the_new_date_and_why(client: CheckedClient, clock: StageClock) -> None:
    case, address = f"/cases/{clock.case_id}", f"/cases/{clock.case_id}/clocks/{clock.id}"
    client.sign_in(make_person(Role.COORDINATOR))
    assert address in client.get(case).text
    moved = client.get_page(address).submit("Move the date", {"new_due": "2031-01-15", "reason": "The office moved."})
    assert moved.status_code == 200
    assert "January 15, 2031" in client.get(case).text
    head = make_person(Role.AGENCY_HEAD, agency=db.session.get_one(type(make_request()), clock.case_id).agency)
    page = client.sign_in(head).get(f"/requests/{clock.case_id}").text
    assert "The office moved." in page
    assert "January 15, 2031" in page


def test_questions_asked_of_the_agency_move_with_their_clock(client: CheckedClient, app: Flask) -> None:
    agency_request = make_request(status="information_requested")
    operations.move_clocks(agency_request, Status.IN_INTAKE, Status.INFORMATION_REQUESTED, due=date(2031, 1, 2))
    asked = InformationRequest(
        request_id=agency_request.id, asked_by_id=make_person(Role.COORDINATOR).id, due=date(2031, 1, 2)
    )
    db.session.add(asked)
    db.session.commit()
    (clock,) = operations.clocks_of([agency_request.id])
    client.sign_in(make_person(Role.COORDINATOR))
    page = client.get_page(f"/cases/{agency_request.id}/clocks/{clock.id}")
    assert page.submit("Move the date", new_due="2031-02-03", reason="They asked for it.").status_code == 200
    db.session.refresh(asked)
    assert asked.due == date(2031, 2, 3)
    mail = db.session.scalars(select(OutboxMessage).where(OutboxMessage.notice == "date_moved")).one()
    assert "February 3, 2031" in mail.body


def test_an_earlier_day_keeps_what_was_typed(client: CheckedClient, clock: StageClock) -> None:
    client.sign_in(make_person(Role.COORDINATOR))
    address = f"/cases/{clock.case_id}/clocks/{clock.id}"
    page = client.get_page(address).submit(
        "Move the date", {"new_due": "2001-01-15", "reason": "A long reason that must not be lost."}
    )
    assert page.status_code == 422
    assert "Choose a day after" in page.text
    assert "A long reason that must not be lost." in page.text


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.REVIEWER, Role.AGENCY_HEAD])
def test_others_are_not_offered_it_and_may_not(client: CheckedClient, clock: StageClock, role: Role) -> None:
    client.sign_in(make_person(role))
    assert client.get(f"/cases/{clock.case_id}/clocks/{clock.id}").status_code == 403


def test_a_day_on_which_the_office_is_closed_is_no_day_left_on_any_page(client: CheckedClient) -> None:
    office, coordinator = make_office(), make_person(Role.COORDINATOR)
    agency_request = make_request(status="information_requested", office_id=office.id)
    officer = make_person(Role.AGENCY_OFFICER, agency=agency_request.agency)
    with time_machine.travel(datetime(2027, 3, 1, 15, tzinfo=UTC), tick=False):
        operations.move_clocks(agency_request, Status.IN_INTAKE, Status.INFORMATION_REQUESTED, due=date(2027, 3, 5))
        db.session.commit()
        pages = (
            (coordinator, f"/cases/{agency_request.id}"), (coordinator, "/queue?view=all"), (officer, "/home"),
            (officer, f"/requests/{agency_request.id}"),
        )  # fmt: skip
        for days in (4, 3):
            for person, path in pages:
                assert f"{days} business days left" in client.sign_in(person).get(path).text, path
            add_closure(coordinator.actor, date(2027, 3, 3), office.id, "Flood")
            db.session.commit()
