"""What people read of a question and its answers."""

import pytest

from app.needs.questions import QUESTIONS, AnswerBasis, applicable


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("jail_bookings", 1021, "1,021 bookings per year"),
        ("jail_bookings", 1, "1 booking per year"),
        ("gang_crimes", 1, "1 per year"),
        ("population_served", 90_000, "90,000 people"),
        ("population_served", 1, "1 person"),
        ("overtime_unfunded_usd", 12_000, "$12,000 per year"),
        ("overtime_unfunded_usd", 1200.5, "$1,200.50 per year"),
        ("jail_screened_percent", 38, "38%"),
        ("jail_screened_percent", 12.5, "12.5%"),
        ("officers_assignable_fte", 2.5, "2.5 full-time posts"),
        ("officers_assignable_fte", 1, "1 full-time post"),
        ("governing_body_date", "2026-11-24", "November 24, 2026"),
        ("agency_type", "sheriff", "Sheriff's office"),
        ("offence_focus", ("serious_violent", "drug"), "Serious violent offenses, Drug offenses"),
        ("offence_focus", ["drug"], "Drug offenses"),
        ("jail_operated", "unknown", "We do not know"),
        ("jail_operated", None, "We do not know"),
        ("gang_crimes", None, "We do not know"),
        ("gang_crimes", 0, "0 per year"),
    ],
)
def test_an_answer_reads_as_people_say_it(key: str, value: object, words: str) -> None:
    assert QUESTIONS[key].words(value) == words  # type: ignore[arg-type] # a stored list is read too


def test_an_agency_without_a_jail_is_not_asked_about_one() -> None:
    asked = {question.key for question in applicable({"jail_operated": "no"})}
    assert "jail_operated" in asked
    assert not {"jail_bookings", "jail_interview_space", "jail_foreign_born_serious_percent"} & asked


@pytest.mark.parametrize("answer", ["yes", "unknown", None])
def test_the_jail_is_asked_about_until_we_know_there_is_none(answer: str | None) -> None:
    assert "jail_bookings" in {question.key for question in applicable({"jail_operated": answer})}


def test_a_date_of_the_resolution_is_asked_only_where_a_body_decides() -> None:
    asked = {question.key for question in applicable({"governing_body": "none_required"})}
    assert "governing_body_date" not in asked
    assert "governing_body_date" in {question.key for question in applicable({})}


def test_the_word_beside_an_input_leaves_out_the_year_that_stands_above_it() -> None:
    assert QUESTIONS["jail_bookings"].suffix == "bookings"
    assert QUESTIONS["gang_crimes"].suffix == ""
    assert QUESTIONS["ice_calls"].suffix == "per month"


def test_a_number_is_measured_estimated_or_not_known() -> None:
    assert [basis.label for basis in AnswerBasis] == ["Measured", "Estimated", "We do not know"]
