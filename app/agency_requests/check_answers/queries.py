"""Everything an agency said, by sections: for checking before it is sent, for the receipt, and later."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from app.accounts.models import Person
from app.agency_requests.documents.operations import DOCUMENT_KINDS
from app.agency_requests.forms import PROGRAM_CHOICES
from app.agency_requests.models import AgencyRequest, Answer
from app.agency_requests.operations import team
from app.agency_requests.sections.queries import (
    applying_answers,
    documents_of,
    letter_of,
    saved_answers,
    saved_content,
    values_of,
)
from app.agency_requests.sections.section_list import (
    AUTHORITY,
    CONTACTS,
    DOCUMENTS,
    ELSE,
    LETTER,
    NEEDS,
    SECTIONS,
    SavedContent,
    SectionPage,
    SectionState,
    asked_on,
    incomplete,
    is_answered,
    open_pages,
    page_state,
    section_state,
    shown_pages,
)
from app.needs.answers import check_all
from app.needs.consistency import contradictions_in
from app.needs.finder_questions import TOPICS
from app.needs.questions import AnswerBasis, Question
from app.policy import Role
from app.text import listed, plural

Row = dict[str, Any]
FROM_FINDER = "From the finder. Open the question and confirm it."
TOPIC_WORDS = {topic.key: topic.label for topic in TOPICS}


def title_of(agency_request: AgencyRequest) -> str:
    """What people call the request by: its most pressing problem."""
    first = next(iter(agency_request.problems), None)
    return TOPIC_WORDS.get(first.topic, "Your request") if first else "Your request"


def heads_of(agency_request: AgencyRequest) -> Sequence[Person]:
    """Who of the agency may certify."""
    return team(agency_request, Role.AGENCY_HEAD)


def sections(agency_request: AgencyRequest) -> list[dict[str, Any]]:
    """Title, state and rows (question, answer, how it is known) of each section that is shown.

    Questions about problems that the agency did not name are left out while nobody answered them.
    """
    saved = saved_content(agency_request)
    parts = [
        {
            "key": section.key,
            "title": section.title,
            "is_complete": section_state(section, saved) is SectionState.COMPLETE,
            "rows": [
                row | {"page": page.slug}
                for page in shown_pages(section, saved)
                if page_state(page, saved) is not SectionState.OPTIONAL
                for row in _rows(page, agency_request)
            ],
        }
        for section in SECTIONS
    ]
    return [part for part in parts if part["rows"]]


def missing(agency_request: AgencyRequest) -> list[dict[str, Any]]:
    """What is left before the request can be sent: each open page with its section, open questions and link."""
    saved = saved_content(agency_request)
    return [
        {"section": section.title, "page": page.title, "left": len(left), "href": href}
        for section in incomplete(saved)
        for page in open_pages(section, saved)
        for left in [_open_fields(page, saved)]
        for href in [_href(agency_request, section.key, page.slug, left[0] if left else "")]
    ]


def _open_fields(page: SectionPage, saved: SavedContent) -> list[str]:
    """The ids of the controls of unanswered questions, so that a link can lead to the first."""
    asked = asked_on(page, saved.answers)
    return [f"{q.key}-0" if q.choices else q.key for q in asked if not is_answered(q.key, saved)]


def _href(agency_request: AgencyRequest, section: str, page: str, name: str) -> str:
    return url_for(
        "agency_requests.section", request_id=agency_request.id, section=section, page=page, _anchor=name or None
    )


def link_to_change(agency_request: AgencyRequest) -> list[dict[str, Any]]:
    """The same, with a link at each row that leads to its question."""
    return [
        part
        | {
            "rows": [
                row | {"href": _href(agency_request, part["key"], row["page"], row.get("name", ""))}
                for row in part["rows"]
            ]
        }
        for part in sections(agency_request)
    ]


def _rows(page: SectionPage, agency_request: AgencyRequest) -> list[Row]:
    if page.questions is None:
        return _form_rows(page.slug, agency_request)
    answers = saved_answers(agency_request)
    return [_answer_row(question, answers.get(question.key)) for question in asked_on(page, values_of(answers))]


def _answer_row(question: Question, answer: Answer | None) -> Row:
    name = f"{question.key}-0" if question.choices else question.key
    if answer is None:
        return {"question": question.text, "answer": "", "change": "Answer", "name": name}
    if answer.changed_by_id is None:
        said = question.words(answer.value)
        return {"question": question.text, "answer": said, "second": FROM_FINDER, "know": True, "name": name}
    basis = AnswerBasis(answer.basis).label if answer.basis and answer.basis != AnswerBasis.UNKNOWN else ""
    return {
        "question": question.text,
        "answer": question.words(answer.value),
        "second": ". ".join(filter(None, (basis, answer.note))),
        "name": name,
    }


def _form_rows(slug: str, r: AgencyRequest) -> list[Row]:
    if slug == NEEDS:
        return _problem_rows(r)
    pairs: Mapping[str, list[tuple[str, str]]] = {
        CONTACTS: [
            ("Contact", ", ".join(filter(None, (r.contact_name, r.contact_title)))),
            ("How to reach them", ", ".join(filter(None, (r.contact_email, r.contact_phone)))),
        ],
        AUTHORITY: [
            ("Who signs for your agency", ", ".join(filter(None, (r.signatory_name, r.signatory_title)))),
            ("What the authority rests on", r.authority_basis),
        ],
        LETTER: [("Request letter", r.letter_text or getattr(letter_of(r), "filename", ""))],
        DOCUMENTS: [(DOCUMENT_KINDS[d.kind], d.filename) for d in documents_of(r)] or [("Documents", "None attached")],
        ELSE: [("Anything else", r.anything_else or "Nothing more")],
    }
    return [{"question": question, "answer": answer} for question, answer in pairs[slug]]


def _problem_rows(agency_request: AgencyRequest) -> list[Row]:
    names = dict(PROGRAM_CHOICES)
    wanted = ", ".join(names[key] for key in agency_request.wanted_programs if key in names)
    choice = {True: "We want your advice", False: wanted, None: ""}[agency_request.wants_advice]
    rows = [
        {
            "question": f"Problem {problem.rank}",
            "answer": TOPIC_WORDS.get(problem.topic, problem.topic),
            "second": problem.sentence,
        }
        for problem in agency_request.problems
    ] or [{"question": "Problems", "answer": ""}]
    return [
        *rows,
        {"question": "What you want to achieve", "answer": agency_request.objectives_text or "Not said in words"},
        {"question": "Programs or advice", "answer": choice},
    ]


def contradictions(agency_request: AgencyRequest) -> list[str]:
    """Answers that contradict each other, as sentences; they stop nothing."""
    values = {key: value for key, value in values_of(applying_answers(agency_request)).items() if value is not None}
    return [found.sentence for found in contradictions_in(check_all(values))]


def unconfirmed(agency_request: AgencyRequest) -> str:
    """How many numbers are estimates and how many are unknown, as a sentence; nothing when all are measured."""
    bases = [answer.basis for answer in applying_answers(agency_request).values()]
    estimates, unknown = bases.count(AnswerBasis.ESTIMATED), bases.count(AnswerBasis.UNKNOWN)
    said = [
        plural(estimates, "answer is an estimate", "answers are estimates") if estimates else "",
        plural(unknown, "answer is not known", "answers are not known") if unknown else "",
    ]
    words = listed(filter(None, said))
    return f"{words}." if words else ""
