"""What must hold for every agency, whatever it answers."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.needs.gates import Availability
from app.needs.questions import QUESTIONS, QuestionKind
from app.needs.score_rules import Item, Part, ScoredProgram
from app.needs.scoring import comparable
from tests.needs.scored import SCORES, rank
from tests.needs.strategies import BASES, RATED, answers, value_of

ITEMS = [(program, item) for program in SCORES.programs for item in program.items]
NEEDS = [(program, item) for program, item in ITEMS if item.part is Part.NEED]
SCALED = sorted(
    key
    for key in RATED | BASES
    if QUESTIONS[key].kind in (QuestionKind.INTEGER, QuestionKind.DECIMAL, QuestionKind.MONEY)
)
COUNTS = [key for key in SCALED if QUESTIONS[key].kind is QuestionKind.INTEGER]
SMALL = 1e-9


def step_toward(item: Item, value: Any, step: float) -> Any:
    """A value that is farther in the direction in which the item counts."""
    if item.is_map:
        points = dict(item.points)
        return max(points, key=lambda choice: points[choice])
    question = QUESTIONS[item.key]
    moved = value + step if item.direction == "more" else value - step
    return type(value)(min(max(moved, question.minimum), question.maximum))


@st.composite
def with_a_known(draw: st.DrawFn, rows: list[tuple[ScoredProgram, Item]]) -> tuple[dict[str, Any], ScoredProgram, Item]:
    """Answers in which one item of one program is known, with a base for its rate."""
    program, item = draw(st.sampled_from(rows))
    question = QUESTIONS[item.key]
    known = {item.key: draw(value_of(question).filter(question.is_known))}
    if item.of:
        known[item.of] = draw(st.integers(1, 100_000))
    return draw(answers()) | known, program, item


@given(with_a_known(ITEMS), st.integers(1, 500))
def test_moving_an_item_toward_need_never_lowers_its_program(
    known: tuple[dict[str, Any], ScoredProgram, Item], step: int
) -> None:
    made_up, program, item = known
    before = rank(made_up).entry(*program.key)
    after = rank(made_up | {item.key: step_toward(item, made_up[item.key], step)}).entry(*program.key)
    assert after.exact_score >= before.exact_score - SMALL
    assert after.score >= before.score


@given(with_a_known(NEEDS))
def test_forgetting_a_need_answer_never_raises_its_program(known: tuple[dict[str, Any], ScoredProgram, Item]) -> None:
    made_up, program, item = known
    before = rank(made_up).entry(*program.key)
    after = rank(made_up | {item.key: None}).entry(*program.key)
    assert after.score <= before.score
    assert after.coverage < before.coverage


@given(answers())
def test_every_point_of_a_score_is_in_its_reasons(made_up: dict[str, Any]) -> None:
    for entry in rank(made_up).entries:
        assert sum(reason.contribution for reason in entry.reasons) == pytest.approx(entry.score, abs=SMALL)
        parts = (entry.parts.need, entry.parts.fit, entry.parts.ice)
        assert sum(parts) == pytest.approx(entry.score, abs=SMALL)
        assert all(reason.contribution >= 0 for reason in entry.reasons)


@given(answers(), st.randoms())
def test_the_same_answers_give_the_same_bytes_in_whatever_order(made_up: dict[str, Any], random: Any) -> None:
    shuffled = list(made_up.items())
    random.shuffle(shuffled)
    assert rank(dict(shuffled)).dumps() == rank(made_up).dumps()


@given(answers())
def test_any_number_of_answers_is_ranked_and_no_score_is_without_its_coverage(made_up: dict[str, Any]) -> None:
    ranking = rank(made_up)
    json.loads(ranking.dumps())
    assert len(ranking.entries) == len({entry.key for entry in ranking.entries}) == len(SCORES.programs)
    for entry in ranking.entries:
        assert 0 <= entry.score <= entry.up_to <= 100
        assert 0 <= entry.coverage <= 1
        assert entry.coverage > 0 or entry.score == 0
        assert entry.missing_need_items > 0 or entry.up_to == entry.score


@given(answers())
def test_gates_never_change_a_score(made_up: dict[str, Any]) -> None:
    """Law, jail and civil rights decide whether a program is open, not how much it is needed."""
    gates_only = {"jail_operated", "state_law_customs", "civil_rights_finding", "complaint_process", "offence_focus"}
    without = {key: value for key, value in made_up.items() if key not in gates_only}
    assert all(points == 0 for points in rank(made_up).change_against(rank(without)).values())


@st.composite
def counted(draw: st.DrawFn, least: int) -> dict[str, Any]:
    """Answers whose every count is at least `least`."""
    made_up = draw(answers())
    for key in COUNTS:
        if made_up.get(key) is not None:
            made_up[key] = draw(st.integers(least, 100_000_000))
    return {key: value for key, value in made_up.items() if key not in SCALED or value is None or value <= 10**8}


def ten_times(made_up: dict[str, Any]) -> dict[str, Any]:
    return {key: value * 10 if key in SCALED and value is not None else value for key, value in made_up.items()}


@given(counted(least=10))
def test_ten_times_the_size_and_every_count_lowers_no_score(made_up: dict[str, Any]) -> None:
    after, before = rank(ten_times(made_up)), rank(made_up)
    for entry in before.entries:
        assert after.entry(*entry.key).exact_score >= entry.exact_score - 1e-6
        assert after.entry(*entry.key).availability is entry.availability


@given(counted(least=100))
def test_ten_times_the_size_and_every_count_keeps_the_first_place_or_one_comparable(made_up: dict[str, Any]) -> None:
    """Fewer cases are held back a little, so two programs that were comparable may change places."""
    before, after = rank(made_up), rank(ten_times(made_up))
    assert comparable(before.entries[0], before.entry(*after.entries[0].key))


COUNTY = {
    "state_law_immigration": "permits",
    "jail_operated": "yes",
    "civil_rights_finding": "none",
    "complaint_process": "yes",
    "offence_focus": ("serious_violent",),
    "nlets_access": "yes",
    "population_served": 90_000,
    "sworn_officers": 120,
}
SPECIMENS = {
    "a jail that ICE rarely visits": COUNTY
    | {
        "jail_bookings": 4_860,
        "jail_foreign_born_bookings": 1_021,
        "jail_screened_percent": 38,
        "jail_interview_wait_hours": 30,
        "gang_crimes": 10,
    },
    "a border port": COUNTY
    | {
        "miles_to_border_or_port": 0,
        "smuggling_seizures": 60,
        "cross_border_violence": 12,
        "officers_assignable_fte": 4,
        "border_task_force_present": "no",
        "unidentified_encounters": 10,
    },
    "a tip line that nobody can follow": COUNTY
    | {"cybertips": 200, "cybertip_days_to_action": 20, "devices_awaiting_exam": 45, "icac_member": "yes"},
    "an interstate": COUNTY
    | {"currency_seizures": 25, "currency_seizures_over_10k": 15, "interstate_miles": 250, "interdiction_fte": 4},
    "a small town": COUNTY | {"jail_operated": "no", "unidentified_encounters": 40, "status_queries_sent": 12},
}
FIRST = {
    "a jail that ICE rarely visits": "criminal-alien-program",
    "a border port": "best",
    "a tip line that nobody can follow": "predator",
    "an interstate": "firewall",
    "a small town": "lesc",
}


@pytest.mark.parametrize("specimen", SPECIMENS)
def test_a_real_need_comes_first_and_still_does_at_ten_times_the_size(specimen: str) -> None:
    first, first_of_ten = rank(SPECIMENS[specimen]).entries[0], rank(ten_times(SPECIMENS[specimen])).entries[0]
    assert first.availability is Availability.AVAILABLE
    assert first.key.program == FIRST[specimen]
    assert first_of_ten.key == first.key
