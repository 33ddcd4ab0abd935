"""The security headers of every answer, errors included, and the nonce that the page's one script carries."""

import secrets
from typing import Final

from flask import Flask, Response, g, request
from flask_login import current_user

FIXED: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}
POLICY: Final = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
ONE_YEAR: Final = 31_536_000


def csp_nonce() -> str:
    """The nonce of this answer; made on first use, so that an early refusal has one too."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(24)
    return g.nonce


def init_app(app: Flask) -> None:
    """Adds the headers to every answer and gives templates the nonce."""
    app.jinja_env.globals["csp_nonce"] = csp_nonce

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=csp_nonce()))
        if app.config["ENV_NAME"] == "production":
            response.headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR}; includeSubDomains"
        if request.endpoint == "static":
            response.headers["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
        elif current_user and current_user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response
