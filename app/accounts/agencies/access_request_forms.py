"""The forms by which an agency asks for access: its ORI first, then the rest with what the list knows."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from wtforms import Field
from wtforms.validators import StopValidation, ValidationError

from app.accounts.forms import KINDS, NONE_OF_THESE, BaseForm
from app.forms import ChoiceField, EmailField, LineField, OriField, RadioField, StateField, required


class OriForm(BaseForm):
    """Which agency: looked up before anything else is asked."""

    ori = OriField(
        "ORI of your agency",
        description="Nine letters and digits, such as TX9990100. Your records or dispatch unit knows it.",
        validators=[required("Enter the agency's ORI.")],
    )


def _unless_listed(sentence: str) -> Callable[["JoinForm", Field], None]:
    """A validator that asks only for what no list tells."""

    def check(form: "JoinForm", field: Field) -> None:
        if form.is_described and not field.data and not field.errors:
            raise StopValidation(sentence)

    return check


class JoinForm(OriForm):
    """An agency asks for access. `known`: the agencies under its ORI, as (key, words)."""

    agency = RadioField("Which of these is yours?")
    agency_name = LineField(
        "Full name of your agency",
        description="As on your letterhead.",
        validators=[required("Enter the agency's full name.")],
    )
    state = StateField("State", validators=[_unless_listed("Choose the state.")])
    county = LineField("County", description="Several counties: separate them with commas.", limit=120)
    kind = ChoiceField("Kind of agency", choices=KINDS, validators=[_unless_listed("Choose the kind of agency.")])
    applicant_name = LineField("Your name", validators=[required("Enter your name.")])
    applicant_title = LineField("Your rank or title")
    applicant_email = EmailField("Your work e-mail address", validators=[required("Enter your e-mail address.")])
    head_name = LineField(
        "Name of the head of your agency",
        description="The sheriff, chief, director or whoever may bind the agency. It may be you.",
        validators=[required("Enter the name of the head.")],
    )
    head_title = LineField("Title of the head")
    head_email = EmailField(
        "Work e-mail address of the head", validators=[required("Enter the e-mail address of the head.")]
    )

    def __init__(self, known: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.agency.offer([*known, (NONE_OF_THESE, "None of these")] if known else [])

    @property
    def is_listed(self) -> bool:
        """Whether a known agency was chosen, so that its place and kind need not be asked."""
        return self.agency.data in self.agency.offered and self.agency.data != NONE_OF_THESE

    @property
    def is_described(self) -> bool:
        """Whether the applicant says where the agency is and what it is."""
        return not self.agency.offered or self.agency.data == NONE_OF_THESE

    def validate_agency(self, field: RadioField) -> None:
        """WTForms' way to ask: where there is a choice, one is made."""
        if field.offered and not field.data:
            raise ValidationError("Choose your agency, or say that it is none of these.")

    @property
    def values(self) -> dict[str, Any]:
        """What is kept, by column; the key of the known agency as agency_id."""
        answers = super().values
        del answers["agency"]
        return answers | {"agency_id": uuid.UUID(self.agency.data) if self.is_listed else None}
