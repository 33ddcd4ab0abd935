"""What an officer of the demonstration writes into a request."""

from typing import Any

from app.agency_requests import operations
from app.agency_requests.models import AgencyRequest
from app.agency_requests.sections.queries import saved_answers
from app.agency_requests.sections.question_forms import GivenAnswer
from app.agency_requests.sections.section_list import SECTIONS, asked_on
from app.demo.places import Place
from app.needs.answers import check
from app.needs.questions import Question, QuestionKind
from app.policy import Actor


def fill_in(agency_request: AgencyRequest, place: Place, officer: Actor) -> None:
    """Everything that a request needs before it is certified."""
    _write(agency_request, place, officer)
    for section in SECTIONS:
        for page in section.pages:
            given = {key: answer.value for key, answer in saved_answers(agency_request).items()}
            answers = {question.key: _given(question, place.told) for question in asked_on(page, given)}
            operations.save_answers(agency_request, officer, answers)


def _write(agency_request: AgencyRequest, place: Place, officer: Actor) -> None:
    agency_request.signatory_name, agency_request.signatory_title = place.head
    agency_request.authority_basis = (
        "Made up for the demonstration: the head of the agency may bind it under its charter."
    )
    agency_request.letter_text = f"{place.name} asks for assistance under ICE ACCESS. (Made up for the demonstration.)"
    agency_request.objectives_text = "Fewer serious offenses whose tie across the border nobody follows up."
    agency_request.wants_advice = agency_request.documents_seen = agency_request.anything_else_seen = True
    topics = ("jail", "encounters") if place.answers.get("jail_operated") == "yes" else ("border", "money")
    operations.rank_problems(agency_request, officer, [(topic, "It takes more time than we have.") for topic in topics])


def _given(question: Question, answers: dict[str, Any]) -> GivenAnswer:
    note = "Made up: Example Code 1.01" if question.needs_note else ""
    if question.key in answers:
        basis = ("measured" if len(question.key) % 3 else "estimated") if question.is_number else ""
        return GivenAnswer(check(question.key, answers[question.key]), basis, note)
    if question.is_number:
        return GivenAnswer(None, "unknown", note)
    if question.kind is QuestionKind.DATE:
        return GivenAnswer("2027-03-01", "", note)
    if question.kind is QuestionKind.MULTI:
        return GivenAnswer(check(question.key, [question.choice_keys[0]]), "", note)
    return GivenAnswer("unknown" if "unknown" in question.choice_keys else question.choice_keys[-1], "", note)
