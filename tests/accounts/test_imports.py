"""Public lists come in: what is right is kept once, what is wrong is refused with its reason, and nothing twice."""

import csv
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Agency, AgreementInForce, Office
from app.accounts.offices.operations import load_offices
from app.accounts.offices.routing import candidates
from app.accounts.queries import known_agreements_for
from app.audit import Event
from app.extensions import db
from tests.accounts.conftest import last_line
from tests.builders import make_agency
from tests.samples import AGENCIES, AGREEMENTS, AREAS, AREAS_BY_COUNTY, repeated, rows

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
WORKBOOK_HEAD = ["STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "SIGNED", "MOA"]
SIGNED = datetime(2025, 9, 22)  # noqa: DTZ001 -- a workbook's day has no zone


def write_csv(path: Path, head: Sequence[str], *rows: Sequence[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def write_workbook(path: Path, *rows: Sequence[Any], head: Sequence[str] = WORKBOOK_HEAD) -> Path:
    book = openpyxl.Workbook()
    for row in (head, *rows):
        book.active.append(list(row))
    book.save(path)
    return path


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


def test_the_ways_to_spell_a_model_are_one_model(run: Callable[..., Result], tmp_path: Path) -> None:
    name = "Rio Seco County Sheriff's Office "
    file = write_workbook(
        tmp_path / "w.xlsx",
        ["TEXAS", name, "County ", "Rio Seco County", "Jail Enforcement Model ", SIGNED, "link"],
        ["TEXAS ", name, "County", "Rio Seco County", "TASK  FORCE MODEL", SIGNED, "link"],
        ["TEXAS", name, "County", "#N/A", "Warrant Service Officer", "09/22/2025", None],
        [None] * 7,
    )
    assert last_line(run("agreements", "import", file)) == "added 3, changed 0, unchanged 0, refused 0"
    kept = db.session.scalars(select(AgreementInForce).order_by(AgreementInForce.model)).all()
    assert [(each.program, each.model) for each in kept] == [
        ("287g", "jail"),
        ("287g", "task-force"),
        ("287g", "warrant-service"),
    ]
    assert {(each.agency_name, each.signed_on) for each in kept} == {(name.strip(), SIGNED.date())}
    assert last_line(run("agreements", "import", file)) == "added 0, changed 0, unchanged 3, refused 0"


def test_an_agreement_finds_its_agency_by_name_and_kind(run: Callable[..., Result], tmp_path: Path) -> None:
    sheriff = make_agency(name="Rio Seco", kind="sheriff", county="Rio Seco").id
    police = make_agency(name="Rio Seco", kind="municipal_police", county="Rio Seco").id
    file = write_workbook(
        tmp_path / "w.xlsx",
        ["TEXAS", "Rio Seco County Sheriff's Office", "County", "Rio Seco County", "Jail Enforcement Model", SIGNED],
        ["TEXAS", "Rio Seco Police Department", "Municipality", "Rio Seco County", "Task Force Model", SIGNED],
    )
    run("agreements", "import", file)
    of = {key: known_agreements_for(db.session.get(Agency, key)) for key in (sheriff, police)}
    assert {key: [each.model for each in agreements] for key, agreements in of.items()} == {
        sheriff: ["jail"],
        police: ["task-force"],
    }


def test_of_two_agencies_of_one_name_the_county_decides_and_else_it_stays_open(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    make_agency(name="Arroyo", kind="municipal_police", county="Upper")
    wanted = make_agency(name="Arroyo", kind="municipal_police", county="Lower, Middle").id
    row = ["TEXAS", "Arroyo Police Department", "Municipality", "Lower County", "Task Force Model", SIGNED]
    run("agreements", "import", write_workbook(tmp_path / "w.xlsx", row))
    assert db.session.scalars(select(AgreementInForce)).one().agency_id == wanted
    row[3] = "Elsewhere County"
    result = run("agreements", "import", write_workbook(tmp_path / "v.xlsx", row))
    assert last_line(result) == "added 0, changed 1, unchanged 0, refused 0"
    assert db.session.scalars(select(AgreementInForce)).one().agency_id is None


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["ONTARIO", "Somewhere Police", "", "", "Task Force Model", SIGNED], "state is unknown"),
        (["TEXAS", "", "", "", "Task Force Model", SIGNED], "names no agency"),
        (["TEXAS", "Somewhere Police", "", "", "Tea party", SIGNED], "none of the three models"),
        (["TEXAS", "Somewhere Police", "", "", "Task Force Model", "soon"], "not a date"),
    ],
)
def test_an_agreement_that_cannot_be_read_is_refused(
    run: Callable[..., Result], tmp_path: Path, row: list[Any], reason: str
) -> None:
    result = run("agreements", "import", write_workbook(tmp_path / "w.xlsx", row))
    assert last_line(result) == "added 0, changed 0, unchanged 0, refused 1"
    assert reason in result.stderr


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


def test_agreements_as_published_come_in_and_most_find_their_agency(run: Callable[..., Result]) -> None:
    run("agencies", "import", AGENCIES)
    lines = openpyxl.load_workbook(AGREEMENTS).worksheets[0].iter_rows(min_row=2, values_only=True)
    count = sum(1 for line in lines if line[0])
    assert last_line(run("agreements", "import", AGREEMENTS)) == f"added {count}, changed 0, unchanged 0, refused 0"
    kept = db.session.scalars(select(AgreementInForce)).all()
    assert not [each.agency_name for each in kept if each.agency_name != each.agency_name.strip()]
    assert not [each.county for each in kept if each.county.startswith("#")]
    assert sum(each.agency_id is not None for each in kept) > count / 2


def test_seeding_adds_each_office_once(run: Callable[..., Result], app: Flask) -> None:
    assert run("offices", "seed").stdout.strip() == "added 26"
    assert run("offices", "seed").stdout.strip() == "added 0"
    assert load_offices() == 0
