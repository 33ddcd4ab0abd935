"""The form on paper: blank for everybody, filled in for whoever may see the request."""

import uuid

from flask import Blueprint, Response, render_template

from app.agency_requests.access import get_draft
from app.agency_requests.receipt.receipt_pdf import CERTIFIED
from app.agency_requests.sections import paper_form
from app.policy import Permission
from app.security import acting, public, requires
from app.uploads.serving import attachment

blueprint = Blueprint("paper_form", __name__)


@blueprint.get("/request-form")
@public
def blank() -> str:
    """Every question on one page to print."""
    return render_template(
        "agency_requests/paper_form.html",
        agency_request=None,
        sections=paper_form.paper_sections(None),
        certified=CERTIFIED,
    )


@blueprint.get("/request-form.pdf")
@public
def blank_pdf() -> Response:
    """The same as a tagged PDF."""
    return attachment(paper_form.render_paper_form(None), "request-form.pdf", "application/pdf")


@blueprint.get("/requests/<uuid:request_id>/form")
@requires(Permission.REQUEST_READ)
def filled(request_id: uuid.UUID) -> str:
    """The form with what is saved, to print."""
    agency_request = get_draft(request_id, acting())
    return render_template(
        "agency_requests/paper_form.html",
        agency_request=agency_request,
        sections=paper_form.paper_sections(agency_request),
        certified=CERTIFIED,
    )


@blueprint.get("/requests/<uuid:request_id>/form.pdf")
@requires(Permission.REQUEST_READ)
def filled_pdf(request_id: uuid.UUID) -> Response:
    """The same as a tagged PDF."""
    agency_request = get_draft(request_id, acting())
    return attachment(paper_form.render_paper_form(agency_request), "request-form.pdf", "application/pdf")
