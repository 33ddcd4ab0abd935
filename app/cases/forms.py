"""The forms of the queue and of the case page."""

from collections.abc import Sequence
from datetime import date

from wtforms import ValidationError
from wtforms.fields import Field

from app.cases.case_page.advice import CHECKS
from app.filters import format_date
from app.forms import BaseForm, ChoiceField, HiddenField, IsoDateField, LineField, MultiChoiceField, TextField, required
from app.workflow.forms import ReasonForm


def as_day(typed: object) -> date | None:
    """The day a hidden field carries; None where it is not a date."""
    try:
        return date.fromisoformat(str(typed))
    except ValueError:
        return None


class BulkForm(BaseForm):
    """Who is to work on the requests that were chosen."""

    target = ChoiceField("Who works on them", validators=[required("Choose who works on them.")])
    reason = TextField("Reason, for staff", limit=500)

    def __init__(self, targets: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.target.offer(targets)


class ExtendForm(BaseForm):
    """A later due date and why."""

    seen_due = HiddenField(filters=[as_day])
    new_due = IsoDateField("New date", validators=[required("Choose the new date.")])
    reason = TextField(
        "Your reason", description="Both sides read it.", validators=[required("Give your reason in a sentence.")]
    )

    def __init__(self, due: date, **kwargs: object) -> None:
        super().__init__(**({"data": {"seen_due": due.isoformat()}} | kwargs))
        self.due = due

    def validate_new_due(self, field: Field) -> None:
        """A date moves to a later day only."""
        if field.data and field.data <= self.due:
            raise ValidationError(f"Choose a day after {format_date(self.due)}.")


class LinkForm(BaseForm):
    """Another request to show beside this one."""

    number = LineField("Number of the other request", validators=[required("Write the number of the other request.")])
    reason = TextField("What they have in common, for staff", limit=500)


class MergeForm(ReasonForm):
    """The request that goes on when a duplicate ends."""

    survivor = ChoiceField("The request that goes on", validators=[required("Choose the request that goes on.")])

    def __init__(self, requests: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.survivor.offer(requests)


class AdviceForm(BaseForm):
    """What was looked at in this step."""

    held = MultiChoiceField("What was looked at", choices=[(check.key, check.text) for check in CHECKS])


class SaveViewForm(BaseForm):
    """A name for the list as it is now."""

    name = LineField("Name of the view", validators=[required("Name the view.")], limit=60)
    shared = MultiChoiceField("For whom", choices=[("yes", "Share it with all staff")])
