"""The forms by which administrators set targets and close offices."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms.validators import ValidationError

from app.deadlines.business_days import is_business_day
from app.deadlines.clocks import CLOCK_WORDS, ClockKind
from app.forms import BaseForm, ChoiceField, IsoDateField, LineField, TextField, WholeNumberField, required
from app.workflow.clocks.targets import MOST_DAYS
from app.workflow.forms import StepForm

EVERY_OFFICE = "every"


class TargetForm(StepForm):
    """How many business days a clock gets. `expected_version`: how many changes there were when the page was read."""

    kind = ChoiceField(
        "Clock",
        choices=[(kind.value, words) for kind, words in CLOCK_WORDS.items()],
        validators=[required("Choose the clock.")],
    )
    days = WholeNumberField(
        "Business days from now on",
        minimum=1,
        maximum=MOST_DAYS,
        validators=[required("Enter the number of business days.")],
    )
    reason = TextField("Your reason", validators=[required("Give your reason in a sentence.")], limit=1000)

    def __init__(self, now: Mapping[ClockKind, int], **kwargs: Any) -> None:
        """`now`: the business days that each clock gets."""
        super().__init__(**kwargs)
        self.now = now

    def validate_days(self, field: WholeNumberField) -> None:
        """WTForms' way to ask: a change changes something."""
        if field.data is not None and field.data == self.now.get(self.kind.data):
            raise ValidationError("This is what it gets already.")


class ClosureForm(BaseForm):
    """A day on which an office, or every office, is closed."""

    day = IsoDateField("Day", validators=[required("Enter the day.")])
    office = ChoiceField("Office", validators=[required("Choose the office, or every office.")])
    name = LineField(
        "What it is", description="Such as “Day of mourning” or “Closed by a storm”.", limit=120,
        validators=[required("Say what it is.")],
    )  # fmt: skip

    def __init__(self, offices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.office.offer([(EVERY_OFFICE, "Every office"), *offices])

    def validate_day(self, field: IsoDateField) -> None:
        """WTForms' way to ask: a day that no clock counts needs no closing."""
        if field.data and not is_business_day(field.data):
            raise ValidationError("No clock counts this day already: it is a weekend or a federal holiday.")
