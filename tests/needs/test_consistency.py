"""Answers that do not fit together are warned about and never refused."""

from typing import Any

import pytest
from hypothesis import given

from app.needs.answers import check_all
from app.needs.consistency import contradictions_in
from tests.needs.strategies import answers

CONTRADICTING: list[dict[str, Any]] = [
    {"jail_foreign_born_bookings": 5200, "jail_bookings": 4860},
    {"jail_warrants_unserved": 3, "jail_bookings": 2},
    {"officers_nominable": 11, "sworn_officers": 10},
    {"officers_assignable_fte": 10.5, "sworn_officers": 10},
    {"currency_seizures_over_10k": 4, "currency_seizures": 3},
    {"gang_homicides": 2, "gang_crimes": 1},
    {"jail_screened_percent": 40, "jail_foreign_born_bookings": 0},
    {"ice_call_wait_minutes": 40, "ice_calls": 0},
    {"jail_operated": "no", "jail_bookings": 10},
    {"governing_body": "none_required", "governing_body_date": "2026-11-24"},
    {"offence_focus": ("drug", "any")},
    {"currency_seized_usd": 9_000, "currency_seizures_over_10k": 1},
    {"joint_case_hours": 5_000, "sworn_officers": 1},
    {"existing_agreements": ("equitable_sharing",), "equitable_sharing_certification": "none"},
    {"existing_agreements": ("icac",), "icac_member": "no"},
]


@pytest.mark.parametrize("contradicting", CONTRADICTING, ids="-".join)
def test_each_contradiction_is_found_and_names_its_questions(contradicting: dict[str, Any]) -> None:
    (found,) = contradictions_in(contradicting)
    assert set(found.keys) == set(contradicting)
    assert found.sentence.endswith(".")


@pytest.mark.parametrize("contradicting", CONTRADICTING, ids="-".join)
def test_contradicting_answers_are_fine_each_alone(contradicting: dict[str, Any]) -> None:
    assert check_all(contradicting) == contradicting


def test_a_warning_says_both_numbers_in_words() -> None:
    (found,) = contradictions_in({"jail_foreign_born_bookings": 5200, "jail_bookings": 4860})
    assert found.sentence == (
        "“Foreign-born bookings” (5,200 bookings per year) is more than"
        " “All bookings” (4,860 bookings per year). Check both."
    )


@pytest.mark.parametrize(
    "fine",
    [
        {},
        {"jail_foreign_born_bookings": 4860, "jail_bookings": 4860},
        {"jail_operated": "no", "jail_bookings": None},
        {"ice_call_wait_minutes": 0, "ice_calls": 0},
        {"currency_seized_usd": 10_000, "currency_seizures_over_10k": 1},
        {"offence_focus": ("any",)},
    ],
)
def test_answers_that_fit_are_not_warned_about(fine: dict[str, Any]) -> None:
    assert contradictions_in(fine) == ()


@given(answers())
def test_looking_for_contradictions_never_fails(made_up: dict[str, Any]) -> None:
    assert all(set(found.keys) for found in contradictions_in(made_up))
