"""Gates: what must hold before a program is open to an agency, whatever its need. Each kind is set by data."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.data_files import Shape, Words
from app.needs.questions import QUESTIONS, UNKNOWN, Answers, number_words

CIVIL_RIGHTS = "civil_rights"
"""The key of the gate that a named reviewer's written finding settles."""


class GateOutcome(StrEnum):
    """What a gate says."""

    PASS = "pass"  # noqa: S105 - the word on a gate, no password
    FAIL = "fail"
    UNKNOWN = "unknown"


class Availability(StrEnum):
    """Whether a program is open to an agency."""

    AVAILABLE = "available"
    NEEDS_CONFIRMATION = "needs_confirmation"
    NOT_AVAILABLE = "not_available"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


class Verdict(Shape, frozen=True):
    """An outcome with its reason, and what would change it ("" when it passes)."""

    result: GateOutcome
    reason: Words
    change: str = ""


@dataclass(frozen=True, slots=True)
class JudgedGate:
    """A gate of one program, judged."""

    key: str
    result: GateOutcome
    reason: str
    change: str
    asks: tuple[str, ...]


class ChoiceGate(Shape, frozen=True, tag_field="kind", tag="choice"):
    """A verdict for each choice; a choice without one, and an open answer, reads as unknown."""

    key: Words
    question: Words
    verdicts: dict[str, Verdict]

    @property
    def asks(self) -> tuple[str, ...]:
        return (self.question,)

    def judge(self, answers: Answers) -> Verdict:
        answer = answers.get(self.question)
        return self.verdicts.get(answer if isinstance(answer, str) else UNKNOWN, self.verdicts[UNKNOWN])

    def faults(self) -> Iterator[str]:
        """What contradicts the questions."""
        if self.question not in QUESTIONS:
            yield "asks what no question asks"
            return
        if UNKNOWN not in self.verdicts:
            yield "has no verdict for “unknown”"
        known = {*QUESTIONS[self.question].choice_keys, UNKNOWN}
        yield from (f"judges “{each}”, which nobody can choose" for each in self.verdicts if each not in known)


class AtMostGate(Shape, frozen=True, tag_field="kind", tag="at_most"):
    """A number against a limit; {value} and {limit} stand in a reason for both."""

    key: Words
    question: Words
    limit: int | float
    within: Verdict
    beyond: Verdict
    unknown: Verdict

    @property
    def asks(self) -> tuple[str, ...]:
        return (self.question,)

    def judge(self, answers: Answers) -> Verdict:
        value = answers.get(self.question)
        if not isinstance(value, int | float):
            return self.unknown
        verdict = self.beyond if value > self.limit else self.within
        reason = verdict.reason.format(value=number_words(value), limit=number_words(self.limit))
        return Verdict(result=verdict.result, reason=reason, change=verdict.change)

    def faults(self) -> Iterator[str]:
        """What contradicts the questions."""
        if self.question not in QUESTIONS or not QUESTIONS[self.question].is_number:
            yield "asks what no question asks for a number"
        try:
            for value in (self.limit, self.limit + 1):
                self.judge({self.question: value})
        except (KeyError, IndexError, ValueError):
            yield "has braces that are neither {value} nor {limit}"


class Concern(Shape, frozen=True):
    """What is said when an answer is open, and when it is one of those that raise a concern."""

    question: Words
    open: Words
    raised_by: dict[str, str]

    def raised(self, answers: Answers) -> str | None:
        """The concern in words; None when the answer raises none."""
        value = answers.get(self.question)
        if not QUESTIONS[self.question].is_known(value):
            return self.open
        picked = value if isinstance(value, tuple | list) else (str(value),)
        return next((said for choice, said in self.raised_by.items() if choice in picked), None)


class ConcernsGate(Shape, frozen=True, tag_field="kind", tag="concerns"):
    """Passes when no answer raises a concern; otherwise a person settles it, so it never closes a program."""

    key: Words
    concerns: tuple[Concern, ...]
    passes: Words
    change: Words

    @property
    def asks(self) -> tuple[str, ...]:
        return tuple(concern.question for concern in self.concerns)

    def judge(self, answers: Answers) -> Verdict:
        found = [said for concern in self.concerns if (said := concern.raised(answers))]
        if not found:
            return Verdict(result=GateOutcome.PASS, reason=self.passes)
        joined = "; ".join(found)
        return Verdict(result=GateOutcome.UNKNOWN, reason=f"{joined[0].upper()}{joined[1:]}.", change=self.change)

    def faults(self) -> Iterator[str]:
        """What contradicts the questions."""
        if set(self.asks) - set(QUESTIONS):
            yield "asks what no question asks"


Gate = ChoiceGate | AtMostGate | ConcernsGate


def judge(gates: Iterable[Gate], answers: Answers) -> tuple[JudgedGate, ...]:
    """Every gate, judged by these answers."""
    judged = ((gate, gate.judge(answers)) for gate in gates)
    return tuple(JudgedGate(gate.key, v.result, v.reason, v.change, gate.asks) for gate, v in judged)


def availability(gates: Iterable[JudgedGate]) -> Availability:
    """A fail closes a program; otherwise an unknown asks for confirmation."""
    results = {gate.result for gate in gates}
    if GateOutcome.FAIL in results:
        return Availability.NOT_AVAILABLE
    return Availability.NEEDS_CONFIRMATION if GateOutcome.UNKNOWN in results else Availability.AVAILABLE
