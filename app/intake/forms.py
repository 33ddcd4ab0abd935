"""The forms of intake review."""

import hashlib
import uuid
from collections.abc import Sequence

from wtforms import FormField
from wtforms.form import Form

from app.agency_requests.documents.operations import DOCUMENT_KINDS
from app.forms import (
    BaseForm,
    ChoiceField,
    HiddenField,
    IsoDateField,
    LineField,
    MultiChoiceField,
    RadioField,
    RowsField,
    TextField,
    required,
)
from app.intake.information_requests.operations import NewItem
from app.intake.operations import CHECKLIST
from app.needs.parsing import parse_several, parse_text
from app.needs.questions import GROUPS, PICKS, AnswerBasis, Question, QuestionKind, Value
from app.uploads.forms import UploadField
from app.workflow.forms import ReasonForm, StepForm

Choices = Sequence[tuple[str, str]]
CARRIED = frozenset({"expected_version", "was", "csrf_token"})  # what a form carries unseen
ITEMS = 5
MOST_ITEMS = 10


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

    @property
    def named(self) -> dict[str, uuid.UUID | None]:
        """By part, the key of whoever was chosen; None for nobody."""
        return {f"{name}_id": uuid.UUID(key) if key else None for name, key in self.values.items()}


class DeclarationForm(BaseForm):
    """One's own interests in the case."""

    has_conflict = RadioField(
        "Do you have a personal, financial or family interest in this case?",
        choices=[("no", "No"), ("yes", "Yes, so somebody else must act")],
        validators=[required("Say whether you have an interest in this case.")],
    )
    sentence = LineField("If yes: what it is, in a sentence", limit=500)

    @property
    def is_conflict(self) -> bool:
        """Whether somebody else must act."""
        return self.has_conflict.data == "yes"


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
    due = IsoDateField("Answer this one sooner, by")


class AskForm(StepForm):
    """What the agency is asked for, by when."""

    items = RowsField(FormField(ItemForm), min_entries=ITEMS, max_entries=MOST_ITEMS)
    due = IsoDateField("Answer by", validators=[required("Set the date by which the agency should answer.")])

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        for entry in self.items:
            entry.anchor.offer(anchors())

    @property
    def asked(self) -> list[NewItem]:
        """The items filled in."""
        found = []
        for entry in self.items:
            kind, _, key = (entry.anchor.data or "").partition(":")
            if kind or entry.sentence.data:
                found.append(NewItem(kind, key, entry.sentence.data, entry.due.data))
        return found

    def validate(self, extra_validators: object = None) -> bool:
        """Besides its fields: at least one item, each with both halves, none due after the whole."""
        good = super().validate(extra_validators)
        for entry in self.items:
            good = self._is_whole(entry) and good
        if not self.asked:
            self.items[0].sentence.errors = ["Ask for at least one item."]
            good = False
        return good

    def _is_whole(self, entry: FormField) -> bool:
        if entry.sentence.data and not entry.anchor.data:
            entry.anchor.errors = ["Tie this to a question or a document."]
        elif entry.anchor.data and not entry.sentence.data:
            entry.sentence.errors = ["Write what you ask for."]
        elif entry.due.data and self.due.data and entry.due.data > self.due.data:
            entry.due.errors = ["Choose a day on or before the date for the whole."]
        else:
            return True
        return False


class AskAgainForm(ReasonForm):
    """One item asked again: why, and by when."""

    due = IsoDateField("Answer by", validators=[required("Set the date by which the agency should answer.")])


class AnswerItemForm(BaseForm):
    """The agency's answer to one item; where it is about a question, that question's answer may change with it."""

    expected_version = HiddenField()
    was = HiddenField()  # the mark of the boxes as the page showed them
    text = TextField("Your answer", limit=4000)
    files = UploadField("Attach files")
    value = LineField("New value, if it changes")
    pick = RadioField("New answer, if it changes")
    several = MultiChoiceField("New answer, if it changes")
    basis = RadioField("How do you know this number?", choices=[(basis.value, basis.label) for basis in AnswerBasis])
    note = LineField("Source or citation", limit=1000)

    def __init__(self, question: Question | None, *, has_document: bool = False, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.question, self.has_document = question, has_document
        self.pick.offer([(choice.key, choice.label) for choice in question.choices] if question else ())
        self.several.offer([(choice.key, choice.label) for choice in question.choices] if question else ())
        for name in set(self._fields) - {*CARRIED, "text", "files", *_fields_for(question)}:
            del self[name]

    @property
    def boxes_mark(self) -> str:
        """A text that differs by which boxes are ticked; a form whose mark comes back unchanged was not touched."""
        boxes = [field for field in self if field.short_name not in {*CARRIED, "files"}]
        texts = [field._value() if isinstance(field, LineField) else repr(sorted(field.data or "")) for field in boxes]
        return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:12]

    def ask_for_files_again(self) -> None:
        """Says that the files of a form that was not saved have to be chosen again."""
        if self.files.data and not self.files.errors:
            self.files.errors = ["Choose your files again: nothing is saved yet."]

    def validate(self, extra_validators: object = None) -> bool:
        """Besides its fields: words, or for a document that document."""
        good = super().validate(extra_validators)
        if not self.text.data and not (self.question is None and (self.has_document or self.files.data)):
            self.text.errors = ["Write your answer." if self.question else "Write your answer, or attach the document."]
            good = False
        return good

    def typed(self) -> Value:
        """The new value of the question, None when none was typed. Raises BadAnswer."""
        if self.question is None:
            return None
        if self.question.kind is QuestionKind.MULTI:
            return parse_several(self.question, self.several.data or [])
        if self.question.kind in PICKS:
            return parse_text(self.question, self.pick.data or "")
        return parse_text(self.question, self.value.data)


def _fields_for(question: Question | None) -> tuple[str, ...]:
    """The fields that a question's kind needs."""
    if question is None:
        return ()
    if question.kind is QuestionKind.MULTI:
        return ("several", "note")
    return ("pick", "note") if question.kind in PICKS else ("value", "basis", "note")
