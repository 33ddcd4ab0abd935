"""Reads the files of the clause library; a fault names the file, the key and what is wrong."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from app.agreements.shapes import (
    ArticlePlan,
    Basis,
    CheckRow,
    ClauseKind,
    ClauseText,
    Condition,
    DataRow,
    FactDef,
    FactKind,
    Form,
    MeasureRow,
    Obligation,
    Side,
    Signature,
    Template,
)
from app.agreements.wording import Sentence, read_blocks, sentence

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Entry = Mapping[str, Any]

CONDITION = re.compile(r"(not )?([a-z][a-z0-9_]*)(?:=(.+))?")
KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


class BadLibrary(ValueError):  # noqa: N818 - named for what was given, as in "a bad answer"
    """The library's files contradict themselves; each line names a file, a key and what is wrong."""


@dataclass(slots=True)
class Faults:
    """Everything found wrong, so that a writer sees it all at once; and the file and key of each entry read."""

    found: list[str] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)

    def add(self, place: str, what: object) -> None:
        self.found.append(f"{place}: {what}")

    def attempt(self, place: str, build: Callable[[Entry], T], entry: Entry) -> Iterable[T]:
        """What `build` makes of the entry; nothing, and a fault kept, when it refuses."""
        try:
            return (build(entry),)
        except KeyError as fault:
            self.add(place, f"{fault.args[0]} is missing")
        except (ValueError, TypeError) as fault:
            self.add(place, fault)
        return ()

    def raise_any(self) -> None:
        if self.found:
            raise BadLibrary("\n".join(self.found))


def read_entries(folder: Path, table: str, build: Callable[[Entry], T], faults: Faults) -> dict[str, T]:
    """Every entry of `table` in the folder's files by key; a key may be given only once in all files."""
    found: dict[str, T] = {}
    for path in sorted(folder.glob("*.toml")):
        for number, entry in enumerate(_toml(path, faults).get(table, ()), 1):
            key = str(entry.get("key", f"entry {number}"))
            place = f"{path.name}: {key}"
            if key in found:
                faults.add(place, "given twice")
            faults.places[key] = place
            found.update((key, made) for made in faults.attempt(place, build, entry))
    return found


def read_templates(folder: Path, faults: Faults) -> tuple[Template, ...]:
    """The templates, one a file, named after their program and model."""
    found: list[Template] = []
    for path in sorted(folder.glob("*.toml")):
        made = faults.attempt(path.name, template, _toml(path, faults))
        for each in made:
            if each.name != path.stem:
                faults.add(path.name, f"the file should be called {each.name}.toml")
        found.extend(made)
    return tuple(found)


def _toml(path: Path, faults: Faults) -> Entry:
    try:
        return _typographic(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        faults.add(path.name, fault)
        return {}


def _typographic(value: Any) -> Any:
    """The value with the apostrophes of print in all its text, so that every instrument has the same ones."""
    if isinstance(value, str):
        return value.replace("'", "’")
    if isinstance(value, list):
        return [_typographic(each) for each in value]
    return {key: _typographic(each) for key, each in value.items()} if isinstance(value, dict) else value


def fact(entry: Entry) -> FactDef:
    """A fact's definition."""
    kind = _one_of(FactKind, entry, "kind")
    specimen = entry["specimen"]
    if kind in (FactKind.ROWS, FactKind.LIST):
        specimen = tuple(specimen)
    return FactDef(_key(entry), _words(entry, "label"), _words(entry, "source"), specimen, kind)


def clause(entry: Entry) -> ClauseText:
    """A clause; only a conditional one says when it applies, only an alternate one what it replaces."""
    _only(entry, ClauseText, blocks="text", obligations="obligation")
    kind = _one_of(ClauseKind, entry, "kind")
    _belongs(entry, "applies_when", kind is ClauseKind.CONDITIONAL)
    _belongs(entry, "alternate_of", kind is ClauseKind.ALTERNATE)
    return ClauseText(
        key=_key(entry),
        version=_version(entry),
        title=_words(entry, "title"),
        kind=kind,
        owner=_words(entry, "owner"),
        provenance=_one_of(Basis, entry, "provenance"),
        rests_on=_words(entry, "rests_on"),
        blocks=read_blocks(entry["text"]),
        obligations=tuple(obligation(duty) for duty in entry.get("obligation", ())),
        applies_when=condition(entry["applies_when"]) if "applies_when" in entry else None,
        alternate_of=entry.get("alternate_of", ""),
        fallback=entry.get("fallback", ""),
    )


def obligation(entry: Entry) -> Obligation:
    """A duty, complete: who, does, by, evidence."""
    _only(entry, Obligation)
    does, by, evidence = (_sentence(entry, key) for key in ("does", "by", "evidence"))
    return Obligation(_one_of(Side, entry, "who"), does, by, evidence)


def condition(written: str) -> Condition:
    """The condition written as "fact", "not fact" or "fact=value"."""
    found = CONDITION.fullmatch(written)
    if not found:
        raise ValueError(f"applies_when “{written}” is not: fact, not fact, fact=value")
    return Condition(found[2], found[3] or "", bool(found[1]))


def template(entry: Entry) -> Template:
    """A template with its articles, appendices, rows and places to sign."""
    _only(
        entry,
        Template,
        articles="article",
        appendices="appendix",
        measures="measure",
        signatures="signature",
    )
    return Template(
        program=_words(entry, "program"),
        model=entry.get("model"),
        version=_version(entry),
        title=_words(entry, "title"),
        subtitle=_words(entry, "subtitle"),
        form=_one_of(Form, entry, "form"),
        rests_on=_one_of(Basis, entry, "rests_on"),
        rests_on_note=_words(entry, "rests_on_note"),
        summary=tuple(entry["summary"]),
        required_facts=tuple(entry["required_facts"]),
        articles=tuple(_plan(plan) for plan in entry["article"]),
        appendices=tuple(_plan(plan) for plan in entry.get("appendix", ())),
        data=tuple(DataRow(**row) for row in entry["data"]),
        measures=tuple(MeasureRow(**row) for row in entry["measure"]),
        checklist=tuple(CheckRow(**row) for row in entry.get("checklist", ())),
        signatures=tuple(_signature(place) for place in entry["signature"]),
    )


def _plan(entry: Entry) -> ArticlePlan:
    _only(entry, ArticlePlan)
    return ArticlePlan(_key(entry), _words(entry, "title"), tuple(entry["clauses"]), tuple(entry.get("covers", ())))


def _signature(entry: Entry) -> Signature:
    return Signature(_one_of(Side, entry, "side"), _words(entry, "role"), entry["name_fact"], entry["title_fact"])


def _key(entry: Entry) -> str:
    key = entry["key"]
    if not KEY.fullmatch(key):
        raise ValueError(f"key “{key}” has other characters than small letters, digits and hyphens")
    return key


def _version(entry: Entry) -> int:
    if not isinstance(entry["version"], int) or entry["version"] < 1:
        raise ValueError("version is not a whole number from 1")
    return entry["version"]


def _words(entry: Entry, key: str) -> str:
    if not isinstance(entry[key], str) or not entry[key].strip():
        raise ValueError(f"{key} is empty")
    return entry[key]


def _sentence(entry: Entry, key: str) -> Sentence:
    return sentence(_words(entry, key))


def _one_of(kind: type[E], entry: Entry, key: str) -> E:
    try:
        return kind(entry[key])
    except ValueError as fault:
        raise ValueError(f"{key} “{entry[key]}” is none of {', '.join(kind)}") from fault


def _only(entry: Entry, shape: type, **called: str) -> None:
    """Refuses what the shape has no field for; `called` names the fields that the files call otherwise."""
    known = {called.get(each.name, each.name) for each in fields(shape)}
    if unknown := sorted(entry.keys() - known):
        raise ValueError(f"unknown: {', '.join(unknown)}")


def _belongs(entry: Entry, key: str, wanted: bool) -> None:
    if (key in entry) is not wanted:
        raise ValueError(f"{key} {'is missing' if wanted else 'does not belong to this kind'}")
