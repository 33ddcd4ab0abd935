"""The forms by which people are put on a request, and taken off it."""

from collections.abc import Sequence

from wtforms import HiddenField

from app.forms import BaseForm, ChoiceField, TextField


class AssignForm(BaseForm):
    """Who coordinates or assesses the request; nobody puts it back into the pool."""

    was = HiddenField()
    person = ChoiceField("Who works on it")
    reason = TextField("Reason, for staff", limit=500)

    def __init__(self, staff: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.person.offer(staff)
