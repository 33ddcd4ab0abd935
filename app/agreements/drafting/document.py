"""The tree of a drafted instrument, from which the page, the Word file and the PDF are all made."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from app.agreements.library.template_model import ClauseKind, Form, SigningSide
from app.programs.program import Provenance


def long_date(day: date) -> str:
    """A date as people write it: "November 24, 2026"."""
    return f"{day:%B} {day.day}, {day.year}"


class TextRunKind(StrEnum):
    """Words of the clause, a fact that was filled in, or the marked blank of one that is missing."""

    TEXT = "text"
    FACT = "fact"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class TextRun:
    """A stretch of text of one kind; `key` names the fact."""

    text: str
    kind: TextRunKind = TextRunKind.TEXT
    key: str = ""


Runs = tuple[TextRun, ...]


def run_words(runs: Runs) -> str:
    """The text of the runs."""
    return "".join(run.text for run in runs)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph, such as 6.1 or A.2; the number is furniture."""

    shape: ClassVar[str] = "paragraph"
    runs: Runs
    number: str = ""

    def text(self) -> Iterator[str]:
        yield run_words(self.runs)


@dataclass(frozen=True, slots=True)
class Items:
    """Lettered sub-clauses; the letters are furniture."""

    shape: ClassVar[str] = "items"
    items: tuple[Runs, ...]

    def text(self) -> Iterator[str]:
        yield from (run_words(item) for item in self.items)


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table with a caption; each row has one cell for each column, the first names the row."""

    shape: ClassVar[str] = "table"
    name: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]

    def text(self) -> Iterator[str]:
        yield self.caption
        yield from self.columns
        yield from (run_words(cell) for row in self.rows for cell in row)


Block = Paragraph | Items | Table


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """A numbered paragraph with the items and tables that belong to it."""

    number: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause as drafted. `heading` is empty where the article's title says it already."""

    key: str
    version: int
    title: str
    heading: str
    kind: ClauseKind
    provenance: Provenance
    rests_on: str
    blocks: tuple[Block, ...]
    edited: bool = False
    replaces: str = ""

    @property
    def groups(self) -> tuple[ItemGroup, ...]:
        """The blocks, each paragraph with what follows it up to the next."""
        found: list[ItemGroup] = []
        for block in self.blocks:
            if isinstance(block, Paragraph) or not found:
                found.append(ItemGroup(block.number if isinstance(block, Paragraph) else "", (block,)))
            else:
                found[-1] = ItemGroup(found[-1].number, (*found[-1].blocks, block))
        return tuple(found)

    def text(self) -> Iterator[str]:
        yield self.heading
        for block in self.blocks:
            yield from block.text()


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """A place to sign, with who is to sign there."""

    side: SigningSide
    role: str
    name: Runs
    title: Runs

    def text(self) -> Iterator[str]:
        yield from (self.role, "Signature", "Name", run_words(self.name), "Title", run_words(self.title), "Date")


@dataclass(frozen=True, slots=True)
class Article:
    """A numbered article or lettered appendix; `signatures` stand below the clauses of the article that has them."""

    number: str
    key: str
    title: str
    clauses: tuple[Clause, ...]
    signatures: tuple[SignatureBlock, ...] = ()
    closing: str = ""

    def text(self) -> Iterator[str]:
        yield self.title
        for clause in self.clauses:
            yield from clause.text()
        yield self.closing
        for block in self.signatures:
            yield from block.text()


class FrontLineRole(StrEnum):
    """What a line before the first article is."""

    JOINER = "joiner"
    PARTY = "party"
    ABOUT = "about"
    SENDER = "sender"
    DATE = "date"
    ADDRESS = "address"
    SALUTATION = "salutation"


@dataclass(frozen=True, slots=True)
class FrontLine:
    """A line before the first article: the parties of an agreement, or the head of a letter."""

    role: FrontLineRole
    runs: Runs


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact that prints as a blank, where it comes from, and the clauses that wait for it."""

    key: str
    label: str
    source: str
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftObligation:
    """A duty of this draft with the place in it that creates it."""

    article: str
    clause: str
    title: str
    who: SigningSide
    does: str
    by: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Deviation:
    """Where counsel left the standard, and why."""

    clause: str
    title: str
    what: str
    reason: str
    mandatory: bool

    @property
    def needs_reason(self) -> bool:
        """Whether a mandatory clause was left without one."""
        return self.mandatory and not self.reason.strip()


@dataclass(frozen=True, slots=True)
class AgreementDraft:
    """A drafted instrument. `version` counts its texts; `dated` is the day of this one."""

    program: str
    model: str | None
    title: str
    subtitle: str
    form: Form
    number: str | None
    version: int
    status_words: str
    dated: date | None
    front: tuple[FrontLine, ...]
    articles: tuple[Article, ...]
    appendices: tuple[Article, ...]
    missing: tuple[MissingFact, ...]
    obligations: tuple[DraftObligation, ...]
    deviations: tuple[Deviation, ...]
    template_version: int
    library_version: str
    summary: tuple[str, ...] = ()
    language: str = "en-US"
    required: frozenset[str] = field(default=frozenset())

    @property
    def number_words(self) -> str:
        """The number for heads and feet."""
        return self.number or "Number not assigned"

    @property
    def running_words(self) -> str:
        """Title and parties, for running heads."""
        agency = next(
            (run_words(line.runs) for line in self.front if "agency_name" in {run.key for run in line.runs}), ""
        )
        return f"{self.title}, {agency}" if agency else self.title

    @property
    def version_words(self) -> str:
        """Version, what the text is worth, and its day, for heads and feet."""
        day = [long_date(self.dated)] if self.dated else []
        return ", ".join([f"Version {self.version}", self.status_words, *day])

    @property
    def hash_words(self) -> str:
        """The first sixteen digits of the content hash, in fours, for heads and feet."""
        digits = self.content_hash()
        return " ".join(digits[place : place + 4] for place in range(0, 16, 4))

    @property
    def plans(self) -> tuple[Article, ...]:
        """Articles, then appendices."""
        return self.articles + self.appendices

    @property
    def missing_required(self) -> tuple[MissingFact, ...]:
        """The missing facts without which the draft does not go to counsel."""
        return tuple(fact for fact in self.missing if fact.key in self.required)

    @property
    def parties(self) -> tuple[str, ...]:
        """The names of those between whom it is."""
        return tuple(run_words(line.runs) for line in self.front if line.role is FrontLineRole.PARTY)

    def text(self) -> list[str]:
        """The words of the instrument in order, a string for each paragraph, item, heading and cell; no furniture."""
        found = [self.title, self.subtitle, *(run_words(line.runs) for line in self.front)]
        for article in self.plans:
            found.extend(article.text())
        return [part for part in found if part]

    def content_hash(self) -> str:
        """The SHA-256, in hexadecimal, of the words with number, version and day."""
        content = {
            "number": self.number,
            "version": self.version,
            "dated": self.dated.isoformat() if self.dated else None,
            "text": self.text(),
        }
        canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()
