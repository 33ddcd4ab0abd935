"""Keeping, deleting and following a list of requests."""

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.cases.forms import SaveViewForm
from app.cases.queue import filters, saved_views
from app.extensions import db
from app.policy import Permission
from app.security import acting, requires

blueprint = Blueprint("saved_views", __name__, url_prefix="/queue/views")


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.CASE_READ)
def keep() -> Response | str | tuple[str, int]:
    """Keeps the list that the address asks for, under a name."""
    asked, form = filters.parse_filters(request.args), SaveViewForm()
    if form.validate_on_submit():
        saved_views.save_view(acting(), form.name.data, asked, shared=bool(form.shared.data))
        db.session.commit()
        flash(f"The view \u201c{form.name.data}\u201d is kept.")
        return redirect(url_for("cases.queue", **asked.parameters), 303)
    page = render_template("cases/save_view.html", form=form, asked=asked, saved=saved_views.saved_views_of(acting()))
    return (page, 422) if form.is_submitted() else page


@blueprint.post("/<uuid:view_id>/delete")
@requires(Permission.CASE_READ)
def delete(view_id: uuid.UUID) -> Response:
    """Deletes one's own view."""
    saved_views.delete_view(acting(), saved_views.find_view(acting(), view_id))
    db.session.commit()
    flash("The view is deleted.")
    return redirect(url_for(".keep"), 303)


@blueprint.post("/<uuid:view_id>/follow")
@requires(Permission.CASE_READ)
def follow(view_id: uuid.UUID) -> Response:
    """Tells the person by mail of what newly matches."""
    saved_views.follow_view(acting(), saved_views.find_view(acting(), view_id))
    db.session.commit()
    flash("You get a mail when a request newly matches this view, once for each request.")
    return redirect(url_for(".keep"), 303)


@blueprint.post("/<uuid:view_id>/unfollow")
@requires(Permission.CASE_READ)
def unfollow(view_id: uuid.UUID) -> Response:
    """Tells the person no more."""
    saved_views.unfollow_view(acting(), saved_views.find_view(acting(), view_id))
    db.session.commit()
    flash("You get no more mail about this view.")
    return redirect(url_for(".keep"), 303)
