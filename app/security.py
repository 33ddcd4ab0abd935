"""How a route says who may use it; a route that says nothing answers nobody."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask, abort, current_app, request
from flask_login import current_user

from app.policy import Actor, Permission, allows

Parameters = ParamSpec("Parameters")
View = TypeVar("View", bound=Callable[..., Any])
PUBLIC = "public"


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


def init_app(app: Flask) -> None:
    """Refuses every route that declares no guard, whatever it would have answered."""

    @app.before_request
    def refuse_undeclared() -> None:
        view = app.view_functions.get(request.endpoint or "")
        if view is not None and request.endpoint != "static" and not hasattr(view, "guard"):
            abort(403)
