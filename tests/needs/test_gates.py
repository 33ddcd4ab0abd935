"""What closes a program to an agency, or leaves it to be confirmed, one gate at a time."""

from typing import Any

import pytest

from app.needs import gates
from app.needs.gates import Availability, GateOutcome, JudgedGate, availability
from app.needs.keys import ProgramKey
from tests.needs.scored import SCORES

OPEN_TO_ALL: dict[str, Any] = {
    "state_law_immigration": "permits",
    "state_law_customs": "permits",
    "jail_operated": "yes",
    "equitable_sharing_certification": "current",
    "nlets_access": "yes",
    "miles_to_border_or_port": 10,
    "civil_rights_finding": "none",
    "complaint_process": "yes",
    "offence_focus": ("serious_violent",),
}


def judge(program: str, model: str | None, answers: dict[str, Any]) -> tuple[JudgedGate, ...]:
    return gates.judge(SCORES.find(ProgramKey(program, model)).gates, answers)


MODELS = [("287g", "jail"), ("287g", "task-force"), ("287g", "warrant-service")]
DELEGATED = [*MODELS, ("customs-cross-designation", None)]
PASS, FAIL, UNKNOWN = GateOutcome.PASS, GateOutcome.FAIL, GateOutcome.UNKNOWN

TABLE = [
    *[(*model, "state_law_immigration", "permits", PASS) for model in MODELS],
    *[(*model, "state_law_immigration", "bars", FAIL) for model in MODELS],
    *[(*model, "state_law_immigration", "unknown", UNKNOWN) for model in MODELS],
    *[(*model, "state_law_immigration", None, UNKNOWN) for model in MODELS],
    ("287g", "jail", "state_law_immigration", "limits", FAIL),
    ("287g", "task-force", "state_law_immigration", "limits", FAIL),
    ("287g", "warrant-service", "state_law_immigration", "limits", UNKNOWN),
    *[
        (program, None, "state_law_immigration", answer, result)
        for program in ("criminal-alien-program", "fugitive-operations")
        for answer, result in (
            ("permits", PASS),
            ("limits", PASS),
            ("bars", FAIL),
            ("unknown", UNKNOWN),
            (None, UNKNOWN),
        )
    ],
    *[
        (program, model, "jail_operated", answer, result)
        for program, model in (("287g", "jail"), ("287g", "warrant-service"), ("criminal-alien-program", None))
        for answer, result in (("yes", PASS), ("no", FAIL), ("unknown", UNKNOWN), (None, UNKNOWN))
    ],
    *[
        ("customs-cross-designation", None, "state_law_customs", answer, result)
        for answer, result in (("permits", PASS), ("bars", FAIL), ("unknown", UNKNOWN), (None, UNKNOWN))
    ],
    *[
        (program, None, "equitable_sharing_certification", answer, PASS if answer == "current" else UNKNOWN)
        for program in ("equitable-sharing", "asset-forfeiture")
        for answer in ("current", "expired", "none", "unknown", None)
    ],
    *[
        ("lesc", None, "nlets_access", answer, result)
        for answer, result in (("yes", PASS), ("no", FAIL), ("unknown", UNKNOWN), (None, UNKNOWN))
    ],
    *[
        ("best", None, "miles_to_border_or_port", answer, result)
        for answer, result in ((0, PASS), (100, PASS), (100.5, FAIL), (900, FAIL), (None, UNKNOWN))
    ],
]
STATES = {PASS: Availability.AVAILABLE, FAIL: Availability.NOT_AVAILABLE, UNKNOWN: Availability.NEEDS_CONFIRMATION}


@pytest.mark.parametrize(("program", "model", "key", "answer", "result"), TABLE)
def test_one_answer_alone_decides_its_gate(
    program: str, model: str | None, key: str, answer: object, result: GateOutcome
) -> None:
    judged = judge(program, model, OPEN_TO_ALL | {key: answer})
    by_key = {gate.key: gate for gate in judged}
    assert by_key[key].result is result
    assert all(gate.result is PASS for gate in judged if gate.key != key)
    assert availability(judged) is STATES[result]
    assert by_key[key].reason.endswith(".")
    assert bool(by_key[key].change) == (result is not PASS)


@pytest.mark.parametrize(("program", "model"), DELEGATED)
@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("civil_rights_finding", "open"),
        ("civil_rights_finding", "unknown"),
        ("civil_rights_finding", None),
        ("complaint_process", "no"),
        ("complaint_process", "unknown"),
        ("complaint_process", None),
        ("offence_focus", ("any",)),
        ("offence_focus", ["drug", "any"]),
        ("offence_focus", ()),
        ("offence_focus", None),
    ],
)
def test_a_civil_rights_concern_leaves_delegated_authority_to_a_reviewer(
    program: str, model: str | None, key: str, answer: object
) -> None:
    answers = OPEN_TO_ALL | {key: answer}
    judged = {gate.key: gate for gate in judge(program, model, answers)}
    assert judged["civil_rights"].result is UNKNOWN
    assert "reviewer" in judged["civil_rights"].change
    assert availability(judged.values()) is Availability.NEEDS_CONFIRMATION
    assert ";" not in judged["civil_rights"].reason


@pytest.mark.parametrize("finding", ["none", "closed"])
def test_no_finding_or_a_closed_one_is_no_concern(finding: str) -> None:
    judged = judge("287g", "jail", OPEN_TO_ALL | {"civil_rights_finding": finding})
    assert {gate.result for gate in judged} == {PASS}


def test_civil_rights_are_reviewed_only_where_authority_is_delegated() -> None:
    reviewed = [p.key for p in SCORES.programs if "civil_rights" in {gate.key for gate in p.gates}]
    assert sorted(reviewed, key=str) == sorted(DELEGATED, key=str)


@pytest.mark.parametrize(
    "program", ["document-benefit-fraud", "ipr-center", "community-shield", "firewall", "predator"]
)
def test_a_program_without_gates_is_open_to_everyone(program: str) -> None:
    assert judge(program, None, {}) == ()
    assert availability(()) is Availability.AVAILABLE


def test_a_fail_outweighs_what_is_still_to_be_confirmed() -> None:
    judged = judge("287g", "jail", {"jail_operated": "no"})
    assert {gate.result for gate in judged} == {FAIL, UNKNOWN}
    assert availability(judged) is Availability.NOT_AVAILABLE


def test_the_distance_to_a_border_says_that_it_is_inferred() -> None:
    (gate,) = judge("best", None, {"miles_to_border_or_port": 250})
    assert "inferred" in gate.reason
