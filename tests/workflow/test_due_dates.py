"""A date is moved later, with a reason, and what it was stays on record."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask

from app import audit
from app.agency_requests.models import AgencyRequest
from app.deadlines.clocks import ClockKind as Clock
from app.deadlines.spread import FEWEST
from app.extensions import db
from app.policy import Role
from app.workflow.clocks import operations
from app.workflow.clocks.due_dates import find_clock, move_due_date
from app.workflow.journey.request_journey import Status
from app.workflow.models import StageClock
from app.workflow.refusals import RefusalKind, StepRefused
from tests.builders import make_person, make_request

MONDAY = datetime(2026, 3, 2, 17, tzinfo=UTC)
LATER, STILL_LATER = date(2026, 3, 31), date(2026, 4, 15)


@pytest.fixture
def clock(app: Flask) -> StageClock:
    agency_request = make_request(status="in_intake")
    with time_machine.travel(MONDAY, tick=False):
        operations.move_clocks(agency_request, Status.SUBMITTED, Status.IN_INTAKE)
    db.session.flush()
    return operations.clocks_of([agency_request.id])[0]


def subject_of(clock: StageClock) -> AgencyRequest:
    return db.session.get_one(AgencyRequest, clock.subject_id)


def test_scenario_25_an_extension_keeps_the_old_date_and_the_reason(clock: StageClock) -> None:
    coordinator, first = make_person(Role.COORDINATOR).actor, clock.due
    with time_machine.travel(MONDAY, tick=False):
        move_due_date(subject_of(clock), coordinator, clock, LATER, "The office moved.", expected_version=first)
        move_due_date(subject_of(clock), coordinator, clock, STILL_LATER, "It moved again.", expected_version=LATER)
    assert clock.due == STILL_LATER
    assert [(m.old_due, m.new_due, m.reason) for m in clock.moves] == [
        (first, LATER, "The office moved."),
        (LATER, STILL_LATER, "It moved again."),
    ]
    told = [event for event in audit.history(clock.case_id, [audit.Audience.BOTH]) if event.action == "extend"]
    assert [event.reason for event in told] == ["It moved again.", "The office moved."]


def test_a_date_moves_to_a_later_day_only(clock: StageClock) -> None:
    with pytest.raises(StepRefused, match="Choose a day after March 16, 2026") as refused:
        move_due_date(
            subject_of(clock), make_person(Role.ASSESSOR).actor, clock, clock.due, "No.", expected_version=clock.due
        )
    assert refused.value.kind is RefusalKind.INCOMPLETE


def test_of_two_who_move_a_date_the_second_is_told(clock: StageClock) -> None:
    with pytest.raises(StepRefused, match="Somebody moved this date") as refused:
        move_due_date(
            subject_of(clock),
            make_person(Role.ASSESSOR).actor,
            clock,
            LATER,
            "Why not.",
            expected_version=date(2026, 3, 1),
        )
    assert refused.value.kind is RefusalKind.TOO_LATE


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.COUNSEL, Role.REVIEWER])
def test_whoever_does_not_work_on_the_case_moves_no_date(clock: StageClock, role: Role) -> None:
    with pytest.raises(StepRefused) as refused:
        move_due_date(subject_of(clock), make_person(role).actor, clock, LATER, "Why not.", expected_version=clock.due)
    assert refused.value.kind is RefusalKind.NOT_YOUR_JOB


def test_a_clock_that_waits_or_has_stopped_is_not_moved(clock: StageClock) -> None:
    clock.paused_on = date(2026, 3, 3)
    with pytest.raises(StepRefused) as refused:
        find_clock(subject_of(clock), clock.id)
    assert refused.value.kind is RefusalKind.TOO_LATE


def test_the_clock_of_another_case_does_not_exist(clock: StageClock) -> None:
    with pytest.raises(StepRefused) as refused:
        find_clock(make_request(status="in_intake"), clock.id)
    assert refused.value.kind is RefusalKind.NOT_FOUND


@pytest.mark.parametrize(("target", "counts"), [(Status.IN_ASSESSMENT, True), (Status.WITHDRAWN, False)])
def test_a_stage_that_was_cut_short_says_nothing_of_what_is_usual(app: Flask, target: Status, counts: bool) -> None:
    for _ in range(FEWEST):
        agency_request = make_request(status="in_intake")
        operations.move_clocks(agency_request, Status.SUBMITTED, Status.IN_INTAKE)
        db.session.flush()
        operations.move_clocks(agency_request, Status.IN_INTAKE, target)
    db.session.flush()
    assert (operations.usual_duration(Clock.INTAKE) is not None) is counts


def test_a_stage_that_ended_counts_without_its_waiting(app: Flask) -> None:
    agency_request = make_request(status="in_intake")
    for day, source, target in (
        (2, Status.SUBMITTED, Status.IN_INTAKE),
        (4, Status.IN_INTAKE, Status.INFORMATION_REQUESTED),
        (20, Status.INFORMATION_REQUESTED, Status.IN_INTAKE),
        (24, Status.IN_INTAKE, Status.IN_ASSESSMENT),
    ):
        with time_machine.travel(MONDAY.replace(day=day), tick=False):
            operations.move_clocks(agency_request, source, target)
            db.session.flush()
    query = db.select(StageClock).where(StageClock.kind == "intake")
    assert db.session.scalars(query).one().used_days == 4  # two days before the questions, two after the answers
