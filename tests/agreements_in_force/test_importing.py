"""ICE's workbook of agreements in force comes in, and finds whose they are."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import Result
from sqlalchemy import select

from app.agreements_in_force.models import AgreementInForce
from app.agreements_in_force.queries import of_agency
from app.extensions import db
from tests.builders import make_agency
from tests.importing import SIGNED, last_line, write_workbook
from tests.samples import AGENCIES, AGREEMENTS


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
    of = {key: of_agency(key) for key in (sheriff, police)}
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


def test_agreements_as_published_come_in_and_most_find_their_agency(run: Callable[..., Result]) -> None:
    run("agencies", "import", AGENCIES)
    lines = openpyxl.load_workbook(AGREEMENTS).worksheets[0].iter_rows(min_row=2, values_only=True)
    count = sum(1 for line in lines if line[0])
    assert last_line(run("agreements", "import", AGREEMENTS)) == f"added {count}, changed 0, unchanged 0, refused 0"
    kept = db.session.scalars(select(AgreementInForce)).all()
    assert not [each.agency_name for each in kept if each.agency_name != each.agency_name.strip()]
    assert not [each.county for each in kept if each.county.startswith("#")]
    assert sum(each.agency_id is not None for each in kept) > count / 2
