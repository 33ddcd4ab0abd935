"""Clocks that wait while the other side is to act."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.deadlines import clocks
from app.deadlines.business_days import (
    add_business_days,
    business_days_between,
    days_left_words,
    is_business_day,
    last_business_day_before,
    next_business_day,
)
from app.deadlines.clocks import ClockKind, ClockState

DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))
MONDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 20)
STORM = date(2026, 11, 17)  # a Tuesday
CLOSED = st.frozensets(st.dates(date(2000, 1, 1), date(2052, 12, 31)), max_size=60)


def test_the_day_something_begins_does_not_count():
    assert clocks.due(MONDAY, 1) == date(2026, 11, 17)


def test_five_business_days_over_thanksgiving_take_eight_days():
    assert clocks.due(FRIDAY, 5) == date(2026, 11, 30)


def test_every_kind_of_clock_has_a_target():
    assert set(clocks.TARGETS) == set(ClockKind)


def test_a_clock_starts_with_the_target_of_its_kind():
    assert clocks.start(ClockKind.ACKNOWLEDGE, MONDAY).due == date(2026, 11, 23)


def test_waiting_moves_the_due_date_by_the_business_days_it_took():
    clock = clocks.start(ClockKind.ACKNOWLEDGE, MONDAY)
    waited = clocks.resume(clocks.pause(clock, date(2026, 11, 17)), date(2026, 11, 20))
    assert waited.due == date(2026, 11, 27)  # three days later, over Thanksgiving
    assert waited.paused_since is None


def test_waiting_over_a_weekend_moves_nothing():
    clock = clocks.start(ClockKind.INTAKE, MONDAY)
    assert clocks.resume(clocks.pause(clock, FRIDAY), date(2026, 11, 22)).due == clock.due


def test_a_clock_that_waits_is_not_paused_twice_and_a_running_one_not_resumed():
    clock = clocks.start(ClockKind.INTAKE, MONDAY)
    waiting = clocks.pause(clock, FRIDAY)
    assert clocks.pause(waiting, date(2026, 11, 30)) == waiting
    assert clocks.resume(clock, FRIDAY) == clock


def test_a_clock_cannot_be_turned_back():
    clock = clocks.start(ClockKind.INTAKE, FRIDAY)
    with pytest.raises(ValueError, match="turned back"):
        clocks.pause(clock, MONDAY)
    with pytest.raises(ValueError, match="turned back"):
        clocks.resume(clocks.pause(clock, FRIDAY), MONDAY)


def test_a_clock_that_waits_becomes_no_later():
    clock = clocks.pause(clocks.start(ClockKind.ACKNOWLEDGE, MONDAY), FRIDAY)
    assert not clocks.is_overdue(clock, date(2027, 5, 1))


def test_a_clock_that_was_late_when_it_stopped_stays_late():
    clock = clocks.pause(clocks.start(ClockKind.ACKNOWLEDGE, MONDAY), date(2026, 12, 15))
    assert clocks.is_overdue(clock, date(2026, 12, 15))


def test_a_clock_is_late_from_the_day_after_it_is_due():
    clock = ClockState("review", MONDAY, due=FRIDAY)
    assert not clocks.is_overdue(clock, FRIDAY)
    assert clocks.is_overdue(clock, FRIDAY + timedelta(days=1))


def test_an_extension_keeps_every_old_due_date():
    clock = clocks.start(ClockKind.REVIEW, MONDAY)
    once = clocks.extend(clock, date(2027, 1, 15), "A seat is vacant", date(2026, 12, 1))
    twice = clocks.extend(once, date(2027, 2, 1), "Capacity is being confirmed", date(2027, 1, 5))
    assert twice.due == date(2027, 2, 1)
    assert [e.old_due for e in twice.extensions] == [clock.due, date(2027, 1, 15)]
    assert [e.on for e in twice.extensions] == [date(2026, 12, 1), date(2027, 1, 5)]


def test_an_extension_that_shortens_is_refused():
    clock = clocks.start(ClockKind.REVIEW, MONDAY)
    with pytest.raises(ValueError, match="later day"):
        clocks.extend(clock, clock.due, "No change", MONDAY)


@given(DAYS, st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=6))
def test_days_left_are_kept_through_any_number_of_waits(day, waits):
    clock, today = clocks.start(ClockKind.ASSESSMENT, day), day
    for running, waiting in waits:
        today += timedelta(days=running)
        left, used = business_days_between(today, clock.due), clocks.used(clock, today)
        waiting_clock = clocks.pause(clock, today)
        today += timedelta(days=waiting)
        assert clocks.used(waiting_clock, today) == used
        clock = clocks.resume(waiting_clock, today)
        assert business_days_between(today, clock.due) == left
        assert clocks.used(clock, today) == used
    assert clocks.used(clock, today) + business_days_between(today, clock.due) == clocks.TARGETS[ClockKind.ASSESSMENT]


def test_a_day_on_which_the_office_is_closed_counts_like_a_holiday():
    closed = frozenset({STORM})
    assert not is_business_day(STORM, closed)
    assert clocks.due(MONDAY, 1, closed) == date(2026, 11, 18)
    assert business_days_between(MONDAY, FRIDAY, closed) == 3
    assert next_business_day(STORM, closed) == date(2026, 11, 18)
    assert last_business_day_before(date(2026, 11, 18), closed) == MONDAY
    assert days_left_words(STORM, MONDAY, closed) == "1 business day left"


def test_a_closed_day_that_no_clock_counts_anyway_changes_nothing():
    closed = frozenset({date(2026, 11, 21), date(2026, 11, 26)})  # a Saturday, and Thanksgiving Day
    assert clocks.due(FRIDAY, 5, closed) == clocks.due(FRIDAY, 5)
    assert business_days_between(FRIDAY, date(2026, 12, 1), closed) == 6


def test_a_clock_that_waits_over_a_closed_day_is_given_back_only_days_that_count():
    clock = clocks.start(ClockKind.ACKNOWLEDGE, MONDAY)
    closed = frozenset({date(2026, 11, 18)})
    assert clocks.resume(clocks.pause(clock, STORM, closed), date(2026, 11, 19), closed).due == date(2026, 11, 24)


@given(DAYS, st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=6), CLOSED)
def test_waits_extensions_and_closed_days_leave_the_days_left_as_they_were(day, waits, closed):
    clock, today = clocks.start(ClockKind.REVIEW, day, 25, closed), day
    for running, waiting in waits:
        today += timedelta(days=running)
        longer = add_business_days(clock.due, 3, closed)
        clock = clocks.extend(clock, longer, "A seat is vacant", today)
        left = business_days_between(today, clock.due, closed)
        clock = clocks.pause(clock, today, closed)
        today += timedelta(days=waiting)
        clock = clocks.resume(clock, today, closed)
        assert business_days_between(today, clock.due, closed) == left
    assert len(clock.extensions) == len(waits)
    left = business_days_between(today, clock.due, closed)
    assert clocks.used(clock, today, closed) + left == 25 + 3 * len(waits)
