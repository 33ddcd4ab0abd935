"""Who was signed in at this browser last, known for longer than a session lives: its end then loses no text."""

import uuid
from datetime import timedelta
from typing import Final

from flask import Flask, Response, current_app, request
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeTimedSerializer

LAST_SEEN: Final = timedelta(days=2)
RENEWED: Final = timedelta(hours=6)


def init_app(app: Flask) -> None:
    """Has the browser remember."""
    app.after_request(_remember)


def last_signed_in(within: timedelta = LAST_SEEN) -> uuid.UUID | None:
    """Whom this browser showed pages to within that time; None for somebody unknown."""
    try:
        name = _signer().loads(request.cookies.get(_cookie(), ""), max_age=int(within.total_seconds()))
        return uuid.UUID(name)
    except (BadSignature, ValueError):
        return None


def _remember(response: Response) -> Response:
    if current_user and current_user.is_authenticated and last_signed_in(RENEWED) != current_user.id:
        response.set_cookie(
            _cookie(), _signer().dumps(str(current_user.id)), max_age=LAST_SEEN, httponly=True, samesite="Strict",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )  # fmt: skip
    return response


def _cookie() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}_last"


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="who was here last")
