"""What the clause library is made of: facts, clauses with their obligations, and the templates that arrange them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.agreements.wording import BlockText, Sentence

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


class Basis(StrEnum):
    """On what a wording or a frame rests: a public template, public copies of signed ones, or inference."""

    TEMPLATE = "template"
    COPIES = "copies"
    INFERRED = "inferred"


class Form(StrEnum):
    """An agreement between two parties, or a letter from one that the other countersigns."""

    AGREEMENT = "agreement"
    LETTER = "letter"


class Side(StrEnum):
    """Who owes a duty or signs."""

    AGENCY = "agency"
    ICE = "ice"
    BOTH = "both"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {"agency": "Agency", "ice": "ICE", "both": "Both", "other": "Other"}[self.value]


@dataclass(frozen=True, slots=True)
class FactDef:
    """A fact a draft may be filled with. `source` tells the drafter where it comes from; `specimen` is made up."""

    key: str
    label: str
    source: str
    specimen: object
    kind: FactKind


@dataclass(frozen=True, slots=True)
class Obligation:
    """A duty that the clause's words create: who owes it, by when, and what shows that it was done."""

    who: Side
    does: Sentence
    by: Sentence
    evidence: Sentence


@dataclass(frozen=True, slots=True)
class Condition:
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
    provenance: Basis
    rests_on: str
    blocks: tuple[BlockText, ...]
    obligations: tuple[Obligation, ...]
    applies_when: Condition | None = None
    alternate_of: str = ""
    fallback: str = ""


@dataclass(frozen=True, slots=True)
class ArticlePlan:
    """An article or appendix of a template, and which of ARTICLES it covers."""

    key: str
    title: str
    clauses: tuple[str, ...]
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DataRow:
    """One line of the data schedule: what is counted, in which unit, for which period, by whom, due when."""

    what: str
    unit: str
    period: str
    who: str
    due: str


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """What the agreement measures when the plan of action says nothing; baseline and target stay blanks."""

    objective: str
    measure: str
    unit: str


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One line of a checklist. An empty answer prints as a blank."""

    item: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign, and the facts that name who signs there."""

    side: Side
    role: str
    name_fact: str
    title_fact: str


@dataclass(frozen=True, slots=True)
class Template:
    """One instrument. `summary` is for the page beside it and no part of the agreement."""

    program: str
    model: str | None
    version: int
    title: str
    subtitle: str
    form: Form
    rests_on: Basis
    rests_on_note: str
    summary: tuple[str, ...]
    required_facts: tuple[str, ...]
    articles: tuple[ArticlePlan, ...]
    appendices: tuple[ArticlePlan, ...]
    data: tuple[DataRow, ...]
    measures: tuple[MeasureRow, ...]
    checklist: tuple[CheckRow, ...]
    signatures: tuple[Signature, ...]

    @property
    def name(self) -> str:
        """The name of its files: program, or program-model."""
        return f"{self.program}-{self.model}" if self.model else self.program

    @property
    def plans(self) -> tuple[ArticlePlan, ...]:
        """Articles, then appendices."""
        return self.articles + self.appendices

    @property
    def clause_keys(self) -> tuple[str, ...]:
        return tuple(key for plan in self.plans for key in plan.clauses)
