"""The one maker of PDFs: a layout file and data that is never read as layout, set in a child process with limits."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.child_process.client import LimitReachedError, WorkFailedError, run
from app.child_process.limits import Limits

LIMITS = Limits(cpu_seconds=60, wall_seconds=90, memory=4 * 1024**3)
UNDATED = datetime.fromtimestamp(0, UTC)
CERTAIN = (
    " -~"  # ASCII
    "\u00a0-\u024f"  # Latin with its accents
    "\u02b0-\u0377"  # modifier letters such as the okina, and accents that combine
    "\u0391-\u03a1\u03a3-\u03ff\u0400-\u04ff"  # Greek and Cyrillic
    "\u1e00-\u1eff"  # more Latin
    "\u2010-\u2040\u20ac\u2122\u2190-\u2193\u2212\ufffd"  # marks of type
)
UNCERTAIN = re.compile(f"[^{CERTAIN}]")


class PdfError(RuntimeError):
    """The document cannot be set; the text is for operators and not for pages."""


def set_pdf(layout: Path, data: Mapping[str, Any], *, at: datetime = UNDATED) -> bytes:
    """The tagged PDF (PDF/UA-1 and PDF/A-3a) of a typst file that reads `json(bytes(sys.inputs.data))`.

    The same data and moment give the same bytes. A character that no font has would void the standards: then every
    doubtful one stands as its number. Raises PdfError, and HelperUnavailableError when no process can be started.
    """
    source, text = layout.read_bytes(), json.dumps(data, ensure_ascii=False)
    try:
        return _compile(source, text, at)
    except WorkFailedError as fault:
        if not UNCERTAIN.search(text):
            raise PdfError(f"{layout.name}: {fault}") from fault
    try:
        return _compile(source, as_numbers(text), at)
    except WorkFailedError as fault:
        raise PdfError(f"{layout.name}: {fault}") from fault


def as_numbers(text: str) -> str:
    """The text with every character that a font may lack as its number, such as [U+4E2D]."""
    return UNCERTAIN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def _compile(source: bytes, text: str, at: datetime) -> bytes:
    try:
        return run("app.typesetter:compile_pdf", source, text, int(at.timestamp()), limits=LIMITS)
    except LimitReachedError as fault:
        raise PdfError("it took too long, or too much memory") from fault
