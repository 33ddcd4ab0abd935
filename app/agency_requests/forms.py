"""The agency's own forms: contacts, authority, letter, problems, documents, certification."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import BooleanField
from wtforms.validators import ValidationError

from app.agency_requests.documents.operations import DOCUMENT_KINDS
from app.agency_requests.operations import MOST_DOCUMENTS
from app.forms import (
    BaseForm,
    ChoiceField,
    EmailField,
    HiddenField,
    IsoDateField,
    LineField,
    MultiChoiceField,
    PhoneField,
    RadioField,
    TextField,
    required,
)
from app.needs.finder_questions import TOPICS
from app.programs.catalog import CATALOG
from app.uploads.forms import UploadField
from app.workflow.forms import ReasonForm, ShownForm

RANKS = 5
PROGRAM_CHOICES = list(CATALOG.labels.items())


class PageForm(BaseForm):
    """A page of the draft: `expected_version` tells which state of it the writer saw."""

    expected_version = HiddenField()


class ContactsForm(PageForm):
    """Whom ICE writes to about the request."""

    contact_name = LineField("Name", validators=[required("Enter the name of your contact.")])
    contact_title = LineField("Rank or title")
    contact_email = EmailField("Work e-mail address", validators=[required("Enter your contact's e-mail address.")])
    contact_phone = PhoneField("Telephone", validators=[required("Enter your contact's telephone number.")])


class SignatoryForm(PageForm):
    """Who may bind the agency, and on what that rests."""

    signatory_name = LineField("Name of who signs", validators=[required("Enter who signs for your agency.")])
    signatory_title = LineField("Title", validators=[required("Enter the title of who signs.")])
    authority_basis = TextField(
        "What gives this person the authority to bind your agency",
        validators=[required("Say what gives this person the authority: a law, a charter, a resolution.")],
        limit=2000,
    )


class LetterForm(PageForm):
    """The request letter, written here instead of attached."""

    letter_text = TextField("Your request letter", limit=10_000)


class ProblemsForm(PageForm):
    """The problems in order, the objectives in the agency's words, and programs or advice."""

    topic_1 = ChoiceField("Your most pressing problem", validators=[required("Choose your most pressing problem.")])
    sentence_1 = LineField("In a sentence", limit=500)
    topic_2 = ChoiceField("Second")
    sentence_2 = LineField("In a sentence", limit=500)
    topic_3 = ChoiceField("Third")
    sentence_3 = LineField("In a sentence", limit=500)
    topic_4 = ChoiceField("Fourth")
    sentence_4 = LineField("In a sentence", limit=500)
    topic_5 = ChoiceField("Fifth")
    sentence_5 = LineField("In a sentence", limit=500)
    objectives_text = TextField("What you want to achieve, in your own words", limit=4000)
    wants = RadioField(
        "Do you want particular programs, or our advice?",
        choices=[("advice", "Advise us: we leave the choice open"), ("programs", "We want these programs")],
        validators=[required("Say whether you want particular programs or our advice.")],
    )
    wanted_programs = MultiChoiceField("The programs you want", choices=PROGRAM_CHOICES)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        for field in (self.topic_1, self.topic_2, self.topic_3, self.topic_4, self.topic_5):
            field.offer([(topic.key, topic.label) for topic in TOPICS])

    @property
    def ranked(self) -> list[tuple[str, str]]:
        """The problems filled in, in order: (topic, sentence)."""
        rows = ((self[f"topic_{n}"].data, self[f"sentence_{n}"].data) for n in range(1, RANKS + 1))
        return [(topic, sentence) for topic, sentence in rows if topic]

    def validate(self, extra_validators: Any = None) -> bool:
        """Besides its fields: no problem twice, no sentence without its problem, programs where they are wanted."""
        good = super().validate(extra_validators)
        used: set[str] = set()
        for rank in range(1, RANKS + 1):
            field, sentence = self[f"topic_{rank}"], self[f"sentence_{rank}"]
            if field.data and field.data in used:
                field.errors = ["You named this problem above."]
                good = False
            if sentence.data and not field.data:
                field.errors = ["Choose the problem that the sentence is about."]
                good = False
            used.add(field.data or "")
        if self.wants.data == "programs" and not self.wanted_programs.data:
            self.wanted_programs.errors = ["Choose the programs you want, or ask for advice."]
            good = False
        return good


class UploadForm(BaseForm):
    """One file to attach."""

    kind = RadioField(
        "What it is", choices=list(DOCUMENT_KINDS.items()), validators=[required("Say what kind of document it is.")]
    )
    file = UploadField("File", validators=[required("Choose a file.")])

    def __init__(self, *, held: int = 0, **kwargs: Any) -> None:
        """`held` is how many documents the request holds already."""
        super().__init__(**kwargs)
        self.held = held

    def validate_file(self, _: UploadField) -> None:
        """A request has room for so many documents."""
        if self.held >= MOST_DOCUMENTS:
            raise ValidationError(f"Remove a document first: a request holds at most {MOST_DOCUMENTS}.")


class ElseForm(PageForm):
    """What was not asked."""

    anything_else = TextField("Anything else we should know", limit=5000)


class CertifyForm(ShownForm):
    """The agency head's certification of exactly what the page showed."""

    authority = BooleanField("I have the authority to bind my agency.")
    truth = BooleanField("To the best of my knowledge, what we say here is true and complete.")
    public = BooleanField("I know that this request may be released under public-records laws.")

    @property
    def is_certified(self) -> bool:
        """Whether every box is ticked."""
        return bool(self.authority.data and self.truth.data and self.public.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Every statement is certified on its own."""
        good = super().validate(extra_validators)
        for box, sentence in (
            (self.authority, "Tick the box to certify that you may bind your agency."),
            (self.truth, "Tick the box to certify that what you say is true and complete."),
            (self.public, "Tick the box to show that you know the request may be released."),
        ):
            if not box.data:
                box.errors = [sentence]
                good = False
        return good


class CompareForm(ShownForm):
    """Staff confirm that what they typed in is what the paper says."""

    compared = BooleanField("I compared every answer with the paper. What the paper does not say is left unknown.")
    signed = BooleanField("The scan shows the signature of who may bind the agency.")

    @property
    def is_certified(self) -> bool:
        """Whether every box is ticked."""
        return bool(self.compared.data and self.signed.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Every statement is confirmed on its own."""
        good = super().validate(extra_validators)
        for box, sentence in (
            (self.compared, "Tick the box to confirm that you compared every answer."),
            (self.signed, "Tick the box to confirm that the letter is signed."),
        ):
            if not box.data:
                box.errors = [sentence]
                good = False
        return good


class LetterDatesForm(BaseForm):
    """A letter that came on paper: whose, of when, and when it came. `known`: the agencies under the ORI."""

    ori = HiddenField()
    key = HiddenField(default=lambda: str(uuid.uuid4()))
    agency = RadioField("Which agency wrote it?", validators=[required("Choose the agency that wrote the letter.")])
    signed_on = IsoDateField("Date on the letter", validators=[required("Enter the date on the letter.")])
    received_on = IsoDateField("Day it came in", validators=[required("Enter the day on which it came in.")])

    def __init__(self, known: Sequence[tuple[str, str]], today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.agency.offer(known)
        self.today = today

    def validate(self, extra_validators: Any = None) -> bool:
        """A letter is signed before it comes in, and comes in by today."""
        if not super().validate(extra_validators):
            return False
        signed, received = self.signed_on.data, self.received_on.data
        if signed > received:
            self.received_on.errors = ["A letter comes in on or after the date on it."]
        elif received > self.today:
            self.received_on.errors = ["Enter a day that is not after today."]
        return not self.received_on.errors


class HandBackForm(BaseForm):
    """What the agency head wants changed before certifying."""

    note = TextField("What should be changed", validators=[required("Say what should be changed.")], limit=2000)


class WithdrawForm(ReasonForm):
    """Why the request is withdrawn."""
