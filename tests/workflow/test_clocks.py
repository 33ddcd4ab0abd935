"""A stage's clock stands still while the agency answers, and the next stage's starts when the status moves on."""

from datetime import UTC, date, datetime

import time_machine
from flask import Flask

from app.agency_requests.models import AgencyRequest
from app.deadlines.business_days import add_business_days
from app.extensions import db
from app.workflow.clocks import operations
from app.workflow.journey.request_journey import Status
from app.workflow.models import StageClock
from tests.builders import make_request

MONDAY = datetime(2026, 3, 2, 17, tzinfo=UTC)
WEDNESDAY, FRIDAY = MONDAY.replace(day=4), MONDAY.replace(day=6)


def move(
    agency_request: AgencyRequest, source: Status, target: Status, moment: datetime, **rest: date
) -> list[StageClock]:
    """Moves the clocks at that moment; gives those that have not stopped."""
    with time_machine.travel(moment, tick=False):
        operations.move_clocks(agency_request, source, target, **rest)
    db.session.flush()
    return list(operations.clocks_of([agency_request.id]))


def test_a_new_stage_stops_the_old_clock_and_starts_its_own(app: Flask) -> None:
    agency_request = make_request(status="in_intake")
    move(agency_request, Status.DRAFT, Status.SUBMITTED, MONDAY)
    (clock,) = move(agency_request, Status.SUBMITTED, Status.IN_INTAKE, WEDNESDAY)
    assert (clock.kind, clock.started_on, clock.due) == ("intake", date(2026, 3, 4), date(2026, 3, 18))


def test_the_clock_waits_for_the_agency_and_then_has_the_days_it_had(app: Flask) -> None:
    agency_request = make_request(status="in_intake")
    move(agency_request, Status.SUBMITTED, Status.IN_INTAKE, MONDAY)
    asked = move(agency_request, Status.IN_INTAKE, Status.INFORMATION_REQUESTED, WEDNESDAY, due=date(2026, 3, 11))
    assert [(clock.kind, clock.paused_on) for clock in asked] == [
        ("intake", date(2026, 3, 4)),
        ("information_request", None),
    ]
    (clock,) = move(agency_request, Status.INFORMATION_REQUESTED, Status.IN_INTAKE, FRIDAY)
    assert (clock.kind, clock.paused_on, clock.due) == ("intake", None, date(2026, 3, 18))


def test_a_closed_request_has_no_running_clock(app: Flask) -> None:
    agency_request = make_request(status="withdrawn")
    move(agency_request, Status.SUBMITTED, Status.IN_INTAKE, MONDAY)
    move(agency_request, Status.IN_INTAKE, Status.INFORMATION_REQUESTED, WEDNESDAY)
    assert move(agency_request, Status.INFORMATION_REQUESTED, Status.WITHDRAWN, FRIDAY) == []


def test_scenario_25_the_assessment_waits_while_the_agency_decides_and_then_goes_on(
    app: Flask,
) -> None:
    agency_request = make_request(status="in_assessment")
    (begun,) = move(agency_request, Status.IN_INTAKE, Status.IN_ASSESSMENT, MONDAY)
    due = begun.due
    shown = move(agency_request, Status.IN_ASSESSMENT, Status.AWAITING_CONCURRENCE, WEDNESDAY)
    assert [(clock.kind, clock.paused_on) for clock in shown] == [
        ("assessment", date(2026, 3, 4)),
        ("concurrence", None),
    ]
    (clock,) = move(agency_request, Status.AWAITING_CONCURRENCE, Status.IN_ASSESSMENT, FRIDAY)
    assert (clock.id, clock.paused_on, clock.used_days) == (begun.id, None, 2)
    assert clock.due == add_business_days(due, 2)


def test_the_assessment_that_the_agency_agrees_to_took_only_the_days_it_ran(app: Flask) -> None:
    agency_request = make_request(status="in_assessment")
    (begun,) = move(agency_request, Status.IN_INTAKE, Status.IN_ASSESSMENT, MONDAY)
    move(agency_request, Status.IN_ASSESSMENT, Status.AWAITING_CONCURRENCE, WEDNESDAY)
    (review,) = move(agency_request, Status.AWAITING_CONCURRENCE, Status.IN_REVIEW, FRIDAY)
    assert review.kind == "review"
    assert (begun.stopped_on, begun.used_days) == (date(2026, 3, 6), 2)
