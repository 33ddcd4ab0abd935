"""Ranks the programs for one agency, with reasons: mostly by need, moderated by fit; people make the choice."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.needs import gates as gate_rules
from app.needs.gates import Availability, GateOutcome, JudgedGate
from app.needs.keys import ProgramKey
from app.needs.questions import QUESTIONS, Answers, Value
from app.needs.score_rules import Item, Part, ScoredProgram, Scores, Thresholds
from app.needs.score_sheet import ScoreSheet, score_sheet_of
from app.needs.strengths import Measurement, measurement_sentence
from app.text import listed

ORDER = tuple(Availability)
FINE = 9  # decimals kept in comparisons, so that the last bit of a float never decides an order


@dataclass(frozen=True, slots=True)
class RankReason:
    """One answer's part of a score: `contribution` in points, to a tenth. All of an entry's add up to its score."""

    key: str
    value: Value
    unit: str | None
    contribution: float
    reason: str
    part: Part
    low: float | None
    high: float | None
    weight: float


@dataclass(frozen=True, slots=True)
class PossibleGain:
    """Open answers that would raise a score, and by how many points at most."""

    keys: tuple[str, ...]
    points: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Points:
    """The points of a score that come from each part."""

    need: float
    fit: float
    ice: float


@dataclass(frozen=True)
class RankedProgram:
    """One program, or one model of a program, in the order. Scores run from 0 to 100, coverage from 0 to 1."""

    key: ProgramKey
    name: str
    availability: Availability
    score: float
    up_to: float
    coverage: float
    gates: tuple[JudgedGate, ...]
    reasons: tuple[RankReason, ...]
    gains: tuple[PossibleGain, ...]
    parts: Points
    missing_need_items: int
    exact_score: float
    limits: Thresholds

    @property
    def match(self) -> str:
        """The score in words: of the score as it is shown, so that 60.0 never reads "some match"."""
        if self.score >= self.limits.strong:
            return "strong match"
        return "some match" if self.score >= self.limits.some else "little need shown"

    @property
    def top_reasons(self) -> tuple[RankReason, ...]:
        """The reasons that give points, largest first."""
        return tuple(reason for reason in self.reasons if reason.contribution > 0)

    @cached_property
    def would_raise(self) -> tuple[str, ...]:
        """What would open the program or raise its score: gates first, then open answers, most points first."""
        return tuple(gate.change for gate in self.gates if gate.change) + tuple(gain.sentence for gain in self.gains)

    def as_json(self) -> dict[str, Any]:
        return {
            "program": self.key.program,
            "model": self.key.model,
            "availability": self.availability.value,
            "score": self.score,
            "up_to": self.up_to,
            "coverage": self.coverage,
            "gates": [{"key": gate.key, "result": gate.result.value, "reason": gate.reason} for gate in self.gates],
            "reasons": [
                {
                    "key": reason.key,
                    "value": reason.value,
                    "unit": reason.unit,
                    "contribution": reason.contribution,
                    "reason": reason.reason,
                }
                for reason in self.reasons
            ],
            "would_raise": list(self.would_raise),
        }


@dataclass(frozen=True, slots=True)
class Ranking:
    """All entries in order: available, then to be confirmed, then not available, each by score."""

    catalogue_version: str
    entries: tuple[RankedProgram, ...]

    def entry(self, program: str, model: str | None = None) -> RankedProgram:
        """The entry of a program or model; KeyError if there is none."""
        return self.by_key[ProgramKey(program, model)]

    @property
    def by_key(self) -> dict[ProgramKey, RankedProgram]:
        """The entries in order, by key."""
        return {each.key: each for each in self.entries}

    def as_json(self) -> dict[str, Any]:
        return {"catalogue_version": self.catalogue_version, "programs": [entry.as_json() for entry in self.entries]}

    def dumps(self) -> str:
        """The same answers and catalog version give the same text."""
        return json.dumps(self.as_json(), ensure_ascii=False, indent=2, allow_nan=False) + "\n"

    def change_against(self, other: "Ranking") -> dict[ProgramKey, float]:
        """Points by which each score differs from another ranking's, to a tenth."""
        before = {entry.key: entry.score for entry in other.entries}
        return {entry.key: round(entry.score - before[entry.key], 1) for entry in self.entries}


def rank(answers: Answers, scores: Scores) -> Ranking:
    """All programs in order for a set of checked answers; a missing answer or None is unknown."""
    entries = [_entry(program, answers, scores) for program in scores.programs]
    entries.sort(key=lambda entry: (ORDER.index(entry.availability), -round(entry.exact_score, FINE)))
    return Ranking(scores.version, tuple(entries))


def comparable(a: RankedProgram, b: RankedProgram) -> bool:
    """Whether two scores are so close that the order between them is for people to choose."""
    return round(abs(a.score - b.score), 1) < a.limits.comparable


def _entry(program: ScoredProgram, answers: Answers, scores: Scores) -> RankedProgram:
    sheet = score_sheet_of(program, answers, scores)
    judged = gate_rules.judge(program.gates, answers)
    reasons = _reasons(sheet)
    return RankedProgram(
        key=program.key,
        name=program.name,
        availability=gate_rules.availability(judged),
        score=round(sheet.score(), 1),
        up_to=round(sheet.score(open_counts=1.0), 1),
        coverage=round(sheet.coverage, 2),
        gates=judged,
        reasons=reasons,
        gains=_gains(sheet, answers),
        parts=Points(*(round(sum(r.contribution for r in reasons if r.part is part), 1) for part in Part)),
        missing_need_items=sum(sheet.found[item] is None for item in program.part(Part.NEED)),
        exact_score=sheet.score(),
        limits=scores.limits,
    )


def _reasons(sheet: ScoreSheet) -> tuple[RankReason, ...]:
    """Every answered item, most points first; equal points keep the catalog's order."""
    answered = [(item, each) for item, each in sheet.found.items() if each is not None and item.part in sheet.shares]
    shown = tenths([sheet.points(item) for item, _ in answered], round(sheet.score(), 1))
    reasons = [_reason(item, each, points) for (item, each), points in zip(answered, shown, strict=True)]
    return tuple(sorted(reasons, key=lambda reason: -reason.contribution))


def _reason(item: Item, found: Measurement, points: float) -> RankReason:
    return RankReason(
        key=item.key,
        value=found.value,
        unit=QUESTIONS[item.key].unit or None,
        contribution=points,
        reason=measurement_sentence(item, found),
        part=item.part,
        low=None if item.is_map else item.low,
        high=None if item.is_map else item.high,
        weight=item.weight,
    )


def tenths(parts: Sequence[float], total: float) -> list[float]:
    """The parts to a tenth, so that they add up to `total` exactly: the largest remainders are rounded up."""
    exact = [round(part * 10, FINE) for part in parts]
    whole = [int(part) for part in exact]
    short = round(total * 10) - sum(whole)
    largest = sorted(range(len(exact)), key=lambda place: whole[place] - exact[place])
    for place in largest[:short]:
        whole[place] += 1
    return [part / 10 for part in whole]


def _gains(sheet: ScoreSheet, answers: Answers) -> tuple[PossibleGain, ...]:
    points: dict[tuple[str, ...], float] = {}
    for item, each in sheet.found.items():
        most = sheet.most_points(item)
        if each is None and most > 0:
            missing = _missing(item, answers)
            points[missing] = points.get(missing, 0.0) + most
    gains = (PossibleGain(keys, round(most, 1), _gain_words(keys, answers, most)) for keys, most in points.items())
    return tuple(sorted(gains, key=lambda gain: -gain.points))


def _missing(item: Item, answers: Answers) -> tuple[str, ...]:
    """What an open item waits for: itself, the base of its rate, or a base that is not 0."""
    open_value = [item.key] if not QUESTIONS[item.key].is_known(answers.get(item.key)) else []
    return (*open_value, *([item.of] if item.of and not answers.get(item.of) else []))


def _gain_words(keys: Iterable[str], answers: Answers, most: float) -> str:
    names = listed(f"“{QUESTIONS[key].short}”" for key in keys)
    asks = "Check (now 0)" if all(answers.get(key) == 0 for key in keys) else "Answer"
    return f"{asks} {names}: up to {most:.1f} more points."


def to_confirm(entry: RankedProgram) -> tuple[JudgedGate, ...]:
    """The gates of an entry that nobody could answer yet."""
    return tuple(gate for gate in entry.gates if gate.result is GateOutcome.UNKNOWN)
