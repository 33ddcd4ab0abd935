"""The forms by which people are put on a request, and taken off it."""

import uuid
from collections.abc import Sequence

from wtforms import ValidationError
from wtforms.fields import Field

from app.forms import BaseForm, ChoiceField, HiddenField, IsoDateField, TextField, required
from app.workflow.clocks.operations import today


class AssignForm(BaseForm):
    """Who coordinates or assesses the request; nobody puts it back into the pool."""

    was = HiddenField()
    person = ChoiceField("Who works on it")
    reason = TextField("Reason, for staff", limit=500)

    def __init__(self, staff: Sequence[tuple[str, str]], *, to_pool: bool = False, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.to_pool = to_pool
        self.person.offer(staff)

    def validate_person(self, field: Field) -> None:
        """WTForms' way to ask: the pool is nobody."""
        if not field.data and not self.to_pool:
            raise ValidationError("Choose who works on it.")

    @property
    def person_id(self) -> uuid.UUID | None:
        """The key of whoever was chosen; None for the pool."""
        return None if self.to_pool else uuid.UUID(self.person.data)

    @property
    def names_somebody(self) -> bool:
        """Whether there is anybody to choose; who gives a request back has only themselves."""
        return any(self.person.offered)


class AskConsultationForm(BaseForm):
    """Who is asked for an opinion, what, and by when."""

    expert = ChoiceField("Who is asked", validators=[required("Choose who is asked.")])
    question = TextField("Your question", validators=[required("Write what you ask.")], limit=2000)
    due = IsoDateField("Answer by", validators=[required("Choose the day by which you need the opinion.")])

    def __init__(self, staff: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.expert.offer(staff)

    def validate_due(self, field: Field) -> None:
        """A day to come."""
        if field.data and field.data <= today():
            raise ValidationError("Choose a day after today.")


class ConsultationAnswerForm(BaseForm):
    """The opinion somebody was asked for."""

    answer = TextField("Your opinion", validators=[required("Write your opinion.")], limit=4000)
