"""The whole file of a request as one ZIP or one PDF: each side downloads what it may see."""

import uuid
from tempfile import SpooledTemporaryFile

from flask import Blueprint, Response

from app.agency_requests.access import get_request
from app.agency_requests.models import AgencyRequest
from app.policy import Permission
from app.reports.exports import case_file, case_file_zip
from app.security import acting, requires
from app.uploads.serving import attachment
from app.workflow.refusals import not_found

blueprint = Blueprint("case_files", __name__)
IN_MEMORY = 4 * 1024 * 1024  # bytes; a larger file waits on the disk while it is sent


@blueprint.get("/requests/<uuid:request_id>/whole-file.zip")
@requires(Permission.REQUEST_READ)
def whole_zip(request_id: uuid.UUID) -> Response:
    """Everything as files, with a manifest."""
    agency_request = _sent(request_id)
    out = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 -- the response closes it once it is sent
    case_file_zip.write_zip(agency_request, acting(), out)
    out.seek(0)
    return attachment(out, f"{agency_request.number}.zip", "application/zip")


@blueprint.get("/requests/<uuid:request_id>/whole-file.pdf")
@requires(Permission.REQUEST_READ)
def whole_pdf(request_id: uuid.UUID) -> Response:
    """Everything as one paper, the documents named in it."""
    agency_request = _sent(request_id)
    page = case_file.page_of(agency_request, acting())
    pdf = case_file.render_parts(
        agency_request, "Whole file", case_file.case_file_parts(agency_request, acting(), page)
    )
    name = f"{agency_request.number}-whole-file.pdf"
    return attachment(pdf, name, "application/pdf")


def _sent(request_id: uuid.UUID) -> AgencyRequest:
    """The request, if this person sees it and it was sent; a draft has no file yet."""
    agency_request = get_request(request_id, acting())
    if agency_request.number is None:
        raise not_found()
    return agency_request
