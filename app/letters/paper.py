"""Sets a letter as a tagged PDF; its words are data, and a letter no font can draw stands as its number."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from app.agreements.rendering.letters import as_numbers
from app.typesetting import set_pdf

LAYOUT = Path(__file__).with_name("letter.typ")


def set_letter(*, subject: str, blocks: Sequence[dict[str, Any]], reference: str, agency: str, at: datetime) -> bytes:
    """The PDF (PDF/UA-1 and PDF/A-3a); the same words and moment give the same bytes."""
    data = {"title": subject, "blocks": list(blocks), "reference": reference, "agency": agency}
    try:
        return set_pdf(LAYOUT, data, at=at)
    except typst.TypstError:  # a character without a letter in any font, which the standards forbid
        return set_pdf(LAYOUT, _numbered(data), at=at)


def _numbered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _numbered(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_numbered(each) for each in value]
    return as_numbers(value) if isinstance(value, str) else value
