"""Imports which detention office serves which state or county, from ICE's map of areas of responsibility."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from sqlalchemy import select

from app.accounts.imports.import_report import ImportReport, ImportRow, RefusedRow, read_csv
from app.accounts.models import DETENTION, Office, OfficeArea
from app.accounts.offices.operations import load_offices, office_key
from app.accounts.place_names import county_key, county_name, state_code
from app.extensions import db

COLUMNS: Final = {
    "office": ("office_name", "office", "ero_field_office"),
    "state": ("state_name", "state", "state_abbr"),
    "county": ("county_name", "county"),
}
Place = tuple[str, str]


def read_areas(path: Path) -> list[ImportRow]:
    """The rows of the file, one area each. Raises BadFile."""
    return read_csv(path, COLUMNS)


def import_areas(rows: Iterable[ImportRow]) -> ImportReport:
    """Adds areas and moves those that another office serves now; counts areas, not offices. The caller commits."""
    load_offices()
    offices = {
        office_key(office.name): office for office in db.session.scalars(select(Office).where(Office.kind == DETENTION))
    }
    known = {(area.state, county_key(area.county)): area for office in offices.values() for area in office.areas}
    report, seen = ImportReport(), set[Place]()
    for row in rows:
        try:
            _take_area(row, offices, known, seen, report)
        except RefusedRow as refusal:
            report.refuse(row, refusal)
    db.session.flush()  # what the database refuses is refused here
    return report


def _take_area(
    row: ImportRow, offices: dict[str, Office], known: dict[Place, OfficeArea], seen: set[Place], report: ImportReport
) -> None:
    state = state_code(row.text("state"))
    if state is None:
        raise RefusedRow("Its state is unknown", row.text("state"))
    county = county_name(row.text("county", 120))
    place = (state, county_key(county))
    if place in seen:
        raise RefusedRow("The file names an office for this place twice", f"{county or 'the whole state'}, {state}")
    office = _office(row, offices)
    seen.add(place)
    area = known.get(place)
    if area is None:
        known[place] = OfficeArea(state=state, county=county)
        office.areas.append(known[place])
        report.added += 1
    elif area.office is office:
        report.unchanged += 1
    else:
        office.areas.append(area)  # which takes it from the other one
        report.changed += 1


def _office(row: ImportRow, offices: dict[str, Office]) -> Office:
    """The office of that name, which is added where there was none: ICE opens offices too."""
    name = row.text("office", 120)
    if not name:
        raise RefusedRow("It names no office")
    if office_key(name) not in offices:
        offices[office_key(name)] = Office(kind=DETENTION, name=name)
        db.session.add(offices[office_key(name)])
    return offices[office_key(name)]
