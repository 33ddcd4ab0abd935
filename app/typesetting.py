"""Sets a paper as a tagged PDF (PDF/UA-1 and PDF/A-3a) from a layout of ours and data that is never read as layout."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

STANDARDS = ["a-3a", "ua-1"]


def set_pdf(layout: Path, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The PDF of a typst file that reads `json(bytes(sys.inputs.data))`; same data and moment, same bytes."""
    return typst.compile(
        str(layout),
        root=str(layout.parent),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=STANDARDS,
        ignore_system_fonts=True,
        timestamp=int(at.timestamp()),
    )
