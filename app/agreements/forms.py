"""The forms of an agreement: facts, clauses, proposals, the resolution."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import ValidationError

from app.agreements.library.library import LIBRARY
from app.agreements.library.template_model import FactDef, FactKind
from app.agreements.negotiation.operations import KIND_WORDS
from app.forms import (
    BaseForm,
    ChoiceField,
    IsoDateField,
    LineField,
    RadioField,
    TextField,
    WholeNumberField,
    required,
)
from app.workflow.forms import StepForm

OWN_WORDING = "own"
SKIPPED = frozenset({FactKind.ROWS})  # rows come from the plan of action


class FactsForm(BaseForm):
    """One field for each fact the text names."""

    keys: tuple[str, ...] = ()

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, by fact key, as drafting reads it."""
        return {key: _as_fact(LIBRARY.facts[key], self[key].data) for key in self.keys}


def facts_form(keys: Sequence[str], facts: Mapping[str, Any], **kwargs: Any) -> FactsForm:
    """The form for these facts, filled with what is known."""
    shown = tuple(key for key in keys if LIBRARY.facts[key].kind not in SKIPPED)
    members: dict[str, Any] = {"keys": shown}
    for key in shown:
        members[key] = _field(LIBRARY.facts[key])
    data = {key: _as_typed(LIBRARY.facts[key], facts.get(key)) for key in shown}
    return type("Facts", (FactsForm,), members)(data=data, **kwargs)


def _field(fact: FactDef) -> Any:
    if fact.kind is FactKind.NUMBER:
        return WholeNumberField(fact.label, description=fact.source)
    if fact.kind is FactKind.DATE:
        return IsoDateField(fact.label, description=fact.source)
    if fact.kind is FactKind.LIST:
        return TextField(fact.label, description=f"{fact.source}; one a line", limit=4000)
    return LineField(fact.label, description=fact.source, limit=500)


def _as_fact(fact: FactDef, data: Any) -> Any:
    if fact.kind is FactKind.LIST:
        return [line.strip() for line in (data or "").splitlines() if line.strip()]
    if fact.kind is FactKind.DATE:
        return data.isoformat() if data else ""
    return data


def _as_typed(fact: FactDef, value: Any) -> Any:
    if value in (None, ""):
        return None if fact.kind in {FactKind.NUMBER, FactKind.DATE} else ""
    if fact.kind is FactKind.LIST:
        return "\n".join(str(line) for line in value)
    if fact.kind is FactKind.NUMBER:
        return int(value) if str(value).isdecimal() else None
    if fact.kind is FactKind.DATE:
        return _day(value)
    return str(value)


def _day(value: Any) -> Any:
    unbound: Any = IsoDateField("")  # a field is unbound until a form has it
    field = unbound.bind(form=BaseForm(), name="day")
    field.process_formdata([str(value)])
    return field.data


class ClauseForm(BaseForm):
    """Counsel's text of one clause, or its choice, and why."""

    shown = ""  # the wording that stood in the field, which may be left there whatever is chosen
    choice = RadioField("What stands in the agreement")
    text = TextField("Your wording", limit=20_000)
    reason = TextField("Why it differs from the standard", limit=2000)

    def validate_choice(self, field: RadioField) -> None:
        """A wording that was typed is not dropped because another choice was left standing."""
        if field.data != OWN_WORDING and (self.text.data or "").split() not in ([], self.shown.split()):
            raise ValidationError("You changed the wording: choose “Our own wording”, or put the wording back.")


class ProposalForm(StepForm):
    """A change or a comment on one clause."""

    clause_key = ChoiceField("Which clause", validators=[required("Choose the clause.")])
    kind = RadioField(
        "What you want", choices=list(KIND_WORDS.items()), validators=[required("Choose a change or a comment.")]
    )
    text = TextField("The new text, or your comment", validators=[required("Write the text.")], limit=20_000)
    reason = TextField("Why", limit=2000)

    def __init__(self, clauses: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """`clauses` are (key, title) pairs of the text as it stands."""
        super().__init__(**kwargs)
        self.clause_key.offer(clauses)


class ReplyForm(StepForm):
    """The answer to a proposal, on a page that has a form for proposals of one's own, too."""

    answer = RadioField(
        "Your answer",
        id="reply-answer",
        choices=[
            ("accepted", "Accept it"),
            ("declined", "Decline it, with a reason"),
            ("countered", "Propose another text"),
        ],
        validators=[required("Choose your answer.")],
    )
    words = TextField("Reason or comment", limit=2000, id="reply-words")
    text = TextField("Your text instead", limit=20_000, id="reply-text")


class ResolutionForm(BaseForm):
    """The governing body's resolution."""

    body = LineField("Governing body", validators=[required("Enter the governing body.")])
    reference = LineField("Number of the resolution", validators=[required("Enter the resolution's number.")])
    passed_on = IsoDateField("Date", validators=[required("Enter the date of the resolution.")])


class StartForm(BaseForm):
    """Which program's agreement to start."""

    program_key = ChoiceField("Program")
