"""Business days, and clocks that wait while the other side is to act."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.deadlines import clocks
from app.deadlines.clocks import Kind, Running, Spread

DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))
COUNTS = st.integers(0, 400)
MONDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 20)


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2026, 11, 24), True),
        (date(2026, 11, 26), False),  # Thanksgiving Day
        (date(2026, 11, 28), False),  # a Saturday
        (date(2026, 7, 3), False),  # Independence Day is a Saturday, observed the Friday before
        (date(2027, 12, 31), False),  # New Year's Day 2028 is a Saturday, observed in the year before
        (date(2025, 1, 20), False),
        (date(2033, 1, 20), False),  # Inauguration Day
        (date(2026, 4, 16), True),  # Emancipation Day is the District's, not a federal holiday
        (date(2028, 2, 29), True),
    ],
)
def test_business_days_are_weekdays_without_federal_holidays(day, open_):
    assert clocks.is_business_day(day) is open_


def test_holidays_have_their_federal_names():
    named = {name: day for day, name in clocks.federal_holidays(2027)}
    assert named["Columbus Day"] == date(2027, 10, 11)


def test_an_inauguration_day_that_shares_its_day_with_another_holiday_is_closed():
    assert not clocks.is_business_day(date(2013, 1, 21))


def test_emancipation_day_on_a_good_weekday_is_dropped_but_its_neighbors_stay():
    assert clocks.add_business_days(date(2026, 4, 15), 1) == date(2026, 4, 16)


def test_the_day_something_begins_does_not_count():
    assert clocks.due(MONDAY, 1) == date(2026, 11, 17)


def test_five_business_days_over_thanksgiving_take_eight_days():
    assert clocks.due(FRIDAY, 5) == date(2026, 11, 30)


def test_counting_crosses_the_year_end():
    assert clocks.add_business_days(date(2026, 12, 31), 1) == date(2027, 1, 4)
    assert clocks.business_days_between(date(2026, 12, 31), date(2027, 1, 4)) == 1


def test_business_days_are_not_counted_backward():
    with pytest.raises(ValueError, match="forward"):
        clocks.add_business_days(MONDAY, -1)


@given(DAYS, COUNTS)
def test_adding_and_counting_agree(day, n):
    assert clocks.business_days_between(day, clocks.add_business_days(day, n)) == n


@given(DAYS, st.integers(1, 400))
def test_a_due_date_is_a_business_day(day, n):
    assert clocks.is_business_day(clocks.add_business_days(day, n))


@given(DAYS, COUNTS, COUNTS)
def test_adding_twice_is_adding_the_sum(day, first, second):
    assert clocks.add_business_days(clocks.add_business_days(day, first), second) == clocks.add_business_days(
        day, first + second
    )


@given(DAYS, st.integers(0, 800))
def test_counting_agrees_with_walking_day_by_day(day, length):
    walked = sum(clocks.is_business_day(day + timedelta(days=n)) for n in range(1, length + 1))
    assert clocks.business_days_between(day, day + timedelta(days=length)) == walked
    assert clocks.business_days_between(day + timedelta(days=length), day) == -walked


@given(DAYS)
def test_no_more_than_four_days_in_a_row_are_closed(day):
    assert clocks.next_business_day(day) - day <= timedelta(days=4)


@pytest.mark.parametrize(
    ("due", "today", "words"),
    [
        (date(2026, 11, 30), FRIDAY, "5 business days left"),
        (date(2026, 11, 17), MONDAY, "1 business day left"),
        (MONDAY, MONDAY, "due today"),
        (MONDAY, date(2026, 11, 17), "1 business day late"),
        (MONDAY, date(2026, 11, 19), "3 business days late"),
        (FRIDAY, date(2026, 11, 21), "1 business day late"),  # the Saturday after
        (FRIDAY, date(2026, 11, 23), "1 business day late"),  # the Monday after
        (date(2026, 11, 21), FRIDAY, "1 business day left"),  # due on a Saturday: Monday counts
        (date(2026, 11, 21), date(2026, 11, 23), "due today"),
        (date(2026, 11, 21), date(2026, 11, 24), "1 business day late"),
    ],
)
def test_days_left_read_as_words(due, today, words):
    assert clocks.days_left_words(due, today) == words


@given(DAYS, DAYS)
def test_words_say_late_exactly_when_the_due_date_is_past(due, today):
    assert clocks.days_left_words(due, today).endswith("late") is clocks.is_past(due, today)


def test_the_day_of_a_moment_is_the_day_in_the_zone():
    assert clocks.day_of(datetime(2026, 11, 24, 4, 59, tzinfo=UTC)) == date(2026, 11, 23)
    assert clocks.day_of(datetime(2026, 11, 24, 5, 0, tzinfo=UTC)) == date(2026, 11, 24)
    assert clocks.day_of(datetime(2026, 7, 1, 4, 0, tzinfo=UTC)) == date(2026, 7, 1)


def test_a_moment_without_a_zone_has_no_day():
    with pytest.raises(ValueError, match="time zone"):
        clocks.day_of(datetime(2026, 11, 24, 5, 0))  # noqa: DTZ001 -- the missing zone is the point


def test_every_kind_of_clock_has_a_target():
    assert set(clocks.TARGETS) == set(Kind)


def test_a_clock_starts_with_the_target_of_its_kind():
    assert clocks.start(Kind.ACKNOWLEDGE, MONDAY).due == date(2026, 11, 23)


def test_waiting_moves_the_due_date_by_the_business_days_it_took():
    clock = clocks.start(Kind.ACKNOWLEDGE, MONDAY)
    waited = clocks.resume(clocks.pause(clock, date(2026, 11, 17)), date(2026, 11, 20))
    assert waited.due == date(2026, 11, 27)  # three days later, over Thanksgiving
    assert waited.paused_since is None


def test_waiting_over_a_weekend_moves_nothing():
    clock = clocks.start(Kind.INTAKE, MONDAY)
    assert clocks.resume(clocks.pause(clock, FRIDAY), date(2026, 11, 22)).due == clock.due


def test_a_clock_that_waits_is_not_paused_twice_and_a_running_one_not_resumed():
    clock = clocks.start(Kind.INTAKE, MONDAY)
    waiting = clocks.pause(clock, FRIDAY)
    assert clocks.pause(waiting, date(2026, 11, 30)) == waiting
    assert clocks.resume(clock, FRIDAY) == clock


def test_a_clock_cannot_be_turned_back():
    clock = clocks.start(Kind.INTAKE, FRIDAY)
    with pytest.raises(ValueError, match="turned back"):
        clocks.pause(clock, MONDAY)
    with pytest.raises(ValueError, match="turned back"):
        clocks.resume(clocks.pause(clock, FRIDAY), MONDAY)


def test_a_clock_that_waits_becomes_no_later():
    clock = clocks.pause(clocks.start(Kind.ACKNOWLEDGE, MONDAY), FRIDAY)
    assert not clocks.is_overdue(clock, date(2027, 5, 1))


def test_a_clock_that_was_late_when_it_stopped_stays_late():
    clock = clocks.pause(clocks.start(Kind.ACKNOWLEDGE, MONDAY), date(2026, 12, 15))
    assert clocks.is_overdue(clock, date(2026, 12, 15))


def test_a_clock_is_late_from_the_day_after_it_is_due():
    clock = Running("review", MONDAY, due=FRIDAY)
    assert not clocks.is_overdue(clock, FRIDAY)
    assert clocks.is_overdue(clock, FRIDAY + timedelta(days=1))


def test_an_extension_keeps_every_old_due_date():
    clock = clocks.start(Kind.REVIEW, MONDAY)
    once = clocks.extend(clock, date(2027, 1, 15), "A seat is vacant", date(2026, 12, 1))
    twice = clocks.extend(once, date(2027, 2, 1), "Capacity is being confirmed", date(2027, 1, 5))
    assert twice.due == date(2027, 2, 1)
    assert [e.old_due for e in twice.extensions] == [clock.due, date(2027, 1, 15)]
    assert [e.on for e in twice.extensions] == [date(2026, 12, 1), date(2027, 1, 5)]


def test_an_extension_that_shortens_is_refused():
    clock = clocks.start(Kind.REVIEW, MONDAY)
    with pytest.raises(ValueError, match="later day"):
        clocks.extend(clock, clock.due, "No change", MONDAY)


@given(DAYS, st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=6))
def test_days_left_are_kept_through_any_number_of_waits(day, waits):
    clock, today = clocks.start(Kind.ASSESSMENT, day), day
    for running, waiting in waits:
        today += timedelta(days=running)
        left, used = clocks.business_days_between(today, clock.due), clocks.used(clock, today)
        waiting_clock = clocks.pause(clock, today)
        today += timedelta(days=waiting)
        assert clocks.used(waiting_clock, today) == used
        clock = clocks.resume(waiting_clock, today)
        assert clocks.business_days_between(today, clock.due) == left
        assert clocks.used(clock, today) == used
    assert clocks.used(clock, today) + clocks.business_days_between(today, clock.due) == clocks.TARGETS[Kind.ASSESSMENT]


STORM = date(2026, 11, 17)  # a Tuesday
CLOSED = st.frozensets(st.dates(date(2000, 1, 1), date(2052, 12, 31)), max_size=60)


def test_a_day_on_which_the_office_is_closed_counts_like_a_holiday():
    closed = frozenset({STORM})
    assert not clocks.is_business_day(STORM, closed)
    assert clocks.due(MONDAY, 1, closed) == date(2026, 11, 18)
    assert clocks.business_days_between(MONDAY, FRIDAY, closed) == 3
    assert clocks.next_business_day(STORM, closed) == date(2026, 11, 18)
    assert clocks.last_business_day_before(date(2026, 11, 18), closed) == MONDAY
    assert clocks.days_left_words(STORM, MONDAY, closed) == "1 business day left"


def test_a_closed_day_that_no_clock_counts_anyway_changes_nothing():
    closed = frozenset({date(2026, 11, 21), date(2026, 11, 26)})  # a Saturday, and Thanksgiving Day
    assert clocks.due(FRIDAY, 5, closed) == clocks.due(FRIDAY, 5)
    assert clocks.business_days_between(FRIDAY, date(2026, 12, 1), closed) == 6


def test_a_clock_that_waits_over_a_closed_day_is_given_back_only_days_that_count():
    clock = clocks.start(Kind.ACKNOWLEDGE, MONDAY)
    closed = frozenset({date(2026, 11, 18)})
    assert clocks.resume(clocks.pause(clock, STORM, closed), date(2026, 11, 19), closed).due == date(2026, 11, 24)


@given(DAYS, COUNTS, CLOSED)
def test_adding_and_counting_agree_whatever_days_are_closed(day, n, closed):
    reached = clocks.add_business_days(day, n, closed)
    assert clocks.business_days_between(day, reached, closed) == n
    assert n == 0 or clocks.is_business_day(reached, closed)


@given(DAYS, st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=6), CLOSED)
def test_waits_extensions_and_closed_days_leave_the_days_left_as_they_were(day, waits, closed):
    clock, today = clocks.start(Kind.REVIEW, day, 25, closed), day
    for running, waiting in waits:
        today += timedelta(days=running)
        longer = clocks.add_business_days(clock.due, 3, closed)
        clock = clocks.extend(clock, longer, "A seat is vacant", today)
        left = clocks.business_days_between(today, clock.due, closed)
        clock = clocks.pause(clock, today, closed)
        today += timedelta(days=waiting)
        clock = clocks.resume(clock, today, closed)
        assert clocks.business_days_between(today, clock.due, closed) == left
    assert len(clock.extensions) == len(waits)
    left = clocks.business_days_between(today, clock.due, closed)
    assert clocks.used(clock, today, closed) + left == 25 + 3 * len(waits)


def test_median_and_ninth_tenth():
    assert clocks.spread([1, 2, 3, 4, 5, 6, 7, 8, 9, 30]) == Spread(5.5, 9, 10)
    assert clocks.spread([4]) == Spread(4, 4, 1)
    assert clocks.spread([]) == Spread(None, None, 0)


@given(st.lists(st.integers(0, 400), min_size=1))
def test_half_lie_on_either_side_of_the_median_and_nine_of_ten_within_the_tail(lengths):
    found = clocks.spread(lengths)
    assert found.tail in lengths
    assert sum(length <= found.tail for length in lengths) * 10 >= 9 * len(lengths)
    assert sum(length <= found.middle for length in lengths) * 2 >= len(lengths)
    assert sum(length >= found.middle for length in lengths) * 2 >= len(lengths)


@given(st.lists(st.integers(0, 400)))
def test_lengths_counted_by_the_database_give_the_same_spread(lengths):
    assert clocks.spread(Counter(lengths)) == clocks.spread(lengths)


def test_the_last_months_begin_in_the_year_before():
    assert clocks.last_months(date(2027, 1, 31), 3) == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]
