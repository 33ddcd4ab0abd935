"""The importers on the whole public files: `make test-published PUBLISHED=folder` says where they are."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result
from sqlalchemy import func, select

from app.accounts.models import OfficeArea
from app.accounts.offices.routing import candidates
from app.agreements_in_force.models import AgreementInForce
from app.extensions import db
from tests.importing import last_line
from tests.samples import repeated, rows

pytestmark = pytest.mark.published
COUNTIES = {"TX": 254, "CA": 58, "NY": 62}  # states that several offices share, with all their counties


def published(pattern: str) -> Path:
    """The one file of that name in the folder; the names of some carry their day."""
    found = sorted(Path(os.environ["PUBLISHED"]).glob(pattern))
    assert found, f"no {pattern} in {os.environ['PUBLISHED']}"
    return found[-1]


@pytest.fixture
def agencies() -> Path:
    return published("fbi_lee_*.csv")


def test_the_whole_list_of_agencies_comes_in_within_half_a_minute(run: Callable[..., Result], agencies: Path) -> None:
    count = len(rows(agencies))
    began = time.monotonic()
    result = run("agencies", "import", agencies)
    assert time.monotonic() - began < 30
    assert last_line(result) == f"added {count}, changed 0, unchanged 0, refused 0"
    assert last_line(run("agencies", "import", agencies)) == f"added 0, changed 0, unchanged {count}, refused 0"


@pytest.mark.parametrize("pattern", ["ice_ero_areas_*.csv", "ice_ero_aor_by_county*.csv"])
def test_the_areas_leave_no_county_of_a_shared_state_open(run: Callable[..., Result], pattern: str) -> None:
    areas = published(pattern)
    assert last_line(run("offices", "import", areas)).endswith(f"refused {repeated(areas)}")
    counted = {
        state: db.session.scalar(
            select(func.count()).select_from(OfficeArea).where(OfficeArea.state == state, OfficeArea.county != "")
        )
        for state in COUNTIES
    }
    assert counted == COUNTIES
    assert [office.name for office in candidates("TX", "Uvalde County")] == ["San Antonio"]


def test_the_whole_workbook_comes_in_and_most_agreements_find_their_agency(
    run: Callable[..., Result], agencies: Path
) -> None:
    workbook = published("participatingAgencies*.xlsx")
    sheet = openpyxl.load_workbook(workbook, read_only=True).worksheets[0]
    count = sum(1 for line in sheet.iter_rows(min_row=2, values_only=True) if line[0])
    run("agencies", "import", agencies)
    assert last_line(run("agreements", "import", workbook)) == f"added {count}, changed 0, unchanged 0, refused 0"
    matched = db.session.scalar(select(func.count(AgreementInForce.agency_id)))
    assert matched is not None
    assert matched > 0.8 * count
