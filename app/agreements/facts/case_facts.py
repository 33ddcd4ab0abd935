"""Fills a draft's facts from the case: what the agency said, what was recommended, decided and confirmed."""

from collections.abc import Mapping
from typing import Any, Final

import us

from app.agency_requests.models import AgencyRequest
from app.agreements.models import Agreement
from app.assessment.models import Recommendation
from app.assessment.queries import answers_of, issued_recommendation, with_confirmed
from app.needs.questions import QUESTIONS
from app.programs.catalog import CATALOG
from app.review.queries import capacities_of, decisions_on, findings_of

FILLED_LATER: Final = frozenset({"governing_body_resolution", "resolution_date"})  # from the recorded resolution only
NO_BODY: Final = frozenset({None, "", "none_required", "unknown"})
DEFAULTS: Final = {"term_years": 3, "review_first_months": 12}  # inferred: a term and a first review counsel may change


def case_facts(agreement: Agreement) -> dict[str, Any]:
    """What the case gives, by fact key; what it does not know is left out."""
    agency_request = agreement.agency_request
    recommendation = issued_recommendation(agency_request.id)
    found = {
        **DEFAULTS,
        **_agency(agency_request),
        **_office(agency_request, agreement.program),
        **_answers(agency_request),
        **(_decided(recommendation, agreement) if recommendation else {}),
        "governing_body_resolution": agreement.resolution_reference,
        "resolution_date": agreement.resolution_date.isoformat() if agreement.resolution_date else "",
    }
    return {key: value for key, value in found.items() if value not in (None, "", [], ())}


def with_typed_facts(given: Mapping[str, Any], agreement: Agreement) -> dict[str, Any]:
    """What the case gives, with what the drafter typed over it."""
    typed = {key: value for key, value in agreement.facts.items() if value not in (None, "", [])}
    return {**given, **{key: value for key, value in typed.items() if key not in FILLED_LATER}}


def _agency(agency_request: AgencyRequest) -> dict[str, Any]:
    agency = agency_request.agency
    state = us.states.lookup(agency.state)
    return {
        "agency_name": agency.name,
        "agency_ori": agency.ori,
        "agency_state": state.name if state else agency.state,
        "agency_county": agency.county,
        "agency_address": agency.address,
        "agency_head_name": agency_request.signatory_name or agency.head_name,
        "agency_head_title": agency_request.signatory_title or agency.head_title,
        "agency_contact_name": agency_request.contact_name,
        "agency_contact_title": agency_request.contact_title,
        "agency_contact_email": agency_request.contact_email,
        "agency_contact_phone": agency_request.contact_phone,
        "request_number": agency_request.number,
    }


def _office(agency_request: AgencyRequest, program: str) -> dict[str, Any]:
    office = agency_request.office
    found: dict[str, Any] = {"ice_signatory_title": CATALOG.approver_title(CATALOG.program(program))}
    if office is not None:
        found |= {"ice_office_name": f"{office.name} office", "ice_office_address": office.address}
    if contact := agency_request.assessor:
        found |= {
            "ice_contact_name": contact.name,
            "ice_contact_email": contact.email,
            "ice_contact_phone": contact.phone,
        }
    return found


def _answers(agency_request: AgencyRequest) -> dict[str, Any]:
    answers = answers_of(agency_request.id)
    values = with_confirmed({key: answer.value for key, answer in answers.items()}, agency_request.id)
    law = answers.get("state_law_immigration")
    focus = values.get("offence_focus")
    body = values.get("governing_body")
    certification = values.get("equitable_sharing_certification")
    return {
        "offence_focus": QUESTIONS["offence_focus"].words(focus) if focus else "",
        "state_law_citation": law.note if law else "",
        "governing_body": "" if body in NO_BODY else QUESTIONS["governing_body"].label(str(body)),
        "officers_maximum": values.get("officers_nominable"),
        "certification_status": "" if certification == "unknown" else certification,
    }


def _decided(recommendation: Recommendation, agreement: Agreement) -> dict[str, Any]:
    """The plan's lines for this program, and what its approval rests on."""
    key = agreement.program_key
    lines = [item for item in recommendation.plan if item.program_key == key]
    capacity = capacities_of(recommendation).get(key)
    decision = decisions_on(recommendation).get(key)
    finding = findings_of(recommendation).get(key)
    found: dict[str, Any] = {
        "objectives": list(dict.fromkeys(item.objective for item in lines)),
        "measures": [_measure(item) for item in lines],
        "conditions": [line for line in (decision.conditions if decision else "").splitlines() if line.strip()],
        "civil_rights_finding": finding.text if finding else "",
    }
    if capacity is not None:
        found |= {
            "ice_supervisor_name": capacity.supervisor,
            "supervisor_hours_on_site": capacity.supervisor_hours,
            "training_seats": capacity.training_seats,
            "equipment_date": capacity.equipment_date.isoformat() if capacity.equipment_date else "",
        }
    return found


def _measure(item: Any) -> Mapping[str, str]:
    return {
        "objective": item.objective,
        "measure": item.measure,
        "unit": item.unit,
        "baseline": item.baseline,
        "target": item.target,
        "owner": item.owner,
        "date": item.due.isoformat(),
    }
