"""What somebody typed into a page of a draft, discarded when they ask."""

import uuid

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from app import autosave
from app.agency_requests import operations
from app.agency_requests.access import get_draft
from app.agency_requests.blueprint import blueprint
from app.extensions import db
from app.policy import Permission
from app.security import acting, requires


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
