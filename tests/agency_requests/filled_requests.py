"""Fills in a draft page by page, as an officer would; the numbers are made up."""

from typing import Any

from app.agency_requests import operations
from app.agency_requests.models import AgencyRequest
from app.agency_requests.sections import queries
from app.agency_requests.sections.question_forms import GivenAnswer
from app.agency_requests.sections.section_list import SECTIONS, asked_on
from app.agency_requests.submission import submit
from app.needs.answers import check
from app.needs.questions import Question, QuestionKind
from app.policy import Actor

ANSWERS: dict[str, Any] = {
    "agency_type": "sheriff",
    "state_law_immigration": "permits",
    "state_law_customs": "permits",
    "governing_body": "none_required",
    "existing_agreements": ["none"],
    "equitable_sharing_certification": "current",
    "nlets_access": "yes",
    "population_served": 410_000,
    "sworn_officers": 420,
    "officers_nominable": 30,
    "jail_operated": "yes",
    "jail_bookings": 12_000,
    "jail_foreign_born_bookings": 2_300,
    "jail_screened_percent": 35,
    "jail_interview_wait_hours": 40,
    "jail_interview_space": "yes",
    "jail_foreign_born_serious_percent": 41,
    "civil_rights_finding": "none",
    "complaint_process": "yes",
    "offence_focus": ["serious_violent"],
    "objectives": ["identify_removable_in_custody"],
    "secure_room": "yes",
}


def answer_for(question: Question, answers: dict[str, Any]) -> GivenAnswer:
    """The answer given, or "we do not know" where there is none."""
    note = "Example Code 1.01" if question.needs_note else ""
    if question.key in answers:
        return GivenAnswer(check(question.key, answers[question.key]), "measured" if question.is_number else "", note)
    if question.is_number:
        return GivenAnswer(None, "unknown", note)
    if question.kind is QuestionKind.DATE:
        return GivenAnswer("2027-01-15", "", note)
    if question.kind is QuestionKind.MULTI:
        return GivenAnswer(check(question.key, [question.choice_keys[0]]), "", note)
    return GivenAnswer("unknown" if "unknown" in question.choice_keys else question.choice_keys[-1], "", note)


def fill(agency_request: AgencyRequest, officer: Actor, answers: dict[str, Any] | None = None) -> None:
    """Everything a request needs before it can be sent; does not commit."""
    answers = ANSWERS if answers is None else answers
    agency_request.contact_name, agency_request.contact_title = "Alex Doe", "Captain"
    agency_request.contact_email, agency_request.contact_phone = "alex@example.gov", "+1 512-555-0100"
    agency_request.signatory_name, agency_request.signatory_title = "Robin Roe", "Sheriff"
    agency_request.authority_basis = "The Sheriff is an elected officer under the state constitution."
    agency_request.letter_text = "We ask for assistance under ICE ACCESS."
    agency_request.wants_advice = True
    agency_request.documents_seen = agency_request.anything_else_seen = True
    operations.rank_problems(agency_request, officer, [("jail", "Most bookings are not screened.")])
    for section in SECTIONS:
        for page in section.pages:
            given = {key: value.value for key, value in queries.saved_answers(agency_request).items()}
            asked = asked_on(page, given)
            operations.save_answers(agency_request, officer, {q.key: answer_for(q, answers) for q in asked})


def send(agency_request: AgencyRequest, head: Actor) -> None:
    """Sends the request as the agency head who just read it; does not commit."""
    shown = queries.certified_content(agency_request)
    submit(agency_request, head, certified=True, expected_version=agency_request.version, shown=shown)
