"""How dates, amounts and counts are written."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask, render_template_string
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from app import filters
from app.policy import Actor, Role


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 11, 24), "November 24, 2026"),
        (date(2028, 2, 29), "February 29, 2028"),
        (date(2026, 1, 1), "January 1, 2026"),
        (datetime(2027, 1, 1, 4, 59, tzinfo=UTC), "December 31, 2026"),
        (None, ""),
    ],
)
def test_a_date_is_written_in_full(value, words):
    assert filters.format_date(value) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 24, 20, 5, tzinfo=UTC), "November 24, 2026, 3:05 p.m. EST"),
        (datetime(2026, 7, 1, 4, 0, tzinfo=UTC), "July 1, 2026, 12:00 a.m. EDT"),
        (datetime(2026, 7, 1, 16, 0, tzinfo=UTC), "July 1, 2026, 12:00 p.m. EDT"),
        # Half past one happens twice when the clocks go back, and half past two never when they go forward.
        (datetime(2026, 11, 1, 5, 30, tzinfo=UTC), "November 1, 2026, 1:30 a.m. EDT"),
        (datetime(2026, 11, 1, 6, 30, tzinfo=UTC), "November 1, 2026, 1:30 a.m. EST"),
        (datetime(2026, 3, 8, 6, 59, tzinfo=UTC), "March 8, 2026, 1:59 a.m. EST"),
        (datetime(2026, 3, 8, 7, 0, tzinfo=UTC), "March 8, 2026, 3:00 a.m. EDT"),
        (datetime(2028, 2, 29, 17, 0, tzinfo=UTC), "February 29, 2028, 12:00 p.m. EST"),
        (None, ""),
    ],
)
def test_a_moment_is_written_in_the_zone_with_its_abbreviation(moment, words):
    assert filters.format_datetime(moment) == words


def test_a_moment_can_be_written_in_another_zone():
    moment = datetime(2026, 11, 24, 20, 5, tzinfo=UTC)
    assert filters.format_datetime(moment, ZoneInfo("America/Phoenix")) == "November 24, 2026, 1:05 p.m. MST"


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        filters.format_datetime(datetime(2026, 11, 24, 20, 5))  # noqa: DTZ001 -- the missing zone is the point


@given(st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)), st.integers(-12, 12))  # noqa: DTZ001 -- made aware below
def test_the_zone_a_moment_is_stored_in_changes_nothing(naive, hours):
    moment = naive.replace(tzinfo=UTC)
    shifted = moment.astimezone(ZoneInfo(f"Etc/GMT{-hours:+d}" if hours else "UTC")) + timedelta(0)
    assert filters.format_datetime(shifted) == filters.format_datetime(moment)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1021, "1,021"),
        (0, "0"),
        (-1234567, "-1,234,567"),
        (74.8, "74.8"),
        (74.0, "74"),
        (Decimal("2.345"), "2.35"),
        (0.1 + 0.2, "0.3"),
        (-0.001, "0"),
        (100, "100"),
        (None, ""),
    ],
)
def test_a_number_has_commas_and_no_idle_decimals(value, words):
    assert filters.format_number(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(1250, "$1,250"), (Decimal("1250.5"), "$1,250.50"), (-3, "-$3"), (0, "$0"), (None, "")],
)
def test_money_shows_cents_only_where_there_are_some(value, words):
    assert filters.format_money(value) == words


@pytest.mark.parametrize(("value", "words"), [(0.47, "47%"), (0.4755, "47.6%"), (1, "100%"), (0, "0%"), (None, "")])
def test_a_share_is_written_as_a_percentage(value, words):
    assert filters.format_percent(value) == words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1 KB"),
        (12_345, "12 KB"),
        (999_499, "999 KB"),
        (999_600, "1 MB"),
        (3_440_000, "3.4 MB"),
        (10_000_000, "10 MB"),
        (5_000_000_000_000, "5,000 GB"),
    ],
)
def test_a_file_size_is_rounded_to_what_matters(size, words):
    assert filters.format_file_size(size) == words


def test_nothing_due_has_no_days_left():
    assert filters.format_days_left(None, date(2026, 11, 24)) == ""


@time_machine.travel(datetime(2026, 11, 25, 3, 0, tzinfo=UTC), tick=False)
def test_days_left_are_counted_from_the_day_it_is_in_the_zone():
    assert filters.format_days_left(date(2026, 11, 24)) == "due today"


def test_a_persons_roles_are_named_in_their_order():
    person = Actor(id=uuid4(), name="J. Doe", roles=frozenset({Role.REVIEWER, Role.COORDINATOR}))
    assert filters.role_words(person) == "Coordinator, Reviewer"


def test_templates_have_the_filters():
    app = Flask(__name__)
    filters.init_app(app)
    page = (
        "{{ day|date }}|{{ moment|datetime }}|{{ 1021|number }}|{{ 5|money }}|{{ 0.5|percent }}"
        "|{{ day|days_left(day) }}|{{ 2|plural('request', 'requests') }}|{{ 2000|file_size }}"
    )
    with app.app_context():
        text = render_template_string(page, day=date(2026, 11, 24), moment=datetime(2026, 11, 24, 20, 5, tzinfo=UTC))
    assert text == ("November 24, 2026|November 24, 2026, 3:05 p.m. EST|1,021|$5|50%|due today|2 requests|2 KB")


def test_another_content_has_another_address(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.test_request_context():
        monkeypatch.setattr(filters, "versions", lambda: {"app.css": "one"})
        before = filters.asset("app.css")
        monkeypatch.setattr(filters, "versions", lambda: {"app.css": "two"})
        assert before != filters.asset("app.css")
        assert before.startswith("/static/dist/app.css")


def test_before_the_first_build_pages_still_answer(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filters, "versions", dict)
    with app.test_request_context():
        assert filters.asset("app.css") == "/static/dist/app.css"


@pytest.mark.parametrize(
    "text",
    [
        "{{ nmae }}",
        "{% if nmae %}x{% endif %}",
        "{{ person.nmae }}",
        "{% for x in nmae %}x{% endfor %}",
        "{{ nmae == 1 }}",
    ],
)
def test_a_name_that_nobody_gave_fails_the_page(app: Flask, text: str) -> None:
    with pytest.raises(UndefinedError, match="nmae"):
        render_template_string(text, person=Actor(id=None, name="Pat Doe", roles=frozenset()))


def test_a_key_that_a_row_lacks_is_nothing(app: Flask) -> None:
    assert render_template_string("{{ row.tone }}{% if row.tone %}x{% endif %}", row={"name": "Pat"}) == ""
