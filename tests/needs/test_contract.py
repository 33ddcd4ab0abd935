"""Keys, types, units, choices and weights are a contract with stored answers and other systems."""

import pytest

from app.data_files import DataFileError, shaped
from app.needs.keys import ProgramKey
from app.needs.questions import AGENCY_GROUPS, GROUPS, QUESTIONS, QuestionKind, read_questions
from app.needs.score_rules import Item, Part, ScoredProgram
from tests.needs.scored import SCORES
from tests.samples import QUESTION_CONTRACT, SCORE_CONTRACT, rows


def test_the_questions_are_those_of_the_contract_in_its_order() -> None:
    ours = [
        {
            "key": q.key,
            "group": q.group,
            "asked_of": q.asked_of,
            "type": q.kind.value,
            "unit": q.unit,
            "choices": "" if q.kind is QuestionKind.YES_NO_UNKNOWN else "|".join(q.choice_keys),
        }
        for q in QUESTIONS.values()
    ]
    fields = list(ours[0])
    assert ours == [{field: row[field] for field in fields} for row in rows(QUESTION_CONTRACT)]


def test_a_note_is_needed_exactly_where_the_contract_asks_for_a_citation() -> None:
    cited = {row["key"] for row in rows(QUESTION_CONTRACT) if "citation in the note" in row["measures"]}
    assert {q.key for q in QUESTIONS.values() if q.needs_note} == cited


def test_the_items_of_the_score_are_those_of_the_contract_in_its_order() -> None:
    ours = [
        (
            *program.key.columns,
            item.part.value,
            item.key,
            item.measure,
            " ".join(f"{k}={v}" for k, v in item.points.items()) or item.direction,
            None if item.is_map else float(item.low),
            None if item.is_map else float(item.high),
            float(item.weight),
            item.note,
        )
        for program in SCORES.programs
        for item in program.items
    ]
    contract = [
        (
            *(row[field] for field in ("program", "model", "part", "item", "measure", "direction")),
            float(row["low"]) if row["low"] else None,
            float(row["high"]) if row["high"] else None,
            float(row["weight"]),
            row["note"],
        )
        for row in rows(SCORE_CONTRACT)
    ]
    listed = {row[0] for row in contract}  # a program that came later has no rows in the contract
    assert [row for row in ours if row[0] in listed] == contract


def test_there_are_78_questions_thirteen_programs_and_fifteen_entries() -> None:
    assert len(QUESTIONS) == 78
    assert len(SCORES.programs) >= 15
    assert len({program.key.program for program in SCORES.programs}) >= 13


def test_every_question_stands_on_exactly_one_page() -> None:
    on_pages = [question.key for group in GROUPS for question in group.questions]
    assert sorted(on_pages) == sorted(QUESTIONS)


def test_only_the_field_survey_is_asked_of_staff() -> None:
    assert {group.key for group in GROUPS} - {group.key for group in AGENCY_GROUPS} == {"field_survey"}
    assert {q.key for q in QUESTIONS.values() if q.asked_of == "staff"} == {
        item.key for program in SCORES.programs for item in program.part(Part.ICE)
    } | {"ice_detention_beds"}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda question: question.key)
def test_every_question_asks_in_a_sentence_and_says_why(question) -> None:  # type: ignore[no-untyped-def] # parametrized
    assert question.text.endswith("?")
    assert question.hint.endswith(".")
    assert question.why.endswith(".")
    assert not any("_" in words for words in (question.text, question.hint, question.why, question.short))


def test_totals_per_year_are_totals_of_the_last_twelve_months() -> None:
    assert all(q.twelve_months for q in QUESTIONS.values() if q.unit.endswith("per year"))


def test_programs_that_belong_together_say_how() -> None:
    assert {"best", "community-shield", "firewall", "document-benefit-fraud", "predator"} == set(
        SCORES.companions("customs-cross-designation")[0].supports
    )
    assert SCORES.companions("asset-forfeiture") == SCORES.companions("equitable-sharing")
    assert SCORES.companions("lesc")
    assert SCORES.companions("ipr-center") == ()


def test_a_question_knows_for_which_programs_it_counts() -> None:
    assert [program.key.program for program in SCORES.counts_for("jail_bookings")] == [
        "criminal-alien-program",
        "287g",
        "287g",
    ]
    assert SCORES.counts_for("gang_homicides") == ()


GOOD = {
    "version": "1",
    "limits": {"integer": [0, 10]},
    "groups": {"g": {"title": "G", "pages": {"p": {"title": "P"}}}},
}
ASKED = {"group": "g", "page": "p", "short": "S", "text": "T?", "hint": "H.", "why": "W."}


@pytest.mark.parametrize(
    ("change", "part_of_message"),
    [
        ({"type": "guess"}, "a: type “guess” is none of integer"),
        ({"type": "integer", "unit": "u", "group": "h"}, "group that does not exist"),
        ({"type": "integer", "unit": "u", "wit": 1}, "a: wit is unknown here"),
        ({"type": "choice"}, "choices"),
        ({"type": "integer"}, "unit"),
        ({"type": "integer", "unit": "u", "page": "q"}, "page"),
        ({"type": "integer", "unit": "u", "limits": [5, 5]}, "range"),
        ({"type": "integer", "unit": "u", "why": ""}, "a: why is empty"),
        ({"type": "integer", "unit": "u", "applies_when": {"nobody": ["yes"]}}, "unknown question"),
    ],
)
def test_a_question_that_contradicts_itself_stops_the_service(change: dict[str, object], part_of_message: str) -> None:
    with pytest.raises(match=part_of_message):
        read_questions(GOOD | {"questions": {"a": ASKED | change}})


ROW = {"part": "need", "item": "gang_crimes", "measure": "value", "direction": "more", "low": 0, "high": 1, "weight": 1}


def refuse_faults(item: Item) -> None:
    """As the catalog does with what its files say against the questions."""
    if faults := list(ScoredProgram(ProgramKey("p"), "P", (item,)).faults()):
        raise DataFileError("; ".join(faults))


@pytest.mark.parametrize(
    "change",
    [
        {"item": "nothing_we_ask"},
        {"measure": "by feel"},
        {"direction": "sideways"},
        {"low": 1},
        {"weight": 0},
        {"measure": "map"},
        {"part": "fit"},
    ],
)
def test_an_item_that_contradicts_itself_stops_the_service(change: dict[str, object]) -> None:
    with pytest.raises(DataFileError):
        refuse_faults(shaped(ROW | change, Item, "scoring.toml"))
