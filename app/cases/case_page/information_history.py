"""What ICE asked back and what became of it, for both sides' pages: items with their states, and what changed."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.agency_requests.models import AgencyRequest, AnswerChange, Document
from app.extensions import db
from app.intake.information_requests.operations import anchor_words, changes_since_submission
from app.intake.models import InformationItem, InformationRequest
from app.needs.questions import QUESTIONS
from app.policy import Actor, Permission, Side, allows
from app.workflow import engine
from app.workflow.journey.request_journey import Status

STATE_WORDS = {"open": "Not answered", "answered": "Answered", "asked_again": "Asked again", "accepted": "Accepted"}
ONE_OF_A_KIND = {"letter", "resolution"}  # a newer one takes the place of an older one
ASKING = {Status.IN_INTAKE, Status.IN_ASSESSMENT}


@dataclass(frozen=True)
class AskedItem:
    """One thing that was asked, with its answer as far as the reader sees it; the documents they do not see by key."""

    id: uuid.UUID
    about: str
    sentence: str
    due: date | None
    again_because: str
    state: str
    words: str
    answer: str
    documents: Sequence[Document]
    unseen: Sequence[uuid.UUID]
    may_settle: bool


@dataclass(frozen=True)
class AskedTogether:
    """What ICE asked at one time."""

    asked_at: datetime
    due: date
    is_open: bool
    outcome: str
    items: Sequence[AskedItem]


@dataclass(frozen=True)
class ChangedAnswer:
    """A question whose answer is another than was sent: both in words."""

    question: str
    was: str
    became: str
    at: datetime


def information_of(agency_request: AgencyRequest, actor: Actor) -> list[AskedTogether]:
    """Every time ICE asked back, newest first; staff read an answer once it is sent."""
    query = select(InformationRequest).where(InformationRequest.request_id == agency_request.id)
    rows = db.session.scalars(
        query.options(selectinload(InformationRequest.items)).order_by(
            InformationRequest.asked_at.desc(), InformationRequest.id
        )
    )
    may_settle = (
        allows(actor, Permission.REQUEST_ASK, agency_request)
        and agency_request.status in ASKING
        and not engine.recusal_of(agency_request, actor)
    )
    return [_asked(row, actor, may_settle=may_settle) for row in rows]


def _asked(row: InformationRequest, actor: Actor, *, may_settle: bool) -> AskedTogether:
    is_open = row.closed_at is None
    is_seen = actor.side is Side.AGENCY or row.outcome == "answered"
    return AskedTogether(
        asked_at=row.asked_at,
        due=row.due,
        is_open=is_open,
        outcome=row.outcome,
        items=[_item(item, is_seen=is_seen, may_settle=may_settle and not is_open) for item in row.items],
    )


def _item(item: InformationItem, *, is_seen: bool, may_settle: bool) -> AskedItem:
    state = item.state if is_seen else "open"
    return AskedItem(
        id=item.id,
        about=anchor_words(item),
        sentence=item.sentence,
        due=item.due,
        again_because=item.again_because,
        state=state,
        words=STATE_WORDS[state],
        answer=item.answer if is_seen else "",
        documents=item.attached if is_seen else [],
        unseen=[] if is_seen else [document.id for document in item.attached],
        may_settle=may_settle and state == "answered",
    )


def changed_values(changes: Mapping[str, AnswerChange]) -> list[ChangedAnswer]:
    """Each question whose answer changed since the request was sent: old and new, in words."""
    return [
        ChangedAnswer(
            question=QUESTIONS[key].short,
            was=QUESTIONS[key].words(change.was),
            became=QUESTIONS[key].words(change.became),
            at=change.at,
        )
        for key, change in changes.items()
        if key in QUESTIONS
    ]


def changed_since_submission(agency_request: AgencyRequest) -> list[ChangedAnswer]:
    """The same for the agency's page."""
    return changed_values(changes_since_submission(agency_request.id))


def documents_with_marks(
    agency_request: AgencyRequest, information: Sequence[AskedTogether]
) -> list[tuple[Document, str]]:
    """The documents these readers may see, each with what happened to it since the request was sent.

    `information` is what information_of gave them.
    """
    items = [item for asked in information for item in asked.items]
    answering = {document.id for item in items for document in item.documents}
    unseen = {key for item in items for key in item.unseen}
    shown = [d for d in agency_request.documents if d.removed_at is None and d.id not in unseen]
    newest = {d.kind: d for d in shown if d.kind in ONE_OF_A_KIND and d.id in answering}
    return [(d, _mark(d, newest.get(d.kind), d.id in answering)) for d in shown]


def _mark(document: Document, newest: Document | None, is_new: bool) -> str:
    if newest is not None and newest.id != document.id:
        return f"Replaced by {newest.filename}"
    return "New since the request was sent" if is_new else ""
