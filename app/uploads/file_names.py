"""The names of files: cleaned of what misleads or breaks, and the kind that the extension stands for."""

import re
import unicodedata
from pathlib import PurePosixPath

from app.uploads.bad_file import BadFile

LONGEST_NAME = 120
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "png": "image/png",
    "jpg": "image/jpeg",
}
SPELLINGS = {"jpeg": "jpg"}


def clean_name(filename: str) -> str:
    """The name without folders, hidden characters or quotes, at most 120 characters, its extension kept."""
    last = re.split(r"[/\\]", filename)[-1]
    shown = "".join(
        "_" if character in '"<>:|?*;%' else character
        for character in unicodedata.normalize("NFC", last)
        if unicodedata.category(character)[0] != "C"
    )
    stem, dot, extension = " ".join(shown.split()).strip(". ").rpartition(".")
    if not dot:
        stem, extension = extension, ""
    room = LONGEST_NAME - len(dot + extension)
    return f"{stem[: max(room, 1)].strip() or 'file'}{dot}{extension}"[:LONGEST_NAME]


def kind_of(name: str) -> str:
    """The kind of file that the name stands for: pdf, docx, png or jpg. Raises BadFile for every other."""
    extension = PurePosixPath(name).suffix.removeprefix(".").lower()
    kind = SPELLINGS.get(extension, extension)
    if kind in {"docm", "dotm"}:
        raise BadFile("This Word document may contain macros. Save it as .docx and attach that.")
    if kind not in MEDIA_TYPES:
        raise BadFile("Attach a PDF, a Word document (.docx), or a picture (.png or .jpg).")
    return kind
