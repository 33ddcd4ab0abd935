"""What the finder shows: the ranked programs in three groups, and the measures behind the order in words. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.needs.gates import CIVIL_RIGHTS, Availability, GateOutcome, JudgedGate
from app.needs.questions import QUESTIONS, number_words
from app.needs.score_rules import Item
from app.needs.scoring import RankedProgram, Ranking

IN_FULL: Final = {Availability.AVAILABLE: 3, Availability.NEEDS_CONFIRMATION: 1, Availability.NOT_AVAILABLE: 0}
HEADINGS: Final = {
    Availability.AVAILABLE: "Open to you now",
    Availability.NEEDS_CONFIRMATION: "Possible, with something to confirm",
    Availability.NOT_AVAILABLE: "Not available to you",
}
WAITING: Final = "Nothing stands in the way of these that an answer, a filing or a finding could not settle."
FINDING: Final = (
    "A program that gives your officers federal authority needs more: a named reviewer writes a civil-rights finding "
    "before it can be approved, unless your answers already settle it."
)


@dataclass(frozen=True)
class ShownProgram:
    """An entry at its place in the whole order, and what stands open or in the way."""

    place: int
    entry: RankedProgram
    is_in_full: bool
    open_gates: tuple[JudgedGate, ...]

    @property
    def line(self) -> str:
        """The one sentence of an entry that is shown as a line: what to settle, else what to answer, else why."""
        changes = [gate.change or gate.reason for gate in self.open_gates]
        gains = [gain.sentence for gain in self.entry.gains]
        reasons = [reason.reason for reason in self.entry.reasons]
        return next(iter([*changes, *gains, *reasons]), "")


@dataclass(frozen=True)
class AvailabilityGroup:
    """Entries that are available alike, under a heading in plain words."""

    availability: Availability
    heading: str
    intro: tuple[str, ...]
    entries: tuple[ShownProgram, ...]

    @property
    def is_closed(self) -> bool:
        """Whether something stands in the way of all of them."""
        return self.availability is Availability.NOT_AVAILABLE


def grouped_result(ranking: Ranking) -> tuple[AvailabilityGroup, ...]:
    """The order in its groups, empty ones left out; places count through from 1."""
    return tuple(group for availability in Availability if (group := _group(availability, ranking)).entries)


def _group(availability: Availability, ranking: Ranking) -> AvailabilityGroup:
    entries = tuple(_shown(availability, ranking))
    return AvailabilityGroup(availability, HEADINGS[availability], tuple(_intro(availability, entries)), entries)


def _shown(availability: Availability, ranking: Ranking) -> Iterator[ShownProgram]:
    placed = [(place, each) for place, each in enumerate(ranking.entries, 1) if each.availability is availability]
    for index, (place, entry) in enumerate(placed):
        gates = tuple(gate for gate in entry.gates if gate.result is not GateOutcome.PASS)
        yield ShownProgram(place, entry, index < IN_FULL[availability] and entry.score > 0, gates)


def _intro(availability: Availability, entries: tuple[ShownProgram, ...]) -> Iterator[str]:
    if availability is Availability.NEEDS_CONFIRMATION:
        yield WAITING
        if any(gate.key == CIVIL_RIGHTS for shown in entries for gate in shown.open_gates):
            yield FINDING


def measure_words(item: Item) -> str:
    """What an item is measured in: "bookings per year", "percent of all bookings", "per 100 sworn officers a month"."""
    if not item.of:
        return QUESTIONS[item.key].unit_words
    base = QUESTIONS[item.of].short.lower()
    if item.measure.startswith("percent"):
        return f"percent of {base}"
    month = " a month" if item.measure.endswith("a month") else ""
    return f"per {number_words(int(item.per))} {base}{month}"
