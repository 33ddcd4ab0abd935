"""A deferred request rings: for both sides a week before, on its day for who takes it up; once for each date."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Person
from app.agency_requests.assignment_models import ConflictDeclaration
from app.agency_requests.models import AgencyRequest
from app.cases.queue.queries import queue_counts
from app.extensions import db
from app.intake.deferral_notices import announce_next_looks
from app.notifications.daily_jobs import daily_jobs
from app.notifications.models import OutboxMessage
from app.policy import Role
from tests.builders import make_person, make_request

LOOK = date(2026, 4, 20)


@pytest.fixture
def coordinator(app: Flask) -> Person:
    return make_person(Role.COORDINATOR)


@pytest.fixture
def official(app: Flask) -> Person:
    return make_person((Role.APPROVING_OFFICIAL, "287g"))


@pytest.fixture
def deferred(coordinator: Person, official: Person) -> AgencyRequest:
    agency_request = make_request(status="deferred", coordinator_id=coordinator.id, deferred_until=LOOK)
    db.session.add(ConflictDeclaration(request_id=agency_request.id, person_id=coordinator.id, has_conflict=False))
    db.session.commit()
    return agency_request


@pytest.fixture
def at() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 4, 1, 15, tzinfo=UTC), tick=False) as traveler:
        yield traveler


def on(at: time_machine.Traveller, day: date) -> None:
    at.move_to(datetime(day.year, day.month, day.day, 15, tzinfo=UTC))


def told(notice: str) -> set[str]:
    return set(db.session.scalars(select(OutboxMessage.address).where(OutboxMessage.notice == notice)))


def test_both_sides_hear_a_week_before_and_staff_on_the_day(
    deferred: AgencyRequest, coordinator: Person, official: Person, at: time_machine.Traveller
) -> None:
    officer = db.session.get_one(Person, deferred.created_by_id)
    on(at, date(2026, 4, 12))
    assert announce_next_looks() == (0, 0)
    on(at, date(2026, 4, 13))
    assert announce_next_looks() == (1, 0)
    assert told("look_soon") == {officer.email, coordinator.email, official.email}
    assert announce_next_looks() == (0, 0)
    on(at, LOOK)
    assert announce_next_looks() == (0, 1)
    assert told("look_now") == {coordinator.email, official.email}
    on(at, date(2026, 4, 24))
    assert announce_next_looks() == (0, 0)


def test_a_new_date_rings_anew(deferred: AgencyRequest, at: time_machine.Traveller) -> None:
    on(at, LOOK)
    assert announce_next_looks() == (0, 1)
    deferred.deferred_until = date(2026, 5, 4)
    db.session.commit()
    assert announce_next_looks() == (0, 0)
    on(at, date(2026, 5, 4))
    assert announce_next_looks() == (0, 1)


def test_a_request_that_was_taken_up_again_does_not_ring(deferred: AgencyRequest, at: time_machine.Traveller) -> None:
    deferred.status = "withdrawn"
    db.session.commit()
    on(at, LOOK)
    assert announce_next_looks() == (0, 0)


def test_the_queue_asks_from_the_day_on(
    deferred: AgencyRequest, coordinator: Person, official: Person, at: time_machine.Traveller
) -> None:
    for day, expected in ((date(2026, 4, 19), 0), (LOOK, 1), (date(2026, 5, 1), 1)):
        on(at, day)
        assert [queue_counts(person.actor).mine for person in (coordinator, official)] == [expected] * 2


def test_it_is_one_of_the_errands_of_the_day(app: Flask) -> None:
    assert announce_next_looks in daily_jobs()
