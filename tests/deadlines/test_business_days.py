"""Business days: weekdays without federal holidays and without the days an office is closed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.deadlines.business_days import (
    add_business_days,
    business_days_between,
    day_of,
    days_left_words,
    federal_holidays,
    is_business_day,
    is_past,
    last_months,
    next_business_day,
)

DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))
COUNTS = st.integers(0, 400)
MONDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 20)
CLOSED = st.frozensets(st.dates(date(2000, 1, 1), date(2052, 12, 31)), max_size=60)


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
    assert is_business_day(day) is open_


def test_holidays_have_their_federal_names():
    named = {name: day for day, name in federal_holidays(2027)}
    assert named["Columbus Day"] == date(2027, 10, 11)


def test_an_inauguration_day_that_shares_its_day_with_another_holiday_is_closed():
    assert not is_business_day(date(2013, 1, 21))


def test_emancipation_day_on_a_good_weekday_is_dropped_but_its_neighbors_stay():
    assert add_business_days(date(2026, 4, 15), 1) == date(2026, 4, 16)


def test_counting_crosses_the_year_end():
    assert add_business_days(date(2026, 12, 31), 1) == date(2027, 1, 4)
    assert business_days_between(date(2026, 12, 31), date(2027, 1, 4)) == 1


def test_business_days_are_not_counted_backward():
    with pytest.raises(ValueError, match="forward"):
        add_business_days(MONDAY, -1)


@given(DAYS, COUNTS)
def test_adding_and_counting_agree(day, n):
    assert business_days_between(day, add_business_days(day, n)) == n


@given(DAYS, st.integers(1, 400))
def test_a_due_date_is_a_business_day(day, n):
    assert is_business_day(add_business_days(day, n))


@given(DAYS, COUNTS, COUNTS)
def test_adding_twice_is_adding_the_sum(day, first, second):
    assert add_business_days(add_business_days(day, first), second) == add_business_days(day, first + second)


@given(DAYS, st.integers(0, 800))
def test_counting_agrees_with_walking_day_by_day(day, length):
    walked = sum(is_business_day(day + timedelta(days=n)) for n in range(1, length + 1))
    assert business_days_between(day, day + timedelta(days=length)) == walked
    assert business_days_between(day + timedelta(days=length), day) == -walked


@given(DAYS)
def test_no_more_than_four_days_in_a_row_are_closed(day):
    assert next_business_day(day) - day <= timedelta(days=4)


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
    assert days_left_words(due, today) == words


@given(DAYS, DAYS)
def test_words_say_late_exactly_when_the_due_date_is_past(due, today):
    assert days_left_words(due, today).endswith("late") is is_past(due, today)


def test_the_day_of_a_moment_is_the_day_in_the_zone():
    assert day_of(datetime(2026, 11, 24, 4, 59, tzinfo=UTC)) == date(2026, 11, 23)
    assert day_of(datetime(2026, 11, 24, 5, 0, tzinfo=UTC)) == date(2026, 11, 24)
    assert day_of(datetime(2026, 7, 1, 4, 0, tzinfo=UTC)) == date(2026, 7, 1)


def test_a_moment_without_a_zone_has_no_day():
    with pytest.raises(ValueError, match="time zone"):
        day_of(datetime(2026, 11, 24, 5, 0))  # noqa: DTZ001 -- the missing zone is the point


@given(DAYS, COUNTS, CLOSED)
def test_adding_and_counting_agree_whatever_days_are_closed(day, n, closed):
    reached = add_business_days(day, n, closed)
    assert business_days_between(day, reached, closed) == n
    assert n == 0 or is_business_day(reached, closed)


def test_the_last_months_begin_in_the_year_before():
    assert last_months(date(2027, 1, 31), 3) == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]
