"""A date that comes near is told to its side, one that passed to both: once each, and nothing closes by itself."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Person
from app.agency_requests.models import AgencyRequest
from app.extensions import db
from app.intake.due_date_notices import remind_and_escalate
from app.notifications.daily_jobs import daily_jobs
from app.notifications.models import OutboxMessage
from app.policy import Role
from app.workflow.clocks.due_dates import move_due_date
from app.workflow.models import StageClock
from tests.builders import make_person, make_request

FRIDAY, MONDAY, TUESDAY = date(2026, 3, 13), date(2026, 3, 16), date(2026, 3, 17)


@pytest.fixture
def asked(app: Flask) -> AgencyRequest:
    """A request that waits for the agency's answers until Monday."""
    agency_request = make_request(status="information_requested", coordinator_id=make_person(Role.COORDINATOR).id)
    clock = StageClock(subject_id=agency_request.id, case_id=agency_request.id, kind="information_request")
    clock.started_on, clock.due = date(2026, 3, 2), MONDAY
    db.session.add(clock)
    db.session.commit()
    return agency_request


@pytest.fixture
def at() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 3, 13, 15, tzinfo=UTC), tick=False) as traveler:
        yield traveler


def mails(notice: str) -> list[str]:
    return list(db.session.scalars(select(OutboxMessage.address).where(OutboxMessage.notice == notice)))


def test_the_side_is_reminded_once_on_the_business_day_before(asked: AgencyRequest, at) -> None:  # type: ignore[no-untyped-def] # a traveler
    remind_and_escalate()
    remind_and_escalate()
    assert len(mails("due_soon")) == 1
    assert mails("late") == []


def test_scenario_26_a_date_that_passed_is_told_once_to_both_sides(asked: AgencyRequest, at) -> None:  # type: ignore[no-untyped-def] # a traveler
    at.move_to(datetime(2026, 3, 17, 15, tzinfo=UTC))
    assert remind_and_escalate() == (0, 1)
    assert remind_and_escalate() == (0, 0)
    officer = db.session.get_one(Person, asked.created_by_id).email
    coordinator = asked.coordinator.email if asked.coordinator else ""
    assert sorted(mails("late")) == sorted([officer, coordinator])


def test_scenario_11_nothing_locks_when_a_date_passes(asked: AgencyRequest, at) -> None:  # type: ignore[no-untyped-def] # a traveler
    at.move_to(datetime(2026, 3, 30, 15, tzinfo=UTC))
    remind_and_escalate()
    db.session.refresh(asked)
    assert asked.status == "information_requested"
    clock = db.session.scalars(select(StageClock)).one()
    assert (clock.due, clock.stopped_on) == (MONDAY, None)


def test_after_an_extension_that_passes_again_it_is_told_again(asked: AgencyRequest, at) -> None:  # type: ignore[no-untyped-def] # a traveler
    at.move_to(datetime(2026, 3, 17, 15, tzinfo=UTC))
    remind_and_escalate()
    clock = db.session.scalars(select(StageClock)).one()
    actor = make_person(Role.COORDINATOR).actor
    move_due_date(asked, actor, clock, date(2026, 3, 20), "They need a week.", expected_version=clock.due)
    db.session.commit()
    at.move_to(datetime(2026, 3, 24, 15, tzinfo=UTC))
    assert remind_and_escalate() == (0, 1)
    assert len(mails("late")) == 4


def test_a_clock_that_stands_still_is_late_for_nobody(asked: AgencyRequest, at) -> None:  # type: ignore[no-untyped-def] # a traveler
    db.session.scalars(select(StageClock)).one().paused_on = FRIDAY
    db.session.commit()
    at.move_to(datetime(2026, 3, 30, 15, tzinfo=UTC))
    assert remind_and_escalate() == (0, 0)


def test_the_day_s_errands_include_it(app: Flask) -> None:
    assert remind_and_escalate in daily_jobs()
