"""Imports ICE's published workbook of 287(g) agreements in force, and matches them to agencies.

An agreement is known by its state, its agency's name as published, and its model; whose it is, is inferred from the
name, the kind of agency and the county, and stays open where several agencies would fit or none does.
"""

import uuid
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from sqlalchemy import select

from app.accounts.imports.import_report import (
    ImportReport,
    ImportRow,
    RefusedRow,
    UnreadableFile,
    find_columns,
    unreadable,
)
from app.accounts.models import Agency
from app.accounts.place_names import agency_key, county_key, county_name, state_code
from app.agreements_in_force.models import AgreementInForce
from app.extensions import db

PROGRAM: Final = "287g"
MODELS: Final = {
    "jail": ("jail", "Jail Enforcement Model"),
    "task force": ("task-force", "Task Force Model"),
    "warrant": ("warrant-service", "Warrant Service Officer"),
}
COLUMNS: Final = {
    "state": ("state",),
    "agency": ("law enforcement agency", "agency"),
    "kind": ("type",),
    "county": ("county",),
    "support_type": ("support type",),
    "signed": ("signed",),
}
FIELDS: Final = ("agency_kind", "county", "program", "model", "signed_on", "agency_id")


@dataclass(frozen=True)
class AgreementOwner:
    """An agency that an agreement may be of."""

    id: uuid.UUID
    kind: str
    county: str


Owners = dict[tuple[str, str], list[AgreementOwner]]
Identity = tuple[str, str, str]


def read_agreements(path: Path) -> list[ImportRow]:
    """The rows of the workbook's first sheet that are not blank. Raises BadFile."""
    try:
        with path.open("rb") as file:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            sheet = book.worksheets[0]
            lines = list(sheet.iter_rows(values_only=True))
    except OSError as fault:
        raise UnreadableFile(unreadable(path, fault)) from None
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, EOFError, SyntaxError):
        raise UnreadableFile(f"{path} is not an Excel workbook (.xlsx).") from None
    found = find_columns(path, lines[0] if lines else [], COLUMNS)
    return [
        ImportRow(number, {name: _text(cells[at]) for name, at in found.items()})
        for number, cells in enumerate(lines[1:], 2)
        if any(_text(cell).strip() for cell in cells)
    ]


def _text(cell: object) -> str:
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m-%d}"
    return "" if cell is None else str(cell)


def import_agreements(rows: Iterable[ImportRow]) -> ImportReport:
    """Adds and changes what is known of agreements in force. The caller commits."""
    report, owners = ImportReport(), owners_by_name()
    known = {_identity(each): each for each in db.session.scalars(select(AgreementInForce))}
    seen: set[Identity] = set()
    for row in rows:
        try:
            values = _values(row, owners)
            key = (values["state"], values["agency_name"].casefold(), values["support_type"])
            if key in seen:
                raise RefusedRow("The file has this agreement twice", f"{values['agency_name']}, {key[2]}")
            seen.add(key)
            _keep(values, known.get(key), report)
        except RefusedRow as refusal:
            report.refuse(row, refusal)
    db.session.flush()  # what the database refuses is refused here
    return report


def _identity(agreement: AgreementInForce) -> Identity:
    return agreement.state, agreement.agency_name.casefold(), agreement.support_type


def _keep(values: dict[str, Any], ours: AgreementInForce | None, report: ImportReport) -> None:
    if ours is None:
        db.session.add(AgreementInForce(**values))
        report.added += 1
        return
    changed = {name: values[name] for name in FIELDS if getattr(ours, name) != values[name]}
    for name, value in changed.items():
        setattr(ours, name, value)
    report.changed += bool(changed)
    report.unchanged += not changed


def _values(row: ImportRow, owners: Owners) -> dict[str, Any]:
    state = state_code(row.text("state"))
    if state is None:
        raise RefusedRow("Its state is unknown", row.text("state"))
    name, published, county = row.text("agency"), row.text("kind", 60), row.text("county", 120)
    county = "" if county.startswith("#") else county  # what a formula left where it found no county
    if not name:
        raise RefusedRow("It names no agency", state)
    model, words = _model(row)
    return {
        "state": state,
        "agency_name": name,
        "agency_kind": published,
        "county": county_name(county),
        "support_type": words,
        "program": PROGRAM,
        "model": model,
        "signed_on": _day(row),
        "agency_id": owner_of(owners, state, name, county),
    }


def _model(row: ImportRow) -> tuple[str, str]:
    spelled = row.text("support_type").casefold()
    for word, model in MODELS.items():
        if word in spelled:
            return model
    raise RefusedRow("Its support type is none of the three models", spelled[:60])


def _day(row: ImportRow) -> date | None:
    typed = row.text("signed")
    if not typed:
        return None
    for shape in ("%Y-%m-%d", "%m/%d/%Y"):
        try:
            return datetime.strptime(typed, shape).date()  # noqa: DTZ007 -- a day has no time zone
        except ValueError:
            continue
    raise RefusedRow("The day it was signed is not a date", typed[:40])


def owners_by_name() -> Owners:
    """The agencies that agreements may be of, by state and by what is particular in their names."""
    found: Owners = defaultdict(list)
    rows = db.session.execute(
        select(Agency.id, Agency.name, Agency.listed_name, Agency.state, Agency.kind, Agency.county)
    )
    for key, name, listed, state, kind, county in rows:
        for particular in {agency_key(name), agency_key(listed)} - {""}:
            found[state, particular].append(AgreementOwner(key, kind, county))
    return found


def owner_of(owners: Owners, state: str, name: str, county: str) -> uuid.UUID | None:
    """The one agency that fits: of that name and kind, and where several are, of that county; else None."""
    fitting = [owner for owner in owners.get((state, agency_key(name)), []) if _fits(owner.kind, name)]
    if len(fitting) > 1:
        fitting = [owner for owner in fitting if county_key(county) in _counties(owner)]
    return fitting[0].id if len(fitting) == 1 else None


def _fits(kind: str, name: str) -> bool:
    """A sheriff's agreement is no police department's, whatever both are called after."""
    lowered = name.casefold()
    if "sheriff" in lowered:
        return kind == "sheriff"
    if "police" in lowered or "public safety" in lowered or "marshal" in lowered:
        return kind != "sheriff"
    return True


def _counties(owner: AgreementOwner) -> Sequence[str]:
    return [county_key(county) for county in owner.county.split(",")]
