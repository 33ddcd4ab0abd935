"""The files of a request: attached to a draft, removed, and served to whoever may see the case."""

import uuid

from flask import Response, flash, redirect, render_template, url_for

from app.agency_requests import operations
from app.agency_requests.access import get_draft
from app.agency_requests.blueprint import blueprint
from app.agency_requests.documents.operations import is_private
from app.agency_requests.forms import UploadForm
from app.agency_requests.models import AgencyRequest, Document
from app.agency_requests.sections.queries import documents_of
from app.extensions import db
from app.policy import Permission, Side
from app.security import Page, acting, requires
from app.storage import store
from app.uploads.arrival import receives_files
from app.uploads.serving import attachment
from app.workflow.refusals import not_found


@blueprint.get("/requests/<uuid:request_id>/documents")
@requires(Permission.REQUEST_EDIT)
def documents(request_id: uuid.UUID) -> Page:
    """What is attached, and the form that attaches more."""
    agency_request = get_draft(request_id, acting())
    operations.refuse_unless_draft(agency_request, acting())
    return _page(agency_request, UploadForm())


@blueprint.post("/requests/<uuid:request_id>/documents")
@requires(Permission.REQUEST_EDIT)
@receives_files
def attach(request_id: uuid.UUID) -> Page:
    """Attaches a file."""
    agency_request = get_draft(request_id, acting())
    operations.lock_draft(agency_request, acting())
    form = UploadForm(held=len(documents_of(agency_request)))
    if not form.validate_on_submit():
        return _page(agency_request, form), 422
    kept = operations.attach(agency_request, acting(), form.kind.data, form.file.files[0])
    db.session.commit()
    flash(f"{kept.filename} is attached.")
    return redirect(url_for(".documents", request_id=request_id), 303)


@blueprint.post("/requests/<uuid:request_id>/documents/<uuid:document_id>/remove")
@requires(Permission.REQUEST_EDIT)
def remove(request_id: uuid.UUID, document_id: uuid.UUID) -> Page:
    """Takes a file off a draft."""
    agency_request = get_draft(request_id, acting())
    operations.lock_draft(agency_request, acting())
    removed = operations.remove(agency_request, acting(), document_id)
    db.session.commit()
    flash(f"{removed.filename} is removed.")
    return redirect(url_for(".documents", request_id=request_id), 303)


@blueprint.get("/documents/<uuid:document_id>")
@requires(Permission.REQUEST_READ)
def document(document_id: uuid.UUID) -> Response:
    """A file as an attachment, for who sees its request; never shown within a page."""
    found = db.session.get(Document, document_id)
    if found is None or found.removed_at:
        raise not_found()
    get_draft(found.request_id, acting())
    if acting().side is Side.ICE and is_private(found):
        raise not_found()
    with store().open(found.storage_key) as content:
        return attachment(content.read(), found.filename, found.media_type)


def _page(agency_request: AgencyRequest, form: UploadForm) -> str:
    found = documents_of(agency_request)
    return render_template("agency_requests/documents.html", agency_request=agency_request, form=form, documents=found)
