"""Reads what an assessor typed into the worksheet; a row counts as confirmed once it has a source."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from werkzeug.datastructures import MultiDict

from app.assessment.worksheet.operations import Confirmation
from app.assessment.worksheet.view_model import WorksheetRow, WorksheetSection
from app.needs.answers import BadAnswer
from app.needs.parsing import parse_several, parse_text
from app.needs.questions import QUESTIONS, AnswerBasis, QuestionKind, Value
from app.text import BadText, clean_line, visible

Posted = MultiDict[str, str]

NO_SOURCE: Final = "Say where this value comes from."
NO_BASIS: Final = "Say whether this number is measured or estimated."
NOT_ASKED: Final = "The worksheet has no such question. Open it again."
STALE: Final = (
    "{group}: somebody saved answers of this group after you opened it. Compare yours with theirs, then save again."
)
USUAL_SOURCES: Final = (
    "Booking report", "Warrant log", "Records system", "Case files", "Budget", "Statute or ordinance",
    "Meeting with the agency", "Site visit", "Office records", "Agency website", "Census estimate", "Route planner",
)  # fmt: skip


@dataclass
class TypedRow:
    """What stands in one row's boxes, and what is wrong with it."""

    texts: Sequence[str]
    basis: str
    source: str
    value_error: str = ""
    basis_error: str = ""
    source_error: str = ""

    @property
    def text(self) -> str:
        """The first box, to be shown as it was typed."""
        return visible(self.texts[0]) if self.texts else ""

    @property
    def mark(self) -> str:
        """A text that differs by which boxes are ticked; a row whose mark comes back unchanged was not touched."""
        boxes = "\0".join((*sorted(self.texts), self.basis, self.source.strip()))
        return hashlib.sha256(boxes.encode("utf-8", "surrogatepass")).hexdigest()[:12]

    @property
    def source_text(self) -> str:
        """The source, to be shown as it was typed."""
        return visible(self.source)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Each message, with the part of the row it belongs to."""
        parts = (("value", self.value_error), ("basis", self.basis_error), ("source", self.source_error))
        return [(sentence, part) for part, sentence in parts if sentence]


@dataclass
class ParsedGroup:
    """The rows that were typed into: what to confirm, the boxes by question key, and messages that belong to no box."""

    confirmations: list[Confirmation] = field(default_factory=list)
    typed: dict[str, TypedRow] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def problems(self) -> list[str | tuple[str, str]]:
        """For the summary above the page: sentences, and (sentence, id of the box) pairs."""
        boxes = [
            (f"{QUESTIONS[key].short}: {sentence}", f"{part}-{key}")
            for key, typed in self.typed.items()
            for sentence, part in typed.errors
        ]
        return [*self.faults, *boxes]


def unchanged_row(row: WorksheetRow) -> TypedRow:
    """The boxes of a row as they stand before anybody types."""
    texts = tuple(row.picked) if row.question.kind is QuestionKind.MULTI else (row.typed,)
    return TypedRow(texts, row.basis, row.source)


def parse_group(sections: Sequence[WorksheetSection], posted: Posted) -> ParsedGroup:
    """Reads the rows that the posted form had; rows that nobody touched are left as they are."""
    entered, keys = ParsedGroup(), dict.fromkeys(posted.getlist("row"))
    if set(keys) - {row.key for section in sections for row in section.rows}:
        entered.faults.append(NOT_ASKED)
    for section in sections:
        touched = [row for row in section.rows if row.key in keys and _is_touched(row, posted)]
        for row in touched:
            _read_row(row, posted, entered)
        if touched and posted.get(f"version-{section.group.key}") != section.version:
            entered.faults.append(STALE.format(group=section.group.title))
    return entered


def _is_touched(row: WorksheetRow, posted: Posted) -> bool:
    return posted.get(f"was-{row.key}") != _typed(row, posted).mark


def _typed(row: WorksheetRow, posted: Posted) -> TypedRow:
    return TypedRow(
        texts=_texts(row, posted),
        basis=posted.get(f"basis-{row.key}", "") if row.question.is_number else unchanged_row(row).basis,
        source=posted.get(f"source-{row.key}", ""),
    )


def _read_row(row: WorksheetRow, posted: Posted, entered: ParsedGroup) -> None:
    before = unchanged_row(row)
    typed = _typed(row, posted)
    entered.typed[row.key] = typed
    value = _value(row, before, typed)
    source = _source(typed)
    is_changed = (typed.texts, typed.basis) != (before.texts, before.basis)
    if not source and (is_changed or row.is_confirmed) and not typed.errors:
        typed.source_error = NO_SOURCE
    if source and row.question.is_number and value is not None and typed.basis not in KNOWN:
        typed.basis_error = NO_BASIS
    if source and (is_changed or source != before.source):
        basis = typed.basis if row.question.is_number or typed.basis != AnswerBasis.UNKNOWN else ""
        entered.confirmations.append(Confirmation(row.key, value, basis, source))


KNOWN: Final[Mapping[str, AnswerBasis]] = {
    basis.value: basis for basis in (AnswerBasis.MEASURED, AnswerBasis.ESTIMATED)
}


def _texts(row: WorksheetRow, posted: Posted) -> tuple[str, ...]:
    texts = tuple(text.strip() for text in posted.getlist(f"value-{row.key}"))
    return texts if row.question.kind is QuestionKind.MULTI else texts[:1] or ("",)


def _value(row: WorksheetRow, before: TypedRow, typed: TypedRow) -> Value:
    if typed.texts == before.texts:
        return row.value
    try:
        if row.question.kind is QuestionKind.MULTI:
            return parse_several(row.question, typed.texts)
        return parse_text(row.question, typed.texts[0])
    except BadAnswer as bad:
        typed.value_error = bad.sentence
        return None


def _source(typed: TypedRow) -> str:
    try:
        return clean_line(typed.source)
    except BadText as bad:
        typed.source_error = str(bad)
        return ""
