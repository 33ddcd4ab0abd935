"""Late is one rule, with the closures of offices: in mail, for the agency, on the dashboard and in the database."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import ColumnElement, select

from app.accounts.models import Office
from app.agency_requests.models import AgencyRequest
from app.cases.agency_home.queries import AgencyHome
from app.deadlines.business_days import DueState, due_state
from app.deadlines.clocks import ClockKind
from app.extensions import db
from app.intake.due_date_notices import remind_and_escalate
from app.notifications.models import OutboxMessage
from app.policy import Role
from app.reports.caseload import caseload
from app.reports.dashboard.cards import is_late as counts_as_late
from app.reports.dashboard.cards import is_soon as counts_as_soon
from app.workflow.clocks.due_state_queries import is_due_within, is_late
from app.workflow.clocks.targets import closed_days
from app.workflow.models import OfficeClosure, StageClock
from tests.builders import make_agency, make_office, make_person, make_request

FRIDAY, MONDAY, TUESDAY = date(2026, 3, 13), date(2026, 3, 16), date(2026, 3, 17)
DAYS = [MONDAY + timedelta(days=n) for n in range(-8, 12)]


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 3, 17, 15, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def closed_office(app: Flask) -> Office:
    """An office that is closed on this Friday, this Monday and the next one."""
    office = make_office()
    for day in (FRIDAY, MONDAY, date(2026, 3, 23)):
        db.session.add(OfficeClosure(office_id=office.id, day=day, name="Storm", added_by="Ada"))
    db.session.commit()
    return office


def due_request(due: date, **values: object) -> AgencyRequest:
    agency_request = make_request(status="information_requested", **values)
    clock = StageClock(subject_id=agency_request.id, case_id=agency_request.id, kind=ClockKind.INFORMATION_REQUEST)
    clock.started_on, clock.due = date(2026, 3, 2), due
    db.session.add(clock)
    db.session.commit()
    return agency_request


def due_dates_where(condition: Callable[..., ColumnElement[bool]]) -> set[tuple[object, date]]:
    asked = condition(StageClock.due, AgencyRequest.due_office_id, TUESDAY)
    query = select(AgencyRequest.due_office_id, StageClock.due).join(
        StageClock, StageClock.subject_id == AgencyRequest.id
    )
    return {(office, due) for office, due in db.session.execute(query.where(asked))}


def test_the_database_and_the_rule_agree_on_each_day_at_each_office(closed_office: Office) -> None:
    offices = [{}, {"office_id": make_office().id}, {"office_id": closed_office.id}]
    offices.append({"investigations_office_id": closed_office.id})
    agency = make_agency()
    requests = [(due, due_request(due, agency=agency, **values)) for values in offices for due in DAYS]
    for state, condition in ((DueState.LATE, is_late), (DueState.SOON, is_due_within)):
        by_rule = {
            (each.due_office_id, due)
            for due, each in requests
            if due_state(due, TUESDAY, closed_days(each.office_ids)) is state
        }
        assert by_rule
        assert due_dates_where(condition) == by_rule


@pytest.mark.parametrize("is_closed", [True, False])
@pytest.mark.parametrize("due", [date(2026, 3, 12), FRIDAY, MONDAY, TUESDAY, date(2026, 3, 24), date(2026, 3, 25)])
def test_mail_the_agency_s_page_and_the_dashboard_say_the_same(
    app: Flask, closed_office: Office, due: date, is_closed: bool
) -> None:
    office = closed_office if is_closed else make_office()
    late = due_request(due, office_id=office.id)
    officer = make_person(Role.AGENCY_OFFICER, agency=late.agency)
    with app.test_request_context():
        (waiting,) = AgencyHome(officer.actor).waiting
    (counted,) = caseload(make_person(Role.COORDINATOR, office=office).actor)
    state = due_state(due, TUESDAY, closed_days([office.id]))
    assert waiting.kind == state
    assert ("late" in waiting.days) == (state is DueState.LATE)
    assert (counts_as_late(counted, TUESDAY), counts_as_soon(counted, TUESDAY)) == (
        state is DueState.LATE,
        state is DueState.SOON,
    )
    remind_and_escalate()
    mailed = set(db.session.scalars(select(OutboxMessage.notice)))
    assert ("late" in mailed) == (state is DueState.LATE)
