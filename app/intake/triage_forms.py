"""The forms of intake review."""

from collections.abc import Sequence

from wtforms import FieldList, FormField
from wtforms.form import Form

from app.forms import BaseForm, ChoiceField, IsoDateField, LineField, MultiChoiceField, RadioField, TextField, required
from app.intake.information import DOCUMENT_KINDS
from app.intake.triage import CHECKLIST
from app.needs.questions import GROUPS, PICKS, Basis, Kind, Question, Value
from app.needs.typed import parse_several, parse_text
from app.workflow.forms import StepForm

Choices = Sequence[tuple[str, str]]
ITEMS = 5


class ChecklistForm(BaseForm):
    """The completeness check: what holds, and a note on the rest."""

    held = MultiChoiceField("What holds", choices=list(CHECKLIST.items()))
    note = TextField("Note for staff", limit=1000)


class RoutingForm(BaseForm):
    """The offices that work on the request."""

    office = ChoiceField("Detention office", validators=[required("Choose the detention office.")])
    investigations_office = ChoiceField("Investigations office", description="Only where one takes part.")

    def __init__(self, offices: Choices, investigations: Choices, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.office.offer(offices)
        self.investigations_office.offer(investigations)


class PeopleForm(BaseForm):
    """Both liaisons and the assessor."""

    investigations_liaison = ChoiceField("Investigations liaison")
    detention_liaison = ChoiceField("Detention liaison")
    assessor = ChoiceField("Assessor")

    def __init__(self, staff: Choices, assessors: Choices, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.investigations_liaison.offer(staff)
        self.detention_liaison.offer(staff)
        self.assessor.offer(assessors)


class DeclarationForm(BaseForm):
    """One's own interests in the case."""

    has_conflict = RadioField(
        "Do you have a personal, financial or family interest in this case?",
        choices=[("no", "No"), ("yes", "Yes, so somebody else must act")],
        validators=[required("Say whether you have an interest in this case.")],
    )
    sentence = LineField("If yes: what it is, in a sentence", limit=500)


def anchors() -> list[tuple[str, str]]:
    """What an item can be tied to: every question of the agency, and each kind of document."""
    questions = [
        (f"question:{question.key}", f"{group.title}: {question.short}")
        for group in GROUPS
        if group.asked_of == "agency"
        for page in group.pages
        for question in page.questions
    ]
    return [(f"document:{kind}", words) for kind, words in DOCUMENT_KINDS.items()] + questions


class ItemForm(Form):
    """One thing to ask."""

    anchor = ChoiceField("It is about")
    sentence = TextField("What you ask for", limit=1000)


class AskForm(StepForm):
    """What the agency is asked for, by when."""

    items = FieldList(FormField(ItemForm), min_entries=ITEMS, max_entries=ITEMS)
    due = IsoDateField("Answer by", validators=[required("Set the date by which the agency should answer.")])

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        for entry in self.items:
            entry.anchor.offer(anchors())

    @property
    def asked(self) -> list[tuple[str, str, str]]:
        """The items filled in: kind of anchor, its key, and the sentence."""
        rows = [(entry.anchor.data or "", entry.sentence.data) for entry in self.items]
        split = ((anchor.partition(":"), sentence) for anchor, sentence in rows if anchor or sentence)
        return [(kind, key, sentence) for (kind, _, key), sentence in split]

    def validate(self, extra_validators: object = None) -> bool:
        """Besides its fields: at least one item, each with both halves."""
        good = super().validate(extra_validators)
        for entry in self.items:
            if entry.sentence.data and not entry.anchor.data:
                entry.anchor.errors = ["Tie this to a question or a document."]
                good = False
            if entry.anchor.data and not entry.sentence.data:
                entry.sentence.errors = ["Write what you ask for."]
                good = False
        if not self.asked:
            self.items[0].sentence.errors = ["Ask for at least one item."]
            good = False
        return good


class AnswerItemForm(BaseForm):
    """The agency's answer to one item; where it is about a question, that question's answer may change with it."""

    text = TextField("Your answer", validators=[required("Write your answer.")], limit=4000)
    value = LineField("New value, if it changes")
    pick = RadioField("New answer, if it changes")
    several = MultiChoiceField("New answer, if it changes")
    basis = RadioField("How do you know this number?", choices=[(basis.value, basis.label) for basis in Basis])
    note = LineField("Source or citation", limit=1000)

    def __init__(self, question: Question | None, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.question = question
        self.pick.offer([(choice.key, choice.label) for choice in question.choices] if question else ())
        self.several.offer([(choice.key, choice.label) for choice in question.choices] if question else ())
        for name in set(self._fields) - {"text", "csrf_token", *_fields_for(question)}:
            del self[name]

    def typed(self) -> Value:
        """The new value of the question, None when none was typed. Raises BadAnswer."""
        if self.question is None:
            return None
        if self.question.kind is Kind.MULTI:
            return parse_several(self.question, self.several.data or [])
        if self.question.kind in PICKS:
            return parse_text(self.question, self.pick.data or "")
        return parse_text(self.question, self.value.data)


def _fields_for(question: Question | None) -> tuple[str, ...]:
    """The fields that a question's kind needs."""
    if question is None:
        return ()
    if question.kind is Kind.MULTI:
        return ("several", "note")
    return ("pick", "note") if question.kind in PICKS else ("value", "basis", "note")
