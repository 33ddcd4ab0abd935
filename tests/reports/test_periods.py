"""A period is a month, a quarter, or two dates; what is none is said, and nothing typed is lost."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.policy import Role
from app.reports.period_report.periods import Period, named_period, offered_periods, period_between
from tests.builders import make_person
from tests.checked import CheckedClient


def test_a_month_and_a_quarter() -> None:
    assert named_period("2026-02") == Period(date(2026, 2, 1), date(2026, 2, 28), "February 2026")
    assert named_period("2027-q4") == Period(date(2027, 10, 1), date(2027, 12, 31), "October to December 2027")
    assert [named_period(key) for key in ("", "2026-13", "2026-q5", "0001-01", "9999-12", "x")] == [None] * 6


def test_two_dates() -> None:
    period = period_between(date(2026, 11, 5), date(2027, 1, 2))
    assert period.words == "November 5, 2026 to January 2, 2027"
    assert period.months == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]


@given(st.dates(date(1991, 1, 1), date(2098, 12, 31)))
def test_each_day_is_in_exactly_one_of_the_months_offered_around_it(day: date) -> None:
    periods = [
        found for key, _ in offered_periods(day + timedelta(days=40)) if (found := named_period(key)) and "q" not in key
    ]
    assert sum(day in period for period in periods) == 1


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("period=dates&first=2026-10-01&last=2026-09-01", "The last day cannot be before the first."),
        ("period=dates&first=2026-10-01", "Enter the last day of the period."),
        ("first=2026-10-41&last=2026-11-01", "There is no such day."),
        ("period=2026-13", "Choose one of the answers shown"),
        ("period=2026-10&office=x", "Choose one of the answers shown"),
    ],
)
def test_what_is_no_period_is_said_beside_its_field(client: CheckedClient, app, query: str, sentence: str) -> None:  # type: ignore[no-untyped-def] # a fixture
    client.sign_in(make_person(Role.COORDINATOR))
    answer = client.get(f"/reports?{query}")
    page = answer.get_data(as_text=True)
    assert (answer.status_code, page.count(sentence)) == (422, 2)
    assert client.get(f"/reports/times.csv?{query}").status_code == 422


@pytest.mark.parametrize(
    "query", ["", "period=", "period=2019-q1", "first=%00", "period=%00", "office=", "last=x" * 50]
)
def test_no_period_that_anybody_types_breaks_it(client: CheckedClient, app, query: str) -> None:  # type: ignore[no-untyped-def] # a fixture
    assert client.sign_in(make_person(Role.COORDINATOR)).get(f"/reports?{query}").status_code in {200, 422}
