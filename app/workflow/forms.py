"""The forms of a step: every one carries the version of what its reader saw."""

from typing import Any

from app.forms import BaseForm, HiddenField, TextField, required

NEVER_SEEN = -1


def as_version(typed: object) -> int:
    """The version a hidden field carries; what is no version matches none."""
    text = str(typed)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else NEVER_SEEN


class StepForm(BaseForm):
    """A step that asks for nothing but the click."""

    expected_version = HiddenField(filters=[as_version])


class ReasonForm(StepForm):
    """A step that asks why."""

    reason = TextField("Your reason", validators=[required("Give your reason in a sentence.")])


class ShownForm(StepForm):
    """A decision bound to the content hash of exactly what was shown."""

    shown = HiddenField()

    @property
    def seen(self) -> dict[str, Any]:
        """What its writer had in view: the content hash, and the version of the subject."""
        return {"shown": self.shown.data or "", "expected_version": self.expected_version.data}
