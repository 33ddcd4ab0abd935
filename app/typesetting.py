"""Sets a paper as a tagged PDF (PDF/UA-1 and PDF/A-3a) from a layout of ours and data that is never read as layout."""

import json
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

STANDARDS = ["a-3a", "ua-1"]


def set_pdf(layout: Path, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The PDF of a typst file that reads `json(bytes(sys.inputs.data))`; same data and moment, same bytes.

    A character that no font here can draw would void the standards: then each unusual one stands as its number.
    """
    try:
        return _compile(layout, data, at)
    except typst.TypstError:
        return _compile(layout, drawable(data), at)


def _compile(layout: Path, data: Mapping[str, Any], at: datetime) -> bytes:
    return typst.compile(
        str(layout),
        root=str(layout.parent),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=STANDARDS,
        ignore_system_fonts=True,
        timestamp=int(at.timestamp()),
    )


def drawable(value: Any) -> Any:
    """The same data with each unusual character named instead of drawn: "[U+1F600]"."""
    if isinstance(value, Mapping):
        return {key: drawable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [drawable(each) for each in value]
    return "".join(_draw(character) for character in value) if isinstance(value, str) else value


def _draw(character: str) -> str:
    is_mark = unicodedata.category(character)[0] in "PZ" and ord(character) < 0x2070
    return character if ord(character) < 0x250 or is_mark else f"[U+{ord(character):04X}]"
