"""Who may use a route (one without a permission answers nobody), and the security headers of every answer."""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

from flask import Flask, abort, current_app, g, request
from flask_login import current_user
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from app.policy import Actor, Permission, allows

Parameters = ParamSpec("Parameters")
View = TypeVar("View", bound=Callable[..., Any])
PUBLIC = "public"
Page = Response | str | tuple[str, int]  # what a view answers
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


def public(view: View) -> View:
    """Marks a view that anyone may use, without an account."""
    view.guard = PUBLIC  # type: ignore[attr-defined] # the architecture test and the gate below read it
    return view


def requires(permission: Permission) -> Callable[[Callable[Parameters, Any]], Callable[Parameters, Any]]:
    """Marks and guards a view: signed in, and holding the permission; else sign-in or 403."""

    def decorate(view: Callable[Parameters, Any]) -> Callable[Parameters, Any]:
        @wraps(view)
        def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Any:
            if not current_user.is_authenticated:
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined] # set by Flask-Login
            if not allows(acting(), permission):
                abort(403)
            return view(*args, **kwargs)

        guarded.guard = permission  # type: ignore[attr-defined] # the architecture test reads it
        return guarded

    return decorate


def acting() -> Actor:
    """The signed-in person as policy sees them; only views ask."""
    return current_user.actor


def csp_nonce() -> str:
    """The nonce of this answer; made on first use, so that an early refusal has one too."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(24)
    return g.nonce


def init_app(app: Flask) -> None:
    """Refuses every route that declares no guard, adds the headers to every answer, and believes our own proxies."""
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    app.before_request(_refuse_undeclared)
    app.after_request(_add_headers)
    if proxies := app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign] # Flask's own way


def _refuse_undeclared() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if view is not None and request.endpoint != "static" and not hasattr(view, "guard"):
        abort(403)


def _add_headers(response: Response) -> Response:
    for name, value in FIXED.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=csp_nonce()))
    if current_app.config["ENV_NAME"] == "production":
        response.headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR}; includeSubDomains"
    if request.endpoint == "static":
        response.headers["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    elif current_user and current_user.is_authenticated:
        response.headers["Cache-Control"] = "no-store"
    return response
