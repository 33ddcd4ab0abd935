"""The forms of the agency's decision and of the review."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from wtforms.validators import ValidationError

from app.forms import BaseForm, IsoDateField, LineField, RadioField, TextField, WholeNumberField, required
from app.policy import SEAT_WORDS, Seat
from app.programs.catalog import CATALOG
from app.review.concurrence import ANSWER_WORDS, CONCUR, ProgramAnswer
from app.review.decisions import CONDITIONS, OUTCOME_WORDS
from app.review.opinions import POSITION_WORDS
from app.workflow.forms import ShownForm, StepForm


class DecisionForm(ShownForm):
    """The agency's answer to each recommended program; fields are added for each."""

    keys: tuple[str, ...] = ()

    @property
    def answers(self) -> dict[str, ProgramAnswer]:
        """What was chosen, by program key."""
        return {
            key: ProgramAnswer(self[answer_name(key)].data or "", self[comment_name(key)].data) for key in self.keys
        }

    def reason_with_comments(self, reason: str) -> str:
        """The reason for sending everything back, with what was written beside single programs."""
        written = ((CATALOG.label(key), self[comment_name(key)].data) for key in self.keys)
        return "\n".join([reason, *(f"{name}: {comment}" for name, comment in written if comment)])

    def validate(self, extra_validators: object = None) -> bool:
        """A comment or reason belongs to every answer but a plain yes."""
        good = super().validate(extra_validators)
        for key in self.keys:
            chosen, comment = self[answer_name(key)], self[comment_name(key)]
            if chosen.data in ANSWER_WORDS and chosen.data != CONCUR and not comment.data:
                comment.errors = [f"Write your comment or reason for {CATALOG.label(key)}."]
                good = False
        return good


def answer_name(key: str) -> str:
    """The name of a program's answer field."""
    return f"answer_{key.replace(':', '_').replace('-', '_')}"


def comment_name(key: str) -> str:
    """The name of a program's comment field."""
    return f"comment_{key.replace(':', '_').replace('-', '_')}"


def decision_form(keys: tuple[str, ...], **kwargs: Any) -> DecisionForm:
    """The form for these programs; nothing is chosen beforehand."""
    members: dict[str, Any] = {"keys": keys}
    for key in keys:
        members[answer_name(key)] = RadioField(
            f"Your answer on {CATALOG.label(key)}",
            choices=list(ANSWER_WORDS.items()),
            validators=[required(f"Answer for {CATALOG.label(key)}.")],
        )
        members[comment_name(key)] = TextField("Your comment or reason", limit=2000)
    return type("Decision", (DecisionForm,), members)(**kwargs)


class BoardOpinionForm(StepForm):
    """One seat's opinion."""

    kept_at: datetime | None = None  # when its writer kept a draft, which nobody else sees
    seat = RadioField("Your seat", validators=[required("Choose your seat.")])
    position = RadioField(
        "Your opinion", choices=list(POSITION_WORDS.items()), validators=[required("Choose your opinion.")]
    )
    sentence = TextField("Why, in a sentence", validators=[required("Give your reason in a sentence.")], limit=1000)

    def __init__(self, seats: frozenset[Seat], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.seat.offer([(seat.value, words) for seat, words in SEAT_WORDS.items() if seat in seats])

    @property
    def values(self) -> dict[str, Any]:
        """The opinion, with the seat as policy knows it."""
        return super().values | {"seat": Seat(self.seat.data)}


class ReviewedProgramForm(BaseForm):
    """About one of the programs under review, by their entry keys."""

    program_key = LineField("Program")

    def __init__(self, keys: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.keys = keys

    def validate_program_key(self, field: LineField) -> None:
        """WTForms' way to ask."""
        if field.data not in self.keys:
            raise ValidationError("Choose one of the programs that are recommended.")


class CivilRightsFindingForm(ReviewedProgramForm):
    """A civil-rights finding on one program."""

    program_key = LineField("Program", id="finding")  # where the page says what is wrong with it
    text = TextField("Your finding", validators=[required("Write the finding.")], limit=5000)
    rests_on = LineField("What it rests on", validators=[required("Say what the finding rests on.")], limit=500)


class CapacityForm(ReviewedProgramForm):
    """What ICE has for one program."""

    program_key = LineField("Program", id="capacity-program")
    supervisor = LineField("Who supervises", validators=[required("Name the ICE supervisor.")])
    supervisor_hours = WholeNumberField(
        "Hours a week on site", validators=[required("Enter the hours a week.")], maximum=168
    )
    training_seats = WholeNumberField("Training seats", validators=[required("Enter the seats, 0 if none is needed.")])
    equipment_date = IsoDateField("Equipment ready by", description="Leave it empty where no equipment is needed.")
    note = LineField("Note", limit=500)


class ProgramDecisionForm(ReviewedProgramForm, StepForm):
    """An official's decision on one program."""

    program_key = LineField("Program", id="decision-program")
    outcome = RadioField(
        "Your decision", choices=list(OUTCOME_WORDS.items()), validators=[required("Choose your decision.")]
    )
    conditions = TextField("Conditions, one a line", limit=4000)
    reason = TextField("Your reason", validators=[required("Give your reason in a sentence.")], limit=2000)

    def validate(self, extra_validators: object = None) -> bool:
        """Conditions that are announced are written."""
        good = super().validate(extra_validators)
        if self.outcome.data == CONDITIONS and not self.conditions.data:
            self.conditions.errors = ["Write the conditions of the approval."]
            good = False
        return good
