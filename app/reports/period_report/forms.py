"""What period and office a report is for; a form of an address, so it carries no token."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms.fields.choices import Choice  # pyright: ignore[reportAttributeAccessIssue] -- the stubs are older than WTForms 3.3

from app.forms import BaseForm, ChoiceField, IsoDateField
from app.reports.period_report.periods import DATES, Period, key_of_month, named_period, offered_periods, period_between


class ListField(ChoiceField):
    """A list in which something is always chosen."""

    def iter_choices(self) -> list[Choice]:
        """What is offered, without a line that stands for no choice."""
        return super().iter_choices()[1:]


class PeriodForm(BaseForm):
    """A month or a quarter from the list, or two dates."""

    period = ListField("Period")
    first = IsoDateField("From", description="Only for a period of your own.")
    last = IsoDateField("To")
    office = ListField("Office")

    def __init__(self, typed: Any, today: date, offices: list[tuple[str, str]]) -> None:
        usual = {"period": key_of_month(today), "office": ""}
        super().__init__(formdata=typed, data=usual, meta={"csrf": False})
        if not typed.get("period"):
            self.period.data = DATES if typed.get("first") or typed.get("last") else usual["period"]
        choices = [*offered_periods(today), (DATES, "From one date to another")]
        if (earlier := named_period(self.period.data or "")) and self.period.data not in dict(choices):
            choices.insert(0, (self.period.data, earlier.words))
        self.period.offer(choices)
        self.office.offer([("", "Every office"), *offices])

    def validate(self, extra_validators: Any = None) -> bool:
        """Two dates in their order where no month or quarter is chosen."""
        good = super().validate(extra_validators)
        if not good or self.period.data != DATES:
            return good
        for field, words in ((self.first, "first"), (self.last, "last")):
            if field.data is None:
                field.errors = [f"Enter the {words} day of the period."]
        if self.first.data and self.last.data and self.first.data > self.last.data:
            self.last.errors = ["The last day cannot be before the first."]
        return not (self.first.errors or self.last.errors)

    @property
    def chosen(self) -> Period:
        """The period of a form that was found good."""
        return named_period(self.period.data) or period_between(self.first.data, self.last.data)

    @property
    def address(self) -> Mapping[str, str]:
        """What leads back to the same report."""
        dates = {"first": self.first, "last": self.last} if self.period.data == DATES else {}
        kept = {"period": self.period.data, "office": self.office.data}
        kept |= {name: field.data.isoformat() for name, field in dates.items() if field.data}
        return {name: value for name, value in kept.items() if value}
