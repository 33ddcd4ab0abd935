"""A form for one page of questions: each number with how it is known, each law with its citation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import HiddenField

from app.forms import BaseForm, LineField, MultiChoiceField, RadioField
from app.intake.models import Answer
from app.needs.answers import BadAnswer
from app.needs.questions import PICKS, Basis, Kind, Question, Value
from app.needs.typed import parse_several, parse_text

BASES = [(basis.value, basis.label) for basis in Basis]
LONGEST_NOTE = 1000


@dataclass(frozen=True)
class Given:
    """One answer as typed and understood."""

    value: Value
    basis: str
    note: str


class QuestionsForm(BaseForm):
    """Fields are added for each question; `given` holds the answers once it validated."""

    seen = HiddenField()
    questions: Sequence[Question] = ()

    def validate(self, extra_validators: object = None) -> bool:
        """Reads every answer. Blank ones are errors, unless the form is only saved to go on later."""
        good = super().validate(extra_validators)
        self.given: dict[str, Given] = {}
        for question in self.questions:
            found = self._read(question)
            if found is not None:
                self.given[question.key] = found
        return good and not self.errors

    def _read(self, question: Question) -> Given | None:
        field = self[question.key]
        note = self[f"{question.key}_note"].data if question.needs_note else ""
        if question.is_number:
            return self._read_number(question, note)
        try:
            several = question.kind is Kind.MULTI
            value = parse_several(question, field.data or []) if several else parse_text(question, field.data or "")
        except BadAnswer as bad:
            field.errors = [bad.sentence]
            return None
        if value is None:
            return self._blank(field, "Choose an answer." if question.kind in PICKS else "Enter a date.")
        if question.needs_note and question.is_known(value) and value not in {"none", "closed"} and not note:
            self[f"{question.key}_note"].errors = ["Give the citation: statute, ordinance, order or case."]
        return Given(value, "", note)

    def _read_number(self, question: Question, note: str) -> Given | None:
        field, basis = self[question.key], self[f"{question.key}_basis"]
        if basis.data == Basis.UNKNOWN:
            return Given(None, Basis.UNKNOWN, note)
        try:
            value = parse_text(question, field.data)
        except BadAnswer as bad:
            field.errors = [bad.sentence]
            return None
        if value is None:
            return self._blank(field, "Enter a number, or choose “We do not know”.")
        if not basis.data:
            basis.errors = ["Say how you know this number."]
            return None
        return Given(value, basis.data, note)

    def _blank(self, field: Any, sentence: str) -> None:
        """A blank answer is an error only for who goes on, not for who comes back later."""
        if not self.is_partial:
            field.errors = [sentence]

    is_partial = False


def questions_form(
    questions: Sequence[Question], answers: Mapping[str, Answer], *, seen: str, partial: bool
) -> QuestionsForm:
    """The form for these questions, filled with what was saved; `partial` when it is saved to go on later."""
    members: dict[str, Any] = {"questions": tuple(questions), "is_partial": partial}
    for question in questions:
        members |= _fields(question)
    made = type("PageOfQuestions", (QuestionsForm,), members)
    return made(data={"seen": seen} | _saved(questions, answers))


def _fields(question: Question) -> dict[str, Any]:
    choices = [(choice.key, choice.label) for choice in question.choices]
    if question.kind is Kind.MULTI:
        found: dict[str, Any] = {question.key: MultiChoiceField(question.text, choices=choices)}
    elif question.kind in PICKS:
        found = {question.key: RadioField(question.text, choices=choices)}
    else:
        found = {question.key: LineField(question.text)}
    if question.is_number:
        found[f"{question.key}_basis"] = RadioField("How do you know this number?", choices=BASES)
    if question.needs_note:
        found[f"{question.key}_note"] = LineField("Citation, and a word of explanation", limit=LONGEST_NOTE)
    return found


def _saved(questions: Sequence[Question], answers: Mapping[str, Answer]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for question in questions:
        answer = answers.get(question.key)
        if answer is not None:
            value = answer.value
            plain = list(value or []) if question.kind is Kind.MULTI else "" if value is None else str(value)
            found |= {
                question.key: plain,
                f"{question.key}_basis": answer.basis,
                f"{question.key}_note": answer.note,
            }
    return found
