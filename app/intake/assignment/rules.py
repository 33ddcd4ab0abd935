"""Which rule of assignment answers for a request: ordered rows, the first that fits and can be followed. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.policy import Role


@dataclass(frozen=True, kw_only=True)
class RoutingRule:
    """One row: where it applies (blank is anywhere), and what it gives: an office, a person in a role, or both."""

    name: str
    from_office: UUID | None = None
    state: str = ""
    program: str = ""
    to_office: UUID | None = None
    role: Role | None = None
    person: UUID | None = None
    person_name: str = ""
    person_can: bool = True  # active, and holding the role
    person_office: UUID | None = None  # None is headquarters, which sees every request

    def applies(self, office: UUID | None, state: str, programs: Collection[str]) -> bool:
        """Whether every condition that the row names holds."""
        return (
            self.from_office in {None, office}
            and self.state in {"", state}
            and (not self.program or self.program in programs)
        )

    def can_be_followed(self, office: UUID | None) -> bool:
        """Whether whoever it names can take a request of this office: active, with the role, and seeing it."""
        if self.person is None:
            return True
        return self.person_can and self.person_office in {None, self.to_office or office}


@dataclass(frozen=True)
class RuleOutcome:
    """The rule that answers, if any, and a sentence for each that was passed over on the way."""

    rule: RoutingRule | None
    passed_over: tuple[str, ...]


def apply_rules(
    rules: Iterable[RoutingRule], office: UUID | None, state: str, programs: Collection[str]
) -> RuleOutcome:
    """The first rule, in order, that applies; one that names somebody who cannot take it falls through, and says so."""
    passed: list[str] = []
    for rule in rules:
        if not rule.applies(office, state, programs):
            continue
        if rule.can_be_followed(office):
            return RuleOutcome(rule, tuple(passed))
        passed.append(f"The rule “{rule.name}” was passed over: {rule.person_name} cannot take requests now.")
    return RuleOutcome(None, tuple(passed))


@dataclass(frozen=True)
class PlaceOffices:
    """A state, the offices that may serve it, and the one that serves it alone."""

    state: str
    offices: tuple[UUID, ...]
    deciding: UUID | None


@dataclass(frozen=True)
class TruthTableLine:
    """One state of the truth table, and what answers for each program."""

    place: PlaceOffices
    answers: tuple[tuple[str, RuleOutcome], ...]


def truth_table(
    rules: Sequence[RoutingRule], places: Iterable[PlaceOffices], programs: Sequence[str]
) -> list[TruthTableLine]:
    """What answers for each state and each program; the program "" stands for a request that names none."""
    return [
        TruthTableLine(
            place,
            tuple((program, apply_rules(rules, place.deciding, place.state, {program} - {""})) for program in programs),
        )
        for place in places
    ]
