"""Inspects all of a file's content in a child process: this module loads the libraries that read it."""

import puremagic

from app.uploads.bad_file import BadFile, something_else
from app.uploads.file_names import SPELLINGS
from app.uploads.pdf_documents import check_pdf
from app.uploads.pictures import check_picture
from app.uploads.word_documents import check_word_document

CHECKS = {"pdf": check_pdf, "docx": check_word_document, "png": check_picture, "jpg": check_picture}
OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")  # what Office wraps an encrypted document in


def refusal_of(kind: str, data: bytes) -> bytes:
    """The sentence that refuses a file named as this kind, in UTF-8; empty when it is fit to be kept."""
    try:
        _check_first_bytes(kind, data)
        CHECKS[kind](data)
    except BadFile as bad:
        return str(bad).encode()
    return b""


def _check_first_bytes(kind: str, data: bytes) -> None:
    if kind == "docx" and data.startswith(OLE_MAGIC):
        raise BadFile(
            "This Word document is protected by a password or in an old format. Save it as a plain .docx file."
        )
    try:
        found = {match.extension.removeprefix(".").lower() for match in puremagic.magic_string(data)}
    except (puremagic.PureError, ValueError):
        found = set()
    if kind not in {SPELLINGS.get(extension, extension) for extension in found}:
        raise something_else(kind)
