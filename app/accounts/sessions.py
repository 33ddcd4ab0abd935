"""Who is signed in: looked up at every click, so that a deactivated person is out at the next one."""

import uuid
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Flask, Response, make_response, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user

from app.accounts.models import Person
from app.extensions import db, login_manager
from app.policy import Side


def init_app(app: Flask) -> None:
    """Tells Flask-Login how to look people up, and what to answer those who are not signed in."""
    login_manager.user_loader(load)
    login_manager.unauthorized_handler(ask_to_sign_in)
    login_manager.session_protection = "basic"
    app.jinja_env.globals["home_path"] = home_path


def load(key: str) -> Person | None:
    """The active person of a session, or None when the session was ended: its epoch no longer matches."""
    identity, _, epoch = key.partition(":")
    try:
        person = db.session.get(Person, uuid.UUID(identity))
    except ValueError:
        return None
    return person if person is not None and person.active and str(person.epoch) == epoch else None


def begin(person: Person) -> None:
    """Signs this person in, with a new session: nothing of the one before is worth keeping, or safe to."""
    session.clear()
    login_user(person)
    session.permanent = True


def signed_in() -> Person:
    """The signed-in person themselves; only views that change one's own account ask."""
    return cast(Any, current_user)._get_current_object()


def ask_to_sign_in() -> Response:
    """The sign-in page, which leads back; a form sent without a session is shown again so that nothing is lost."""
    back = request.full_path.rstrip("?") if request.method == "GET" else request.referrer or ""
    target = url_for("accounts.sign_in", next=safe_path(urlsplit(back)._replace(scheme="", netloc="").geturl()) or None)
    if request.method in {"GET", "HEAD"}:
        return make_response(redirect(target))
    typed = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if value.strip() and name not in {"csrf_token", "seen", "shown"} and "password" not in name
    ]
    return make_response(render_template("accounts/signed_out.html", typed=typed, sign_in=target), 401)


def safe_path(path: str | None) -> str | None:
    """The path if it is one of ours: relative to this site, with nothing a browser would read as another place."""
    if not path or not path.startswith("/") or path.startswith("//"):
        return None
    if "\\" in path or any(ord(character) <= 32 or ord(character) == 127 for character in path):
        return None
    parts = urlsplit(path)
    return None if parts.scheme or parts.netloc or "//" in parts.path or "%2f" in parts.path.lower() else path


def home_path() -> str:
    """Where this person starts: the agency's home, the queue, or the public home."""
    if not current_user.is_authenticated:
        return "/"
    return "/home" if current_user.actor.side is Side.AGENCY else "/queue"
