"""The ranking that other values would give: read from the form, computed, and not stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.assessment.worksheet.typed_worksheet import Posted, TypedRow, unchanged_row
from app.assessment.worksheet.view_model import Worksheet, WorksheetRow
from app.needs.answers import BadAnswer
from app.needs.parsing import parse_several, parse_text
from app.needs.questions import QUESTIONS, QuestionKind, Value
from app.needs.scoring import RankedProgram, Ranking, rank
from app.programs.catalog import CATALOG
from app.text import plural


@dataclass(frozen=True)
class WhatIfValues:
    """Values as they were typed: those that differ from the worksheet's, what cannot be read, and the boxes."""

    values: Mapping[str, Value] = field(default_factory=dict)
    problems: tuple[tuple[str, str], ...] = ()
    typed: Mapping[str, TypedRow] = field(default_factory=dict)

    def sheet(self, sheet: Worksheet) -> Worksheet:
        """The worksheet as it would be with these values; the arrows still compare with the agency's own."""
        ranking = self.ranking(sheet)
        return replace(sheet, ranking=ranking, changes=ranking.change_against(rank(sheet.compared, CATALOG.scores)))

    def ranking(self, sheet: Worksheet) -> Ranking:
        """The order with these values in place of the worksheet's."""
        merged = {**sheet.values, **self.values}
        values = {key: merged[key] for key in QUESTIONS if merged.get(key) is not None}
        return rank(values, CATALOG.scores)


def parse_what_if(sheet: Worksheet, posted: Posted) -> WhatIfValues:
    """Reads the boxes of the rows named; a value that cannot be read counts as untouched and is told."""
    values: dict[str, Value] = {}
    typed: dict[str, TypedRow] = {}
    asked = set(posted.getlist("row"))
    for row in (row for section in sheet.sections for row in section.rows if row.key in asked):
        before, box = unchanged_row(row), typed.setdefault(row.key, _typed(row, posted))
        if box.texts != before.texts:
            _read(row, box, values)
    found = [(f"{QUESTIONS[key].short}: {box.value_error}", f"value-{key}") for key, box in typed.items()]
    return WhatIfValues(
        values, tuple(each for each, box in zip(found, typed.values(), strict=True) if box.value_error), typed
    )


def _typed(row: WorksheetRow, posted: Posted) -> TypedRow:
    texts = tuple(text.strip() for text in posted.getlist(f"value-{row.key}"))
    return TypedRow(texts if row.question.kind is QuestionKind.MULTI else texts[:1] or ("",), "", "")


def _read(row: WorksheetRow, box: TypedRow, values: dict[str, Value]) -> None:
    try:
        if row.question.kind is QuestionKind.MULTI:
            values[row.key] = parse_several(row.question, box.texts)
        else:
            values[row.key] = parse_text(row.question, box.texts[0])
    except BadAnswer as bad:
        box.value_error = bad.sentence


@dataclass(frozen=True)
class RankChange:
    """One program before and after: its place and score in both orders, and what changed in words."""

    key: str
    name: str
    before: int
    after: int
    was: float
    score: float
    words: str
    reasons: tuple[str, ...]


def compare_rankings(before: Ranking, after: Ranking) -> list[RankChange]:
    """Every program in the order after, with what the values do to it."""
    places = {entry.key: place for place, entry in enumerate(before.entries, 1)}
    earlier = {entry.key: entry for entry in before.entries}
    return [_moved(earlier[e.key], e, places[e.key], n) for n, e in enumerate(after.entries, 1)]


def _moved(was: RankedProgram, entry: RankedProgram, before: int, after: int) -> RankChange:
    parts = [_place(before, after), _points(round(entry.score - was.score, 1)), _open(was, entry)]
    return RankChange(
        key=str(entry.key),
        name=entry.name,
        before=before,
        after=after,
        was=was.score,
        score=entry.score,
        words="; ".join(part for part in parts if part).capitalize() or "No change",
        reasons=tuple(_because(was, entry)),
    )


def _place(before: int, after: int) -> str:
    if before == after:
        return ""
    return f"moves {'up' if after < before else 'down'} from place {before} to {after}"


def _points(points: float) -> str:
    if not points:
        return ""
    return f"{abs(points):.1f} {'points more' if points > 0 else 'points fewer'}"


def _open(was: RankedProgram, entry: RankedProgram) -> str:
    changed = was.availability is not entry.availability
    return f"now {entry.availability.label.lower()}, before {was.availability.label.lower()}" if changed else ""


def _because(was: RankedProgram, entry: RankedProgram) -> list[str]:
    """The answers whose points changed, largest first."""
    earlier = {reason.key: reason.contribution for reason in was.reasons}
    later = {reason.key: reason.contribution for reason in entry.reasons}
    moved = {key: round(later.get(key, 0) - earlier.get(key, 0), 1) for key in {**earlier, **later}}
    largest = sorted((key for key in moved if moved[key]), key=lambda key: (-abs(moved[key]), key))
    return [f"{QUESTIONS[key].short}: {moved[key]:+.1f}" for key in largest[:4]]


def change_words(sheet: Worksheet, what_if_values: WhatIfValues) -> list[dict[str, str]]:
    """Each value that is tried: the question, what the worksheet holds, and what was tried."""
    return [
        {
            "question": QUESTIONS[key].short,
            "was": QUESTIONS[key].words(sheet.values.get(key)),
            "now": QUESTIONS[key].words(value),
        }
        for key, value in what_if_values.values.items()
    ]


def comparison_summary(moved: list[RankChange]) -> str:
    """One sentence on what the values do."""
    n = sum(each.before != each.after or each.was != each.score for each in moved)
    first = f"First is {moved[0].name} with {moved[0].score:.1f} points"
    first += ", as before." if moved[0].before == 1 else f"; it was place {moved[0].before} before."
    return f"{plural(n, 'program changes', 'programs change')}. {first}" if n else "Nothing changes in the order."


def what_if_query(what_if_values: WhatIfValues) -> dict[str, Any]:
    """The address of the tried values: only what differs, so that it can be sent to somebody who sees the case too."""
    asked: dict[str, Any] = {"row": list(what_if_values.values)}
    return asked | {f"value-{key}": list(what_if_values.typed[key].texts) for key in what_if_values.values}
