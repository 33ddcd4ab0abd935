"""Public lists come in: what is right is kept once, what is wrong is refused with its reason, and nothing twice."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Agency, Office
from app.accounts.offices.operations import load_offices
from app.accounts.offices.routing import candidates
from app.audit import Event
from app.extensions import db
from tests.builders import make_agency
from tests.importing import last_line, write_csv, write_workbook
from tests.samples import AGENCIES, AREAS, AREAS_BY_COUNTY, repeated, rows

AGENCY_HEAD = [
    "ori",
    "data_year",
    "pub_agency_name",
    "state_abbr",
    "county_name",
    "agency_type_name",
    "population",
    "officer_ct",
    "civilian_ct",
]
AREA_HEAD = ["office_name", "state_name", "county_name", "notes"]


def listed(ori: str = "TX9990100", name: str = "Rio Seco", state: str = "TX", kind: str = "County", **more: str):
    county, population, officers = (
        more.get("county", "RIO SECO"),
        more.get("population", "48200"),
        more.get("officers", "61"),
    )
    return [ori, "2025", name, state, county, kind, population, officers, "12"]


def the_agency(ori: str = "TX9990100") -> Agency:
    return db.session.scalars(select(Agency).where(Agency.ori == ori)).one()


def test_an_agency_comes_in_with_its_place_kind_and_size(run: Callable[..., Result], tmp_path: Path) -> None:
    result = run("agencies", "import", write_csv(tmp_path / "a.csv", AGENCY_HEAD, listed()))
    assert (result.exit_code, last_line(result)) == (0, "added 1, changed 0, unchanged 0, refused 0")
    agency = the_agency()
    assert (agency.name, agency.state, agency.county, agency.kind) == ("Rio Seco", "TX", "Rio Seco", "sheriff")
    assert (agency.population, agency.officers) == (48200, 61)


def test_running_it_twice_changes_nothing_and_a_newer_list_changes_what_differs(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    file = write_csv(tmp_path / "a.csv", AGENCY_HEAD, listed(), listed("TX9990200", "Arroyo"))
    run("agencies", "import", file)
    assert last_line(run("agencies", "import", file)) == "added 0, changed 0, unchanged 2, refused 0"
    newer = write_csv(tmp_path / "b.csv", AGENCY_HEAD, listed(officers="70"), listed("TX9990200", "Arroyo"))
    assert last_line(run("agencies", "import", newer)) == "added 0, changed 1, unchanged 1, refused 0"
    assert the_agency().officers == 70


def test_a_dry_run_tells_everything_and_keeps_nothing(run: Callable[..., Result], tmp_path: Path) -> None:
    result = run("agencies", "import", write_csv(tmp_path / "a.csv", AGENCY_HEAD, listed()), "--dry-run")
    assert last_line(result) == "added 1, changed 0, unchanged 0, refused 0"
    assert db.session.scalar(select(func.count()).select_from(Agency)) == 0
    assert db.session.scalar(select(func.count()).select_from(Event)) == 0


def test_two_agencies_may_share_an_ori(run: Callable[..., Result], tmp_path: Path) -> None:
    file = write_csv(tmp_path / "a.csv", AGENCY_HEAD, listed(), listed(name="Rio Seco Airport", kind="Other"))
    assert last_line(run("agencies", "import", file)) == "added 2, changed 0, unchanged 0, refused 0"
    assert last_line(run("agencies", "import", file)) == "added 0, changed 0, unchanged 2, refused 0"


def test_an_agency_that_the_list_renames_stays_the_same_agency(run: Callable[..., Result], tmp_path: Path) -> None:
    run("agencies", "import", write_csv(tmp_path / "a.csv", AGENCY_HEAD, listed()))
    key = the_agency().id
    renamed = write_csv(tmp_path / "b.csv", AGENCY_HEAD, listed(name="Rio Seco County"))
    assert last_line(run("agencies", "import", renamed)) == "added 0, changed 1, unchanged 0, refused 0"
    assert (the_agency().id, the_agency().name) == (key, "Rio Seco County")


def test_what_an_agency_says_about_itself_is_not_overwritten(run: Callable[..., Result], tmp_path: Path) -> None:
    make_agency(ori="TX9990100", name="Rio Seco County Sheriff's Office", county="Rio Seco", officers=64)
    run("agencies", "import", write_csv(tmp_path / "a.csv", AGENCY_HEAD, listed()))
    agency = the_agency()
    assert (agency.name, agency.officers) == ("Rio Seco County Sheriff's Office", 64)
    assert (agency.population, agency.listed_name) == (48200, "Rio Seco")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (listed(ori="TX99901"), "ORI is not two letters"),
        (listed(ori="TX99901\0X"), "ori cannot be kept"),
        (listed(name="  "), "has no name"),
        (listed(name="x" * 201), "name cannot be kept"),
        (listed(name="Rio \u202e Seco"), "name cannot be kept"),
        (listed(state="ZZ"), "state is unknown"),
        (listed(population="many"), "population is not a whole number"),
        (listed(officers="٣"), "officers is not a whole number"),
        (listed(officers="99999999999"), "officers is not a whole number"),
        (["TX9990100"], "has no name"),
    ],
)
def test_a_row_that_cannot_be_kept_is_refused_with_its_reason_and_the_rest_comes_in(
    run: Callable[..., Result], tmp_path: Path, row: list[str], reason: str
) -> None:
    result = run("agencies", "import", write_csv(tmp_path / "a.csv", AGENCY_HEAD, row, listed("TX9990200", "Arroyo")))
    assert last_line(result) == "added 1, changed 0, unchanged 0, refused 1"
    assert reason in result.stderr
    assert "line 2" in result.stderr


def test_of_many_refused_rows_twenty_are_told_and_all_are_counted(run: Callable[..., Result], tmp_path: Path) -> None:
    bad = [listed(ori=f"bad{n}") for n in range(25)]
    result = run("agencies", "import", write_csv(tmp_path / "a.csv", AGENCY_HEAD, *bad, listed(), listed()))
    assert last_line(result) == "added 1, changed 0, unchanged 0, refused 26"
    assert result.stderr.count("  line ") == 20
    assert "Refused 25: Its ORI" in result.stderr
    assert "Refused 1: The file has this agency twice" in result.stderr
    assert "and 6 more" in result.stderr


@pytest.mark.parametrize(
    ("letters", "ori", "state"), [("NB", "NE0010100", "NE"), ("GM", "GU0010100", "GU"), ("FS", "DC001017Y", "DC")]
)
def test_letters_of_the_list_become_letters_of_the_post(
    run: Callable[..., Result], tmp_path: Path, letters: str, ori: str, state: str
) -> None:
    run("agencies", "import", write_csv(tmp_path / "a.csv", AGENCY_HEAD, listed(ori, state=letters)))
    assert the_agency(ori).state == state


@pytest.mark.parametrize("command", ["agencies", "offices", "agreements"])
def test_a_file_that_is_none_of_ours_ends_with_one_sentence(
    run: Callable[..., Result], tmp_path: Path, command: str
) -> None:
    files = {
        "missing": tmp_path / "missing.csv",
        "folder": tmp_path,
        "empty": tmp_path / "empty.csv",
        "binary": tmp_path / "binary.csv",
        "other": write_csv(tmp_path / "other.csv", ["a", "b"], ["1", "2"]),
        "workbook": write_workbook(tmp_path / "other.xlsx", [1, 2], head=["a", "b"]),
    }
    files["empty"].write_bytes(b"")
    files["binary"].write_bytes(bytes(range(256)))
    for file in files.values():
        result = run(command, "import", file)
        assert (result.exit_code, result.stdout) == (2, ""), file
        assert len(result.stderr.strip().splitlines()) == 1, result.stderr


def test_an_import_is_recorded(run: Callable[..., Result], tmp_path: Path) -> None:
    run("agencies", "import", write_csv(tmp_path / "a.csv", AGENCY_HEAD, listed()))
    event = db.session.scalars(select(Event)).one()
    assert (event.action, event.details["added"], event.details["file"]) == ("imported", 1, "a.csv")


def test_areas_decide_which_office_serves_a_county(run: Callable[..., Result], tmp_path: Path) -> None:
    file = write_csv(
        tmp_path / "o.csv", AREA_HEAD, ["Houston", "Texas", "Harris", ""], ["Harlingen", "TX", "Webb County", ""]
    )
    assert last_line(run("offices", "import", file)) == "added 2, changed 0, unchanged 0, refused 0"
    assert [office.name for office in candidates("TX", "WEBB")] == ["Harlingen"]
    assert len(candidates("TX", "Bexar")) == 5
    assert [office.name for office in candidates("TX", "Harris, Webb")] == ["Harlingen", "Houston"]


def test_a_county_that_moves_to_another_office_is_served_by_that_one_only(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    run("offices", "import", write_csv(tmp_path / "o.csv", AREA_HEAD, ["Houston", "Texas", "Harris", ""]))
    moved = write_csv(tmp_path / "p.csv", AREA_HEAD, ["Harlingen", "Texas", "Harris", ""])
    assert last_line(run("offices", "import", moved)) == "added 0, changed 1, unchanged 0, refused 0"
    assert [office.name for office in candidates("TX", "Harris")] == ["Harlingen"]
    assert last_line(run("offices", "import", moved)) == "added 0, changed 0, unchanged 1, refused 0"


def test_a_whole_state_that_is_served_already_is_unchanged_and_st_paul_needs_no_dot(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    result = run("offices", "import", write_csv(tmp_path / "o.csv", AREA_HEAD, ["St Paul", "Iowa", "", ""]))
    assert last_line(result) == "added 0, changed 0, unchanged 1, refused 0"
    assert db.session.scalar(select(func.count()).where(Office.name.in_(["St Paul", "St. Paul"]))) == 1


def test_areas_of_unknown_states_and_places_named_twice_are_refused(run: Callable[..., Result], tmp_path: Path) -> None:
    rows = [["Houston", "Texas", "Harris", ""], ["Dallas", "TX", "Harris County", ""], ["Dallas", "Ontario", "", ""]]
    result = run("offices", "import", write_csv(tmp_path / "o.csv", AREA_HEAD, *rows, ["", "Texas", "Bexar", ""]))
    assert last_line(result) == "added 1, changed 0, unchanged 0, refused 3"


def test_agencies_as_published_come_in_whole_with_their_oddities(run: Callable[..., Result]) -> None:
    count = len(rows(AGENCIES))
    assert last_line(run("agencies", "import", AGENCIES)) == f"added {count}, changed 0, unchanged 0, refused 0"
    assert last_line(run("agencies", "import", AGENCIES)) == f"added 0, changed 0, unchanged {count}, refused 0"
    assert the_agency("AL0031600").name == "Montgomery Airport"
    assert the_agency("AL0380100").county == "Dale, Henry, Houston"
    assert the_agency("AL0040200").officers == 0


@pytest.mark.parametrize("file", [AREAS, AREAS_BY_COUNTY], ids=lambda file: file.stem)
def test_areas_as_published_say_which_office_serves_a_county(run: Callable[..., Result], file: Path) -> None:
    assert last_line(run("offices", "import", file)).endswith(f"refused {repeated(file)}")
    assert [office.name for office in candidates("TX", "Atascosa County")] == ["San Antonio"]
    assert [office.name for office in candidates("TX", "Angelina")] == ["Houston"]


def test_seeding_adds_each_office_once(run: Callable[..., Result], app: Flask) -> None:
    assert run("offices", "seed").stdout.strip() == "added 26"
    assert run("offices", "seed").stdout.strip() == "added 0"
    assert load_offices() == 0
