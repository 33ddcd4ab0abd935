"""The thirteen programs, read once from their file and checked: a fault stops the start, not a page. Pure."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

NOT_SET: Final = "Not set in the public text"
COMPONENT_WORDS: Final = {"investigations": "Investigations", "detention": "Detention and removal"}
TEXTS: Final = ("key", "name", "lead", "purpose", "authority", "component", "instrument", "approver")
LISTS: Final = ("fits", "elsewhere", "measures", "sources", "inferred")


class BadCatalogue(ValueError):  # noqa: N818 -- named for what was given
    """A program whose data is not complete; the message names it and what is missing."""


@dataclass(frozen=True)
class Model:
    """One model of a program."""

    key: str
    name: str
    what: str
    where: str
    training: str
    supervision: str
    fits: str


@dataclass(frozen=True)
class Program:
    """One program; a fact the public text does not set reads so."""

    key: str
    name: str
    alias: str
    lead: str
    purpose: str
    authority: str
    component: str
    eligible: str
    prerequisites: tuple[str, ...]
    costs: str
    training: str
    agency_provides: str
    ice_provides: str
    problems: Mapping[str, str]  # topic of the needs assessment -> how this program helps
    fits: tuple[str, ...]
    elsewhere: tuple[str, ...]
    measures: tuple[str, ...]
    instrument: str
    approver: str
    sources: tuple[str, ...]
    inferred: tuple[str, ...]
    models: tuple[Model, ...]

    @property
    def component_words(self) -> str:
        """The part of ICE that leads it."""
        return COMPONENT_WORDS[self.component]


@dataclass(frozen=True)
class Catalogue:
    """Every program in order, with the version of the data."""

    version: str
    programs: tuple[Program, ...]

    def program(self, key: str) -> Program:
        """The program with this key; KeyError when there is none."""
        return {program.key: program for program in self.programs}[key]

    @property
    def entries(self) -> tuple[tuple[str, str | None], ...]:
        """Program and model of everything an agreement can be about: fifteen."""
        return tuple(
            (program.key, model)
            for program in self.programs
            for model in ([each.key for each in program.models] or [None])
        )


def read(data: Mapping[str, Any]) -> Catalogue:
    """The catalogue of this data. Raises BadCatalogue that names every fault."""
    faults = list(_faults(data))
    if faults:
        raise BadCatalogue("; ".join(faults))
    return Catalogue(version=data["version"], programs=tuple(_program(entry) for entry in data["program"]))


def _faults(data: Mapping[str, Any]) -> Iterator[str]:
    if not data.get("version"):
        yield "the catalogue has no version"
    seen: set[str] = set()
    for entry in data.get("program", ()):
        key = entry.get("key", "a program without a key")
        if key in seen:
            yield f"{key} stands twice"
        seen.add(key)
        yield from (f"{key}: {name} is missing" for name in TEXTS if not entry.get(name))
        yield from (f"{key}: {name} is empty" for name in LISTS if not entry.get(name))
        if entry.get("component") not in COMPONENT_WORDS:
            yield f"{key}: component is none of {', '.join(COMPONENT_WORDS)}"
        if not entry.get("problems"):
            yield f"{key}: problems is empty"


def _program(entry: Mapping[str, Any]) -> Program:
    return Program(
        **{name: entry[name] for name in TEXTS},
        **{name: tuple(entry[name]) for name in LISTS},
        alias=entry.get("alias", ""),
        eligible=entry.get("eligible", NOT_SET),
        prerequisites=tuple(entry.get("prerequisites", (NOT_SET,))),
        costs=entry.get("costs", NOT_SET),
        training=entry.get("training", NOT_SET),
        agency_provides=entry.get("agency_provides", NOT_SET),
        ice_provides=entry.get("ice_provides", NOT_SET),
        problems=dict(entry["problems"]),
        models=tuple(Model(**model) for model in entry.get("model", ())),
    )


CATALOGUE: Final = read(tomllib.loads(Path(__file__).with_name("catalogue.toml").read_text(encoding="utf-8")))
