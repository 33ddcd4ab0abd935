"""What the engine's conditions are told about the request as the agency filled it in, and about intake."""

from app.intake.models import AgencyRequest
from app.intake.saved import filled, has_letter, has_need
from app.intake.tasklist import open_sections
from app.intake.triage import triage_facts
from app.workflow.facts import Inputs, IntakeFacts


def intake_facts(agency_request: AgencyRequest, inputs: Inputs) -> IntakeFacts:
    """Everything intake's conditions ask."""
    return IntakeFacts(
        sections_open=open_sections(filled(agency_request)),
        ori=agency_request.agency.ori,
        has_need=has_need(agency_request),
        authority_certified=bool(agency_request.authority_basis),
        has_letter=has_letter(agency_request),
        **triage_facts(agency_request),  # type: ignore[arg-type] # the names are its fields
    )
