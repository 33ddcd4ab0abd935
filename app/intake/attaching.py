"""Files that come with what somebody writes: looked into while the form is checked, kept when it is saved."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column
from wtforms import MultipleFileField

from app.forms import BaseForm
from app.intake.files import LARGEST_FILE, BadFile, Inspected, inspect
from app.storage import store

MOST_FILES: Final = 5
Attached = tuple[Inspected, bytes]


class AttachedFile:
    """The columns of a file that came with something; its bytes are kept by their hash."""

    position: Mapped[int]
    filename: Mapped[str] = mapped_column(String(160))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    storage_key: Mapped[str] = mapped_column(String(120))


class AttachingForm(BaseForm):
    """A form with files; `attached` holds those sent, once it was found valid."""

    files = MultipleFileField("Files")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.attached: list[Attached] = []

    def validate(self, extra_validators: Any = None) -> bool:
        """Besides its fields: every file was looked into."""
        good = super().validate(extra_validators)
        sent = [each for each in self.files.data or () if getattr(each, "filename", "")]
        try:
            self.attached = [_looked_into(each) for each in _at_most(sent)]
        except BadFile as bad:
            self.files.errors = [str(bad)]
            return False
        return good


def kept(files: Sequence[Attached]) -> list[dict[str, Any]]:
    """The values of an AttachedFile for each of these, their bytes in the store."""
    return [
        {
            "position": position, "filename": file.name, "media_type": file.media_type, "size": file.size,
            "sha256": file.sha256, "storage_key": store().put(content),
        }
        for position, (file, content) in enumerate(files, start=1)
    ]  # fmt: skip


def _at_most(sent: list[Any]) -> list[Any]:
    if len(sent) > MOST_FILES:
        raise BadFile(f"Attach at most {MOST_FILES} files at once.")
    return sent


def _looked_into(sent: Any) -> Attached:
    content = sent.stream.read(LARGEST_FILE + 1)
    return inspect(sent.filename, content), content
