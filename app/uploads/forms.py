"""The field of a form in which files arrive, already inspected."""

from typing import Any

from wtforms import MultipleFileField
from wtforms.form import BaseForm as AnyForm
from wtforms.validators import StopValidation

from app.uploads.arrival import arrived
from app.uploads.inspected_file import InspectedFile


class UploadField(MultipleFileField):
    """Files that were inspected before the view began; `data` has each SentFile, its `files` those fit to be kept."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Takes what arrived in this field; what a browser sent is not looked at here."""
        self.data = list(arrived(self.name))

    def pre_validate(self, form: AnyForm) -> None:
        """Refuses the first file that is not fit to be kept, and names it."""
        for sent in self.data or ():
            if sent.refusal:
                raise StopValidation(f"{sent.name}: {sent.refusal} Choose your files again.")

    @property
    def files(self) -> tuple[InspectedFile, ...]:
        """The files fit to be kept."""
        return tuple(sent.file for sent in self.data or () if sent.file)
