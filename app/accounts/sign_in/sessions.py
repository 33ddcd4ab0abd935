"""Who is signed in: looked up at every web request, so that deactivation takes effect at the next one."""

import uuid
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Flask, Response, make_response, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user

from app import autosave
from app.accounts.models import Person
from app.extensions import db, login_manager
from app.policy import Permission, Side, allows


def init_app(app: Flask) -> None:
    """Tells Flask-Login how to look people up, and what to answer those who are not signed in."""
    login_manager.user_loader(load)
    login_manager.unauthorized_handler(ask_to_sign_in)
    login_manager.session_protection = "basic"
    app.jinja_env.globals["home_path"] = home_path
    app.context_processor(load_reader)


def load_reader() -> dict[str, object]:
    """Who reads the page, loaded before it renders: a rollback forgets what was known of them."""
    return {"reader": current_user.actor if current_user and current_user.is_authenticated else None}


def load(key: str) -> Person | None:
    """The active person of a session, or None when the session was ended: its epoch no longer matches."""
    identity, _, epoch = key.partition(":")
    try:
        person = db.session.get(Person, uuid.UUID(identity))
    except ValueError:
        return None
    return person if person is not None and person.active and str(person.epoch) == epoch else None


def begin(person: Person) -> None:
    """Signs this person in with a new session; nothing is carried over from the one before, for safety."""
    session.clear()
    login_user(person)
    session.permanent = True


def signed_in() -> Person:
    """The signed-in person themselves; only views that change one's own account ask."""
    return cast(Any, current_user)._get_current_object()


def ask_to_sign_in(status: int = 401) -> Response:
    """The sign-in page, which leads back; of a form sent without a session nothing is lost: it is kept, and shown."""
    if request.method in {"GET", "HEAD"}:
        return make_response(redirect(_sign_in_for(request.full_path.rstrip("?"))))
    found = autosave.save_posted_form()
    back = f"/kept/{found.id}" if found else urlsplit(request.referrer or "")._replace(scheme="", netloc="").geturl()
    shown = render_template(
        "accounts/signed_out.html",
        typed=autosave.user_fields(autosave.form_pairs()),
        kept=found,
        sign_in=_sign_in_for(back),
    )
    return make_response(shown, status)


def _sign_in_for(back: str) -> str:
    return url_for("accounts.sign_in", next=safe_path(back) or None)


def safe_path(path: str | None) -> str | None:
    """The path if it is relative to this site and no browser would read it as another host."""
    if not path or not path.startswith("/") or path.startswith("//"):
        return None
    if "\\" in path or any(ord(character) <= 32 or ord(character) == 127 for character in path):
        return None
    parts = urlsplit(path)
    return None if parts.scheme or parts.netloc or "//" in parts.path or "%2f" in parts.path.lower() else path


def home_path() -> str:
    """Where this person starts: the agency's home, the queue, administration for who holds no cases, or in public."""
    if not current_user.is_authenticated:
        return "/"
    if current_user.actor.side is Side.AGENCY:
        return "/home"
    return "/queue" if allows(current_user.actor, Permission.CASE_READ) else "/admin"
