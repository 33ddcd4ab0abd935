"""The whole file of a request in parts of words and tables, as its reader may see it: an agency, or ICE staff."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import selectinload

from app.accounts.models import Person
from app.agency_requests.check_answers import queries
from app.agency_requests.documents.operations import DOCUMENT_KINDS
from app.agency_requests.models import AgencyRequest
from app.cases.case_page.case_page import CasePage, StatusPage, case_page, status_page
from app.cases.case_page.information_history import AskedTogether, changed_values
from app.extensions import db, now
from app.filters import format_date, format_datetime, format_file_size
from app.intake.information_requests.operations import changes_since_submission
from app.messages.access import visible_threads
from app.messages.authors import writer_words
from app.messages.models import Message, Thread
from app.pdf import set_pdf
from app.policy import Actor, Side
from app.workflow.journey.request_journey import STATUS_WORDS

LAYOUT = Path(__file__).with_name("whole_file.typ")
TIMELINE_HEAD = ("When", "What happened", "Who", "Reason")
Row = Sequence[str]


@dataclass(frozen=True)
class CaseFilePart:
    """One part: a title, sentences, and a table where it has a head."""

    title: str
    lines: Sequence[str] = ()
    head: Row = ()
    rows: Sequence[Row] = ()


def page_of(agency_request: AgencyRequest, reader: Actor) -> CasePage | StatusPage:
    """What this reader's own page gathers: nothing else goes into their file."""
    return (status_page if reader.side is Side.AGENCY else case_page)(agency_request, reader)


def case_file_parts(
    agency_request: AgencyRequest, reader: Actor, page: CasePage | StatusPage
) -> Iterator[CaseFilePart]:
    """Everything, in the order of the journey."""
    yield from answers(agency_request)
    yield from information_asked(page.information)
    yield from outcomes(page)
    if isinstance(page, CasePage):
        yield from internal(page)
    yield documents(page)
    yield from conversations(agency_request, reader)
    yield CaseFilePart("What has happened", head=TIMELINE_HEAD, rows=timeline_rows(page))


def answers(agency_request: AgencyRequest) -> Iterator[CaseFilePart]:
    """What the agency asked and said, section by section, and what it changed since."""
    for section in queries.sections(agency_request):
        rows = [(row["question"], _joined(str(row["answer"]), row.get("second", ""))) for row in section["rows"]]
        yield CaseFilePart(section["title"], head=("Question", "Answer"), rows=rows)
    changed = changed_values(changes_since_submission(agency_request.id))
    if changed:
        rows = [(row.question, row.was, row.became, format_date(row.at)) for row in changed]
        yield CaseFilePart("What changed since it was sent", head=("Question", "Was", "Became", "On"), rows=rows)


def information_asked(information: Iterable[AskedTogether]) -> Iterator[CaseFilePart]:
    """Each time ICE asked, item by item."""
    for asked in information:
        rows = [
            (
                item.about,
                _joined(item.sentence, item.again_because),
                item.words,
                _joined(item.answer, ", ".join(document.filename for document in item.documents)),
            )
            for item in asked.items
        ]
        title = f"What ICE asked on {format_date(asked.asked_at)}, due {format_date(asked.due)}"
        yield CaseFilePart(title, head=("About", "What was asked", "State", "Answer"), rows=rows)


def outcomes(page: CasePage | StatusPage) -> Iterator[CaseFilePart]:
    """Programs recommended, the agency's answers, the decisions, and the agreements."""
    if page.programs:
        rows = [
            (
                program.name,
                program.reason,
                _joined(program.answer, program.comment),
                _joined(program.decision, program.decision_reason, program.conditions),
            )
            for program in page.programs
        ]
        yield CaseFilePart(
            "Recommendation and decisions", head=("Program", "Why", "The agency's answer", "ICE's decision"), rows=rows
        )
    if page.agreements:
        rows = [(each.name, each.status, each.number) for each in page.agreements]
        yield CaseFilePart("Agreements", head=("Agreement", "Status", "Number"), rows=rows)


def internal(page: CasePage) -> Iterator[CaseFilePart]:
    """What is for ICE staff alone."""
    if page.people:
        yield CaseFilePart(
            "People on the case", head=("Role", "Name"), rows=[(role, each.name) for role, each in page.people]
        )
    if page.meetings:
        rows = [
            (
                format_date(each.held_on),
                each.attendees,
                _joined(each.summary, ", ".join(file.filename for file in each.files)),
            )
            for each in page.meetings
        ]
        yield CaseFilePart("Meetings", head=("Held on", "Who, by role", "What came of it"), rows=rows)
    rows = [(each["seat"], each["opinion"], each["sentence"]) for each in page.opinions if each["opinion"]]
    if rows:
        yield CaseFilePart("Opinions", head=("Seat", "Opinion", "Why"), rows=rows)


def documents(page: CasePage | StatusPage) -> CaseFilePart:
    """The documents, each with its content hash."""
    rows = [
        (
            document.filename,
            _joined(DOCUMENT_KINDS.get(document.kind, "Document"), mark),
            f"{format_date(document.uploaded_at)}, {format_file_size(document.size)}",
            document.sha256,
        )
        for document, mark in page.documents
    ]
    return CaseFilePart(
        "Documents", [] if rows else ["None."], ("File", "What it is", "Attached", "SHA-256") if rows else (), rows
    )


def conversations(agency_request: AgencyRequest, reader: Actor) -> Iterator[CaseFilePart]:
    """The messages this reader may read, each conversation as a part."""
    for thread in threads_of(agency_request, reader):
        rows = [
            (
                format_datetime(message.at),
                writer_words(message, reader.side),
                _joined(message.text, ", ".join(file.filename for file in message.files)),
            )
            for message in thread.messages
        ]
        title = f"{'Note for staff' if thread.is_internal else 'Messages'}: {thread.title}"
        yield CaseFilePart(title, head=("When", "Who", "Message"), rows=rows)


def threads_of(agency_request: AgencyRequest, reader: Actor) -> Sequence[Thread]:
    """The conversations this reader may read, oldest first, with their messages and files."""
    messages = selectinload(Thread.messages)
    query = visible_threads(reader).where(Thread.request_id == agency_request.id).order_by(Thread.begun_at, Thread.id)
    loaded = query.options(
        messages.selectinload(Message.files), messages.joinedload(Message.by).joinedload(Person.office)
    )
    return db.session.scalars(loaded).all()


def timeline_rows(page: CasePage | StatusPage) -> list[Row]:
    """The timeline as this reader sees it, oldest first."""
    return [(each["date_words"], each["sentence"], each["who"], each["detail"]) for each in reversed(page.timeline)]


def render_parts(agency_request: AgencyRequest, title: str, found: Iterable[CaseFilePart]) -> bytes:
    """Parts as a tagged PDF."""
    agency = agency_request.agency
    status = STATUS_WORDS[agency_request.status]
    data = {
        "title": f"{title}: request {agency_request.number}",
        "author": "ACCESS Partnership Requests",
        "lead": f"{agency.name} (ORI {agency.ori}). Status: {status}. As of {format_datetime(now())}.",
        "parts": [
            {
                "title": part.title,
                "lines": list(part.lines),
                "head": list(part.head),
                "rows": [list(r) for r in part.rows],
            }
            for part in found
        ],
    }
    return set_pdf(LAYOUT, data, at=now())


def _joined(*words: str) -> str:
    """What was said, one after the other, each as it was written."""
    said = [word for word in words if word]
    return " ".join(word if word.endswith((".", "?", "!")) or word is said[-1] else f"{word}." for word in said)
