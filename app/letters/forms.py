"""The forms of letters: a template's text, and what is added to one letter before it is issued."""

import uuid
from typing import Any

from wtforms.validators import ValidationError

from app.forms import BaseForm, HiddenField, LineField, TextField, required
from app.letters.letter_kinds import SORTS, LetterKind, LetterText
from app.letters.template_text import template_faults
from app.workflow.forms import StepForm


class TemplateForm(StepForm):
    """The text of a kind of letter. `expected_version`: the version that its writer looked at."""

    subject = LineField("Subject", validators=[required("Write the subject.")], limit=150)
    body = TextField("Text", validators=[required("Write the text of the letter.")], limit=8000)

    def __init__(self, kind: LetterKind, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known = SORTS[kind].placeholders

    @property
    def text(self) -> LetterText:
        """What was written."""
        return LetterText(subject=self.subject.data, body=self.body.data)

    def validate_subject(self, field: LineField) -> None:
        """Names only placeholders that exist."""
        self._refuse_unknown(field)

    def validate_body(self, field: TextField) -> None:
        """Names only placeholders that exist."""
        self._refuse_unknown(field)

    def _refuse_unknown(self, field: LineField) -> None:
        if found := template_faults(field.data or "", self.known):
            raise ValidationError(" ".join(found))


class IssueForm(BaseForm):
    """What whoever issues a letter adds, and what they were shown; `key` makes one letter of a form sent twice."""

    note = TextField(
        "A paragraph of your own", description="Only if you need one. It stands where the template puts it.", limit=2000
    )
    shown = HiddenField()
    key = HiddenField()

    @property
    def letter_key(self) -> uuid.UUID:
        """The key of the letter that this form makes; a new one when the form brought none."""
        try:
            return uuid.UUID(self.key.data or "")
        except ValueError:
            return uuid.uuid4()
