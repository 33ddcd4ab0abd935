"""The questions of the needs assessment, read once from questions.toml and checked as the service starts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import msgspec

from app.data_files import DataFileError, Shape, Words, read_table, shaped

Value = int | float | str | tuple[str, ...] | None
"""One answer. None is unknown; a date is an ISO string; several choices are a tuple in the catalog's order."""

Answers = Mapping[str, Value]

UNKNOWN = "unknown"
DO_NOT_KNOW = "We do not know"
YES_NO_UNKNOWN = {"yes": "Yes", "no": "No", UNKNOWN: DO_NOT_KNOW}
UNIT_WORDS = {"FTE": "full-time posts", "persons": "people", "%": "percent", "USD per year": "dollars per year"}
ONE_OF = {"people": "person"}


class QuestionKind(StrEnum):
    """What a question is answered with."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    PERCENT = "percent"
    YES_NO_UNKNOWN = "yes_no_unknown"
    CHOICE = "choice"
    MULTI = "multi"
    DATE = "date"


NUMBERS = frozenset({QuestionKind.INTEGER, QuestionKind.DECIMAL, QuestionKind.MONEY, QuestionKind.PERCENT})
PICKS = frozenset({QuestionKind.YES_NO_UNKNOWN, QuestionKind.CHOICE, QuestionKind.MULTI})


class AnswerBasis(StrEnum):
    """How an agency knows a number."""

    MEASURED = "measured"
    ESTIMATED = "estimated"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return DO_NOT_KNOW if self is AnswerBasis.UNKNOWN else self.value.capitalize()


@dataclass(frozen=True, slots=True)
class AnswerOption:
    """One value a person can pick, and the words for it."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `unit` is the contract's; `unit_words` is what a page shows. Numbers lie in minimum..maximum."""

    key: str
    group: str
    page: str
    asked_of: str
    kind: QuestionKind
    unit: str
    short: str
    text: str
    hint: str
    why: str
    choices: tuple[AnswerOption, ...] = ()
    minimum: int = 0
    maximum: int = 0
    needs_note: bool = False
    twelve_months: bool = False
    applies_when: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBERS

    @property
    def choice_keys(self) -> tuple[str, ...]:
        return tuple(choice.key for choice in self.choices)

    @property
    def unit_words(self) -> str:
        """The unit in plain words: "bookings per year", "full-time posts", "percent"."""
        return UNIT_WORDS.get(self.unit, self.unit)

    @property
    def suffix(self) -> str:
        """The word beside an input. Totals of twelve months say so above it, so "per year" is left out."""
        return self.unit_words.removesuffix(" per year").removeprefix("per year")

    def label(self, choice: str) -> str:
        """The words for one of its choices. KeyError for any other value."""
        return {each.key: each.label for each in self.choices}[choice]

    def applies(self, answers: Answers) -> bool:
        """Whether it is asked, given the other answers; an open answer counts as unknown."""
        return all((answers.get(key) or UNKNOWN) in allowed for key, allowed in self.applies_when)

    def is_known(self, value: Value) -> bool:
        """Whether a value says something: neither nothing nor one of the ways to say "we do not know"."""
        return value not in (None, (), []) and not (self.kind in PICKS and value == UNKNOWN)

    def words(self, value: Value) -> str:
        """A checked value for people to read: "1,021 bookings per year", "$12,000 per year", "November 24, 2026"."""
        if value is None or not self.is_known(value):
            return DO_NOT_KNOW
        if isinstance(value, tuple | list):  # a list, when it comes back from stored JSON
            return ", ".join(self.label(each) for each in value)
        if isinstance(value, str):
            return date_words(date.fromisoformat(value)) if self.kind is QuestionKind.DATE else self.label(value)
        return self._number_words(value)

    def _number_words(self, value: float) -> str:
        if self.kind is QuestionKind.PERCENT:
            return f"{number_words(value)}%"
        if self.kind is QuestionKind.MONEY:
            return f"{money_words(value)}{self.unit.removeprefix('USD')}"
        return f"{number_words(value)} {self._unit_for(value)}"

    def _unit_for(self, value: float) -> str:
        noun, space, rest = self.unit_words.partition(" ")
        if value != 1 or self.unit_words.startswith("per "):
            return self.unit_words
        if self.unit == "FTE":
            return "full-time post"
        return ONE_OF.get(noun, noun.removesuffix("s")) + space + rest


Limits = tuple[int, int]
AskedOf = Literal["agency", "staff"]


class PageRow(Shape, frozen=True):
    """A page of a group as the file writes it: its title, and where the answers are usually found."""

    title: Words
    where: str = ""


class GroupRow(Shape, frozen=True):
    """A group as the file writes it."""

    title: Words
    pages: dict[str, PageRow]
    asked_of: AskedOf = "agency"


class QuestionRow(Shape, frozen=True, kw_only=True):
    """A question as the file writes it; one without limits of its own has those of its kind."""

    group: Words
    page: Words
    kind: QuestionKind = msgspec.field(name="type")
    short: Words
    text: Words
    hint: Words
    why: Words
    unit: str = ""
    choices: dict[str, str] = msgspec.field(default_factory=dict)
    limits: Limits | None = None
    needs_note: bool = False
    twelve_months: bool = False
    applies_when: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)


class QuestionsFile(Shape, frozen=True):
    """The whole of questions.toml; its questions are read one by one, so that a fault names the question."""

    version: Words
    limits: dict[QuestionKind, Limits]
    groups: dict[str, GroupRow]
    questions: dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """Questions that belong on one page, since each is read against the others."""

    key: str
    title: str
    where: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """A section of the assessment, answered by the agency or by staff."""

    key: str
    title: str
    asked_of: str
    pages: tuple[QuestionPage, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for page in self.pages for question in page.questions)


def number_words(value: float) -> str:
    """A number with thousands separated and no more than two decimals: 12,000 or 2.5."""
    return f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"


def money_words(value: float) -> str:
    """Dollars, with cents only where there are some: $12,000 or $1,200.50."""
    return f"${value:,.2f}".removesuffix(".00")


def date_words(day: date) -> str:
    """November 24, 2026."""
    return f"{day:%B} {day.day}, {day.year}"


def _question(key: str, row: QuestionRow, group: GroupRow, limits: Mapping[QuestionKind, Limits]) -> Question:
    minimum, maximum = row.limits or limits.get(row.kind, (0, 0))
    labels = YES_NO_UNKNOWN if row.kind is QuestionKind.YES_NO_UNKNOWN else row.choices
    return Question(
        key=key,
        group=row.group,
        page=row.page,
        asked_of=group.asked_of,
        kind=row.kind,
        unit=row.unit,
        short=row.short,
        text=row.text,
        hint=row.hint,
        why=row.why,
        choices=tuple(AnswerOption(choice, label) for choice, label in labels.items()),
        minimum=minimum,
        maximum=maximum,
        needs_note=row.needs_note,
        twelve_months=row.twelve_months,
        applies_when=tuple(row.applies_when.items()),
    )


def _faults(question: Question, known: Mapping[str, Question], pages: Iterable[str]) -> list[str]:
    return [
        sentence
        for wrong, sentence in (
            (question.page not in pages, "names a page that its group does not have"),
            ((question.kind in PICKS) != bool(question.choices), "has choices if and only if it is picked from"),
            (question.is_number != bool(question.unit), "has a unit if and only if it is a number"),
            (question.is_number and question.minimum >= question.maximum, "has an empty range"),
            (any(other not in known for other, _ in question.applies_when), "depends on an unknown question"),
        )
        if wrong
    ]


def read_questions(data: Mapping[str, Any]) -> tuple[Mapping[str, Question], tuple[QuestionGroup, ...]]:
    """Questions by key, in order, and their groups. DataFileError names the first that contradicts itself."""
    file = shaped(data, QuestionsFile, FILE.name)
    rows = {key: shaped(row, QuestionRow, f"{FILE.name}: {key}") for key, row in file.questions.items()}
    if strays := [key for key, row in rows.items() if row.group not in file.groups]:
        raise DataFileError(f"{FILE.name}: {strays[0]} names a group that does not exist")
    found = {key: _question(key, row, file.groups[row.group], file.limits) for key, row in rows.items()}
    for question in found.values():
        for sentence in _faults(question, found, file.groups[question.group].pages):
            raise DataFileError(f"{FILE.name}: {question.key} {sentence}")
    groups = tuple(_group(key, row, found.values()) for key, row in file.groups.items())
    return MappingProxyType(found), groups


def _group(key: str, row: GroupRow, questions: Iterable[Question]) -> QuestionGroup:
    mine = [question for question in questions if question.group == key]
    pages = tuple(
        QuestionPage(name, page.title, page.where, tuple(each for each in mine if each.page == name))
        for name, page in row.pages.items()
    )
    if not all(page.questions for page in pages):
        raise DataFileError(f"{FILE.name}: a page of {key} has no question")
    return QuestionGroup(key, row.title, row.asked_of, pages)


FILE = Path(__file__).with_name("questions.toml")
_DATA = read_table(FILE)

VERSION: str = _DATA["version"]
QUESTIONS, GROUPS = read_questions(_DATA)
AGENCY_GROUPS: tuple[QuestionGroup, ...] = tuple(group for group in GROUPS if group.asked_of == "agency")


def applicable(answers: Answers) -> tuple[Question, ...]:
    """The questions that are asked of anybody, given the answers so far, in order."""
    return tuple(question for question in QUESTIONS.values() if question.applies(answers))
