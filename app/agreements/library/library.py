"""The clause library: facts, clauses and the templates of all programs, read once and checked as the service starts."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from app.agreements.library import loader
from app.agreements.library.loader import Faults, read_entries, read_templates
from app.agreements.library.markup import (
    BlockText,
    FactName,
    Sentence,
    facts_in,
    from_text,
    sentence,
    sentences,
    to_text,
)
from app.agreements.library.template_model import ARTICLES, ClauseKind, ClauseText, FactDef, FactKind, Template
from app.needs.keys import ProgramKey
from app.programs.catalog import CATALOG

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Library:
    """Everything a draft is made of. `content_hash` is the SHA-256 of its files, in hexadecimal."""

    facts: Mapping[str, FactDef]
    clauses: Mapping[str, ClauseText]
    templates: tuple[Template, ...]
    content_hash: str = field(repr=False)

    @property
    def version(self) -> str:
        """The edition of the library, as an agreement keeps it: it changes whenever a word does."""
        return self.content_hash[:12]

    def template(self, key: ProgramKey) -> Template:
        """The template of a program or of a model of it. Raises KeyError."""
        return {template.program_key: template for template in self.templates}[key]

    def models(self, program: str) -> tuple[str | None, ...]:
        """The models of a program; (None,) when it has one template only; empty for an unknown program."""
        return tuple(template.model for template in self.templates if template.program == program)

    def clause(self, key: str) -> ClauseText:
        """The clause. Raises KeyError."""
        return self.clauses[key]

    def alternates(self, key: str) -> tuple[ClauseText, ...]:
        """The clauses that counsel may choose instead of this one."""
        return tuple(clause for clause in self.clauses.values() if clause.alternate_of == key)

    def used_clauses(self) -> frozenset[str]:
        """The clauses that some template uses, or may use as an alternate."""
        used = {key for template in self.templates for key in template.clause_keys}
        return frozenset(used | {c.key for c in self.clauses.values() if c.alternate_of in used})

    def write(self, clause: ClauseText) -> str:
        """The clause in the text form that counsel edits."""
        return to_text(clause.blocks)

    def read(self, text: str) -> tuple[BlockText, ...]:
        """The blocks of a text form. Raises BadClauseText with a sentence for its writer."""
        return from_text(text, self.facts)


def load_library(folder: Path, instruments: Mapping[ProgramKey, Path]) -> Library:
    """The library of a folder and of each program's file. Raises DataFileError with all that is wrong, a line each."""
    faults = Faults()
    facts = read_entries(folder / "facts", "fact", loader.read_fact, faults)
    clauses = read_entries(folder / "clauses", "clause", loader.read_clause, faults)
    templates = read_templates(instruments, faults)
    library = Library(MappingProxyType(facts), MappingProxyType(clauses), templates, _content_hash(folder, instruments))
    for each in clauses.values():
        for what in _clause_faults(each, library):
            faults.add(faults.places[each.key], what)
    for template in templates:
        for what in _template_faults(template, library):
            faults.add(f"{template.program_key}: instrument.toml", what)
    faults.raise_any()
    return library


def _content_hash(folder: Path, instruments: Mapping[ProgramKey, Path]) -> str:
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.toml")}
    files |= {f"templates/{key}": path for key, path in instruments.items()}
    total = hashlib.sha256()
    for name, path in sorted(files.items()):
        total.update(f"{name}\n".encode() + path.read_bytes() + b"\n")
    return total.hexdigest()


def _clause_faults(clause: ClauseText, library: Library) -> Iterator[str]:
    yield from (f"unknown fact {key}" for key in _facts_of(clause) if key not in library.facts)
    if clause.alternate_of and clause.alternate_of not in library.clauses:
        yield f"alternate_of names the unknown clause {clause.alternate_of}"
    yield from (f"{key} is rows and fits in a table only" for key in _rows_in_words(clause, library))


def _rows_in_words(clause: ClauseText, library: Library) -> list[str]:
    return [k for k in facts_in(clause.blocks) if k in library.facts and library.facts[k].kind is FactKind.ROWS]


def _facts_of(clause: ClauseText) -> Iterator[str]:
    if clause.applies_when:
        yield clause.applies_when.key
    yield from _named(list(sentences(clause.blocks)))
    for duty in clause.obligations:
        yield from _named([duty.does, duty.by, duty.evidence])


def _named(lines: list[Sentence]) -> Iterator[str]:
    return (piece.key for line in lines for piece in line if isinstance(piece, FactName))


def _template_faults(template: Template, library: Library) -> Iterator[str]:
    for key in template.clause_keys:
        if key not in library.clauses:
            yield f"unknown clause {key}"
        elif library.clauses[key].kind is ClauseKind.ALTERNATE:
            yield f"{key} is an alternate: list the clause it replaces"
    yield from (f"unknown fact {key}" for key in _facts_of_template(template) if key not in library.facts)
    covered = {article for plan in template.plans for article in plan.covers}
    yield from (f"nothing covers {article}" for article in ARTICLES if article not in covered)
    yield from (f"covers the unknown article {article}" for article in sorted(covered - set(ARTICLES)))
    for keys, what in ((template.clause_keys, "clause"), ([plan.key for plan in template.plans], "article")):
        yield from (f"{what} {key} stands twice" for key in sorted({key for key in keys if list(keys).count(key) > 1}))
    yield from (f"{what} has no row" for what in ("data", "measures", "signatures") if not getattr(template, what))


def _facts_of_template(template: Template) -> Iterator[str]:
    yield from template.required_facts
    for place in template.signatures:
        yield from (place.name_fact, place.title_fact)
    cells = [cell for row in template.data for cell in (row.what, row.unit, row.period, row.who, row.due)]
    cells += [cell for row in template.checklist for cell in (row.item, row.answer)]
    yield from _named([sentence(cell) for cell in cells])


LIBRARY = load_library(FOLDER, CATALOG.instruments)
