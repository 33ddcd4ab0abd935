"""What the clause library is made of: facts, clauses with their obligations, and the templates that arrange them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

import msgspec

from app.agreements.library.markup import BlockText, Sentence
from app.data_files import Lines, Shape, Words
from app.needs.keys import ProgramKey
from app.programs.program import Provenance

Key = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$")]
"""What files call an entry by: small letters, digits, hyphens and underscores."""

Version = Annotated[int, msgspec.Meta(ge=1)]

ARTICLES = (
    "parties",
    "purpose",
    "authority",
    "agency_duties",
    "ice_duties",
    "people",
    "data",
    "measures",
    "information",
    "complaints",
    "costs",
    "term",
    "signatures",
    "contacts",
)
"""What the articles and appendices of every instrument have to cover, letters included."""


class FactKind(StrEnum):
    """How the value of a fact is given and printed. A date is given as an ISO string."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    ROWS = "rows"
    LIST = "list"


class ClauseKind(StrEnum):
    """Whether a clause is in a draft: always, if counsel wants it, instead of another, or if a fact says so."""

    MANDATORY = "mandatory"
    OPTIONAL = "optional"
    ALTERNATE = "alternate"
    CONDITIONAL = "conditional"


class Form(StrEnum):
    """An agreement between two parties, or a letter from one that the other countersigns."""

    AGREEMENT = "agreement"
    LETTER = "letter"


class SigningSide(StrEnum):
    """Who owes a duty or signs."""

    AGENCY = "agency"
    ICE = "ice"
    BOTH = "both"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {"agency": "Agency", "ice": "ICE", "both": "Both", "other": "Other"}[self.value]


class FactDef(Shape, frozen=True):
    """A fact a draft may be filled with. `source` tells the drafter where it comes from; `specimen` is made up."""

    key: Key
    label: Words
    source: Words
    specimen: str | int | float | tuple[Any, ...]
    kind: FactKind


@dataclass(frozen=True, slots=True)
class Obligation:
    """A duty that the clause's words create: who owes it, by when, and what shows that it was done."""

    who: SigningSide
    does: Sentence
    by: Sentence
    evidence: Sentence


@dataclass(frozen=True, slots=True)
class ClauseCondition:
    """When a conditional clause applies: a fact is filled, is not filled, or has a certain value."""

    key: str
    value: str = ""
    negated: bool = False

    def holds(self, facts: Mapping[str, object]) -> bool:
        """Whether these facts meet the condition."""
        given = facts.get(self.key)
        found = str(given) == self.value if self.value else given not in (None, "", [], ())
        return found is not self.negated


@dataclass(frozen=True, slots=True)
class ClauseText:
    """One clause of the library at one version. `rests_on` and `fallback` are for counsel and never printed."""

    key: str
    version: int
    title: str
    kind: ClauseKind
    owner: str
    provenance: Provenance
    rests_on: str
    blocks: tuple[BlockText, ...]
    obligations: tuple[Obligation, ...]
    applies_when: ClauseCondition | None = None
    alternate_of: str = ""
    fallback: str = ""


class DutyRow(Shape, frozen=True):
    """A duty of a clause as its file writes it."""

    who: SigningSide
    does: Words
    by: Words
    evidence: Words


class ClauseRow(Shape, frozen=True, kw_only=True):
    """A clause as its file writes it: `text` in paragraphs, items and tables, `applies_when` as a condition."""

    key: Key
    version: Version
    title: Words
    kind: ClauseKind
    owner: Words
    provenance: Provenance
    rests_on: Words
    text: tuple[str | dict[str, Any], ...]
    obligations: tuple[DutyRow, ...] = msgspec.field(name="obligation", default=())
    applies_when: str = ""
    alternate_of: str = ""
    fallback: str = ""


class ArticlePlan(Shape, frozen=True):
    """An article or appendix of a template, and which of ARTICLES it covers."""

    key: Key
    title: Words
    clauses: tuple[str, ...]
    covers: tuple[str, ...] = ()


class DataRow(Shape, frozen=True):
    """One line of the data schedule: what is counted, in which unit, for which period, by whom, due when."""

    what: Words
    unit: Words
    period: Words
    who: Words
    due: Words


class MeasureRow(Shape, frozen=True):
    """What the agreement measures when the plan of action says nothing; baseline and target stay blanks."""

    objective: Words
    measure: Words
    unit: Words


class CheckRow(Shape, frozen=True):
    """One line of a checklist. An empty answer prints as a blank."""

    item: Words
    answer: str = ""


class Signature(Shape, frozen=True):
    """A place to sign, and the facts that name who signs there."""

    side: SigningSide
    role: Words
    name_fact: str
    title_fact: str


class Template(Shape, frozen=True, kw_only=True):
    """One instrument. `summary` is for the page beside it and no part of the agreement."""

    program_key: ProgramKey
    version: Version
    title: Words
    subtitle: Words
    form: Form
    rests_on: Provenance
    rests_on_note: Words
    summary: Lines
    required_facts: tuple[str, ...]
    articles: tuple[ArticlePlan, ...] = msgspec.field(name="article")
    appendices: tuple[ArticlePlan, ...] = msgspec.field(name="appendix", default=())
    data: tuple[DataRow, ...]
    measures: tuple[MeasureRow, ...] = msgspec.field(name="measure")
    checklist: tuple[CheckRow, ...] = ()
    signatures: tuple[Signature, ...] = msgspec.field(name="signature")

    @property
    def program(self) -> str:
        return self.program_key.program

    @property
    def model(self) -> str | None:
        return self.program_key.model

    @property
    def name(self) -> str:
        """The name of its files: program, or program-model."""
        return self.program_key.slug

    @property
    def plans(self) -> tuple[ArticlePlan, ...]:
        """Articles, then appendices."""
        return self.articles + self.appendices

    @property
    def clause_keys(self) -> tuple[str, ...]:
        return tuple(key for plan in self.plans for key in plan.clauses)
