"""Everything about one request, gathered for the staff's case page and for the agency's status page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import select

from app.agency_requests.models import AgencyRequest, AnswerChange, Document
from app.agency_requests.recipients import people_named, recipients
from app.agreements.models import Agreement
from app.agreements_in_force.models import AgreementInForce
from app.agreements_in_force.queries import of_agency
from app.assessment.meetings.operations import upcoming_meetings
from app.assessment.models import ConfirmedAnswer, Meeting, PlannedMeeting, Recommendation, RecommendedProgram
from app.assessment.queries import issued_recommendation
from app.cases.case_page.advice import AdviceState, advice_by_status
from app.cases.case_page.case_durations import Durations, durations
from app.cases.case_page.headline import own_task, task_address, waiting_words
from app.cases.case_page.information_history import (
    AskedTogether,
    ChangedAnswer,
    changed_since_submission,
    changed_values,
    documents_with_marks,
    information_of,
)
from app.cases.case_page.timeline import timeline
from app.cases.related.operations import RelatedRequests, related_requests
from app.deadlines.business_days import Closed
from app.extensions import db
from app.intake.assignment.operations import must_declare
from app.intake.information_requests.operations import changes_since_submission
from app.letters.models import Letter
from app.letters.operations import letters_of
from app.messages.queries import Conversations, conversations
from app.needs.questions import GROUPS, AnswerBasis, applicable
from app.notifications.notices import RecipientGroup
from app.policy import Actor, Permission, allows
from app.programs.catalog import CATALOG
from app.review.concurrence import ANSWER_WORDS
from app.review.decisions import OUTCOME_WORDS
from app.review.evidence import opinion_rows
from app.review.models import Concurrence
from app.review.queries import concurrence_of, decisions_on
from app.workflow import engine
from app.workflow.clocks.operations import clocks_of
from app.workflow.clocks.targets import closed_days
from app.workflow.journey.agreement_journey import AGREEMENT_STATUS_WORDS
from app.workflow.journey.journeys import way_on
from app.workflow.journey.request_journey import Status
from app.workflow.journey.steps import Step
from app.workflow.models import StageClock
from app.workflow.step_checklist import Line, step_checklist
from app.workflow.step_pages import step_links


@dataclass(frozen=True)
class ProgramSummary:
    """A recommended program with the agency's answer and the decision on it, in words; "" for what is not there yet."""

    name: str
    reason: str
    departure: str
    score: float | str
    answer: str
    comment: str
    decision: str
    decision_reason: str
    conditions: str


@dataclass(frozen=True)
class AgreementLink:
    """An agreement of the request: where it is, and its page."""

    name: str
    status: str
    number: str
    href: str


@dataclass(frozen=True)
class CasePage:
    """What the staff's case page shows, ready to arrange."""

    answers: list[tuple[str, list[dict[str, Any]]]]
    changes: dict[str, AnswerChange]
    documents: list[tuple[Document, str]]
    information: list[AskedTogether]
    changed: list[ChangedAnswer]
    meetings: Sequence[Meeting]
    planned: Sequence[PlannedMeeting]
    letters: Sequence[Letter]
    must_declare: bool
    closed: Closed  # days on which its office is closed
    reaches_agency: bool  # whether anybody of the agency has an account that can act
    confirmed: int
    recommendation: Recommendation | None
    programs: list[ProgramSummary]
    concurrence: Concurrence | None
    opinions: list[dict[str, str]]
    agreements: list[AgreementLink]
    in_force: Sequence[AgreementInForce]
    people: list[tuple[str, Any]]
    beside: RelatedRequests
    checks: list[AdviceState]
    clocks: Sequence[StageClock]
    talk: Conversations
    timeline: list[dict[str, str]]
    checklist: list[Line]
    acts: list[tuple[str, str]]


def case_page(agency_request: AgencyRequest, actor: Actor) -> CasePage:
    """The case as this member of staff sees it."""
    key = agency_request.id
    recommendation = issued_recommendation(key)
    changes = changes_since_submission(key)
    information = information_of(agency_request, actor)
    reads_opinions = allows(actor, Permission.OPINION_READ, agency_request)
    confirmed = {row.key: row for row in _all(select(ConfirmedAnswer).where(ConfirmedAnswer.request_id == key))}
    return CasePage(
        answers=_answers(agency_request, changes, confirmed),
        changes=changes,
        documents=documents_with_marks(agency_request, information),
        information=information,
        changed=changed_values(changes),
        closed=closed_days(agency_request.office_ids),
        reaches_agency=bool(recipients(agency_request, RecipientGroup.AGENCY, actor)),
        meetings=_all(select(Meeting).where(Meeting.request_id == key).order_by(Meeting.held_on, Meeting.at)),
        planned=upcoming_meetings(key),
        letters=letters_of(key),
        must_declare=must_declare(agency_request, actor),
        confirmed=len(confirmed),
        recommendation=recommendation,
        programs=_programs(recommendation),
        concurrence=concurrence_of(recommendation) if recommendation else None,
        opinions=opinion_rows(recommendation) if recommendation and reads_opinions else [],
        agreements=agreements_of(agency_request),
        in_force=of_agency(agency_request.agency_id),
        people=people_named(agency_request),
        checks=advice_by_status(agency_request).get(agency_request.status, []),
        beside=related_requests(agency_request, actor),
        clocks=clocks_of([key]),
        talk=conversations(agency_request, actor),
        timeline=timeline(key, actor, opinions=reads_opinions),
        checklist=step_checklist(forward_step(agency_request), agency_request, actor),
        acts=available_actions(agency_request, actor),
    )


def _all(query: Any) -> Sequence[Any]:
    return db.session.scalars(query).all()


def _answers(
    agency_request: AgencyRequest, changes: dict[str, AnswerChange], confirmed: dict[str, ConfirmedAnswer]
) -> list[tuple[str, list[dict[str, Any]]]]:
    """By group of questions: question, answer, how it is known, and what it was before it changed."""
    given = {answer.key: answer for answer in agency_request.answers}
    asked = {question.key for question in applicable({key: answer.value for key, answer in given.items()})}
    found = []
    for group in (group for group in GROUPS if group.asked_of == "agency"):
        rows = []
        for question in (q for page in group.pages for q in page.questions if q.key in asked and q.key in given):
            answer, sure = given[question.key], confirmed.get(question.key)
            rows.append(
                {
                    "question": question.text,
                    "answer": question.words(answer.value),
                    "second": _how_known(answer.basis, answer.note, question.words(sure.value) if sure else ""),
                    "know": bool(sure and sure.value != answer.value),
                    "was": question.words(changes[question.key].was) if question.key in changes else "",
                }
            )
        if rows:
            found.append((group.title, rows))
    return found


def _how_known(basis: str, note: str, confirmed: str) -> str:
    parts = [AnswerBasis(basis).label if basis else "", note, f"Assessed: {confirmed}" if confirmed else ""]
    return ". ".join(part.rstrip(".") for part in parts if part)


def _programs(recommendation: Recommendation | None) -> list[ProgramSummary]:
    """Each recommended program with the agency's answer and the decision on it."""
    if recommendation is None:
        return []
    answered = concurrence_of(recommendation)
    answers = {answer.program_key: answer for answer in answered.answers} if answered else {}
    decisions = decisions_on(recommendation)
    scores = {
        ":".join(filter(None, (entry["program"], entry["model"]))): entry["score"]
        for entry in recommendation.ranking.get("programs", ())
    }

    def summary(program: RecommendedProgram) -> ProgramSummary:
        key = program.program_key
        answer, decision = answers.get(key), decisions.get(key)
        return ProgramSummary(
            name=CATALOG.label(key),
            reason=program.reason,
            departure=program.departure,
            score=scores.get(key, ""),
            answer=ANSWER_WORDS[answer.answer] if answer else "",
            comment=answer.comment if answer else "",
            decision=OUTCOME_WORDS[decision.outcome] if decision else "",
            decision_reason=decision.reason if decision else "",
            conditions=decision.conditions if decision else "",
        )

    return [summary(program) for program in recommendation.programs]


def agreements_of(agency_request: AgencyRequest) -> list[AgreementLink]:
    """The agreements of this request, the first one first."""
    query = select(Agreement).where(Agreement.request_id == agency_request.id)
    return [
        AgreementLink(
            name=CATALOG.label(agreement.program_key),
            status=AGREEMENT_STATUS_WORDS[agreement.status],
            number=agreement.number or "",
            href=url_for("agreements.show", agreement_id=agreement.id),
        )
        for agreement in _all(query.order_by(Agreement.created_at, Agreement.id))
    ]


def forward_step(agency_request: AgencyRequest) -> Step | None:
    """The step that leads on from here, whoever takes it."""
    return way_on(agency_request.machine, agency_request.status)


def available_actions(agency_request: AgencyRequest, actor: Actor) -> list[tuple[str, str]]:
    """What else this person may do now, besides the task in the head: the words and the page."""
    task = own_task(agency_request, actor)
    offered = engine.offered_steps(agency_request, actor)
    return step_links(offered, agency_request, actor, besides=task_address(task, agency_request) if task else "")


@dataclass(frozen=True)
class StatusPage:
    """What the agency's status page shows."""

    information: list[AskedTogether]
    programs: list[ProgramSummary]
    concurrence: Concurrence | None
    agreements: list[AgreementLink]
    documents: list[tuple[Document, str]]
    planned: Sequence[PlannedMeeting]
    letters: Sequence[Letter]
    office: str  # whose work it is; empty until it is routed
    changed: list[ChangedAnswer]
    talk: Conversations
    timeline: list[dict[str, str]]
    acts: list[tuple[str, str]]
    waiting: str
    time: Durations


def status_page(agency_request: AgencyRequest, actor: Actor) -> StatusPage:
    """The request as its agency sees it: nothing that is for staff only."""
    recommendation = issued_recommendation(agency_request.id)
    information = information_of(agency_request, actor)
    return StatusPage(
        information=information,
        programs=_programs(recommendation) if agency_request.status != Status.IN_ASSESSMENT else [],
        concurrence=concurrence_of(recommendation) if recommendation else None,
        agreements=agreements_of(agency_request),
        documents=documents_with_marks(agency_request, information),
        planned=upcoming_meetings(agency_request.id),
        letters=letters_of(agency_request.id),
        office=agency_request.office.name if agency_request.office else "",
        changed=changed_since_submission(agency_request),
        talk=conversations(agency_request, actor),
        timeline=timeline(agency_request.id, actor),
        acts=available_actions(agency_request, actor),
        waiting=waiting_words(agency_request.status, actor),
        time=durations(agency_request),
    )
