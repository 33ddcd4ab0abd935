"""Inspects a Word document: its archive, its list of contents, and the events of every XML part."""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from app.uploads.bad_file import BadFile, damaged, something_else
from app.uploads.xml_parts import Attributes, Budget, read_xml

MEGABYTE = 1024 * 1024
LARGEST_UNPACKED = 200 * MEGABYTE
LARGEST_RATIO = 100
MOST_ENTRIES = 2_000
CHUNK = 64 * 1024

CONTENTS = "[Content_Types].xml"
WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
HYPERLINK = "/relationships/hyperlink"
EMBEDDED = ("/oleObject", "/package", "/control", "/aFChunk", "/subDocument")
DDE = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)


def check_word_document(data: bytes) -> None:
    """Refuses a document that is protected, damaged, too much to read, or does more than to be read. Raises BadFile."""
    budget = Budget()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_entries(archive.infolist())
            _check_types(archive, budget)
            for entry in archive.infolist():
                _check_part(entry.filename, _chunks(archive, entry), budget)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise damaged() from error


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo | str) -> Iterator[bytes]:
    """The content piece by piece, never whole; the last piece comes once its checksum was right."""
    with archive.open(entry) as part:
        while chunk := part.read(CHUNK):
            yield chunk


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


def _check_types(archive: zipfile.ZipFile, budget: Budget) -> None:
    """The list of contents must call it a Word document without macros, and hide no XML under another extension."""
    names = [name.lower() for name in archive.namelist()]
    if CONTENTS not in archive.namelist():
        raise something_else("docx")
    if len(names) != len(set(names)):
        raise damaged()
    listed: list[Attributes] = []
    read_xml(_chunks(archive, CONTENTS), budget, on_element=lambda _, attributes: listed.append(attributes))
    types = {each.get("ContentType", "") for each in listed}
    if any("macroenabled" in found.lower() or "vbaproject" in found.lower() for found in types):
        raise BadFile("This Word document contains macros. Save it as .docx without macros and attach that.")
    if WORD_MAIN not in types:
        raise something_else("docx")
    if any(map(_hides_xml, listed)):
        raise damaged()


def _hides_xml(listed: Attributes) -> bool:
    extension = listed.get("Extension") or listed.get("PartName", "").rpartition(".")[2]
    return listed.get("ContentType", "").lower().endswith("xml") and extension.lower() not in {"xml", "rels"}


def _check_part(name: str, chunks: Iterator[bytes], budget: Budget) -> None:
    if name.lower().endswith(".rels"):
        read_xml(chunks, budget, on_element=_check_link)
    elif name.lower().endswith(".xml"):
        _check_instructions(chunks, budget)
    else:
        for _ in chunks:
            """Read for its checksum: a part that does not unpack is a damaged document."""


def _check_link(_: str, link: Attributes) -> None:
    kind = link.get("Type", "")
    if link.get("TargetMode", "").lower() == "external" and not kind.endswith(HYPERLINK):
        raise BadFile(
            "This Word document loads something from outside, such as a template or a linked picture. "
            "Put it into the document, or save it as a PDF."
        )
    if kind.endswith(EMBEDDED):
        raise _embedded()


def _check_instructions(chunks: Iterator[bytes], budget: Budget) -> None:
    """Refuses DDE in a field's instruction; Word lets one be spread over many runs, so all of them are joined."""
    parts: list[str] = []

    def on_element(tag: str, attributes: Attributes) -> None:
        if tag in {"fldSimple", "fldChar"}:
            instruction = next((value for key, value in attributes.items() if key.endswith("}instr")), "")
            parts.append(f" {instruction} ")

    def on_text(tag: str, text: str) -> None:
        if tag == "instrText":
            parts.append(text)

    read_xml(chunks, budget, on_element=on_element, on_text=on_text)
    if DDE.search("".join(parts)):
        raise BadFile("This Word document fetches data from another program (DDE). Remove the field and save it again.")


def _embedded() -> BadFile:
    return BadFile("This Word document has other files inside it. Attach each of them on its own.")
