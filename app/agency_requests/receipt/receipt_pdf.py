"""The receipt of a request that was sent: every answer, what was certified, and its content hash, as a tagged PDF."""

from pathlib import Path
from typing import Any

from app.agency_requests.check_answers import queries
from app.agency_requests.models import AgencyRequest
from app.filters import format_date, format_datetime
from app.pdf import set_pdf

LAYOUT = Path(__file__).with_name("receipt.typ")
CERTIFIED = (
    "The agency head has the authority to bind the agency.",
    "To the best of the agency head's knowledge, what the request says is true and complete.",
    "The agency head knows that the request may be released under public-records laws.",
)

COMPARED = (
    "Staff of ICE compared every answer with the signed letter.",
    "The letter carries the signature of who may bind the agency.",
)


def render_receipt(agency_request: AgencyRequest) -> bytes:
    """The receipt of a sent request; the same request gives the same bytes."""
    if agency_request.submitted_at is None:
        raise ValueError("only a request that was sent has a receipt")
    return set_pdf(LAYOUT, _content(agency_request), at=agency_request.submitted_at)


def _content(agency_request: AgencyRequest) -> dict[str, Any]:
    agency = agency_request.agency
    sent = _sent(agency_request)
    return {
        "title": f"Receipt of request {agency_request.number}",
        "author": "ACCESS Partnership Requests",
        "lead": f"{agency.name} (ORI {agency.ori}) {sent}.",
        "sections": [
            {"title": part["title"], "rows": [_row(row) for row in part["rows"]]}
            for part in queries.sections(agency_request)
        ],
        "certified": COMPARED if agency_request.entered_by_id else CERTIFIED,
        "content_hash": agency_request.certified_hash,
    }


def _sent(r: AgencyRequest) -> str:
    """Who sent it and when; of a letter on paper who signed it, and that staff typed it in."""
    at = format_datetime(r.submitted_at)
    if r.entered_by_id:
        signed, received = format_date(r.letter_signed_on), format_date(r.letter_received_on)
        return (
            f"asked by a letter that {r.signatory_name} signed on {signed}, received {received}, entered by ICE on {at}"
        )
    return f"sent this request on {at}{f', certified by {r.submitted_by.name}' if r.submitted_by else ''}"


def _row(row: queries.Row) -> dict[str, str]:
    said = ". ".join(filter(None, (str(row["answer"]), row.get("second", ""))))
    return {"question": row["question"], "answer": said or "Not answered"}
