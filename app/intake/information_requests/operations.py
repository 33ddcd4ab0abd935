"""ICE asks the agency back by items; the agency answers them one by one, and the case goes on where it stood."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.agency_requests.documents.operations import DOCUMENT_KINDS, hashes_of, store_document
from app.agency_requests.models import AgencyRequest, Answer, AnswerChange, Document
from app.agency_requests.sections.queries import documents_of
from app.extensions import db, now
from app.filters import format_date
from app.intake.models import InformationItem, InformationRequest, ItemDocument
from app.intake.operations import open_information_request
from app.needs.answers import check
from app.needs.questions import QUESTIONS, AnswerBasis
from app.policy import Actor, Permission, allows
from app.text import plural
from app.uploads.inspected_file import InspectedFile
from app.workflow import engine
from app.workflow.journey.facts import Inputs
from app.workflow.journey.request_journey import Action, Status
from app.workflow.refusals import RefusalKind, StepRefused, not_found

ANSWERED = "answered"  # the outcome of what was asked back, once the agency sent its answers


@dataclass(frozen=True)
class NewItem:
    """One thing asked: tied to a question by its key or to a kind of document."""

    anchor_kind: str
    anchor_key: str
    sentence: str
    due: date | None = None  # where it differs from the date of the whole
    again_because: str = ""

    @property
    def told(self) -> str:
        """The item as the mail says it."""
        dated = f" (by {format_date(self.due)})" if self.due else ""
        again = f" We ask again: {self.again_because}" if self.again_because else ""
        return f"- {self.sentence}{dated}{again}"


def ask_information(
    agency_request: AgencyRequest, actor: Actor, items: Sequence[NewItem], due: date | None, *, expected_version: int
) -> InformationRequest | None:
    """Asks the agency for these items by a date; the stage's clock stands still until they are answered."""
    engine.check_step(Action.REQUEST_INFORMATION, agency_request, actor, expected_version=expected_version)
    asked = None
    if due is not None:
        asked = InformationRequest(request_id=agency_request.id, asked_by_id=actor.id, due=due)
        asked.items = [
            InformationItem(
                position=n,
                anchor_kind=i.anchor_kind,
                anchor_key=i.anchor_key,
                sentence=i.sentence,
                due=i.due,
                again_because=i.again_because,
            )
            for n, i in enumerate(items, start=1)
        ]
        db.session.add(asked)
    engine.take_step(
        Action.REQUEST_INFORMATION,
        agency_request,
        actor,
        expected_version=expected_version,
        note=f": {plural(len(items), 'item', 'items')}",
        due=due,
        mail={"items": "\n".join(item.told for item in items), "due": format_date(due)},
    )
    return asked


def anchor_words(item: InformationItem) -> str:
    """What an item is tied to, in words."""
    if item.anchor_kind == "document":
        return DOCUMENT_KINDS.get(item.anchor_key, "Document")
    question = QUESTIONS.get(item.anchor_key)
    return question.text if question else "Question"


def find_item(agency_request: AgencyRequest, item_id: uuid.UUID) -> InformationItem:
    """An item that is open to answer now, or StepRefused as not found."""
    asked = open_information_request(agency_request.id)
    found = next((item for item in asked.items if item.id == item_id), None) if asked else None
    if found is None:
        raise not_found(agency_request.id)
    return found


def answer_item(agency_request: AgencyRequest, actor: Actor, item: InformationItem, text: str) -> None:
    """Saves the agency's answer to one item; nothing is sent yet."""
    _refuse_unless_asked(agency_request, actor)
    item.answer, item.answered_at, item.answered_by_id = text, now(), actor.id


def attach_to_item(agency_request: AgencyRequest, actor: Actor, item: InformationItem, file: InspectedFile) -> Document:
    """Keeps a file with the answer to one item: of the kind asked for, or a supporting one."""
    _refuse_unless_asked(agency_request, actor)
    kind = item.anchor_key if item.anchor_kind == "document" else "supporting"
    document = store_document(agency_request, actor, kind, file)
    item.documents.append(document)
    return document


def remove_from_item(
    agency_request: AgencyRequest, actor: Actor, item: InformationItem, document_id: uuid.UUID
) -> Document:
    """Takes a file off an answer that was not sent yet; not found when the item has no such file."""
    _refuse_unless_asked(agency_request, actor)
    found = next((document for document in item.attached if document.id == document_id), None)
    if found is None:
        raise not_found(agency_request.id)
    found.removed_at = now()
    if not item.answer and not item.attached:
        item.answered_at = None
    return found


def change_answer(
    agency_request: AgencyRequest, actor: Actor, item: InformationItem, value: Any, *, basis: str, note: str
) -> None:
    """Notes a new value for the question an item is tied to; it counts once the answers are sent. Raises BadAnswer."""
    _refuse_unless_asked(agency_request, actor)
    if item.anchor_kind != "question":
        raise StepRefused(
            RefusalKind.NOT_YOUR_JOB, ["Only what was asked is open to change."], case_id=agency_request.id
        )
    known = None if value is None else check(item.anchor_key, value)
    item.new_value = list(known) if isinstance(known, tuple) else known
    item.new_basis, item.new_note = basis, note


def send_answers(agency_request: AgencyRequest, actor: Actor, *, expected_version: int) -> None:
    """Sends the answers back, with the new values: to the same people, at the same place in the queue."""
    engine.take_step(
        Action.ANSWER,
        agency_request,
        actor,
        expected_version=expected_version,
        details={"files": hashes_of(documents_of(agency_request))},
    )
    asked = open_information_request(agency_request.id)
    for item in asked.items if asked else ():
        if item.new_value is not None or item.new_basis == AnswerBasis.UNKNOWN:
            _change(agency_request, actor, item)
    _close(agency_request, "answered")


def _change(agency_request: AgencyRequest, actor: Actor, item: InformationItem) -> None:
    """Writes the new value of a question, and keeps what it was."""
    row = db.session.get(Answer, (agency_request.id, item.anchor_key))
    row = row or Answer(request_id=agency_request.id, key=item.anchor_key)
    if row.value != item.new_value:
        change = AnswerChange(
            request_id=agency_request.id, key=item.anchor_key, was=row.value, became=item.new_value, by_id=actor.id
        )
        db.session.add(change)
    row.value, row.basis, row.note = item.new_value, item.new_basis, item.new_note
    row.changed_by_id = actor.id
    db.session.add(row)


def on_recalling(agency_request: AgencyRequest, actor: Actor, inputs: Inputs) -> None:
    """Closes the questions that were open, if it is they that are taken back."""
    _close(agency_request, "recalled")


def changes_since_submission(request_id: uuid.UUID) -> dict[str, AnswerChange]:
    """For each question whose answer changed after submission, the first value and the last, as one change."""
    query = db.select(AnswerChange).where(AnswerChange.request_id == request_id)
    found: dict[str, AnswerChange] = {}
    for change in db.session.scalars(query.order_by(AnswerChange.at, AnswerChange.id)):
        first = found.get(change.key)
        found[change.key] = AnswerChange(
            key=change.key, was=first.was if first else change.was, became=change.became, at=change.at
        )
    return {key: change for key, change in found.items() if change.was != change.became}


def _close(agency_request: AgencyRequest, outcome: str) -> None:
    asked = open_information_request(agency_request.id)
    if asked is not None:
        asked.closed_at, asked.outcome = now(), outcome


def _refuse_unless_asked(agency_request: AgencyRequest, actor: Actor) -> None:
    if not allows(actor, Permission.REQUEST_ANSWER, agency_request):
        raise StepRefused(
            RefusalKind.NOT_YOUR_JOB, ["The agency answers this."], case_id=agency_request.id, action="answer"
        )
    if agency_request.status != Status.INFORMATION_REQUESTED:
        raise StepRefused(
            RefusalKind.TOO_LATE, ["We no longer ask for this."], case_id=agency_request.id, action="answer"
        )


def is_unsent(document_id: uuid.UUID) -> bool:
    """Whether the file is part of an answer that the agency has not sent: until then it is the agency's alone."""
    query = (
        select(InformationRequest.outcome)
        .join(InformationItem, InformationItem.information_request_id == InformationRequest.id)
        .join(ItemDocument, ItemDocument.item_id == InformationItem.id)
        .where(ItemDocument.document_id == document_id)
    )
    outcomes = db.session.scalars(query).all()
    return bool(outcomes) and ANSWERED not in outcomes
