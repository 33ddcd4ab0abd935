"""Inspects a PDF: every object, for what runs by itself or carries other files."""

import io
from collections.abc import Iterator

import pikepdf

from app.uploads.bad_file import BadFile, damaged

DEEPEST = 50  # levels of one PDF object within another; real documents have few
PDF_ACTS = {
    "/JavaScript": "This PDF contains a script. Print it to a new PDF and attach that.",
    "/JS": "This PDF contains a script. Print it to a new PDF and attach that.",
    "/Launch": "This PDF starts another program. Print it to a new PDF and attach that.",
    "/ImportData": "This PDF starts another program. Print it to a new PDF and attach that.",
    "/EmbeddedFile": "This PDF has other files inside it. Attach each of them on its own.",
    "/EmbeddedFiles": "This PDF has other files inside it. Attach each of them on its own.",
    "/FileAttachment": "This PDF has other files inside it. Attach each of them on its own.",
    "/EF": "This PDF has other files inside it. Attach each of them on its own.",
    "/RichMedia": "This PDF has sound or video inside it. Print it to a new PDF and attach that.",
    "/XFA": "This PDF is an interactive form. Print it to a new PDF and attach that.",
}


def check_pdf(data: bytes) -> None:
    """Refuses a PDF that is protected, damaged, empty, or does more than to be read. Raises BadFile."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                raise BadFile("This PDF is protected by a password. Remove the protection and attach it again.")
            _check_objects(pdf)
            if not len(pdf.pages):
                raise BadFile("This PDF has no pages. Save it again and attach it.")
    except pikepdf.PasswordError:
        raise BadFile("This PDF is protected by a password. Remove the protection and attach it again.") from None
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise damaged() from error


def _check_objects(pdf: pikepdf.Pdf) -> None:
    """Every object of the file, reached or not: what nothing points to today may be pointed to by a viewer."""
    for thing in pdf.objects:
        for part in _parts(thing):
            _refuse_acts(part)


def _parts(thing: object, depth: int = 0) -> Iterator[pikepdf.Object]:
    """The dictionaries written inside one object; what it only points to is an object of its own."""
    if not isinstance(thing, pikepdf.Object):
        return
    if depth > DEEPEST:
        raise damaged()
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        yield thing
        inside = [value for _, value in thing.items()]
    else:
        inside = list(thing) if isinstance(thing, pikepdf.Array) else []
    for value in inside:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            yield from _parts(value, depth + 1)


def _refuse_acts(part: pikepdf.Object) -> None:
    names = set(part.keys()) | {
        str(part[key]) for key in ("/S", "/Type", "/Subtype") if isinstance(part.get(key), pikepdf.Name)
    }
    for act, sentence in PDF_ACTS.items():
        if act in names:
            raise BadFile(sentence)
