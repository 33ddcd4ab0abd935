"""Which words of a case can be searched: every source is a table, the columns it is read from, and a function."""

import re
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select
from us.states import lookup

from app.accounts.models import Agency
from app.agency_requests.assignment_models import Consultation
from app.agency_requests.models import AgencyRequest, Answer, Document, RankedProblem
from app.audit import Audience
from app.intake.information_requests.operations import ANSWERED
from app.intake.models import ChecklistMark, InformationItem, InformationRequest, ItemDocument
from app.messages.models import Message, Thread
from app.needs.finder_questions import TOPICS
from app.needs.questions import QUESTIONS

KIND_WORDS = {
    "request": "Request",
    "contact": "Contact",
    "letter": "Letter",
    "objectives": "What they want to achieve",
    "problem": "Problem",
    "else": "Anything else",
    "answer": "Answer",
    "document": "Document",
    "information": "Asked back",
    "checklist": "Completeness check",
    "consult": "Opinion of another office",
    "message": "Message",
}


@dataclass(frozen=True)
class SearchDocument:
    """One piece of text; an empty one is not kept."""

    request_id: uuid.UUID
    kind: str
    key: str
    text: str
    audience: str = Audience.BOTH.value


@dataclass(frozen=True)
class SearchSource:
    """What a table gives to be searched, read again when one of these columns changes."""

    model: type[Any]
    columns: tuple[str, ...]
    entries: Callable[[Any, Connection], Iterable[SearchDocument]]
    repeats: bool = False  # whether it gives again what another source gives


def _of_request(found: AgencyRequest, connection: Connection) -> Iterable[SearchDocument]:
    agency = connection.execute(select(Agency.name, Agency.county).where(Agency.id == found.agency_id)).one()
    return (
        _headed(found.id, found.number, agency.name, agency.county, found.state),
        SearchDocument(found.id, "contact", "", _joined(found.contact_name, found.signatory_name)),
        SearchDocument(found.id, "letter", "", found.letter_text or ""),
        SearchDocument(found.id, "objectives", "words", found.objectives_text or ""),
        SearchDocument(found.id, "else", "", found.anything_else or ""),
    )


def _of_agency(agency: Agency, connection: Connection) -> Iterable[SearchDocument]:
    columns = AgencyRequest.id, AgencyRequest.number, AgencyRequest.state
    rows = connection.execute(select(*columns).where(AgencyRequest.agency_id == agency.id))
    return [_headed(key, number, agency.name, agency.county, state) for key, number, state in rows]


def _headed(
    request_id: uuid.UUID, number: str | None, name: str, county: str | None, state: str | None
) -> SearchDocument:
    found = lookup(state) if state else None
    return SearchDocument(request_id, "request", "", _joined(number, name, county, found.name if found else state))


def _of_answer(answer: Answer, _: Connection) -> Iterable[SearchDocument]:
    """What was noted beside an answer, and the objectives picked in words; never bare numbers."""
    yield SearchDocument(answer.request_id, "answer", answer.key, answer.note or "")
    if answer.key == "objectives":
        labels = {choice.key: choice.label for choice in QUESTIONS["objectives"].choices}
        picked = ", ".join(labels.get(key, "") for key in answer.value or ())
        yield SearchDocument(answer.request_id, "objectives", "picked", picked)


def _of_problem(problem: RankedProblem, _: Connection) -> Iterable[SearchDocument]:
    topic = {topic.key: topic.label for topic in TOPICS}.get(problem.topic, "")
    return (SearchDocument(problem.request_id, "problem", str(problem.id), _joined(topic, problem.sentence)),)


def _of_document(document: Document, connection: Connection) -> Iterable[SearchDocument]:
    """The file's name, its words set apart: one engine takes a whole file name for one word.

    Nothing of a file that belongs to answers which the agency has not sent: staff do not see it either.
    """
    asked = select(InformationRequest.id).where(InformationRequest.request_id == document.request_id)
    answering = (
        asked.join(InformationItem, InformationItem.information_request_id == InformationRequest.id)
        .join(ItemDocument, ItemDocument.item_id == InformationItem.id)
        .where(ItemDocument.document_id == document.id, InformationRequest.outcome != ANSWERED)
    )
    since = asked.where(InformationRequest.closed_at.is_(None), InformationRequest.asked_at <= document.uploaded_at)
    is_unsent = connection.execute(since.union(answering)).first()
    name = "" if document.removed_at or is_unsent else document.filename
    return (SearchDocument(document.request_id, "document", str(document.id), re.sub(r"[-_.]+", " ", name)),)


def _of_item(item: InformationItem, connection: Connection) -> Iterable[SearchDocument]:
    """What was asked; what was answered once it is sent, as staff see it."""
    columns = InformationRequest.request_id, InformationRequest.outcome
    query = select(*columns).where(InformationRequest.id == item.information_request_id)
    request_id, outcome = connection.execute(query).one()
    asked = _joined(item.sentence, item.again_because)
    yield SearchDocument(request_id, "information", str(item.id), asked)
    yield SearchDocument(request_id, "information", f"{item.id} answer", item.answer if outcome == ANSWERED else "")


def _of_asked(asked: InformationRequest, connection: Connection) -> Iterable[SearchDocument]:
    """Once the answers are sent, they and their files are found."""
    items = select(InformationItem).where(InformationItem.information_request_id == asked.id)
    for item in connection.execute(items).all():
        yield from _of_item(item, connection)  # type: ignore[arg-type] # a row has the same columns
    documents = select(Document).join(ItemDocument, ItemDocument.document_id == Document.id)
    items_of = documents.join(InformationItem, InformationItem.id == ItemDocument.item_id)
    for document in connection.execute(items_of.where(InformationItem.information_request_id == asked.id)).all():
        yield from _of_document(document, connection)  # type: ignore[arg-type] # a row has the same columns


def _of_mark(mark: ChecklistMark, _: Connection) -> Iterable[SearchDocument]:
    return (SearchDocument(mark.request_id, "checklist", mark.key, mark.note or "", Audience.STAFF.value),)


def _of_consult(consult: Consultation, _: Connection) -> Iterable[SearchDocument]:
    text = _joined(consult.question, consult.answer)
    return (SearchDocument(consult.request_id, "consult", str(consult.id), text, Audience.STAFF.value),)


def _of_message(message: Message, connection: Connection) -> Iterable[SearchDocument]:
    query = select(Thread.request_id, Thread.audience).where(Thread.id == message.thread_id)
    request_id, audience = connection.execute(query).one()
    return (SearchDocument(request_id, "message", str(message.id), message.text, audience),)


def _joined(*pieces: str | None) -> str:
    return " · ".join(piece for piece in pieces if piece)


OF_THE_REQUEST = (
    "number",
    "state",
    "contact_name",
    "signatory_name",
    "letter_text",
    "objectives_text",
    "anything_else",
)
SOURCES = (
    SearchSource(AgencyRequest, OF_THE_REQUEST, _of_request),
    SearchSource(Agency, ("name", "county"), _of_agency, repeats=True),
    SearchSource(Answer, ("value", "note"), _of_answer),
    SearchSource(RankedProblem, ("topic", "sentence"), _of_problem),
    SearchSource(Document, ("filename", "removed_at"), _of_document),
    SearchSource(InformationItem, ("sentence", "again_because", "answer"), _of_item),
    SearchSource(InformationRequest, ("outcome", "closed_at"), _of_asked, repeats=True),
    SearchSource(ChecklistMark, ("note",), _of_mark),
    SearchSource(Consultation, ("question", "answer"), _of_consult),
    SearchSource(Message, ("text",), _of_message),
)
