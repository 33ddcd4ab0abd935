"""A form for one page of questions: each number with how it is known, each law with its citation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField

from app.agency_requests.models import Answer
from app.forms import BaseForm, HiddenField, LineField, MultiChoiceField, RadioField
from app.needs.answers import BadAnswer
from app.needs.parsing import parse_several, parse_text
from app.needs.questions import DO_NOT_KNOW, PICKS, AnswerBasis, Question, QuestionKind, Value
from app.text import visible

BASES = [(basis.value, basis.label) for basis in AnswerBasis]
LONGEST_NOTE = 1000
SUFFIXES = ("_basis", "_note", "_unknown")
SAYS_NO_LAW = frozenset({"none", "closed"})  # choices of questions with a note that need no citation


@dataclass(frozen=True)
class GivenAnswer:
    """One answer as typed and understood."""

    value: Value
    basis: str
    note: str


class QuestionsForm(BaseForm):
    """Fields are added for each question; `given` holds the answers once it validated."""

    expected_version = HiddenField()
    questions: Sequence[Question] = ()
    is_partial = False

    def validate(self, extra_validators: Any = None) -> bool:
        """Reads every answer. Blank ones are errors, unless the form is only saved to go on later."""
        good = super().validate(extra_validators)
        self.given: dict[str, GivenAnswer] = {}
        for question in self.questions:
            found = self._read(question)
            if found is not None:
                self.given[question.key] = found
        return good and not self.errors

    def said(self, question: Question) -> str:
        """The answer in words, with how it is known and its note; what cannot be read stands as it was typed."""
        try:
            value = self._value(question)
            words = "" if value is None else question.words(value)
        except BadAnswer:
            words = visible(str(self[question.key].data))
        basis = self._basis(question)
        if basis == AnswerBasis.UNKNOWN:
            words, basis = DO_NOT_KNOW, ""
        return ". ".join(filter(None, (words, dict(BASES).get(basis, ""), self._note(question)))) or "Nothing"

    def _read(self, question: Question) -> GivenAnswer | None:
        field, basis, note = self[question.key], self._basis(question), self._note(question)
        try:
            value = self._value(question)
        except BadAnswer as bad:
            field.errors = [bad.sentence]
            return None
        if basis == AnswerBasis.UNKNOWN:
            return self._read_unknown(question, value, note)
        if value is None:
            return self._blank(question)
        if question.is_number and not basis:
            self[f"{question.key}_basis"].errors = ["Say how you know this number."]
        if _needs_citation(question, value) and not note:
            self[f"{question.key}_note"].errors = ["Give the citation: statute, ordinance, order or case."]
        return GivenAnswer(value, basis, note)

    def _read_unknown(self, question: Question, value: Value, note: str) -> GivenAnswer | None:
        """Nothing typed is dropped unasked: a number beside "we do not know" is a question to its writer."""
        if value is None:
            return GivenAnswer(None, AnswerBasis.UNKNOWN, note)
        what = "number" if question.is_number else "date"
        self[question.key].errors = [f"You gave a {what} and chose “{DO_NOT_KNOW}”. Remove one of them."]
        return None

    def _blank(self, question: Question) -> None:
        """A blank answer is an error only for who goes on, not for who comes back later."""
        if self.is_partial:
            return
        kind = "a number" if question.is_number else "a date"
        sentence = "Choose an answer." if question.kind in PICKS else f"Enter {kind}, or choose “{DO_NOT_KNOW}”."
        self[question.key].errors = [sentence]

    def _value(self, question: Question) -> Value:
        data = self[question.key].data
        return (
            parse_several(question, data or [])
            if question.kind is QuestionKind.MULTI
            else parse_text(question, data or "")
        )

    def _basis(self, question: Question) -> str:
        if question.kind is QuestionKind.DATE:
            return AnswerBasis.UNKNOWN if self[f"{question.key}_unknown"].data else ""
        return self[f"{question.key}_basis"].data or "" if question.is_number else ""

    def _note(self, question: Question) -> str:
        return self[f"{question.key}_note"].data if question.needs_note else ""


def _needs_citation(question: Question, value: Value) -> bool:
    return question.needs_note and question.is_known(value) and value not in SAYS_NO_LAW


def questions_form(
    questions: Sequence[Question],
    answers: Mapping[str, Answer],
    typed: MultiDict[str, str] | None,
    *,
    expected_version: str,
    partial: bool,
) -> QuestionsForm:
    """The form for these questions, with what was typed or saved; `partial` when it is saved to go on later."""
    members: dict[str, Any] = {"questions": tuple(questions), "is_partial": partial}
    for question in questions:
        members |= _fields(question)
    made = type("PageOfQuestions", (QuestionsForm,), members)
    return made(formdata=typed, data={"expected_version": expected_version} | _saved(questions, answers))


def _fields(question: Question) -> dict[str, Any]:
    choices = [(choice.key, choice.label) for choice in question.choices]
    if question.kind is QuestionKind.MULTI:
        found: dict[str, Any] = {question.key: MultiChoiceField(question.text, choices=choices)}
    elif question.kind in PICKS:
        found = {question.key: RadioField(question.text, choices=choices)}
    else:
        found = {question.key: LineField(question.text)}
    if question.is_number:
        found[f"{question.key}_basis"] = RadioField("How do you know this number?", choices=BASES)
    if question.kind is QuestionKind.DATE:
        found[f"{question.key}_unknown"] = BooleanField(DO_NOT_KNOW)
    if question.needs_note:
        found[f"{question.key}_note"] = LineField("Citation, and a word of explanation", limit=LONGEST_NOTE)
    return found


def _saved(questions: Sequence[Question], answers: Mapping[str, Answer]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for question in questions:
        answer = answers.get(question.key)
        if answer is not None:
            value = answer.value
            plain = list(value or []) if question.kind is QuestionKind.MULTI else "" if value is None else str(value)
            found |= {
                question.key: plain,
                f"{question.key}_basis": answer.basis,
                f"{question.key}_unknown": answer.basis == AnswerBasis.UNKNOWN,
                f"{question.key}_note": answer.note,
            }
    return found
