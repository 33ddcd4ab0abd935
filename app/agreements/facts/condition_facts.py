"""What the engine's conditions are told about the agreements of a request, and about the text of one."""

from sqlalchemy import select

from app import audit
from app.agency_requests.models import AgencyRequest
from app.agreements.drafting.current_text import AgreementText, current_text
from app.agreements.facts.case_facts import FILLED_LATER
from app.agreements.models import Acceptance, Agreement
from app.agreements.negotiation.operations import current_acceptance
from app.extensions import db
from app.review.facts import approved_programs
from app.workflow.journey.agreement_journey import AgreementStatus
from app.workflow.journey.facts import AgreementsFacts, Inputs, ReviewFacts, TextFacts


def agreements_facts(agency_request: AgencyRequest, inputs: Inputs) -> AgreementsFacts:
    """For each program with an agreement, the status of the live one, or "abandoned"."""
    statuses: dict[str, str] = {}
    query = select(Agreement).where(Agreement.request_id == agency_request.id).order_by(Agreement.created_at)
    for agreement in db.session.scalars(query):
        if agreement.status != AgreementStatus.ABANDONED or agreement.program_key not in statuses:
            statuses[agreement.program_key] = agreement.status
    return AgreementsFacts(statuses=statuses)


def text_facts(agreement: Agreement, inputs: Inputs) -> TextFacts:
    """The text as it stands, and the talks about it."""
    return facts_of_text(agreement, current_text(agreement), current_acceptance(agreement))


def facts_of_text(agreement: Agreement, text: AgreementText, acceptance: Acceptance | None) -> TextFacts:
    """The same of a text that is made already, for a page that shows it."""
    drafted = text.draft
    statuses = [proposal.status for proposal in agreement.proposals]
    return TextFacts(
        request_status=agreement.agency_request.status,
        drafter_id=agreement.drafter_id,
        missing_facts=tuple(fact.label for fact in drafted.missing_required if fact.key not in FILLED_LATER),
        missing_clauses=tuple(d.title for d in drafted.deviations if d.mandatory and d.what == "Left out"),
        deviations_unexplained=tuple(d.title for d in drafted.deviations if not d.reason.strip()),
        open_proposals=statuses.count("open"),
        accepted_proposals=statuses.count("accepted"),
        content_hash=text.content_hash,
        accepted_hash=acceptance.content_hash if acceptance else "",
        needs_resolution=text.needs_resolution,
        is_recorded_since=acceptance is not None and _is_recorded_since(agreement, acceptance),
        has_resolution=bool(agreement.resolution_reference and agreement.resolution_date),
    )


def _is_recorded_since(agreement: Agreement, acceptance: Acceptance) -> bool:
    """Whether the governing body's resolution was recorded after the text was accepted."""
    last = audit.last_of_action(agreement.case_id, agreement.id, "record_resolution")
    return last is not None and last.at > acceptance.at


def parent_review_facts(agreement: Agreement, inputs: Inputs) -> ReviewFacts:
    """What was approved for the request the agreement comes from."""
    return ReviewFacts(approved=approved_programs(agreement.request_id))
