"""What each answer counts for in each program: the rows of a score, and what the scores of all programs share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Annotated

import msgspec

from app.data_files import Shape, Words
from app.needs.gates import Gate
from app.needs.keys import ProgramKey
from app.needs.questions import QUESTIONS

VALUE = "value"
MAP = "map"


class Part(StrEnum):
    """What an item says: a need, how well the program fits the agency, or what ICE can give."""

    NEED = "need"
    FIT = "fit"
    ICE = "ice"


class Direction(StrEnum):
    """Which values count: the larger ones or the smaller ones. Nothing for a map."""

    MORE = "more"
    LESS = "less"
    NONE = ""


class Item(Shape, frozen=True, eq=False):
    """One row of a score. Its measure may be a rate: "per 100000 population_served", "percent of jail_bookings".

    `low` and `high` are in the unit of the measure; a map has points by choice instead.
    """

    part: Part
    key: Words = msgspec.field(name="item")
    measure: Words
    weight: Annotated[float, msgspec.Meta(gt=0)]
    direction: Direction = Direction.NONE
    low: int | float = 0
    high: int | float = 1
    points: dict[str, int | float] = msgspec.field(name="map", default_factory=dict)
    note: str = ""

    @property
    def is_map(self) -> bool:
        return self.measure == MAP

    @property
    def per(self) -> float:
        """Of how many a rate is: 100000, or 100 for percent; 1 for what is no rate."""
        return _rate(self.measure)[0]

    @property
    def of(self) -> str:
        """The question that is the base of a rate."""
        return _rate(self.measure)[1]

    @property
    def asks(self) -> tuple[str, ...]:
        """The questions it needs an answer to."""
        return (self.key, self.of) if self.of else (self.key,)

    def faults(self) -> Iterator[str]:
        """What contradicts itself, or the questions."""
        if any(key not in QUESTIONS for key in self.asks):
            yield "asks what no question asks"
        if not (self.is_map or self.measure == VALUE or self.of):
            yield "has an unknown measure"
        if self.is_map != bool(self.points):
            yield "has a map if and only if it measures by one"
        if self.is_map != (self.direction is Direction.NONE):
            yield "has a direction if and only if it has no map"
        if self.low >= self.high:
            yield "has its low above its high"


@cache
def _rate(measure: str) -> tuple[float, str]:
    match measure.removesuffix(" a month").split():
        case ["per", number, of]:
            return float(number), of
        case ["percent", "of", of]:
            return 100.0, of
    return 1.0, ""


class Together(Shape, frozen=True):
    """Programs that support others, with the sentence that says how. No `supports`: a base for everyone."""

    programs: tuple[str, ...]
    supports: tuple[str, ...]
    sentence: Words


@dataclass(frozen=True, slots=True)
class ScoredProgram:
    """A program, or one model of a program, with the items of its score and its gates."""

    key: ProgramKey
    name: str
    items: tuple[Item, ...]
    gates: tuple[Gate, ...] = ()

    def part(self, part: Part) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.part is part)

    def faults(self) -> Iterator[str]:
        """What its items and gates contradict."""
        yield from (f"{item.key} {fault}" for item in self.items for fault in item.faults())
        yield from (f"gate {gate.key} {fault}" for gate in self.gates for fault in gate.faults())
        if not self.part(Part.NEED):
            yield "has no need to measure"


class Thresholds(Shape, frozen=True):
    """From which score on a match is strong or shown at all, and how far apart two scores differ."""

    strong: int | float
    some: int | float
    comparable: int | float


class ScoreRules(Shape, frozen=True):
    """What all scores share. `version` names the whole: rules, items and gates."""

    version: Words
    inferred: Words
    thresholds: Thresholds
    shares: dict[Part, float]


@dataclass(frozen=True, slots=True)
class Scores:
    """Every program's score, with the rules of all."""

    rules: ScoreRules
    programs: tuple[ScoredProgram, ...]
    together: tuple[Together, ...] = ()
    _by_key: Mapping[ProgramKey, ScoredProgram] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {each.key: each for each in self.programs})

    @property
    def version(self) -> str:
        return self.rules.version

    @property
    def shares(self) -> Mapping[Part, float]:
        return self.rules.shares

    @property
    def limits(self) -> Thresholds:
        return self.rules.thresholds

    def find(self, key: ProgramKey) -> ScoredProgram:
        """The program or model; KeyError if there is none."""
        return self._by_key[key]

    def companions(self, program: str) -> tuple[Together, ...]:
        """What supports this program, or what it supports."""
        return tuple(each for each in self.together if program in each.programs + each.supports)

    def counts_for(self, question: str) -> tuple[ScoredProgram, ...]:
        """The programs in whose score an answer takes part, as a value or as the base of a rate."""
        return tuple(each for each in self.programs if any(question in item.asks for item in each.items))
