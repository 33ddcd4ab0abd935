"""`flask specimen` writes three files for each instrument, or says in one line why it cannot."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.agreements.commands import specimen_command
from app.agreements.library.library import LIBRARY
from app.agreements.specimens import facts_of, made_up, specimen, state_name
from app.needs.profile import STATES, parse_profile
from tests.agreements.document_text import squeezed, words_of_page

SMALLEST = min(LIBRARY.templates, key=lambda template: len(template.clause_keys))
PROFILE = {
    "agency": {"name": "Kestrel County Sheriff's Office", "ori": "TX9990100", "state": "TX", "county_fips": "48001"},
    "answers": {
        "objectives": ["gangs"],
        "offence_focus": ["serious_violent", "drug"],
        "governing_body": "county_board",
    },
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(specimen_command, [str(argument) for argument in arguments])


def refused(result: Result) -> str:
    """The one line on standard error."""
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    return line


def test_an_instrument_is_three_files(tmp_path: Path) -> None:
    result = run(SMALLEST.program, "--out", tmp_path)
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"{SMALLEST.name}.{kind}" for kind in ("docx", "html", "pdf")
    ]


def test_all_instruments_are_three_files_each(tmp_path: Path) -> None:
    assert run("--all", "--out", tmp_path / "new" / "folder").exit_code == 0
    written = {path.name for path in (tmp_path / "new" / "folder").iterdir()}
    assert written == {f"{t.name}.{kind}" for t in LIBRARY.templates for kind in ("html", "docx", "pdf")}


def test_the_same_specimen_has_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        run(SMALLEST.program, "--out", tmp_path / name)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name


def test_a_model_of_287g_names_its_files(tmp_path: Path) -> None:
    assert run("287g", "--model", "jail", "--out", tmp_path).exit_code == 0
    assert {path.stem for path in tmp_path.iterdir()} == {"287g-jail"}


def test_a_profile_fills_what_it_tells_and_leaves_marked_blanks(tmp_path: Path) -> None:
    request = tmp_path / "request.json"
    request.write_text(json.dumps(PROFILE), encoding="utf-8")
    out = tmp_path / "out"
    assert run(SMALLEST.program, "--request", request, "--out", out).exit_code == 0
    page = words_of_page((out / f"{SMALLEST.name}.html").read_text(encoding="utf-8"))
    assert squeezed("Kestrel County Sheriff's Office") in squeezed(page)
    assert "to be completed]" in page


def test_a_profile_tells_facts_in_the_words_of_the_questions() -> None:
    told = facts_of(parse_profile(json.dumps(PROFILE).encode()))
    assert told["agency_state"] == "Texas"
    assert told["agency_ori"] == "TX9990100"
    assert told["governing_body"] == "the county board or commission"
    assert isinstance(told["objectives"], tuple) and len(told["objectives"]) == 1
    assert "_" not in str(told["offence_focus"])


@pytest.mark.parametrize("template", LIBRARY.templates, ids=lambda template: template.name)
def test_an_empty_profile_is_no_error(template) -> None:  # type: ignore[no-untyped-def] # a Template
    made = specimen(template, parse_profile(b"{}"))
    assert made.missing_required


def test_every_state_has_a_name() -> None:
    assert {code for code in STATES if not state_name(code)} == set()


def test_the_specimen_agency_is_recognizably_made_up() -> None:
    facts = made_up("lesc")
    assert "Example" in str(facts["agency_name"])
    assert str(facts["agency_ori"]).startswith("TX999")


@pytest.mark.parametrize(
    ("program", "title"),
    [("287g", "Director"), ("best", "Special Agent in Charge"), ("fugitive-operations", "Field Office Director")],
)
def test_a_specimen_is_signed_by_whoever_approves_the_program(program: str, title: str) -> None:
    assert made_up(program)["ice_signatory_title"] == title


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("poetry",), "Unknown program 'poetry'. The programs are: "),
        (("poe\ntry",), "Unknown program 'poe\\ntry'."),
        (("287g",), "287g has several models. Choose one with --model: "),
        (("287g", "--model", "moon"), "287g has no model 'moon'. Choose one with --model: "),
        (("best", "--model", "jail"), "best has no models. Leave out --model."),
        (("best", "--all"), "Name a program or give --all, not both."),
        ((), "Name a program, or give --all."),
    ],
)
def test_what_is_no_instrument_is_refused_in_one_line(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    assert refused(run(*arguments, "--out", tmp_path)).startswith(says)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_asked_for() -> None:
    assert refused(run(SMALLEST.program)) == "Name a folder with --out."


def test_a_folder_that_cannot_be_written_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    assert refused(run(SMALLEST.program, "--out", tmp_path / "file")).startswith(str(tmp_path / "file"))


def test_a_profile_that_cannot_be_read_is_refused_in_one_line(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"answers": {"weather": 1}}', encoding="utf-8")
    assert refused(run(SMALLEST.program, "--request", bad, "--out", tmp_path / "out")).startswith("weather: ")
    assert not (tmp_path / "out").exists()
