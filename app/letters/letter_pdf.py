"""Sets a letter as a tagged PDF; its words are data."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from app.pdf import set_pdf

LAYOUT = Path(__file__).with_name("letter.typ")


def render_letter(
    *, subject: str, blocks: Sequence[dict[str, Any]], reference: str, agency: str, at: datetime
) -> bytes:
    """The PDF (PDF/UA-1 and PDF/A-3a); the same words and moment give the same bytes."""
    data = {"title": subject, "blocks": list(blocks), "reference": reference, "agency": agency}
    return set_pdf(LAYOUT, data, at=at)
