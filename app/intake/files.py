"""Looks into a file before it is kept: only plain PDF, Word, PNG and JPG, and nothing in them that acts on its own."""

import hashlib
import io
import re
import stat
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element, ParseError

import pikepdf
import puremagic
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from PIL import Image

MEGABYTE = 1024 * 1024
LARGEST_FILE = 10 * MEGABYTE
LARGEST_UNPACKED = 200 * MEGABYTE
LARGEST_RATIO = 100
MOST_ENTRIES = 2_000
MOST_PIXELS = 50_000_000
LONGEST_NAME = 120
DEEPEST = 50  # levels of one PDF object within another; real documents have few

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "png": "image/png",
    "jpg": "image/jpeg",
}
SPELLINGS = {"jpeg": "jpg"}
OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")  # what Office wraps an encrypted document in

CONTENTS = "[Content_Types].xml"
WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
HYPERLINK = "/relationships/hyperlink"
EMBEDDED = ("/oleObject", "/package", "/control", "/aFChunk", "/subDocument")
DDE = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)

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


class BadFile(Exception):  # noqa: N818 -- it reads as what it says
    """A file that cannot be kept; the sentence tells whoever attached it what to do."""


@dataclass(frozen=True)
class Inspected:
    """A file fit to be kept: its cleaned name, its kind (pdf, docx, png, jpg), size in bytes and SHA-256 in hex."""

    name: str
    kind: str
    media_type: str
    size: int
    sha256: str


def inspect(filename: str, data: bytes) -> Inspected:
    """What the file is, once its name, its first bytes and all of its content agree. Raises BadFile."""
    if not data:
        raise BadFile("This file is empty. Save it again and attach it.")
    if len(data) > LARGEST_FILE:
        raise BadFile(f"This file is larger than {LARGEST_FILE // MEGABYTE} MB. Attach a smaller copy, or split it.")
    name = clean_name(filename)
    kind = _kind(name)
    _check_first_bytes(kind, data)
    CHECKS[kind](data)
    return Inspected(name, kind, MEDIA_TYPES[kind], len(data), hashlib.sha256(data).hexdigest())


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


def _kind(name: str) -> str:
    extension = PurePosixPath(name).suffix.removeprefix(".").lower()
    kind = SPELLINGS.get(extension, extension)
    if kind in {"docm", "dotm"}:
        raise BadFile("This Word document may contain macros. Save it as .docx and attach that.")
    if kind not in MEDIA_TYPES:
        raise BadFile("Attach a PDF, a Word document (.docx), or a picture (.png or .jpg).")
    return kind


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
        raise _another(kind)


def _check_pdf(data: bytes) -> None:
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
        raise _damaged() from error


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
        raise _damaged()
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


def _check_docx(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_entries(archive.infolist())
            _check_types(archive)
            for entry in archive.infolist():
                _check_part(entry.filename, archive.read(entry))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise _damaged() from error


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise BadFile("This Word document is made of too many parts. Save it as a PDF and attach that.")
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if unpacked > LARGEST_UNPACKED or unpacked > LARGEST_RATIO * max(packed, 1):
        raise BadFile("This Word document unpacks to far more than its size. Save it as a PDF and attach that.")
    for entry in entries:
        _check_entry(entry)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    drive = re.match(r"[A-Za-z]:", entry.filename)
    if path.is_absolute() or drive or ".." in path.parts or stat.S_ISLNK(entry.external_attr >> 16):
        raise BadFile("This Word document points outside itself. Save it again from Word and attach that.")
    if entry.flag_bits & 1:
        raise BadFile("This Word document is protected by a password. Remove the protection and attach it again.")
    lowered = entry.filename.lower()
    if "vbaproject" in lowered or "vbadata" in lowered:
        raise BadFile("This Word document contains macros. Save it as .docx without macros and attach that.")
    if "/embeddings/" in lowered or "/activex/" in lowered:
        raise _embedded()


def _check_types(archive: zipfile.ZipFile) -> None:
    """The list of contents must call it a Word document without macros, and hide no XML under another extension."""
    names = [name.lower() for name in archive.namelist()]
    if CONTENTS not in archive.namelist():
        raise _another("docx")
    if len(names) != len(set(names)):
        raise _damaged()
    listed = list(_xml(archive.read(CONTENTS)).iter())
    types = {element.get("ContentType", "") for element in listed}
    if any("macroenabled" in found.lower() or "vbaproject" in found.lower() for found in types):
        raise BadFile("This Word document contains macros. Save it as .docx without macros and attach that.")
    if WORD_MAIN not in types:
        raise _another("docx")
    if any(map(_hides_xml, listed)):
        raise _damaged()


def _hides_xml(listed: Element) -> bool:
    extension = listed.get("Extension") or listed.get("PartName", "").rpartition(".")[2]
    return listed.get("ContentType", "").lower().endswith("xml") and extension.lower() not in {"xml", "rels"}


def _check_part(name: str, content: bytes) -> None:
    if not name.lower().endswith((".xml", ".rels")):
        return
    tree = _xml(content)
    if name.lower().endswith(".rels"):
        for link in tree.iter():
            _check_link(link)
    elif DDE.search(_instructions(tree)):
        raise BadFile("This Word document fetches data from another program (DDE). Remove the field and save it again.")


def _check_link(link: Element) -> None:
    kind = link.get("Type", "")
    if link.get("TargetMode", "").lower() == "external" and not kind.endswith(HYPERLINK):
        raise BadFile(
            "This Word document loads something from outside, such as a template or a linked picture. "
            "Put it into the document, or save it as a PDF."
        )
    if kind.endswith(EMBEDDED):
        raise _embedded()


def _instructions(tree: Element) -> str:
    """The text of every field's instruction; Word lets one be spread over many runs, so they are joined."""
    parts = []
    for element in tree.iter():
        tag = str(element.tag).rpartition("}")[2]
        if tag == "instrText":
            parts.append(element.text or "")
        elif tag in {"fldSimple", "fldChar"}:
            parts.append(
                " " + next((value for key, value in element.attrib.items() if key.endswith("}instr")), "") + " "
            )
    return "".join(parts)


def _xml(content: bytes) -> Element:
    try:
        return fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise BadFile("This Word document declares its own rules (a DTD). Save it again from Word.") from None
    except (ParseError, ValueError, LookupError) as error:
        raise _damaged() from error


def _check_picture(data: bytes) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is the lower one
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise BadFile("This picture is too large to open. Attach one of at most 50 megapixels.")
                picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _damaged() from error


def _damaged() -> BadFile:
    return BadFile("This file is damaged. Open it, save it again and attach the new copy.")


def _another(kind: str) -> BadFile:
    return BadFile(f"This file is named .{kind} but is something else. Open it, save it as .{kind} and attach that.")


def _embedded() -> BadFile:
    return BadFile("This Word document has other files inside it. Attach each of them on its own.")


CHECKS = {"pdf": _check_pdf, "docx": _check_docx, "png": _check_picture, "jpg": _check_picture}
