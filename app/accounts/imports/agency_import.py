"""Imports the FBI's list of agencies (its police-employee data): names, places and sizes.

An agency is known by its ORI and by the name the list gives it, since two may share an ORI. What an agency said about
itself since it joined is kept; the list then only fills in what is missing.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert, select, update

from app.accounts.imports.import_report import BATCH, ImportReport, ImportRow, RefusedRow, read_csv
from app.accounts.models import Agency
from app.accounts.place_names import STATE_NAMES, agency_key, in_capitals_no_more
from app.extensions import db
from app.typed_values import ORI

LISTED: Final = "listed"
COLUMNS: Final = {
    "ori": ("ori",),
    "name": ("pub_agency_name", "agency_name", "name"),
    "state": ("state_abbr", "state"),
    "county": ("county_name", "county"),
    "type": ("agency_type_name", "agency_type"),
    "population": ("population",),
    "officers": ("officer_ct", "officers"),
}
FBI_STATES: Final = {"NB": "NE", "GM": "GU"}  # the FBI's letters where they are not those of the post
FEDERAL: Final = "FS"
KINDS: Final = {
    "City": "municipal_police",
    "County": "sheriff",
    "State Police": "state_police",
    "University or College": "campus_police",
    "Tribal": "tribal_police",
    "Federal": "federal",
}
WORDS_OF_KINDS: Final = {
    "municipal_police": ("county police",),
    "port_airport_transit_police": ("airport", "port authority", "transit", "railroad"),
    "prosecutor": ("district attorney", "prosecut", "state's attorney", "county attorney"),
    "corrections": ("corrections", "correctional"),
}
FIELDS: Final = ("name", "state", "county", "kind", "population", "officers", "listed_name")


@dataclass(frozen=True)
class ListedAgency:
    """An agency as the list has it."""

    row: ImportRow
    ori: str
    listed_name: str
    state: str
    county: str
    kind: str
    population: int | None
    officers: int | None

    @property
    def values(self) -> dict[str, Any]:
        """What is kept of it, by column."""
        return {"name": self.listed_name} | {name: getattr(self, name) for name in FIELDS if name != "name"}


@dataclass(frozen=True)
class KnownAgency:
    """An agency as we have it."""

    id: uuid.UUID
    source: str
    values: dict[str, Any]


def read_agencies(path: Path) -> list[list[ImportRow]]:
    """The rows of the file, those of one ORI together. Raises BadFile."""
    groups: dict[str, list[ImportRow]] = defaultdict(list)
    for row in read_csv(path, COLUMNS):
        groups[row.values.get("ori", "").strip().upper()].append(row)
    return list(groups.values())


def import_agencies(groups: Iterable[Sequence[ImportRow]]) -> ImportReport:
    """Adds and changes agencies, a thousand a statement. The caller commits."""
    report, known = ImportReport(), _known()
    fresh: list[dict[str, Any]] = []
    changes: list[dict[str, Any]] = []
    for group in groups:
        listed = _parse(group, report)
        for agency, ours in _pair(listed, known.get(listed[0].ori, []) if listed else []):
            if ours is None:
                fresh.append({"ori": agency.ori, "source": LISTED} | agency.values)
            elif difference := _difference(agency, ours):
                changes.append({"id": ours.id} | ours.values | difference)
            else:
                report.unchanged += 1
    _write(fresh, changes)
    report.added, report.changed = len(fresh), len(changes)
    return report


def _write(fresh: list[dict[str, Any]], changes: list[dict[str, Any]]) -> None:
    for start in range(0, len(fresh), BATCH):
        db.session.execute(insert(Agency), fresh[start : start + BATCH])
    for start in range(0, len(changes), BATCH):
        db.session.execute(update(Agency), changes[start : start + BATCH])


def _known() -> dict[str, list[KnownAgency]]:
    columns = [getattr(Agency, name) for name in FIELDS]
    found: dict[str, list[KnownAgency]] = defaultdict(list)
    for key, ori, source, *values in db.session.execute(select(Agency.id, Agency.ori, Agency.source, *columns)):
        found[ori].append(KnownAgency(key, source, dict(zip(FIELDS, values, strict=True))))
    return found


def _parse(group: Sequence[ImportRow], report: ImportReport) -> list[ListedAgency]:
    """The agencies of one ORI, each once."""
    found: dict[str, ListedAgency] = {}
    for row in group:
        try:
            agency = _listed(row)
            if agency.listed_name in found:
                raise RefusedRow("The file has this agency twice", f"{agency.ori} {agency.listed_name}")
            found[agency.listed_name] = agency
        except RefusedRow as refusal:
            report.refuse(row, refusal)
    return list(found.values())


def _listed(row: ImportRow) -> ListedAgency:
    ori = row.text("ori").upper()
    if not ORI.fullmatch(ori):
        raise RefusedRow("Its ORI is not two letters and seven letters or digits", ori[:40])
    name = row.text("name").rstrip(" :;,")  # the list ends some names as if more would follow
    if not name:
        raise RefusedRow("It has no name", ori)
    county = row.text("county")
    return ListedAgency(
        row=row,
        ori=ori,
        listed_name=name,
        state=_state(row, ori),
        county="" if county.casefold() == "not specified" else in_capitals_no_more(county),
        kind=_kind(row.text("type"), name),
        population=row.whole("population") or None,  # the list writes 0 for an agency without residents of its own
        officers=row.whole("officers"),
    )


def _state(row: ImportRow, ori: str) -> str:
    letters = row.text("state").upper()
    if letters == FEDERAL:  # an agency of the federal government: its ORI says where it sits
        letters = ori[:2] if ori[:2] in STATE_NAMES else "DC"
    state = FBI_STATES.get(letters, letters)
    if state not in STATE_NAMES:
        raise RefusedRow("Its state is unknown", letters[:40])
    return state


def _kind(listed_type: str, name: str) -> str:
    lowered = name.casefold()
    by_words = (kind for kind, words in WORDS_OF_KINDS.items() if any(word in lowered for word in words))
    if listed_type in {"County", "Other", "Other State Agency"}:
        return next(by_words, KINDS.get(listed_type, "other"))
    return KINDS.get(listed_type, "other")


def _pair(listed: Sequence[ListedAgency], ours: Sequence[KnownAgency]) -> list[tuple[ListedAgency, KnownAgency | None]]:
    """Which of our agencies each one is: by its listed name, by the name it uses, or the only one left of the list."""
    left = list(ours)
    pairs: list[tuple[ListedAgency, KnownAgency | None]] = []
    for agency in listed:
        match = next((each for each in left if _is_same(agency, each)), None)
        if match:
            left.remove(match)
        pairs.append((agency, match))
    lonely = [at for at, (_, match) in enumerate(pairs) if match is None]
    renamed = [each for each in left if each.values["listed_name"]]
    if len(lonely) == len(renamed) == 1:
        pairs[lonely[0]] = (pairs[lonely[0]][0], renamed[0])
    return pairs


def _is_same(agency: ListedAgency, ours: KnownAgency) -> bool:
    if ours.values["listed_name"]:
        return ours.values["listed_name"] == agency.listed_name
    return agency_key(ours.values["name"]) == agency_key(agency.listed_name)


def _difference(agency: ListedAgency, ours: KnownAgency) -> dict[str, Any]:
    """What to change: everything of an agency that is only listed, of one that joined what it left empty."""
    new = {name: value for name, value in agency.values.items() if ours.values[name] != value}
    if ours.source == LISTED:
        return new
    return {name: value for name, value in new.items() if name == "listed_name" or ours.values[name] in (None, "")}
