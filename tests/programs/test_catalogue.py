"""The programs as data: complete, in step with the score, and refused with the name of what is wrong."""

import copy
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import app.programs.catalogue as module
from app.agreements.clauses import LIBRARY
from app.needs.catalogue import CATALOGUE as SCORES
from app.needs.finder import TOPICS
from app.programs.catalogue import CATALOGUE, BadCatalogue, read
from app.programs.program import NOT_SET, in_a_line

FILE = Path(module.__file__).with_name("catalogue.toml")
Change = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def original() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def test_programs_and_scores_are_about_the_same_fifteen_in_the_same_order() -> None:
    assert list(CATALOGUE.entries) == [program.identity for program in SCORES.programs]
    assert (len(CATALOGUE.programs), len(CATALOGUE.entries)) == (13, 15)


@pytest.mark.parametrize("entry", CATALOGUE.entries, ids=str)
def test_an_entry_has_one_name_wherever_it_is_shown(entry: tuple[str, str | None]) -> None:
    score = SCORES.find(*entry).name
    assert CATALOGUE.entry_name(*entry) in {score, f"{score} immigration cross-designation"}


def test_every_entry_ends_in_an_instrument_of_the_library() -> None:
    titled = {(each.program, each.model): each.rests_on for each in LIBRARY.templates}
    for entry in CATALOGUE.entries:
        assert titled[entry] == CATALOGUE.program(entry[0]).rests_on, entry


def test_every_problem_of_the_finder_has_a_program_that_helps() -> None:
    assert {topic.key for topic in TOPICS} == {topic for program in CATALOGUE.programs for topic in program.topics}


def test_a_program_answers_the_problems_that_its_score_measures() -> None:
    assert CATALOGUE.program("lesc").topics == ("encounters",)
    assert CATALOGUE.program("287g").topics == ("jail", "encounters")


@pytest.mark.parametrize(
    ("program", "approver"),
    [
        ("287g", "director"),
        ("criminal-alien-program", "field-office-director"),
        ("fugitive-operations", "field-office-director"),
        ("lesc", "unit-chief"),
        ("predator", "special-agent-in-charge"),
    ],
)
def test_each_program_is_approved_by_one_kind_of_official(program: str, approver: str) -> None:
    assert CATALOGUE.approver(program) == approver
    assert CATALOGUE.approver_title(CATALOGUE.program(program)) == CATALOGUE.approvers[approver]


def test_every_model_is_approved_like_its_program_and_no_other_model_exists() -> None:
    assert {CATALOGUE.approver("287g", model) for model in ("jail", "task-force", "warrant-service")} == {"director"}
    with pytest.raises(KeyError):
        CATALOGUE.approver("287g", "hybrid")
    with pytest.raises(KeyError):
        CATALOGUE.entry_name("lesc", "jail")


def test_what_the_public_text_does_not_set_says_so() -> None:
    assert CATALOGUE.program("fugitive-operations").training == NOT_SET
    assert CATALOGUE.model("287g", "task-force").inspections == NOT_SET


def test_delegated_authority_is_that_of_287g_and_the_customs_designation() -> None:
    assert [p.key for p in CATALOGUE.programs if p.delegated] == ["customs-cross-designation", "287g"]


def test_every_program_says_what_is_inferred_and_on_what_it_rests() -> None:
    assert all(program.inferred and program.sources for program in CATALOGUE.programs)


def test_items_are_put_in_a_line_with_capitals_only_where_they_belong() -> None:
    assert (
        in_a_line(["A room", "Booking data", "A line", "ICE officers"]) == "A room; booking data; a line; ICE officers"
    )


def program(data: dict[str, Any], key: str) -> dict[str, Any]:
    return next(entry for entry in data["program"] if entry["key"] == key)


BROKEN: list[tuple[Change, str]] = [
    (lambda d: d.pop("version"), "the catalogue: version is missing"),
    (lambda d: d["approvers"].clear(), "the catalogue: approvers is missing"),
    (lambda d: program(d, "lesc").pop("lead"), "lesc: lead is missing"),
    (lambda d: program(d, "lesc").update(fits=[]), "lesc: fits is missing"),
    (lambda d: program(d, "lesc").update(inferred=[]), "lesc: inferred is missing"),
    (lambda d: program(d, "lesc").update(motto="x"), "lesc: motto is a fact that no program has"),
    (lambda d: program(d, "lesc").update(component="sales"), "lesc: component has sales, which is unknown"),
    (lambda d: program(d, "lesc").update(rests_on="hearsay"), "lesc: rests_on has hearsay"),
    (lambda d: program(d, "lesc").update(approver="mayor"), "lesc: approver has mayor"),
    (lambda d: program(d, "lesc").update(asks=["money"]), "lesc: asks has money"),
    (lambda d: program(d, "lesc").update(agency_types=["circus"]), "lesc: agency_types has circus"),
    (lambda d: program(d, "lesc")["sources"].append("rumor"), "lesc: sources has rumor"),
    (lambda d: program(d, "lesc").update(together=["nothing"]), "lesc: together has nothing"),
    (lambda d: program(d, "lesc")["needs"][0].update(topic="weather"), "lesc: needs has the topic weather"),
    (lambda d: program(d, "lesc")["needs"][0].pop("helps"), "lesc: needs: helps is missing"),
    (lambda d: program(d, "lesc")["elsewhere"][0].update(program="nothing"), "lesc: elsewhere leads to nothing"),
    (lambda d: program(d, "287g")["models"][0].pop("training"), "287g: model jail: training is missing"),
    (lambda d: d["program"].append(program(d, "lesc")), "lesc stands twice"),
    (lambda d: d["group"][0]["programs"].pop(), "fugitive-operations: stands in 0 groups instead of 1"),
    (lambda d: d["group"][1]["programs"].append("lesc"), "lesc: stands in 2 groups"),
    (lambda d: d["group"][1]["programs"].append("nothing"), "nothing: is in a group but is no program"),
    (lambda d: d["program"].reverse(), "not those of the score, in their order"),
    (lambda d: program(d, "287g")["models"].pop(), "not those of the score, in their order"),
    (lambda d: program(d, "lesc").pop("key"), "a program without a key: key is missing"),
]


@pytest.mark.parametrize(("change", "fault"), BROKEN, ids=[fault for _, fault in BROKEN])
def test_a_catalogue_with_a_fault_stops_the_start_and_names_it(
    original: dict[str, Any], change: Change, fault: str
) -> None:
    data = copy.deepcopy(original)
    change(data)
    with pytest.raises(BadCatalogue, match=fault):
        read(data)


def test_all_faults_are_named_at_once(original: dict[str, Any]) -> None:
    data = copy.deepcopy(original)
    program(data, "lesc").pop("lead")
    program(data, "best").pop("eligible")
    with pytest.raises(BadCatalogue, match=r"best: eligible is missing; lesc: lead is missing"):
        read(data)


def test_an_empty_file_is_refused_with_everything_it_lacks() -> None:
    with pytest.raises(BadCatalogue, match="program is missing"):
        read({})
