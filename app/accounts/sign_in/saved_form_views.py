"""A form that could not be accepted: its text is shown to its writer again, to send or to discard."""

import uuid

from flask import Blueprint, current_app, flash, redirect, render_template
from werkzeug.exceptions import HTTPException

from app import autosave
from app.accounts.sign_in.sessions import home_path
from app.extensions import db
from app.policy import Permission
from app.security import Page, acting, requires

blueprint = Blueprint("saved_forms", __name__, url_prefix="/kept")


@blueprint.get("/<uuid:key>")
@requires(Permission.ACCOUNT_OWN)
def form(key: uuid.UUID) -> Page:
    """Leads to the page filled in again where it can be; else shows what was typed, ready to be sent."""
    found = autosave.saved_form_of(key, acting().id)
    if found is None:
        return redirect(home_path(), 303)
    if _endpoint(found.path) in autosave.autosave_endpoints().restoring:
        return redirect(f"{found.page}?kept=use", 303)
    return render_template(
        "accounts/saved_form.html", found=found, page=_page(found), said=autosave.user_fields(found.pairs)
    )


@blueprint.post("/<uuid:key>/drop")
@requires(Permission.ACCOUNT_OWN)
def drop(key: uuid.UUID) -> Page:
    """Forgets it."""
    found = autosave.saved_form_of(key, acting().id)
    if found is None:
        return redirect(home_path(), 303)
    page = _page(found)
    autosave.delete_form(acting().id, found.path)
    db.session.commit()
    flash("What you had typed is dropped.")
    return redirect(page, 303)


def _page(found: autosave.SavedForm) -> str:
    """Where the form stands; home for an address that only takes forms."""
    return found.page if _endpoint(found.page, "GET") else home_path()


def _endpoint(path: str, method: str = "POST") -> str:
    try:
        return current_app.url_map.bind("").match(path.partition("?")[0], method)[0]
    except HTTPException:
        return ""
