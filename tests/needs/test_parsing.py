"""What people type into a form is read kindly, and a slip is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.needs.answers import BadAnswer, check
from app.needs.parsing import parse_several, parse_text
from app.needs.questions import QUESTIONS


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("jail_bookings", "1,021", 1021),
        ("jail_bookings", " 1021 ", 1021),
        ("jail_bookings", "", None),
        ("jail_bookings", "   ", None),
        ("overtime_unfunded_usd", "$1,200.50", 1200.5),
        ("overtime_unfunded_usd", "1200", 1200),
        ("jail_screened_percent", "12 %", 12),
        ("jail_screened_percent", "12.5%", 12.5),
        ("officers_assignable_fte", "2.5", 2.5),
        ("officers_assignable_fte", ".5", 0.5),
        ("officers_assignable_fte", "2.0", 2),
        ("it_ready_date", "2026-11-24", "2026-11-24"),
        ("it_ready_date", "11/24/2026", "2026-11-24"),
        ("it_ready_date", "November 24, 2026", "2026-11-24"),
        ("agency_type", "sheriff", "sheriff"),
        ("offence_focus", "drug, serious_violent", ("serious_violent", "drug")),
    ],
)
def test_common_ways_to_write_an_answer_are_read(key: str, text: str, value: object) -> None:
    assert parse_text(QUESTIONS[key], text) == value


@pytest.mark.parametrize(
    ("key", "text", "sentence"),
    [
        ("jail_bookings", "1.021", "Enter a whole number. Did you mean 1,021?"),
        ("jail_bookings", "10,21", "Enter a whole number. Did you mean 1,021?"),
        ("jail_bookings", "about 1021", "Enter a whole number. Did you mean 1,021?"),
        ("jail_bookings", "1O21", "Enter a whole number. Did you mean 1,021?"),
        ("jail_bookings", "12.7", "Enter a whole number. Did you mean 13?"),
        ("jail_bookings", "-5", "Enter a whole number. Did you mean 5?"),
        ("jail_bookings", "4k", "Enter a whole number. Did you mean 4,000?"),
        ("jail_bookings", "many", "Enter a whole number. If you do not know it, choose “We do not know”."),
        ("overtime_unfunded_usd", "1.200,50", "Enter an amount in dollars. Did you mean $1,200.50?"),
        ("jail_screened_percent", "130", "Enter a number from 0 to 100."),
        ("officers_assignable_fte", "2,5 people", "Enter a number, such as 2.5. Did you mean 2.5?"),
        ("jail_bookings", "9" * 5000, "Enter a number from 0 to 1,000,000,000."),
        ("it_ready_date", "30 Feb", "Enter a date that exists, such as November 24, 2026 or 11/24/2026."),
        ("agency_type", "Sheriff", "Choose one of the answers."),
    ],
)
def test_a_slip_is_refused_with_the_likeliest_meaning(key: str, text: str, sentence: str) -> None:
    with pytest.raises(BadAnswer) as refusal:
        parse_text(QUESTIONS[key], text)
    assert refusal.value.sentence == sentence


def test_ticked_boxes_are_one_answer_and_none_ticked_is_unknown() -> None:
    focus = QUESTIONS["offence_focus"]
    assert parse_several(focus, ["drug", "serious_violent"]) == ("serious_violent", "drug")
    assert parse_several(focus, []) is None


@given(st.sampled_from(list(QUESTIONS.values())), st.text(max_size=40) | st.from_regex(r"[0-9.,$% kO]{1,30}"))
def test_whatever_is_typed_is_an_answer_or_a_refusal(question, text: str) -> None:  # type: ignore[no-untyped-def] # drawn
    try:
        value = parse_text(question, text)
    except BadAnswer:
        return
    assert check(question.key, value) == value
