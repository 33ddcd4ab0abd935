"""What somebody types into a page of a draft, saved while they type, and discarded when they ask."""

import uuid

from flask import flash, jsonify, redirect, url_for
from werkzeug.wrappers import Response

from app import autosave
from app.agency_requests import operations
from app.agency_requests.access import get_draft
from app.agency_requests.blueprint import blueprint
from app.extensions import db, now
from app.filters import format_time
from app.policy import Permission
from app.security import acting, requires


@blueprint.post("/requests/<uuid:request_id>/sections/<section>/<page>/keep")
@requires(Permission.REQUEST_EDIT)
def keep(request_id: uuid.UUID, section: str, page: str) -> Response:
    """Keeps the page as it is typed, right or wrong, for who types it; says when."""
    agency_request = get_draft(request_id, acting())
    operations.refuse_unless_draft(agency_request, acting())
    autosave.save_form(acting().id, _path(request_id, section, page), autosave.form_pairs())
    db.session.commit()
    return jsonify({"at": format_time(now())})


@blueprint.post("/requests/<uuid:request_id>/sections/<section>/<page>/drop")
@requires(Permission.REQUEST_EDIT)
def drop_kept(request_id: uuid.UUID, section: str, page: str) -> Response:
    """Forgets what this person typed into the page and did not save."""
    agency_request = get_draft(request_id, acting())
    operations.refuse_unless_draft(agency_request, acting())
    autosave.delete_form(acting().id, _path(request_id, section, page))
    db.session.commit()
    flash("What you had typed is dropped. The page shows what was saved.")
    return redirect(_path(request_id, section, page), 303)


def _path(request_id: uuid.UUID, section: str, page: str) -> str:
    return url_for(".section", request_id=request_id, section=section, page=page)
