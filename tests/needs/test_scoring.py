"""The score by hand: need decides, fit moderates, and every point has its reason."""

import json
from itertools import pairwise
from typing import Any

import pytest

from app.needs.gates import Availability
from app.needs.score_rules import Part
from app.needs.scoring import comparable, tenths
from tests.needs.scored import SCORES, rank

JAIL: dict[str, Any] = {
    "jail_operated": "yes",
    "state_law_immigration": "permits",
    "jail_bookings": 12_000,
    "jail_foreign_born_bookings": 1_800,
    "jail_screened_percent": 40,
    "jail_interview_wait_hours": 26,
    "jail_interview_space": "yes",
}


def test_the_criminal_alien_program_by_hand() -> None:
    # need: 15% of 2..20 is 0.7222, held back by 1800/1804; 40% screened of 20..100 is 0.75; 26 h of 4..48 is 0.5
    # N = (3 x 0.72062 + 3 x 0.75 + 2 x 0.5) / 8 = 0.67648; F = 1; no field survey, so D = 0.55 + 0.25
    entry = rank(JAIL).entry("criminal-alien-program")
    assert entry.exact_score == pytest.approx(100 * 0.676484 * (0.55 + 0.25) / 0.80, abs=1e-3)
    assert entry.score == 67.6
    assert entry.coverage == 1.0
    assert entry.up_to == entry.score
    assert entry.match == "strong match"
    assert entry.availability is Availability.AVAILABLE
    # need gives 0.55 / 0.80 of it, fit the rest
    assert [(reason.key, reason.contribution) for reason in entry.reasons] == [
        ("jail_interview_space", 21.1),
        ("jail_screened_percent", 19.3),
        ("jail_foreign_born_bookings", 18.6),
        ("jail_interview_wait_hours", 8.6),
    ]
    assert (entry.parts.need, entry.parts.fit, entry.parts.ice) == (46.5, 21.1, 0)


def test_the_field_survey_brings_ice_capacity_in() -> None:
    # I = 1 of 0..2 supervisors = 0.5, D = 1: 100 x 0.676484 x (0.55 + 0.25 + 0.20 x 0.5)
    entry = rank(JAIL | {"ice_supervisors_free_fte": 1}).entry("criminal-alien-program")
    assert entry.exact_score == pytest.approx(60.8836, abs=1e-3)
    assert entry.parts.ice == 6.8


def test_any_answer_of_the_field_survey_makes_ice_capacity_count() -> None:
    without = rank(JAIL).entry("criminal-alien-program")
    with_beds = rank(JAIL | {"ice_detention_beds": 5}).entry("criminal-alien-program")
    assert with_beds.exact_score == pytest.approx(without.exact_score * 0.80)
    assert with_beds.coverage < without.coverage


def test_a_program_with_need_rows_only_is_scored_by_need_alone() -> None:
    # D = 0.55; 32.5% of 5..60 is 0.5, weight 3 of 7
    entry = rank({"ip_health_safety_percent": 32.5}).entry("ipr-center")
    assert entry.exact_score == pytest.approx(100 * 3 * 0.5 / 7)
    assert entry.up_to == pytest.approx(100 * (3 * 0.5 + 4) / 7, abs=0.05)
    assert entry.coverage == 0.43
    assert entry.missing_need_items == 2


def test_a_map_counts_as_written() -> None:
    # community-shield: many ties = 1, weight 3 of 9 need, D = 0.80
    scores = {
        ties: rank({"gang_cross_border_ties": ties}).entry("community-shield").exact_score
        for ties in ("none", "some", "many", "unknown")
    }
    assert scores == pytest.approx(
        {"none": 0, "some": 100 * 3 / 9 * 0.5 * 0.55 / 0.8, "many": 100 * 3 / 9 * 0.55 / 0.8, "unknown": 0}
    )


def test_little_law_fits_the_warrant_service_model_best() -> None:
    served = {"jail_warrants_unserved": 100, "jail_bookings": 10_000}
    limited = rank(served | {"state_law_immigration": "limits"}).entry("287g", "warrant-service")
    permitted = rank(served | {"state_law_immigration": "permits"}).entry("287g", "warrant-service")
    assert limited.exact_score > permitted.exact_score


def test_a_program_nobody_needs_scores_nothing_however_well_it_fits() -> None:
    fit = {"nlets_access": "yes", "sworn_officers": 100, "unidentified_encounters": 0, "status_queries_sent": 0}
    entry = rank(fit).entry("lesc")
    assert entry.score == 0
    assert entry.match == "little need shown"


def test_a_handful_of_cases_counts_little_and_the_reason_says_so() -> None:
    few = rank({"population_served": 1_000, "gang_crimes": 4}).entry("community-shield")
    many = rank({"population_served": 1_000_000, "gang_crimes": 4_000}).entry("community-shield")
    assert few.exact_score == pytest.approx(many.exact_score * 0.5, rel=1e-2)
    assert "counts 50%" in few.reasons[0].reason
    assert "Few cases" not in many.reasons[0].reason


def test_a_rate_that_counts_for_less_is_not_held_back() -> None:
    answers = {
        "population_served": 10_000,
        "currency_seizures": 50,
        "sworn_officers": 100,
        "financial_investigators": 0,
    }
    reasons = {reason.key: reason for reason in rank(answers).entry("asset-forfeiture").reasons}
    assert reasons["financial_investigators"].contribution > 0
    assert "Few cases" not in reasons["financial_investigators"].reason


@pytest.mark.parametrize("population", [None, 0])
def test_a_rate_without_a_base_is_unknown(population: int | None) -> None:
    entry = rank({"gang_crimes": 500, "population_served": population}).entry("community-shield")
    assert entry.score == 0
    assert entry.coverage == 0
    assert entry.reasons == ()
    assert any("Residents served" in sentence for sentence in entry.would_raise)


def test_more_than_everyone_counts_as_everyone() -> None:
    entry = rank({"jail_bookings": 10, "jail_foreign_born_bookings": 10**9}).entry("criminal-alien-program")
    assert entry.exact_score == pytest.approx(100 * 3 / 8 * 0.55 / 0.80)


def test_not_knowing_lowers_coverage_and_never_raises_a_score() -> None:
    known = rank(JAIL).entry("criminal-alien-program")
    without = rank(JAIL | {"jail_screened_percent": None}).entry("criminal-alien-program")
    assert without.score < known.score
    assert without.coverage < known.coverage
    assert without.up_to > without.score


def test_saying_unknown_is_the_same_as_not_answering() -> None:
    assert rank({"icac_member": "unknown"}).dumps() == rank({}).dumps()


def test_what_would_raise_a_score_names_the_open_answers_and_gates_most_points_first() -> None:
    answers = {
        key: value for key, value in JAIL.items() if key not in ("jail_screened_percent", "jail_interview_space")
    }
    entry = rank(answers | {"state_law_immigration": None}).entry("criminal-alien-program")
    assert entry.would_raise == (
        "Ask your attorney whether the law permits civil immigration enforcement, and cite the law.",
        "Answer “Share screened by ICE”: up to 25.8 more points.",
        "Answer “Space for interviews”: up to 12.4 more points.",
    )


@pytest.mark.parametrize("key", ["jail_screened_percent", "jail_interview_space"])
def test_an_open_answer_gives_no_more_than_was_said(key: str) -> None:
    best = {"jail_screened_percent": 0, "jail_interview_space": "yes"}
    without = rank(JAIL | {key: None}).entry("criminal-alien-program")
    with_best = rank(JAIL | {key: best[key]}).entry("criminal-alien-program")
    (gain,) = without.gains
    assert with_best.exact_score - without.exact_score == pytest.approx(gain.points, abs=0.05)


def test_a_base_of_zero_is_asked_about_again() -> None:
    entry = rank({"gang_crimes": 5, "population_served": 0}).entry("community-shield")
    assert any(sentence.startswith("Check (now 0) “Residents served”") for sentence in entry.would_raise)


def test_available_comes_first_then_to_be_confirmed_then_not_available_each_by_score() -> None:
    entries = rank(JAIL | {"nlets_access": "no"}).entries
    states = [list(Availability).index(entry.availability) for entry in entries]
    assert states == sorted(states)
    for before, after in pairwise(entries):
        assert before.availability is not after.availability or before.score >= after.score
    assert entries[-1].key.program == "lesc"


def test_equal_scores_keep_the_order_of_the_catalog() -> None:
    order = [program.key for program in SCORES.programs]
    entries = rank({}).entries
    for state in Availability:
        places = [order.index(entry.key) for entry in entries if entry.availability is state]
        assert places == sorted(places)


def test_scores_less_than_ten_points_apart_are_comparable() -> None:
    def entry(percent: float) -> Any:
        return rank({"ip_health_safety_percent": percent}).entry("ipr-center")

    assert comparable(entry(32.5), entry(40))
    assert comparable(entry(40), entry(32.5))
    assert not comparable(entry(5), entry(32.5))


@pytest.mark.parametrize(
    ("percent", "words"),
    [(60, "some match"), (43.6, "some match"), (43.4, "little need shown"), (0, "little need shown")],
)
def test_a_score_reads_as_words_at_its_thresholds(percent: float, words: str) -> None:
    assert rank({"ip_health_safety_percent": percent}).entry("ipr-center").match == words


def test_a_change_of_answers_is_a_change_in_points() -> None:
    before, after = rank(JAIL), rank(JAIL | {"jail_interview_space": "no"})
    assert after.change_against(before)["criminal-alien-program", None] == pytest.approx(-21.1)
    assert after.change_against(before)["best", None] == 0


def test_a_reason_shows_how_its_points_come_about() -> None:
    reasons = {reason.key: reason for reason in rank(JAIL).entry("criminal-alien-program").reasons}
    assert reasons["jail_foreign_born_bookings"].reason == (
        "Foreign-born bookings: 1,800 bookings per year, which is 15% of all bookings."
        " It starts to count above 2% and counts fully from 20%."
    )
    assert reasons["jail_screened_percent"].reason == (
        "Share screened by ICE: 40%. It counts fully up to 20% and no longer from 100%."
    )
    assert (reasons["jail_interview_wait_hours"].low, reasons["jail_interview_wait_hours"].high) == (4, 48)


def test_the_answer_for_other_systems_has_the_documented_shape() -> None:
    data = json.loads(rank(JAIL).dumps())
    assert set(data) == {"catalogue_version", "programs"}
    assert data["catalogue_version"] == SCORES.version
    assert len(data["programs"]) == len(SCORES.programs)
    for entry in data["programs"]:
        assert list(entry) == [
            *("program", "model", "availability", "score", "up_to", "coverage"),
            *("gates", "reasons", "would_raise"),
        ]
        assert (entry["model"] is None) == (entry["program"] != "287g")
        assert all(set(gate) == {"key", "result", "reason"} for gate in entry["gates"])
        assert all(set(r) == {"key", "value", "unit", "contribution", "reason"} for r in entry["reasons"])


@pytest.mark.parametrize(
    ("parts", "total", "shown"),
    [
        ([1 / 3, 1 / 3, 1 / 3], 1.0, [0.4, 0.3, 0.3]),
        ([0.04, 0.04, 0.04], 0.1, [0.1, 0.0, 0.0]),
        ([0.26, 0.24], 0.5, [0.3, 0.2]),
        ([0.3], 0.3, [0.3]),
        ([], 0.0, []),
    ],
)
def test_parts_are_rounded_so_that_they_still_add_up(parts: list[float], total: float, shown: list[float]) -> None:
    assert tenths(parts, total) == shown


def test_every_program_has_a_need_and_the_shares_are_whole() -> None:
    assert all(program.part(Part.NEED) for program in SCORES.programs)
    assert sum(SCORES.shares.values()) == pytest.approx(1)
