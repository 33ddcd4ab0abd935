"""A form that could not be accepted: its text is shown to its writer again, to send or to discard."""

import uuid

from flask import Blueprint, abort, flash, jsonify, redirect, render_template

from app import autosave
from app.accounts.sign_in.sessions import home_path
from app.extensions import db, now
from app.filters import format_time
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
    if autosave.endpoint_at(found.path) in autosave.restoring_endpoints():
        return redirect(f"{found.page}?kept=use", 303)
    return render_template(
        "accounts/saved_form.html",
        found=found,
        page=_page(found),
        said=autosave.user_fields(found.pairs),
        again=found.path if autosave.has_page(found.path, "POST") else "",
    )


@blueprint.post("")
@requires(Permission.ACCOUNT_OWN)
def keep() -> Page:
    """Keeps what stands typed in a form, right or wrong, for who types it; says when."""
    path = autosave.sent_as()
    if not autosave.is_form(path):
        abort(400)
    autosave.keep_typed(acting().id, path, autosave.standing_on(), autosave.form_pairs())
    db.session.commit()
    return jsonify({"at": format_time(now())})


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
    return found.page if autosave.has_page(found.page) else home_path()
