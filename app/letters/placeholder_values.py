"""What a letter about this request says in place of its placeholders, and why a letter cannot be written yet."""

from collections.abc import Callable

from sqlalchemy import select

from app import audit
from app.agency_requests.models import AgencyRequest
from app.assessment.queries import issued_recommendation
from app.extensions import db, now
from app.filters import format_date
from app.intake.information_requests.operations import anchor_words
from app.intake.models import InformationRequest
from app.letters.letter_kinds import LetterKind
from app.letters.template_text import Value
from app.policy import ROLE_WORDS, Actor, Permission
from app.programs.catalog import CATALOG
from app.review.decisions import OUTCOME_WORDS
from app.review.queries import decisions_on
from app.workflow.journey.request_journey import STATUS_WORDS, STATUSES, Status

Values = dict[str, Value]


def values_of(agency_request: AgencyRequest, kind: LetterKind, actor: Actor, note: str) -> Values:
    """Every placeholder's value; nothing of it names a reviewer or says what is for staff only."""
    agency, office = agency_request.agency, agency_request.office
    common: Values = {
        "agency": agency.name,
        "head": agency_request.signatory_name or agency.head_name,
        "head_title": agency_request.signatory_title or agency.head_title,
        "state": agency.state,
        "number": agency_request.number or "",
        "received": format_date(agency_request.submitted_at),
        "today": format_date(now()),
        "office": office.name if office else "of headquarters",
        "sender": sender_words(agency_request, actor),
        "note": note,
    }
    return common | OWN[kind](agency_request)


def sender_words(agency_request: AgencyRequest, actor: Actor) -> str:
    """Who writes, by role and office: "Coordinator, Dallas, U.S. Immigration and Customs Enforcement"."""
    role = actor.role_for(Permission.LETTER_ISSUE)
    office = agency_request.office.name if agency_request.office else "Headquarters"
    return f"{ROLE_WORDS[role] if role else 'Staff'}, {office}, U.S. Immigration and Customs Enforcement"


def missing_values(agency_request: AgencyRequest, kind: LetterKind) -> str:
    """Why this letter cannot be written now, as a sentence; "" when it can."""
    match kind:
        case LetterKind.INFORMATION if _asked(agency_request) is None:
            return "Ask the agency first: the letter lists what you asked."
        case LetterKind.RECOMMENDATION if issued_recommendation(agency_request.id) is None:
            return "Send the recommendation first: the letter goes with it."
        case LetterKind.DECISION if not STATUSES[agency_request.status].letter_text:
            return "The request is not decided yet."
    return ""


def _acknowledgment(agency_request: AgencyRequest) -> Values:
    return {"status": STATUS_WORDS[agency_request.status]}


def _asked(agency_request: AgencyRequest) -> InformationRequest | None:
    query = select(InformationRequest).where(
        InformationRequest.request_id == agency_request.id, InformationRequest.closed_at.is_(None)
    )
    return db.session.scalar(query.order_by(InformationRequest.asked_at.desc()).limit(1))


def _information(agency_request: AgencyRequest) -> Values:
    asked = _asked(agency_request)
    items = asked.items if asked else []
    return {
        "items": tuple(f"{anchor_words(item)}: {item.sentence}" for item in items),
        "due": format_date(asked.due) if asked else "",
    }


def _recommendation(agency_request: AgencyRequest) -> Values:
    sent = issued_recommendation(agency_request.id)
    if sent is None:
        return {"programs": (), "summary": "", "version": "", "fingerprint": ""}
    return {
        "programs": tuple(CATALOG.label(program["program_key"]) for program in sent.content["programs"]),
        "summary": sent.content["summary"],
        "version": str(sent.version),
        "fingerprint": sent.content_hash,
    }


def _decision(agency_request: AgencyRequest) -> Values:
    status = agency_request.status
    outcome = STATUSES[status].letter_text
    if status is Status.DEFERRED and agency_request.deferred_until:
        outcome += f" We look at it again on {format_date(agency_request.deferred_until)}."
    if status in {Status.DECLINED, Status.DEFERRED}:
        reason = _reason(agency_request, status)
        return {"outcome": outcome, "decisions": (f"The reason: {reason}",) if reason else ()}
    recommendation = issued_recommendation(agency_request.id)
    decided = decisions_on(recommendation) if recommendation else {}
    return {"outcome": outcome, "decisions": tuple(_decided(key, each) for key, each in decided.items())}


def _decided(key: str, decision: object) -> str:
    conditions = f" Conditions: {decision.conditions}" if decision.conditions else ""  # type: ignore[attr-defined] # a Decision
    return f"{CATALOG.label(key)}: {OUTCOME_WORDS[decision.outcome]}. {decision.reason}{conditions}"  # type: ignore[attr-defined] # see above


def _reason(agency_request: AgencyRequest, status: Status) -> str:
    """The reason of the step that led here, as the agency reads it in its timeline."""
    events = audit.history(agency_request.id, [audit.Audience.BOTH])
    return next((event.reason for event in events if event.to_status == status.value), "")


OWN: dict[LetterKind, Callable[[AgencyRequest], Values]] = {
    LetterKind.ACKNOWLEDGMENT: _acknowledgment,
    LetterKind.INFORMATION: _information,
    LetterKind.RECOMMENDATION: _recommendation,
    LetterKind.DECISION: _decision,
}
