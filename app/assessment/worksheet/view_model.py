"""The worksheet as a page shows it: each question with both values, how far the work is, and the order it makes."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from app.accounts.models import Office, Person
from app.agency_requests.models import Answer, AnswerChange
from app.assessment.models import ConfirmedAnswer
from app.extensions import db
from app.intake.information_requests.operations import changes_since_submission
from app.needs.answers import check_all
from app.needs.consistency import contradictions_in
from app.needs.questions import GROUPS, QUESTIONS, AnswerBasis, Question, QuestionGroup, QuestionKind
from app.needs.scoring import RankedProgram, Ranking, comparable, rank
from app.programs.catalog import CATALOG

STAFF: Final = "staff"
SHOWN: Final = {  # what the list can be narrowed to, and its words
    "all": "All",
    "open": "Not confirmed",
    "differing": "Different",
    "estimated": "Estimated or unknown",
}


@dataclass(frozen=True)
class WorksheetRow:
    """One question: what the agency says, and what the assessor confirmed."""

    question: Question
    agency: Answer | None
    confirmed: ConfirmedAnswer | None
    change: AnswerChange | None
    by: str  # who confirmed it, and of which office; "" before that

    @property
    def key(self) -> str:
        return self.question.key

    @property
    def is_for_staff(self) -> bool:
        """Whether the agency is not asked this at all."""
        return self.question.asked_of == STAFF

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed is not None

    @property
    def agency_value(self) -> Any:
        return self.agency.value if self.agency else None

    @property
    def value(self) -> Any:
        """The value that counts: the assessor's where there is one."""
        return self.confirmed.value if self.confirmed else self.agency_value

    @property
    def basis(self) -> str:
        """How the value that counts is known; "" where that is not asked."""
        row = self.confirmed or self.agency
        return row.basis if row else ""

    @property
    def source(self) -> str:
        return self.confirmed.source if self.confirmed else ""

    @property
    def differs(self) -> bool:
        """Whether the assessor corrected what the agency says."""
        return self.is_confirmed and not self.is_for_staff and self.value != self.agency_value

    @property
    def is_uncertain(self) -> bool:
        """Whether the value that counts is an estimate, or nobody knows it."""
        return self.basis == AnswerBasis.ESTIMATED or not self.question.is_known(self.value)

    @property
    def agency_words(self) -> str:
        return self.question.words(self.agency_value)

    @property
    def words(self) -> str:
        return self.question.words(self.value)

    @property
    def was_words(self) -> str:
        """What the agency said when it submitted, where it changed since; else ""."""
        return self.question.words(self.change.was) if self.change else ""

    @property
    def agency_basis(self) -> str:
        """How the agency knows it, in a word; "" where it need not say."""
        says_something = self.agency is not None and self.agency.value is not None
        return AnswerBasis(self.agency.basis).label if says_something and self.agency.basis else ""

    @property
    def typed(self) -> str:
        """The value as somebody would type it."""
        value = self.value
        if value is None or isinstance(value, list | tuple):
            return ""
        return f"{value:,}" if self.question.is_number else str(value)

    @property
    def picked(self) -> Sequence[str]:
        """The choices ticked, for a question that takes several."""
        return self.value if self.question.kind is QuestionKind.MULTI and self.value else ()

    def is_shown(self, which: str) -> bool:
        """Whether it belongs to one of the lists of SHOWN."""
        narrowed = {"open": not self.is_confirmed, "differing": self.differs, "estimated": self.is_uncertain}
        return narrowed.get(which, True)


@dataclass(frozen=True)
class WorksheetSection:
    """A group of questions with its rows."""

    group: QuestionGroup
    rows: tuple[WorksheetRow, ...]

    @property
    def confirmed(self) -> int:
        return sum(row.is_confirmed for row in self.rows)

    @property
    def version(self) -> str:
        """Another text after every save, so that a form can tell whether its reader saw the last one."""
        saved = [row.confirmed.at for row in self.rows if row.confirmed]
        return f"{len(saved)}-{max(saved).isoformat()}" if saved else "0"


@dataclass(frozen=True)
class Worksheet:
    """Every question that applies, by group, and what the values make of the order of programs."""

    sections: tuple[WorksheetSection, ...]
    ranking: Ranking
    changes: Mapping[tuple[str, str | None], float]
    contradictions: tuple[str, ...]
    values: Mapping[str, Any]  # what the order is made of, checked
    compared: Mapping[str, Any]  # the agency's own, with the field survey: what the arrows compare with

    def rows(self, *, staff: bool) -> list[WorksheetRow]:
        """The agency's questions, or those of the field survey."""
        return [row for section in self.sections for row in section.rows if row.is_for_staff is staff]

    def count(self, which: str) -> int:
        """How many rows one of the lists of SHOWN has."""
        return sum(row.is_shown(which) for section in self.sections for row in section.rows)

    def section(self, key: str) -> WorksheetSection | None:
        return next((section for section in self.sections if section.group.key == key), None)

    def entry(self, key: str) -> RankedProgram:
        """The entry of this key, else the first in the order."""
        return next((e for e in self.ranking.entries if str(e.key) == key), self.ranking.entries[0])

    def change(self, entry: RankedProgram) -> float:
        """Points by which the assessor's values move an entry's score."""
        return self.changes[entry.key]

    @property
    def close(self) -> list[list[int]]:
        """Runs of available entries, by place, each comparable with the one before."""
        open_entries = [entry for entry in self.ranking.entries if entry.availability == "available"]
        runs: list[list[int]] = []
        for place, entry in enumerate(open_entries, start=1):
            if runs and comparable(open_entries[runs[-1][0] - 1], entry):
                runs[-1].append(place)
            else:
                runs.append([place])
        return [run for run in runs if len(run) > 1]


def worksheet_of(request_id: uuid.UUID) -> Worksheet:
    """The worksheet of a request, read in three queries whatever its length."""
    agency = {row.key: row for row in db.session.scalars(select(Answer).where(Answer.request_id == request_id))}
    confirmed, by = _confirmed(request_id)
    changed = changes_since_submission(request_id)
    said = {key: row.value for key, row in agency.items()}
    sections = tuple(
        WorksheetSection(group, tuple(_row(q, agency, confirmed, changed, by) for q in asked))
        for group in GROUPS
        if (asked := [question for question in group.questions if question.applies(said)])
    )
    return _ranked(sections, said, {key: row.value for key, row in confirmed.items()})


def _confirmed(request_id: uuid.UUID) -> tuple[dict[str, ConfirmedAnswer], dict[str, str]]:
    """The assessor's values, and who gave each: the person and their office; by question key."""
    query = (
        select(ConfirmedAnswer, Person.name, Office.name)
        .join(Person, Person.id == ConfirmedAnswer.by_id)
        .outerjoin(Office, Office.id == Person.office_id)
        .where(ConfirmedAnswer.request_id == request_id)
    )
    found = db.session.execute(query).all()
    by = {row.key: f"{person}, {office}" if office else person for row, person, office in found}
    return {row.key: row for row, _, _ in found}, by


def _row(
    question: Question,
    agency: Mapping[str, Answer],
    confirmed: Mapping[str, ConfirmedAnswer],
    changed: Mapping[str, AnswerChange],
    by: Mapping[str, str],
) -> WorksheetRow:
    key = question.key
    return WorksheetRow(question, agency.get(key), confirmed.get(key), changed.get(key), by.get(key, ""))


def _ranked(sections: tuple[WorksheetSection, ...], said: dict[str, Any], confirmed: dict[str, Any]) -> Worksheet:
    """The change is against the agency's own values; the field survey counts on both sides, for it is no correction."""
    surveyed = {key: value for key, value in confirmed.items() if QUESTIONS[key].asked_of == STAFF}
    values, compared = _known(said | confirmed), _known(said | surveyed)
    ranking = rank(values, CATALOG.scores)
    return Worksheet(
        sections=sections,
        ranking=ranking,
        changes=ranking.change_against(rank(compared, CATALOG.scores)),
        contradictions=tuple(each.sentence for each in contradictions_in(values)),
        values=values,
        compared=compared,
    )


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return check_all({key: value for key, value in values.items() if key in QUESTIONS and value is not None})
