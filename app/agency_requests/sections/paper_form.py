"""The request as a form on paper, blank or with what was saved, from the same catalog and forms as the pages."""

from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from app.agency_requests.documents.operations import DOCUMENT_KINDS
from app.agency_requests.models import AgencyRequest, Answer
from app.agency_requests.receipt.receipt_pdf import CERTIFIED
from app.agency_requests.sections.page_forms import FORMS, page_form
from app.agency_requests.sections.queries import saved_answers
from app.agency_requests.sections.section_list import DOCUMENTS, SECTIONS, SectionPage
from app.extensions import now
from app.needs.questions import AnswerBasis, Question, QuestionKind
from app.pdf import set_pdf

LAYOUT = Path(__file__).with_name("paper.typ")
UNSEEN: Final = {"HiddenField", "CSRFTokenField", "SubmitField"}
LONG: Final = 5  # lines left for a text, and for a word
SHORT: Final = 1
Field = dict[str, Any]


def paper_sections(agency_request: AgencyRequest | None) -> list[dict[str, Any]]:
    """Every section with its pages and their fields; without a request all of them are blank."""
    answers = saved_answers(agency_request) if agency_request else {}
    return [
        {
            "title": section.title,
            "pages": [
                {"title": page.title, "fields": _fields(page, agency_request, answers)} for page in section.pages
            ],
        }
        for section in SECTIONS
    ]


def _fields(page: SectionPage, agency_request: AgencyRequest | None, answers: dict[str, Answer]) -> list[Field]:
    if page.questions is not None:
        return [_question(question, answers.get(question.key)) for question in page.questions.questions]
    if page.slug == DOCUMENTS:
        kinds = [{"label": words, "ticked": False} for words in DOCUMENT_KINDS.values()]
        return [_field("Copies that you enclose", choices=kinds)]
    form = page_form(page.slug, agency_request, None) if agency_request else FORMS[page.slug](formdata=None)
    return [_of_form(field) for field in form if field.type not in UNSEEN]


def _question(question: Question, answer: Answer | None) -> Field:
    value = answer.value if answer else None
    given = [str(each) for each in value] if isinstance(value, list) else [] if value is None else [str(value)]
    choices = [{"label": choice.label, "ticked": choice.key in given} for choice in question.choices]
    bases = [
        {"label": basis.label, "ticked": bool(answer and answer.basis == basis)}
        for basis in (AnswerBasis if question.is_number else ())
    ]
    about = [question.hint, f"In {question.unit_words}." if question.is_number and question.unit_words else ""]
    if question.kind is QuestionKind.MULTI:
        about.append("Mark all that apply.")
    return _field(
        question.text,
        " ".join(filter(None, about)),
        choices=choices,
        answer="" if choices or value is None else question.words(value),
        bases=bases,
        has_note=question.needs_note,
        note=answer.note if answer and question.needs_note else "",
    )


def _of_form(field: Any) -> Field:
    if hasattr(field, "iter_choices"):
        offered = [tuple(choice)[:3] for choice in field.iter_choices()]
        ticked = [{"label": str(words), "ticked": bool(is_on)} for value, words, is_on in offered if value]
        return _field(field.label.text, field.description, choices=ticked)
    lines = LONG if field.type == "TextField" else SHORT
    return _field(field.label.text, field.description, answer=str(field.data or ""), lines=lines)


def _field(label: str, about: str = "", **more: Any) -> Field:
    blank = {"choices": [], "answer": "", "bases": [], "has_note": False, "note": "", "lines": SHORT}
    return {"label": label, "about": about} | blank | more


def render_paper_form(agency_request: AgencyRequest | None) -> bytes:
    """The form as a tagged PDF."""
    return _set(agency_request) if agency_request else _blank()


@lru_cache(maxsize=1)
def _blank() -> bytes:
    """The blank form, which is the same until the catalog changes with the next start."""
    return _set(None)


def _set(agency_request: AgencyRequest | None) -> bytes:
    agency = agency_request.agency if agency_request else None
    lead = f"{agency.name}, ORI {agency.ori}" if agency else "Agency: ______________________    ORI: _______________"
    data = {
        "title": "Request for ICE ACCESS assistance",
        "author": "ACCESS Partnership Requests",
        "lead": lead,
        "sections": paper_sections(agency_request),
        "certified": CERTIFIED,
    }
    return set_pdf(LAYOUT, data, at=now())
