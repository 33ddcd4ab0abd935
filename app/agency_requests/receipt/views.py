"""The receipt of a request that was sent, as a page and as a PDF."""

import uuid

from flask import Response, render_template

from app.agency_requests.access import get_request
from app.agency_requests.blueprint import blueprint
from app.agency_requests.check_answers import queries
from app.agency_requests.models import AgencyRequest
from app.agency_requests.receipt.receipt_pdf import render_receipt
from app.deadlines.clocks import ClockKind
from app.policy import Permission
from app.security import Page, acting, requires
from app.uploads.serving import attachment
from app.workflow.clocks.targets import targets
from app.workflow.refusals import not_found


@blueprint.get("/requests/<uuid:request_id>/receipt")
@requires(Permission.REQUEST_READ)
def receipt(request_id: uuid.UUID) -> Page:
    """The number, what happens next, and what was sent."""
    agency_request = _sent(request_id)
    return render_template(
        "agency_requests/receipt.html",
        agency_request=agency_request,
        sections=queries.sections(agency_request),
        days=targets()[ClockKind.ACKNOWLEDGE],
    )


@blueprint.get("/requests/<uuid:request_id>/receipt.pdf")
@requires(Permission.REQUEST_READ)
def receipt_pdf(request_id: uuid.UUID) -> Response:
    """The same as a tagged PDF."""
    agency_request = _sent(request_id)
    return attachment(render_receipt(agency_request), f"{agency_request.number}-receipt.pdf", "application/pdf")


def _sent(request_id: uuid.UUID) -> AgencyRequest:
    agency_request = get_request(request_id, acting())
    if agency_request.number is None:
        raise not_found()
    return agency_request
