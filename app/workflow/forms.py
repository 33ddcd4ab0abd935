"""The forms of a step: every one carries the version of what its reader saw."""

from wtforms import HiddenField, IntegerField
from wtforms.widgets import HiddenInput

from app.forms import BaseForm, TextField, required


class StepForm(BaseForm):
    """A step that asks for nothing but the click."""

    seen = IntegerField(widget=HiddenInput())


class ReasonForm(StepForm):
    """A step that asks why."""

    reason = TextField("Your reason", validators=[required("Give your reason in a sentence.")])


class ShownForm(StepForm):
    """A decision bound to exactly what was shown."""

    shown = HiddenField()
