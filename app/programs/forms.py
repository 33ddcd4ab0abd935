"""The public forms. All go by address, so that they can be kept or sent on: nothing is stored."""

from collections.abc import Iterable
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, StringField, ValidationError
from wtforms.widgets import TextInput

from app.forms import BaseForm, LineField, MultiChoiceField, RadioField, StateField
from app.needs.answers import BadAnswer, check
from app.needs.finder_questions import MOST_TOPICS, TOPICS
from app.needs.parsing import parse_text
from app.needs.questions import DO_NOT_KNOW, Question, QuestionKind, Value
from app.text import BadText, visible

ADVICE_OF_THE_REQUEST = f"choose “{DO_NOT_KNOW}”"
ADVICE = "leave it empty"


class OfficeFinderForm(BaseForm):
    """Where an agency is, to find its office; the page that answers it reads both."""

    state = StateField("State or territory")
    county = LineField("County")


class TopicsForm(BaseForm):
    """One to three problems."""

    topic = MultiChoiceField(f"Your problems, up to {MOST_TOPICS}", choices=[(each.key, each.label) for each in TOPICS])

    def validate_topic(self, field: Field) -> None:
        """At least one, not more than the finder takes."""
        if field.errors:
            return
        if not field.data:
            raise ValidationError("Choose at least one problem.")
        if len(field.data) > MOST_TOPICS:
            raise ValidationError(f"Choose at most {MOST_TOPICS} problems.")


class TypedAnswer(StringField):
    """A number or a date as people type it; None when left empty, which means that nobody knows."""

    widget = TextInput()
    data: Any

    def __init__(self, label: str, *, question: Question, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.question = question

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Reads what was typed; what is no answer is shown again as it was typed."""
        self.data = None
        if valuelist:
            try:
                self.data = parse_text(self.question, str(valuelist[0]))
            except BadAnswer as bad:
                # The request's own form has a box for "we do not know"; here an empty field says the same.
                raise BadText(bad.sentence.replace(ADVICE_OF_THE_REQUEST, ADVICE)) from bad

    def _value(self) -> str:
        return visible(str(self.raw_data[0])) if self.raw_data else ""


class RequireBoth:
    """Refuses choices that exist but do not go together, as the request itself does."""

    def __init__(self, question: Question) -> None:
        self.question = question

    def __call__(self, form: Form, field: Field) -> None:
        """WTForms' way to ask."""
        try:
            check(self.question.key, field.data or None)
        except BadAnswer as bad:
            raise ValidationError(bad.sentence) from bad


class AnswersForm(BaseForm):
    """The questions of the finder; made by `answers_form`."""

    @property
    def answers(self) -> dict[str, Value]:
        """The checked answers by question key, several choices as a tuple; open ones are left out."""
        given = {field.name: field.data for field in self if field.data not in (None, "", [])}
        return {key: check(key, value) for key, value in given.items()}


def answers_form(questions: Iterable[Question], typed: MultiDict[str, str]) -> AnswersForm:
    """A form of these questions over what an address says; no field is required."""
    fields = {question.key: _field(question) for question in questions}
    made = type("QuestionsForm", (AnswersForm,), fields)
    return made(formdata=typed, meta={"csrf": False})


def _field(question: Question) -> Any:
    choices = [(choice.key, choice.label) for choice in question.choices]
    if question.kind is QuestionKind.MULTI:
        return MultiChoiceField(question.text, [RequireBoth(question)], choices=choices, description=question.hint)
    if choices:
        return RadioField(question.text, choices=choices, description=question.hint)
    return TypedAnswer(question.text, question=question, description=question.hint)
