"""Each answer is checked alone, and a refusal says what to do."""

import math
from typing import Any

import pytest
from hypothesis import given

from app.needs.answers import BadAnswer, check, check_all, known
from app.needs.questions import QUESTIONS, QuestionKind
from tests.needs.strategies import answers

NUMBERS = [question for question in QUESTIONS.values() if question.is_number]


@pytest.mark.parametrize(
    ("key", "given_value", "kept"),
    [
        ("jail_bookings", 12_000, 12_000),
        ("officers_assignable_fte", 2.5, 2.5),
        ("officers_assignable_fte", 4.0, 4),
        ("jail_screened_percent", 100, 100),
        ("overtime_unfunded_usd", 0, 0),
        ("jail_operated", "unknown", "unknown"),
        ("agency_type", "sheriff", "sheriff"),
        ("offence_focus", ["drug", "serious_violent"], ("serious_violent", "drug")),
        ("offence_focus", [], None),
        ("it_ready_date", "2026-11-24", "2026-11-24"),
        ("gang_crimes", None, None),
    ],
)
def test_an_answer_of_the_right_kind_is_kept(key: str, given_value: object, kept: object) -> None:
    checked = check(key, given_value)
    assert checked == kept
    assert type(checked) is type(kept)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("jail_bookings", True),
        ("jail_bookings", "12000"),
        ("jail_bookings", 12.5),
        ("jail_bookings", 12.0),
        ("jail_bookings", [12]),
        ("jail_bookings", -1),
        ("jail_bookings", 10**30),
        ("jail_bookings", math.inf),
        ("officers_assignable_fte", math.nan),
        ("officers_assignable_fte", -math.inf),
        ("officers_assignable_fte", "2.5"),
        ("officers_assignable_fte", False),
        ("jail_screened_percent", 100.5),
        ("jail_screened_percent", -0.1),
        ("overtime_unfunded_usd", 10**13),
        ("jail_operated", True),
        ("jail_operated", "maybe"),
        ("jail_operated", ["yes"]),
        ("agency_type", "Sheriff"),
        ("agency_type", ""),
        ("offence_focus", "drug"),
        ("offence_focus", ["drug", "drug"]),
        ("offence_focus", ["theft"]),
        ("offence_focus", [1]),
        ("offence_focus", {"drug": 1}),
        ("existing_agreements", ["none", "best"]),
        ("it_ready_date", "2026-02-30"),
        ("it_ready_date", "20261124"),
        ("it_ready_date", "2026-W48-2"),
        ("it_ready_date", "11/24/2026"),
        ("it_ready_date", "1850-01-01"),
        ("it_ready_date", "2026-11-24\n"),
        ("it_ready_date", 20261124),
        ("no_such_question", 1),
    ],
)
def test_a_wrong_answer_is_refused_and_the_question_named(key: str, value: object) -> None:
    with pytest.raises(BadAnswer) as refusal:
        check(key, value)
    assert refusal.value.key == key
    assert refusal.value.sentence.endswith(".")


@pytest.mark.parametrize("question", NUMBERS, ids=lambda question: question.key)
def test_a_number_is_taken_at_its_limits_and_refused_beyond_them(question: Any) -> None:
    assert check(question.key, question.minimum) == question.minimum
    assert check(question.key, question.maximum) == question.maximum
    for beyond in (question.minimum - 1, question.maximum + 1):
        with pytest.raises(BadAnswer, match="Enter a number from"):
            check(question.key, beyond)


@pytest.mark.parametrize(
    "question", [q for q in QUESTIONS.values() if q.choices and q.kind is not QuestionKind.MULTI], ids=lambda q: q.key
)
def test_every_choice_of_a_question_is_an_answer_to_it(question: Any) -> None:
    assert [check(question.key, key) for key in question.choice_keys] == list(question.choice_keys)


def test_a_set_of_answers_is_kept_in_the_order_of_the_questions() -> None:
    assert list(check_all({"gang_crimes": 3, "agency_type": "sheriff"})) == ["agency_type", "gang_crimes"]


def test_not_knowing_is_no_known_answer() -> None:
    assert known({"jail_operated": "unknown", "gang_crimes": None, "ice_calls": 0}) == {"ice_calls": 0}


@given(answers())
def test_checking_twice_changes_nothing(made_up: dict[str, Any]) -> None:
    once = check_all(made_up)
    assert check_all(once) == once
