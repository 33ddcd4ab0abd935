"""Reads the files of the clause library; a fault names the file, the key and what is wrong."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from app.agreements.library.markup import read_blocks, sentence
from app.agreements.library.template_model import (
    ClauseCondition,
    ClauseKind,
    ClauseRow,
    ClauseText,
    FactDef,
    Obligation,
    Template,
)
from app.data_files import DataFileError, read_table, shaped
from app.needs.keys import ProgramKey

T = TypeVar("T")
Table = Mapping[str, Any]
Build = Callable[[Table, str], T]

CONDITION = re.compile(r"(not )?([a-z][a-z0-9_]*)(?:=(.+))?")


@dataclass(slots=True)
class Faults:
    """Everything found wrong, so that a writer sees it all at once; and the file and key of each entry read."""

    found: list[str] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)

    def add(self, place: str, what: object) -> None:
        self.found.append(f"{place}: {what}")

    def attempt(self, place: str, build: Build[T], table: Table) -> Iterable[T]:
        """What `build` makes of the table; nothing, and a fault kept, when it refuses."""
        try:
            return (build(table, place),)
        except DataFileError as fault:
            self.found.append(str(fault))
        except ValueError as fault:
            self.add(place, fault)
        return ()

    def raise_any(self) -> None:
        if self.found:
            raise DataFileError("\n".join(self.found))


def read_entries(folder: Path, table: str, build: Build[T], faults: Faults) -> dict[str, T]:
    """Every entry of `table` in the folder's files by key; a key may be given only once in all files."""
    found: dict[str, T] = {}
    for path in sorted(folder.glob("*.toml")):
        for number, entry in enumerate(_read(path, faults).get(table, ()), 1):
            key = str(entry.get("key", f"entry {number}"))
            place = f"{path.name}: {key}"
            if key in found:
                faults.add(place, "given twice")
            faults.places[key] = place
            found.update((key, made) for made in faults.attempt(place, build, entry))
    return found


def read_templates(files: Mapping[ProgramKey, Path], faults: Faults) -> tuple[Template, ...]:
    """The template of each program or model, in the order of their names."""
    found: list[Template] = []
    for key, path in files.items():
        found.extend(faults.attempt(f"{key}: {path.name}", read_template, {**_read(path, faults), "program_key": key}))
    return tuple(sorted(found, key=lambda each: each.name))


def _read(path: Path, faults: Faults) -> Table:
    try:
        return _typographic(read_table(path))
    except DataFileError as fault:
        faults.found.append(str(fault))
        return {}


def _typographic(value: Any) -> Any:
    """The value with the apostrophes of print in all its text, so that every instrument has the same ones."""
    if isinstance(value, str):
        return value.replace("'", "’")
    if isinstance(value, list):
        return [_typographic(each) for each in value]
    return {key: _typographic(each) for key, each in value.items()} if isinstance(value, dict) else value


def read_fact(table: Table, place: str) -> FactDef:
    """A fact's definition."""
    return shaped(table, FactDef, place)


def read_clause(table: Table, place: str) -> ClauseText:
    """A clause; only a conditional one says when it applies, only an alternate one what it replaces."""
    row = shaped(table, ClauseRow, place)
    _belongs("applies_when", row.applies_when, row.kind is ClauseKind.CONDITIONAL)
    _belongs("alternate_of", row.alternate_of, row.kind is ClauseKind.ALTERNATE)
    return ClauseText(
        key=row.key,
        version=row.version,
        title=row.title,
        kind=row.kind,
        owner=row.owner,
        provenance=row.provenance,
        rests_on=row.rests_on,
        blocks=read_blocks(row.text),
        obligations=tuple(
            Obligation(duty.who, sentence(duty.does), sentence(duty.by), sentence(duty.evidence))
            for duty in row.obligations
        ),
        applies_when=read_condition(row.applies_when) if row.applies_when else None,
        alternate_of=row.alternate_of,
        fallback=row.fallback,
    )


def read_condition(written: str) -> ClauseCondition:
    """The condition written as "fact", "not fact" or "fact=value"."""
    found = CONDITION.fullmatch(written)
    if not found:
        raise ValueError(f"applies_when “{written}” is not: fact, not fact, fact=value")
    return ClauseCondition(found[2], found[3] or "", bool(found[1]))


def read_template(table: Table, place: str) -> Template:
    """A template with its articles, appendices, rows and places to sign."""
    return shaped(table, Template, place)


def _belongs(name: str, given: str, wanted: bool) -> None:
    if bool(given) is not wanted:
        raise ValueError(f"{name} {'is missing' if wanted else 'does not belong to this kind'}")
