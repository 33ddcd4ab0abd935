"""Everything an agency said, by sections: for checking before it is sent, for the receipt, and later."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from app.intake.filing import documents_of, filled, saved_answers
from app.intake.forms import ENTRIES
from app.intake.information import DOCUMENT_KINDS
from app.intake.models import AgencyRequest
from app.intake.tasklist import (
    AUTHORITY,
    CONTACTS,
    DOCUMENTS,
    ELSE,
    LETTER,
    NEEDS,
    SECTIONS,
    SectionPage,
    State,
    applies,
    asked_on,
    page_state,
    section_state,
)
from app.needs.answers import check_all
from app.needs.contradictions import warnings
from app.needs.finder import TOPICS
from app.needs.questions import Basis

Row = dict[str, Any]
TOPIC_WORDS = {topic.key: topic.label for topic in TOPICS}


def sections(agency_request: AgencyRequest) -> list[dict[str, Any]]:
    """Title, state and rows (question, answer, how it is known, link to change it) of each section."""
    saved = filled(agency_request)
    return [
        {
            "key": section.key,
            "title": section.title,
            "is_complete": section_state(section, saved) is State.COMPLETE,
            "rows": [
                row
                | {"href": url_for("intake.section", request_id=agency_request.id, section=section.key, page=page.slug)}
                for page in section.pages
                if applies(page, saved) and page_state(page, saved) is not State.OPTIONAL
                for row in _rows(page, agency_request)
            ],
        }
        for section in SECTIONS
    ]


def without_links(agency_request: AgencyRequest) -> list[dict[str, Any]]:
    """The same, to read only: what was sent can no longer be changed."""
    return [
        part | {"rows": [{key: value for key, value in row.items() if key != "href"} for row in part["rows"]]}
        for part in sections(agency_request)
    ]


def _rows(page: SectionPage, agency_request: AgencyRequest) -> list[Row]:
    if page.questions is None:
        return _form_rows(page.slug, agency_request)
    answers = saved_answers(agency_request)
    rows = []
    for question in asked_on(page, {key: answer.value for key, answer in answers.items()}):
        answer = answers.get(question.key)
        basis = Basis(answer.basis).label if answer and answer.basis and answer.basis != Basis.UNKNOWN else ""
        rows.append(
            {
                "question": question.text,
                "answer": question.words(answer.value) if answer else "",
                "second": ". ".join(filter(None, (basis, answer.note if answer else ""))),
                "know": bool(answer and answer.basis in {Basis.ESTIMATED, Basis.UNKNOWN}),
            }
        )
    return rows


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
        LETTER: [("Request letter", r.letter_text or _letter_file(r))],
        DOCUMENTS: [(DOCUMENT_KINDS[d.kind], d.filename) for d in documents_of(r)] or [("Documents", "None attached")],
        ELSE: [("Anything else", r.anything_else or "Nothing more")],
    }
    return [{"question": question, "answer": answer} for question, answer in pairs[slug]]


def _letter_file(agency_request: AgencyRequest) -> str:
    return next((d.filename for d in documents_of(agency_request) if d.kind == "letter"), "")


def _problem_rows(agency_request: AgencyRequest) -> list[Row]:
    names = dict(ENTRIES)
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


def doubts(agency_request: AgencyRequest) -> list[str]:
    """Answers that contradict each other, as sentences; they stop nothing."""
    values = {key: answer.value for key, answer in saved_answers(agency_request).items() if answer.value is not None}
    return [found.sentence for found in warnings(check_all(values))]


def counts(agency_request: AgencyRequest) -> dict[str, int]:
    """How many numbers are measured, estimated and unknown."""
    bases = [answer.basis for answer in saved_answers(agency_request).values()]
    return {basis.value: bases.count(basis.value) for basis in Basis}
