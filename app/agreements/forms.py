"""The forms of an agreement: facts, clauses, proposals, the resolution."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import ValidationError

from app.agreements.library.library import LIBRARY
from app.agreements.library.markup import BadClauseText
from app.agreements.library.template_model import ClauseKind, ClauseText, FactDef, FactKind
from app.agreements.models import ClauseEditRecord
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

STANDARD, OWN_WORDING, LEFT_OUT, PUT_IN = "standard", "own", "out", "in"
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


def _choice_of(edit: ClauseEditRecord | None) -> str:
    """What stands in the agreement now, as one of the choices."""
    if edit is None:
        return STANDARD
    return edit.alternate or (OWN_WORDING if edit.text is not None else LEFT_OUT if edit.included is False else PUT_IN)


def _clause_choices(standard: ClauseText) -> list[tuple[str, str]]:
    may_stand = standard.kind in {ClauseKind.OPTIONAL, ClauseKind.CONDITIONAL}
    return [
        (STANDARD, "The standard wording"),
        (OWN_WORDING, "Our own wording, below"),
        (LEFT_OUT, "Leave the clause out"),
        *([(PUT_IN, "Put the clause in")] if may_stand else []),
        *((other.key, f"Instead: {other.title}") for other in LIBRARY.alternates(standard.key)),
    ]


class ClauseForm(BaseForm):
    """Counsel's text of one clause, or its choice, and why."""

    choice = RadioField("What stands in the agreement")
    text = TextField("Your wording", limit=20_000)
    reason = TextField("Why it differs from the standard", limit=2000)

    def __init__(self, standard: ClauseText, edit: ClauseEditRecord | None, **kwargs: Any) -> None:
        text = LIBRARY.write(standard) if edit is None or edit.text is None else edit.text
        reason = edit.reason if edit else ""
        super().__init__(data={"choice": _choice_of(edit), "text": text, "reason": reason}, **kwargs)
        self.shown = text  # may be left in its field whatever is chosen
        self.choice.offer(_clause_choices(standard))

    @property
    def edit(self) -> dict[str, Any]:
        """What was chosen, as `edit_clause` takes it: an alternate goes by its key."""
        chosen = self.choice.data
        return {
            "text": self.text.data if chosen == OWN_WORDING else None,
            "included": {LEFT_OUT: False, PUT_IN: True}.get(chosen),
            "alternate": chosen if chosen not in {STANDARD, OWN_WORDING, LEFT_OUT, PUT_IN} else None,
            "reason": self.reason.data,
        }

    def validate_text(self, field: TextField) -> None:
        """WTForms' way to ask: our own wording names only facts that the library knows."""
        if self.choice.data == OWN_WORDING:
            try:
                LIBRARY.read(field.data)
            except BadClauseText as bad:
                raise ValidationError(str(bad)) from None

    def validate_reason(self, field: TextField) -> None:
        """WTForms' way to ask."""
        if self.choice.data != STANDARD and not field.data:
            raise ValidationError("Say why it differs from the standard.")

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
