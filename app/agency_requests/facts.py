"""What the engine's conditions are told about the request as the agency filled it in."""

from datetime import date

from app.agency_requests.models import AgencyRequest
from app.agency_requests.sections.queries import has_letter, has_need, letter_of, saved_content
from app.agency_requests.sections.section_list import open_sections
from app.deadlines.business_days import day_of
from app.workflow.journey.facts import AgencyRequestFacts, Inputs
from app.workflow.journey.request_journey import Status


def agency_request_facts(agency_request: AgencyRequest, inputs: Inputs) -> AgencyRequestFacts:
    """Everything that conditions ask of the agency's part."""
    return AgencyRequestFacts(
        sections_open=open_sections(saved_content(agency_request)),
        ori=agency_request.agency.ori,
        has_need=has_need(agency_request),
        authority_certified=bool(agency_request.authority_basis),
        has_letter=has_letter(agency_request),
        has_scanned_letter=letter_of(agency_request) is not None,
        begun_by_id=agency_request.entered_by_id or agency_request.created_by_id,
        entered_by_id=agency_request.entered_by_id,
        withdrawn_on=_withdrawn_on(agency_request),
    )


def _withdrawn_on(agency_request: AgencyRequest) -> date | None:
    closed = agency_request.closed_at if agency_request.status == Status.WITHDRAWN else None
    return day_of(closed) if closed else None
