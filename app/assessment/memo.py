"""The recommendation as a memo to file: a tagged PDF whose words are data, never markup."""

from datetime import date
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select

from app.agency_requests.models import AgencyRequest
from app.assessment.models import ConfirmedAnswer, Recommendation
from app.assessment.recommendation.snapshot import Content, content_hash_of, content_of
from app.extensions import db, now
from app.filters import format_date
from app.needs.gates import Availability
from app.needs.keys import ProgramKey
from app.needs.questions import QUESTIONS
from app.pdf import set_pdf
from app.programs.catalog import CATALOG

LAYOUT = Path(__file__).with_name("memo.typ")
NOT_CONFIRMED = "The agency's answer, not confirmed"
Memo = dict[str, Any]


def memo_of(agency_request: AgencyRequest, recommendation: Recommendation) -> Memo:
    """Everything the memo says, in words; of an issued recommendation exactly what was sent."""
    content = recommendation.content if recommendation.issued_at else content_of(recommendation)
    entries = {str(ProgramKey(row["program"], row["model"])): row for row in content["ranking"]["programs"]}
    return {
        "title": f"Recommendation on request {agency_request.number}",
        "request": _request(agency_request, recommendation, content),
        "summary": content["summary"],
        "programs": [
            _program(program, entries.get(program["program_key"]), _worksheet(agency_request))
            for program in content["programs"]
        ],
        "ranking": [_ranked(place, key, row) for place, (key, row) in enumerate(entries.items(), start=1)],
        "plan": [_planned(line) for line in content["plan"]],
        "answers": _answers(agency_request, content),
        "inferred": CATALOG.scores.rules.inferred,
    }


def agency_memo_of(agency_request: AgencyRequest, recommendation: Recommendation) -> Memo:
    """The memo for the agency: without who confirms what at ICE, and where the assessor looked."""
    memo = memo_of(agency_request, recommendation)
    programs = [program | {"confirmation": ""} for program in memo["programs"]]
    confirmed = {question for question, _, source in memo["answers"] if source != NOT_CONFIRMED}
    answers = [
        [question, value, "Confirmed by the assessor" if question in confirmed else NOT_CONFIRMED]
        for question, value, _ in memo["answers"]
    ]
    return memo | {"programs": programs, "answers": answers}


def _request(agency_request: AgencyRequest, recommendation: Recommendation, content: Content) -> dict[str, str]:
    agency, office = agency_request.agency, agency_request.office
    issued = recommendation.issued_at
    return {
        "Agency": f"{agency.name}, {agency.state}",
        "ORI": agency.ori,
        "Request": f"{agency_request.number}, submitted {format_date(agency_request.submitted_at)}",
        "Assessed by": f"An assessor of {office.name}" if office else "An assessor",
        "Version": f"{recommendation.version}, " + (f"sent {format_date(issued)}" if issued else "draft, not sent"),
        "Catalog version": content["ranking"]["catalogue_version"],
        "Fingerprint": recommendation.content_hash if issued else content_hash_of(content),
    }


def _worksheet(agency_request: AgencyRequest) -> str:
    """Where each answer stands with both values and its source, for who sees the case."""
    return f"{current_app.config['BASE_URL']}/cases/{agency_request.id}/worksheet"


def _program(program: Content, ranked: Content | None, worksheet: str) -> Content:
    gates = ranked["gates"] if ranked else []
    return program | {
        "name": CATALOG.label(program["program_key"]),
        "score": f"{ranked['score']:.1f}" if ranked else "",
        "reasons": [
            {"words": f"{each['contribution']:+.1f}  {each['reason']}", "href": f"{worksheet}#row-{each['key']}"}
            for each in (ranked["reasons"] if ranked else [])
        ],
        "gates": [{"result": GATE_WORDS[gate["result"]], "reason": gate["reason"]} for gate in gates],
    }


def _planned(line: Content) -> Content:
    return line | {"program": CATALOG.label(line["program_key"]), "due": format_date(date.fromisoformat(line["due"]))}


GATE_WORDS = {"pass": "Holds", "unknown": "To confirm", "fail": "Stands in the way"}


def _ranked(place: int, key: str, row: Content) -> list[str]:
    available = Availability(row["availability"]).label
    return [
        str(place),
        CATALOG.label(key),
        available,
        f"{row['score']:.1f}",
        f"{row['up_to']:.1f}",
        f"{row['coverage']:.0%}",
    ]


def _answers(agency_request: AgencyRequest, content: Content) -> list[list[str]]:
    query = select(ConfirmedAnswer).where(ConfirmedAnswer.request_id == agency_request.id)
    sources = {row.key: row.source for row in db.session.scalars(query)}
    return [
        [question.short, question.words(content["values"][key]), sources.get(key, NOT_CONFIRMED)]
        for key, question in QUESTIONS.items()
        if key in content["values"]
    ]


def render(memo: Memo) -> bytes:
    """The memo as PDF/UA-1 and PDF/A-3a. Words reach the template as data, so nothing in them is ever markup."""
    return set_pdf(LAYOUT, memo, at=now())
