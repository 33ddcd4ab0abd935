"""What the engine's conditions are told about the request as the agency filled it in, and about intake."""

from app.intake.models import AgencyRequest
from app.intake.triage import triage_facts
from app.workflow.facts import Inputs, IntakeFacts


def intake_facts(agency_request: AgencyRequest, inputs: Inputs) -> IntakeFacts:
    """Everything intake's conditions ask."""
    return IntakeFacts(**triage_facts(agency_request))  # type: ignore[arg-type] # the names are its fields
