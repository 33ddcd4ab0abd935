"""Hands files out to be saved, never shown within a page: the only maker of such answers."""

from collections.abc import Iterable
from io import BytesIO
from typing import IO

from flask import Response, send_file

NOTHING_RUNS = "sandbox; default-src 'none'"


def attachment(content: bytes | IO[bytes], name: str, media_type: str) -> Response:
    """Bytes or an open file to save, under a name of any script, that no browser runs anything of."""
    file = BytesIO(content) if isinstance(content, bytes) else content
    response = send_file(file, mimetype=media_type, as_attachment=True, download_name=name)
    response.headers["Content-Security-Policy"] = NOTHING_RUNS
    return response


def streamed_attachment(parts: Iterable[str] | Iterable[bytes], name: str, media_type: str) -> Response:
    """The same for a file that is made, or read, while it is sent."""
    response = Response(parts, mimetype=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Content-Security-Policy"] = NOTHING_RUNS
    return response
