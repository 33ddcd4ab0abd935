"""Hands a file out to be saved, never shown within a page."""

from io import BytesIO

from flask import Response, send_file


def attachment(content: bytes, name: str, media_type: str) -> Response:
    """Bytes to save, under a name of any script, that no browser runs anything of."""
    response = send_file(BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
