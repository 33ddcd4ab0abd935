"""The forms of a conversation: the message that begins it, with who reads it, and the answer in it."""

import uuid
from collections.abc import Sequence
from typing import Any

from app.agency_requests.models import AgencyRequest
from app.forms import BaseForm, ChoiceField, HiddenField, LineField, RadioField, TextField, required
from app.messages import references
from app.messages.references import Reference
from app.policy import Actor, Side
from app.uploads.forms import UploadField

AGENCY, STAFF = "agency", "staff"
READERS = (
    (AGENCY, "To the agency", "Send to the agency"),
    (STAFF, "Staff only", "Keep for staff"),
)


class MessageForm(BaseForm):
    """A message with its files; `key` makes one message of a form that was sent twice."""

    key = HiddenField()
    text = TextField("Your message", validators=[required("Write your message first.")])
    files = UploadField("Files")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not _is_key(self.key.data):
            self.key.data = str(uuid.uuid4())

    @property
    def message_key(self) -> uuid.UUID:
        """The key of the message that this form makes."""
        return uuid.UUID(self.key.data)


class BeginForm(MessageForm):
    """The first message of a conversation: who reads it is chosen, never presumed."""

    readers = RadioField(
        "Who will read this?",
        choices=[(value, words) for value, words, _ in READERS],
        validators=[required("Choose who will read this: the agency, or staff only.")],
    )
    title = LineField("Subject", limit=120)
    about = ChoiceField("It is about")

    def __init__(self, found: Sequence[Reference], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.found = {reference.value: reference for reference in found}
        self.about.offer([(reference.value, reference.words) for reference in found])

    @classmethod
    def of(cls, agency_request: AgencyRequest, actor: Actor, with_references: bool, about: str = "") -> "BeginForm":
        """The form for this person in this case; `about` is what the page they come from shows."""
        found = list(references.offered_references(agency_request, actor)) if with_references else []
        named = references.find_reference(agency_request, actor, about) if about else None
        if named and named not in found:
            found.insert(0, named)
        form = cls(found, data={"about": named.value} if named else None)
        if actor.side is Side.AGENCY:
            del form.readers
        return form

    @property
    def reference(self) -> Reference | None:
        """What the conversation is about, where something is chosen."""
        return self.found.get(self.about.data or "")

    @property
    def written(self) -> dict[str, Any]:
        """What begins the conversation, as `begin_thread` takes it."""
        return {
            "shared": self.is_shared,
            "text": self.text.data,
            "title": self.title.data,
            "about": self.reference,
            "files": self.files.files,
            "key": self.message_key,
        }

    @property
    def is_shared(self) -> bool:
        """Whether the other side reads it."""
        return "readers" not in self._fields or self.readers.data == AGENCY

    @property
    def button(self) -> str:
        """What the button says: it names the reader once one is chosen."""
        if "readers" not in self._fields:
            return "Send message"
        return {value: sends for value, _, sends in READERS}.get(self.readers.data or "", "Send or keep")

    def validate(self, extra_validators: Any = None) -> bool:
        """Besides its fields: the other side sees what the conversation is about."""
        good = super().validate(extra_validators)
        if self.is_shared and self.reference and self.reference.staff_only:
            self.about.errors = ["The agency does not see this. Choose something else, or keep it for staff."]
            return False
        return good


def _is_key(typed: str | None) -> bool:
    try:
        return bool(typed) and bool(uuid.UUID(typed))
    except ValueError:
        return False
