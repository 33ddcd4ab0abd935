"""The programs as folders of data: complete, in step with questions and library, refused with what is wrong."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.agreements.library.library import LIBRARY
from app.data_files import DataFileError
from app.needs.finder_questions import TOPICS
from app.needs.keys import ProgramKey
from app.programs.catalog import CATALOG, FOLDER, load
from app.programs.program import NOT_SET, in_a_line


def test_scores_and_instruments_are_those_of_the_programs_in_their_order() -> None:
    assert list(CATALOG.keys) == [scored.key for scored in CATALOG.scores.programs] == list(CATALOG.instruments)


@pytest.mark.parametrize("key", CATALOG.keys, ids=str)
def test_an_entry_has_one_name_wherever_it_is_shown(key: ProgramKey) -> None:
    assert CATALOG.label(key) == CATALOG.label(str(key)) == CATALOG.scores.find(key).name == CATALOG.labels[str(key)]


def test_every_program_stands_in_one_column_of_the_first_page() -> None:
    shown = [program.key for group in CATALOG.groups for program in group.programs]
    assert sorted(shown) == sorted(program.key for program in CATALOG.programs)


def test_every_entry_ends_in_an_instrument_of_the_library() -> None:
    for key in CATALOG.keys:
        assert LIBRARY.template(key).rests_on == CATALOG.program(key.program).rests_on, key


def test_every_problem_of_the_finder_has_a_program_that_helps() -> None:
    assert {topic.key for topic in TOPICS} == {topic for program in CATALOG.programs for topic in program.topics}


def test_a_program_answers_the_problems_that_its_score_measures() -> None:
    assert CATALOG.program("lesc").topics == ("encounters",)
    assert CATALOG.program("287g").topics == ("jail", "encounters")


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
    assert CATALOG.approver(program) == approver
    assert CATALOG.approver_title(CATALOG.program(program)) == CATALOG.approvers[approver]


def test_every_model_is_approved_like_its_program_and_no_other_model_exists() -> None:
    assert {CATALOG.approver("287g", model) for model in ("jail", "task-force", "warrant-service")} == {"director"}
    with pytest.raises(KeyError):
        CATALOG.approver("287g", "hybrid")
    with pytest.raises(KeyError):
        CATALOG.label("lesc:jail")


def test_what_the_public_text_does_not_set_says_so() -> None:
    assert CATALOG.program("fugitive-operations").training == NOT_SET
    assert CATALOG.model("287g", "task-force").inspections == NOT_SET


def test_delegated_authority_is_that_of_287g_and_the_customs_designation() -> None:
    assert [p.key for p in CATALOG.programs if p.delegated] == ["customs-cross-designation", "287g"]


def test_every_program_says_what_is_inferred_and_on_what_it_rests() -> None:
    assert all(program.inferred and program.sources for program in CATALOG.programs)


def test_items_are_put_in_a_line_with_capitals_only_where_they_belong() -> None:
    assert (
        in_a_line(["A room", "Booking data", "A line", "ICE officers"]) == "A room; booking data; a line; ICE officers"
    )


def replaced(path: str, find: str, put: str) -> Callable[[Path], object]:
    """A change of a copied folder: these words in this file."""

    def change(folder: Path) -> None:
        text = (folder / path).read_text(encoding="utf-8")
        assert find in text
        (folder / path).write_text(text.replace(find, put, 1), encoding="utf-8")

    return change


def without(path: str, line: str) -> Callable[[Path], object]:
    """A change of a copied folder: the file without the line that begins so."""

    def change(folder: Path) -> None:
        lines = (folder / path).read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [each for each in lines if not each.startswith(line)]
        assert len(kept) == len(lines) - 1
        (folder / path).write_text("".join(kept), encoding="utf-8")

    return change


LESC, JAIL = "lesc/program.toml", "287g/jail/model.toml"
BROKEN: list[tuple[Callable[[Path], object], str]] = [
    (without("catalog.toml", "version"), "catalog.toml: version is missing"),
    (without(LESC, "lead ="), "lesc: program.toml: lead is missing"),
    (replaced(LESC, "order = ", "order = 'first' #"), "lesc: program.toml: order has text, not a whole number"),
    (replaced(LESC, "fits = [", "fits = []\nunused = ["), "lesc: program.toml: "),
    (replaced(LESC, 'tagline = "', 'motto = "x"\ntagline = "'), "lesc: program.toml: motto is unknown here"),
    (
        replaced(LESC, 'component = "', 'component = "sales" #'),
        "component “sales” is none of investigations, detention",
    ),
    (replaced(LESC, 'rests_on = "', 'rests_on = "hearsay" #'), "rests_on “hearsay” is none of template, copies"),
    (replaced(LESC, 'approver = "', 'approver = "mayor" #'), "lesc: approver has mayor, which is unknown"),
    (replaced(LESC, 'group = "', 'group = "sport" #'), "lesc: group has sport, which is unknown"),
    (
        replaced(LESC, "asks = [", 'asks = ["money"] #'),
        "lesc: program.toml: asks 1 “money” is none of full_time_officers",
    ),
    (replaced(LESC, "agency_types = [", 'agency_types = ["circus"] #'), "lesc: agency_types has circus"),
    (replaced(LESC, "\nsources = [", '\nsources = ["rumor"] #'), "lesc: program.toml: sources has rumor"),
    (replaced(LESC, "together = [", 'together = ["nothing"] #'), "lesc: together has nothing"),
    (replaced(LESC, 'topic = "encounters"', 'topic = "weather"'), "lesc: needs has weather"),
    (replaced(LESC, "helps = ", "mends = "), "lesc: program.toml: needs 1: mends is unknown here"),
    (replaced(LESC, 'program = "', 'program = "nothing'), "lesc: elsewhere has nothing"),
    (without(JAIL, "training ="), "287g: jail/model.toml: training is missing"),
    (replaced("lesc/scoring.toml", '"nlets"', '"nettles"'), "lesc: scoring.toml: gates has nettles"),
    (
        replaced("lesc/scoring.toml", 'question = "', 'question = "x'),
        "gate nlets_access asks what no question asks",
    ),
    (replaced("lesc/scoring.toml", "unknown = {", "perhaps = {"), "gate nlets_access has no verdict for “unknown”"),
    (replaced("lesc/scoring.toml", "no = {", "never = {"), "judges “never”, which nobody can choose"),
    (replaced("best/scoring.toml", "within {limit} miles,", "within {place} miles,"), "neither {value} nor {limit}"),
    (
        replaced("best/scoring.toml", 'kind = "at_most"', 'kind = "by_feel"'),
        "scoring.toml: gate kind “by_feel” is none of",
    ),
    (replaced("lesc/scoring.toml", 'part = "need"', 'part = "luck"'), "items 1 part “luck” is none of need, fit, ice"),
    (replaced("lesc/scoring.toml", "weight = ", "weight = -"), "lesc: scoring.toml: items 1 weight is not above 0"),
    (lambda folder: (folder / "lesc" / "instrument.toml").unlink(), "lesc: instrument.toml: there is no such file"),
    (lambda folder: (folder / "lesc" / "program.toml").write_text("a ="), "lesc: program.toml: Invalid value"),
]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return shutil.copytree(FOLDER, tmp_path / "catalog")


@pytest.mark.parametrize(("change", "fault"), BROKEN, ids=[fault for _, fault in BROKEN])
def test_a_folder_with_a_fault_stops_the_start_and_names_it(
    copied: Path, change: Callable[[Path], object], fault: str
) -> None:
    change(copied)
    with pytest.raises(DataFileError) as refused:
        load(copied)
    assert fault in str(refused.value)


def test_the_faults_of_all_folders_are_named_at_once(copied: Path) -> None:
    without(LESC, "lead =")(copied)
    without("best/program.toml", "eligible =")(copied)
    with pytest.raises(DataFileError, match=r"best: program.toml: eligible is missing\nlesc: program.toml: lead"):
        load(copied)


def test_a_new_folder_is_a_new_program(copied: Path) -> None:
    shutil.copytree(copied / "ipr-center", copied / "made-up-patrol")
    replaced("made-up-patrol/program.toml", 'name = "', 'name = "Made-up Patrol" #')(copied)
    found = load(copied)
    key = ProgramKey("made-up-patrol")
    assert set(found.keys) - set(CATALOG.keys) == {key}
    assert found.label(key) == found.scores.find(key).name == "Made-up Patrol"
    assert [each.key for group in found.groups for each in group.programs].count("made-up-patrol") == 1
