"""Sets one PDF in a child process: the only part of the service that loads the typesetter."""

import tempfile
from typing import cast

from typst import Compiler

STANDARDS = ["a-3a", "ua-1"]


def compile_pdf(layout: bytes, data: str, timestamp: int) -> bytes:
    """The PDF (PDF/UA-1 and PDF/A-3a) of a layout that reads `json(bytes(sys.inputs.data))`.

    `timestamp` is in seconds since 1970. The folder is empty and gone before a line is set, so there is no file that a
    document could read and no package it could load.
    """
    with tempfile.TemporaryDirectory() as empty:
        compiler = Compiler(
            layout,
            root=empty,
            font_paths=[],
            ignore_system_fonts=True,
            sys_inputs={"data": data},
            package_path=empty,
            package_cache_path=empty,
        )
    made = compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=timestamp)
    return cast(bytes, made)  # one file, not one for each page
