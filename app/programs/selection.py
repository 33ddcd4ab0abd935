"""Which programs a visitor wants to see: filters that are ticked, and words that are typed. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from app.needs.finder_questions import TOPICS
from app.programs.catalog import CATALOG
from app.programs.program import ASKS, COMPONENTS, Program

TEXT_LIMIT: Final = 100
WITHOUT: Final = {
    "full_time_officers": "No officers assigned full time",
    "new_authority": "No new authority for officers",
    "course": "No course before officers begin",
}


@dataclass(frozen=True)
class ProgramFilter:
    """A group of boxes. One match is enough, unless `all_hold`: then whatever is ticked must hold."""

    name: str
    legend: str
    options: Mapping[str, str]
    of: Callable[[Program], Iterable[str]]
    all_hold: bool = False

    def takes(self, program: Program, ticked: Iterable[str]) -> bool:
        """Whether a program passes; everything does while nothing is ticked."""
        has, wanted = set(self.of(program)), set(ticked)
        return wanted <= has if self.all_hold else not wanted or bool(wanted & has)

    def count(self, option: str) -> int:
        """How many programs an option alone leaves."""
        return sum(option in self.of(program) for program in CATALOG.programs)


FILTERS: Final = (
    ProgramFilter("need", "What you need help with", {topic.key: topic.label for topic in TOPICS}, lambda p: p.topics),
    ProgramFilter("without", "What it asks of you", WITHOUT, lambda p: ASKS.keys() - set(p.asks), all_hold=True),
    ProgramFilter("approver", "Who approves", CATALOG.approvers, lambda p: (p.approver,)),
    ProgramFilter("component", "Part of ICE", COMPONENTS, lambda p: (p.component,)),
)


@dataclass(frozen=True)
class ProgramSelection:
    """What is ticked in each filter, and the words looked for."""

    ticked: Mapping[str, tuple[str, ...]]
    text: str

    @property
    def programs(self) -> tuple[Program, ...]:
        """The programs that pass every filter and hold every word, in the catalog's order."""
        return tuple(program for program in CATALOG.programs if self._takes(program))

    def _takes(self, program: Program) -> bool:
        page = _words_of(program)
        return all(each.takes(program, self.ticked[each.name]) for each in FILTERS) and all(
            word in page for word in self.text.casefold().split()
        )

    @property
    def parameters(self) -> dict[str, list[str]]:
        """The selection as parameters of an address."""
        given = {name: list(values) for name, values in self.ticked.items() if values}
        return given | ({"q": [self.text]} if self.text else {})

    @property
    def chips(self) -> tuple[tuple[str, dict[str, list[str]]], ...]:
        """What is on, in words, each with the parameters that leave it out."""
        boxes = [
            (each.options[value], self.parameters | {each.name: [v for v in self.ticked[each.name] if v != value]})
            for each in FILTERS
            for value in self.ticked[each.name]
        ]
        words = [(f"“{self.text}”", self.parameters | {"q": []})] if self.text else []
        return (*boxes, *words)


def select_programs(given: Callable[[str], list[str]], text: str) -> ProgramSelection:
    """The selection that an address stands for; `given` gives a parameter's values. What no filter has is left out."""
    ticked = {each.name: tuple(value for value in each.options if value in given(each.name)) for each in FILTERS}
    return ProgramSelection(ticked, text.strip()[:TEXT_LIMIT])


def _words_of(program: Program) -> str:
    """Everything a visitor may look for on a program's page, for comparing."""
    needs = (words for need in program.needs for words in (need.points, need.helps))
    models = (f"{model.name} {model.may_do}" for model in program.models)
    facts = (program.full_name, program.alias, program.lead, program.instrument, *program.purpose, *program.authority)
    return " ".join((*facts, *needs, *models)).casefold()
