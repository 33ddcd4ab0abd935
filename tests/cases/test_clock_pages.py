"""The page that moves a date, and what both sides then read."""

import pytest
from flask import Flask

from app.extensions import db
from app.policy import Role
from app.workflow import timing
from app.workflow.models import StageClock
from app.workflow.statuses import Status
from tests.builders import make_person, make_request
from tests.checked import CheckedClient


@pytest.fixture
def clock(app: Flask) -> StageClock:
    agency_request = make_request(status="in_intake")
    timing.move(agency_request, Status.SUBMITTED, Status.IN_INTAKE)
    db.session.commit()
    return timing.clocks_of([agency_request.id])[0]


def test_both_sides_read_the_new_date_and_why(client: CheckedClient, clock: StageClock) -> None:
    case, address = f"/cases/{clock.case_id}", f"/cases/{clock.case_id}/clocks/{clock.id}"
    client.sign_in(make_person(Role.COORDINATOR))
    assert address in client.get(case).text
    seen = clock.due.isoformat()
    moved = client.post(address, data={"seen_due": seen, "new_due": "2031-01-15", "reason": "The office moved."})
    assert moved.status_code == 303
    assert "January 15, 2031" in client.get(case).text
    head = make_person(Role.AGENCY_HEAD, agency=db.session.get_one(type(make_request()), clock.case_id).agency)
    page = client.sign_in(head).get(f"/requests/{clock.case_id}").text
    assert "The office moved." in page
    assert "January 15, 2031" in page


def test_an_earlier_day_keeps_what_was_typed(client: CheckedClient, clock: StageClock) -> None:
    client.sign_in(make_person(Role.COORDINATOR))
    address = f"/cases/{clock.case_id}/clocks/{clock.id}"
    page = client.post(address, data={"new_due": "2001-01-15", "reason": "A long reason that must not be lost."})
    assert page.status_code == 422
    assert "Choose a day after" in page.text
    assert "A long reason that must not be lost." in page.text


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.REVIEWER, Role.AGENCY_HEAD])
def test_others_are_not_offered_it_and_may_not(client: CheckedClient, clock: StageClock, role: Role) -> None:
    client.sign_in(make_person(role))
    assert client.get(f"/cases/{clock.case_id}/clocks/{clock.id}").status_code == 403
