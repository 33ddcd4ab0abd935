"""`flask rank`: an order from a file, for people or for another system."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.needs.keys import ProgramKey
from app.programs.catalog import CATALOG
from app.programs.commands import rank_command

GOOD = {
    "agency": {"name": "Example County Sheriff", "ori": "TX9990100", "state": "TX", "county_fips": "48001"},
    "answers": {
        "jail_operated": "yes",
        "state_law_immigration": "permits",
        "jail_bookings": 12_000,
        "jail_foreign_born_bookings": 1_800,
        "jail_screened_percent": 40,
        "offence_focus": ["serious_violent"],
        "gang_crimes": None,
    },
}


@pytest.fixture
def flask_rank(tmp_path: Path) -> Any:
    """Runs the command on a file with these data, or this text."""

    def run(data: Any, *options: str) -> Result:
        path = tmp_path / "agency.json"
        path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
        return CliRunner().invoke(rank_command, [str(path), *options])

    return run


def test_json_is_the_ranking_and_nothing_else(flask_rank: Any) -> None:
    result = flask_rank(GOOD, "--json")
    assert result.exit_code == 0
    assert result.stderr == ""
    programs = json.loads(result.stdout)["programs"]
    assert {ProgramKey(each["program"], each["model"]) for each in programs} == set(CATALOG.keys)
    assert programs[0]["program"] == "criminal-alien-program"


def test_the_same_file_gives_the_same_bytes(flask_rank: Any) -> None:
    assert flask_rank(GOOD, "--json").stdout_bytes == flask_rank(GOOD, "--json").stdout_bytes


def test_people_read_places_names_words_and_reasons(flask_rank: Any) -> None:
    result = flask_rank(GOOD)
    assert result.exit_code == 0
    assert "Example County Sheriff" in result.stdout
    assert " 1  Criminal Alien Program" in result.stdout
    assert "Needs confirmation" in result.stdout
    assert "15% of all bookings" in result.stdout
    assert "needs_confirmation" not in result.stdout


def test_the_columns_of_the_table_are_aligned(flask_rank: Any) -> None:
    lines = [line for line in flask_rank(GOOD).stdout.splitlines() if line[:4].strip().isdigit()]
    assert len(lines) == len(CATALOG.keys)
    assert len({len(line) for line in lines}) == 1


def test_answers_that_contradict_each_other_are_warned_about_and_ranked(flask_rank: Any) -> None:
    data = {"answers": {"jail_bookings": 10, "jail_foreign_born_bookings": 20}}
    result = flask_rank(data, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)
    assert "is more than" in result.stderr


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"answers": {"no_such_question": 1}}, "no_such_question"),
        ({"answers": {"jail_bookings": "12000"}}, "jail_bookings"),
        ({"answers": {"jail_screened_percent": 101}}, "jail_screened_percent"),
        ({"answers": {"offence_focus": ["theft"]}}, "offence_focus"),
        ({"agency": {"ori": "1"}}, "ori"),
        ({"extra": 1}, "extra"),
        ('{"answers": {"gang_crimes": Infinity}}', "gang_crimes"),
        ("not json", "agency.json"),
        ("[" * 100_000, "agency.json"),
    ],
)
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_bad_file_ends_with_status_2_and_one_line_that_names_the_key(
    flask_rank: Any, data: Any, key: str, options: tuple[str, ...]
) -> None:
    result = flask_rank(data, *options)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert key in result.stderr


def test_a_missing_file_is_one_line_too(tmp_path: Path) -> None:
    result = CliRunner().invoke(rank_command, [str(tmp_path / "missing.json")])
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
