"""What each answer counts for in each program: scoring.toml, read once and checked as the service starts."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.needs.questions import QUESTIONS, BadCatalogue

VALUE = "value"
MAP = "map"


class Part(StrEnum):
    """What an item says: a need, how well the program fits the agency, or what ICE can give."""

    NEED = "need"
    FIT = "fit"
    ICE = "ice"


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the score. `per` and `of` make a rate: 100000 of population_served, or 100 (percent) of jail_bookings.

    `low` and `high` are in the unit of the measure; a map has points by choice instead.
    """

    part: Part
    key: str
    measure: str
    weight: float
    direction: str = ""
    low: float = 0
    high: float = 1
    per: float = 1
    of: str = ""
    points: tuple[tuple[str, float], ...] = ()
    note: str = ""

    @property
    def is_map(self) -> bool:
        return self.measure == MAP

    @property
    def asks(self) -> tuple[str, ...]:
        """The questions it needs an answer to."""
        return (self.key, self.of) if self.of else (self.key,)


@dataclass(frozen=True, slots=True)
class Program:
    """A program, or one model of 287(g), with the items of its score."""

    key: str
    model: str | None
    name: str
    items: tuple[Item, ...]

    @property
    def identity(self) -> tuple[str, str | None]:
        return self.key, self.model

    def part(self, part: Part) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.part is part)

    @property
    def entry_key(self) -> str:
        """Names the entry among the fifteen: the program, with its model where it has models ("287g:jail")."""
        return f"{self.key}:{self.model}" if self.model else self.key


@dataclass(frozen=True, slots=True)
class Together:
    """Programs that support others, with the sentence that says how. No `supports`: a base for everyone."""

    programs: tuple[str, ...]
    supports: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The whole of scoring.toml."""

    version: str
    inferred: str
    strong: float
    some: float
    comparable: float
    shares: Mapping[Part, float]
    programs: tuple[Program, ...]
    together: tuple[Together, ...]

    def find(self, program: str, model: str | None = None) -> Program:
        """The program by its key and model; KeyError if there is none."""
        return {each.identity: each for each in self.programs}[program, model]

    def companions(self, program: str) -> tuple[Together, ...]:
        """What supports this program, or what it supports."""
        return tuple(each for each in self.together if program in each.programs + each.supports)

    def counts_for(self, question: str) -> tuple[Program, ...]:
        """The programs in whose score an answer takes part, as a value or as the base of a rate."""
        return tuple(each for each in self.programs if any(question in item.asks for item in each.items))


def _rate(measure: str) -> tuple[float, str]:
    """Split "per 100000 population_served" or "percent of jail_bookings" into how many, and of what."""
    words = measure.removesuffix(" a month").split()
    match words:
        case ["per", number, of]:
            return float(number), of
        case ["percent", "of", of]:
            return 100.0, of
    return 1.0, ""


def _item(entry: Mapping[str, Any]) -> Item:
    per, of = _rate(entry["measure"])
    return Item(
        part=Part(entry["part"]),
        key=entry["item"],
        measure=entry["measure"],
        weight=entry["weight"],
        direction=entry.get("direction", ""),
        low=entry.get("low", 0),
        high=entry.get("high", 1),
        per=per,
        of=of,
        points=tuple(entry.get("map", {}).items()),
        note=entry.get("note", ""),
    )


def _faults(item: Item) -> list[str]:
    measure_known = item.is_map or item.measure == VALUE or bool(item.of)
    return [
        sentence
        for wrong, sentence in (
            (any(key not in QUESTIONS for key in item.asks), "asks what no question asks"),
            (not measure_known, "has an unknown measure"),
            (item.is_map != bool(item.points), "has a map if and only if it measures by one"),
            (not item.is_map and item.direction not in ("more", "less"), "has no direction"),
            (item.low >= item.high, "has its low above its high"),
            (item.weight <= 0, "has no weight"),
        )
        if wrong
    ]


def read_catalogue(data: Mapping[str, Any]) -> Catalogue:
    """The catalogue of scores; BadCatalogue names the first item that contradicts itself."""
    programs = tuple(
        Program(entry["program"], entry.get("model"), entry["name"], tuple(_item(row) for row in entry["items"]))
        for entry in data["programs"]
    )
    for program in programs:
        for item in program.items:
            for sentence in _faults(item):
                raise BadCatalogue(f"scoring.toml: {item.key} of {program.name} {sentence}")
        if not program.part(Part.NEED):
            raise BadCatalogue(f"scoring.toml: {program.name} has no need to measure")
    return Catalogue(
        version=data["catalogue_version"],
        inferred=data["inferred"],
        shares={part: data["shares"][part.value] for part in Part},
        programs=programs,
        together=tuple(
            Together(tuple(row["programs"]), tuple(row["supports"]), row["sentence"]) for row in data["together"]
        ),
        **data["thresholds"],
    )


CATALOGUE = read_catalogue(tomllib.loads(Path(__file__).with_name("scoring.toml").read_text(encoding="utf-8")))
