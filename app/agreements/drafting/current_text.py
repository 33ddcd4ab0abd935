"""The text of one agreement as it stands: its draft, the content hash of its words, and the words of each clause."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.agreements.drafting.assembly import ClauseEdit, assemble_draft
from app.agreements.drafting.document import AgreementDraft, Clause, Items, Paragraph, Table, run_words
from app.agreements.drafting.placeholders import with_blanks
from app.agreements.facts.case_facts import FILLED_LATER, case_facts, with_typed_facts
from app.agreements.library.library import LIBRARY
from app.agreements.library.template_model import Template
from app.agreements.models import Agreement, AgreementVersion, ClauseEditRecord
from app.needs.keys import ProgramKey
from app.workflow.journey.agreement_journey import AGREEMENT_STATUS_WORDS


def template_of(agreement: Agreement) -> Template:
    """The template of the agreement's program."""
    return LIBRARY.template(ProgramKey.of(agreement.program, agreement.model))


@dataclass(frozen=True)
class AgreementText:
    """An agreement's text as facts and edits make it today: its facts read once, its draft made once."""

    given: Mapping[str, Any]  # what the case gives, by fact key
    facts: Mapping[str, Any]  # the same with what the drafter typed over it
    draft: AgreementDraft

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of the words alone: what an acceptance is bound to.

        The number comes later, and so may the governing body's resolution, whose blank does not wait for it.
        """
        later = {key: LIBRARY.facts[key] for key in FILLED_LATER}
        words = json.dumps(with_blanks(self.draft, later).text(), ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(words.encode()).hexdigest()

    @property
    def needs_resolution(self) -> bool:
        """Whether the agency's governing body must approve the agreement."""
        return "governing_body" in self.given


def current_text(agreement: Agreement) -> AgreementText:
    """The text as it stands; whoever needs more than one thing of it asks once and passes it along."""
    given = case_facts(agreement)
    facts = with_typed_facts(given, agreement)
    drafted = assemble_draft(
        template_of(agreement),
        facts,
        edits={edit.clause_key: as_edit(edit) for edit in agreement.edits},
        number=agreement.number,
        version=agreement.text_version,
        status_words=AGREEMENT_STATUS_WORDS[agreement.status],
        dated=agreement.drafted_at.date() if agreement.drafted_at else None,
    )
    return AgreementText(given, facts, drafted)


def as_edit(record: ClauseEditRecord) -> ClauseEdit:
    """Counsel's edit as drafting reads it."""
    return ClauseEdit(text=record.text, included=record.included, alternate=record.alternate, reason=record.reason)


def version_of(agreement: Agreement, text: AgreementText) -> AgreementVersion:
    """This exact text as a version to keep, not yet frozen."""
    drafted = text.draft
    return AgreementVersion(
        agreement_id=agreement.id,
        number=agreement.text_version,
        content={"text": drafted.text(), "clauses": {c.key: plain_text(c) for c in clauses_of(drafted)}},
        content_hash=text.content_hash,
    )


def clauses_of(drafted: AgreementDraft) -> Sequence[Clause]:
    """Every clause in the order of the text."""
    return [clause for article in drafted.plans for clause in article.clauses]


def plain_text(clause: Clause) -> str:
    """A clause's words as people type them: paragraphs apart, items with a dash, a table by its name."""
    parts: list[str] = []
    for block in clause.blocks:
        if isinstance(block, Paragraph):
            parts.append(run_words(block.runs))
        elif isinstance(block, Items):
            parts.append("\n".join(f"- {run_words(item)}" for item in block.items))
        elif isinstance(block, Table):
            parts.append(f"[[table: {block.name}]]")
    return "\n\n".join(parts)


def as_literal(typed: str) -> str:
    """Text that somebody typed, so that no brace in it stands for a fact."""
    return typed.replace("{", "{{").replace("}", "}}")


def fact_keys(drafted: AgreementDraft) -> list[str]:
    """Every fact the text names, filled or missing, in the order of the library."""
    named: set[str] = {fact.key for fact in drafted.missing} | set(drafted.required)
    for run in _runs(drafted):
        if run.key:
            named.add(run.key)
    return [key for key in LIBRARY.facts if key in named - FILLED_LATER]


def _runs(drafted: AgreementDraft) -> list[Any]:
    found: list[Any] = [run for line in drafted.front for run in line.runs]
    for clause in clauses_of(drafted):
        for block in clause.blocks:
            if isinstance(block, Paragraph):
                found.extend(block.runs)
            elif isinstance(block, Items):
                found.extend(run for item in block.items for run in item)
            elif isinstance(block, Table):
                found.extend(run for row in block.rows for cell in row for run in cell)
    return found
