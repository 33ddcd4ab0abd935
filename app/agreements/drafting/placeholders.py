"""Fills the facts of a case into the library's sentences; whatever is missing becomes a blank that names it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from typing import Any

from app.agreements.drafting.document import MissingFact, Runs, TextRun, TextRunKind, long_date
from app.agreements.library.markup import FactName, Sentence, Words
from app.agreements.library.template_model import FactDef, FactKind
from app.text import visible

EMPTY = (None, "", [], ())


def blank_for(label: str, key: str = "") -> TextRun:
    """The marked blank for something still to be completed."""
    return TextRun(f"[{label}: to be completed]", TextRunKind.BLANK, key)


def value_words(value: object, kind: FactKind) -> str:
    """A fact's value as it prints, on one line. What no document can hold stands as U+FFFD."""
    if kind is FactKind.LIST and not isinstance(value, str) and isinstance(value, Sequence):
        return _listed([one_line(str(each)) for each in value])
    if kind is FactKind.DATE:
        return _dated(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:,.10g}" if isinstance(value, float) else f"{value:,}"
    return one_line(str(value))


def one_line(text: str) -> str:
    """The text as a document prints it: without what no document can hold, each line break as a space."""
    return visible(text).replace("\n", " ").replace("\t", " ")


def _listed(entries: list[str]) -> str:
    return entries[0] if len(entries) == 1 else f"{'; '.join(entries[:-1])}; and {entries[-1]}"


def _dated(value: object) -> str:
    if isinstance(value, date):
        return long_date(value)
    try:
        return long_date(date.fromisoformat(str(value)))
    except ValueError:
        return one_line(str(value))


@dataclass(slots=True)
class PlaceholderFiller:
    """Fills sentences with these facts, and remembers which were missing and where.

    Values are data: braces within one are never read as the name of another fact.
    """

    known: Mapping[str, FactDef]
    facts: Mapping[str, object]
    absent: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def given(self, key: str) -> bool:
        """Whether the fact has a value."""
        return self.facts.get(key) not in EMPTY

    def runs(self, line: Sentence, where: str) -> Runs:
        """The sentence with its facts filled in; `where` is the clause it stands in."""
        return tuple(TextRun(one_line(p.text)) if isinstance(p, Words) else self.fact(p.key, where) for p in line)

    def fact(self, key: str, where: str) -> TextRun:
        """The value of one fact, or its blank."""
        definition = self.known[key]
        if not self.given(key):
            return self.miss(key, definition.label, where)
        return TextRun(value_words(self.facts[key], definition.kind), TextRunKind.FACT, key)

    def miss(self, key: str, label: str, where: str) -> TextRun:
        """The blank for a value of fact `key` that is missing, remembered."""
        places = self.absent.setdefault((key, label), [])
        if where not in places:
            places.append(where)
        return blank_for(label, key)

    def need(self, key: str) -> None:
        """Remembers a fact that must be given although no sentence of this draft asks for it."""
        if not self.given(key):
            self.absent.setdefault((key, self.known[key].label), [])

    def entries(self, line: Sentence) -> tuple[TextRun, ...]:
        """The entries of the list fact that alone makes up the sentence; empty when it is anything else."""
        match line:
            case (FactName(key),) if self.known[key].kind is FactKind.LIST and self.given(key):
                value = self.facts[key]
                each = [value] if isinstance(value, str) or not isinstance(value, Sequence) else value
                return tuple(TextRun(one_line(str(entry)), TextRunKind.FACT, key) for entry in each)
        return ()

    def rows(self, key: str) -> tuple[Mapping[str, object], ...]:
        """The rows of a rows fact; what is no row is left out."""
        value = self.facts.get(key)
        rows = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
        return tuple(row for row in rows if isinstance(row, Mapping))

    def missing(self) -> tuple[MissingFact, ...]:
        """Every fact that was asked for and not given, in the order of the text."""
        return tuple(
            MissingFact(key, label, self.known[key].source if key in self.known else "Agreement record", tuple(places))
            for (key, label), places in self.absent.items()
        )


def with_blanks(part: Any, keys: Mapping[str, FactDef]) -> Any:
    """A draft, or a part of it, in which these facts print as blanks, as if nobody had given them yet."""
    if isinstance(part, TextRun):
        return blank_for(keys[part.key].label, part.key) if part.key in keys else part
    if isinstance(part, tuple):
        return tuple(with_blanks(each, keys) for each in part)
    if not is_dataclass(part) or isinstance(part, type):
        return part
    return replace(part, **{each.name: with_blanks(getattr(part, each.name), keys) for each in fields(part)})
