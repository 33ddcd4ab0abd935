"""A letter is written from its template, looked at, and issued: words and PDF are kept, and the agency is told."""

import hashlib
import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app import audit
from app.agency_requests.access import get_request
from app.agency_requests.models import AgencyRequest
from app.agency_requests.recipients import recipients
from app.extensions import db, now
from app.filters import format_date
from app.letters.letter_kinds import SORTS, LetterKind
from app.letters.letter_pdf import render_letter
from app.letters.models import Letter
from app.letters.placeholder_values import missing_values, sender_words, values_of
from app.letters.template_text import Block, fill_line, fill_text
from app.letters.templates import current_template
from app.notifications.notices import RecipientGroup
from app.notifications.outbox import send_notice
from app.policy import Actor, Permission, allows
from app.storage import digest, store
from app.workflow import engine
from app.workflow.refusals import RefusalKind, StepRefused, not_found

ISSUE = "issue_letter"
MOVED_ON = "The letter changed since you looked at it. Look at it again, then issue it."


@dataclass(frozen=True)
class LetterDraft:
    """A letter before it is issued."""

    kind: LetterKind
    subject: str
    blocks: tuple[Block, ...]
    template_version: int
    sender: str

    @property
    def content_hash(self) -> str:
        """Another text for every other letter, so that what is issued is what was looked at."""
        said = [self.subject, [block.as_json() for block in self.blocks], self.template_version]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def draft_letter(agency_request: AgencyRequest, actor: Actor, kind: LetterKind, note: str = "") -> LetterDraft:
    """The letter as it would be issued now."""
    text, version = current_template(kind)
    values = values_of(agency_request, kind, actor, note)
    subject = " ".join(fill_line(text.subject, values).split())
    return LetterDraft(kind, subject, fill_text(text.body, values), version, sender_words(agency_request, actor))


def may_issue(agency_request: AgencyRequest, actor: Actor) -> bool:
    """Whether this person may issue letters in this case."""
    return allows(actor, Permission.LETTER_ISSUE, agency_request) and not engine.recusal_of(agency_request, actor)


def refuse_unless_issuable(agency_request: AgencyRequest, actor: Actor, kind: LetterKind) -> None:
    """Raises StepRefused when this person may not issue letters here, or this letter cannot be written yet."""
    if not allows(actor, Permission.LETTER_ISSUE, agency_request):
        raise StepRefused(
            RefusalKind.NOT_YOUR_JOB, ["This is not yours to do."], case_id=agency_request.id, action="issue_letter"
        )
    if sentence := engine.recusal_of(agency_request, actor):
        raise StepRefused(RefusalKind.NOT_YOUR_JOB, [sentence], case_id=agency_request.id, action="issue_letter")
    if sentence := missing_values(agency_request, kind):
        raise StepRefused(RefusalKind.INCOMPLETE, [sentence], case_id=agency_request.id, action="issue_letter")


def issue_letter(
    agency_request: AgencyRequest, actor: Actor, written: LetterDraft, *, key: uuid.UUID, shown: str
) -> Letter:
    """Keeps the letter and tells the agency. It is no step: the request stays where it is.

    `key` is the letter's, made with the form: sent twice, it is one letter. `shown` is the content hash of what whoever
    issues it has read, to refuse a letter that the case has changed meanwhile.
    """
    refuse_unless_issuable(agency_request, actor, written.kind)
    if shown != written.content_hash:
        raise StepRefused(RefusalKind.TOO_LATE, [MOVED_ON], case_id=agency_request.id, action=ISSUE)
    issued_at = now()
    pdf = render_letter(
        subject=written.subject,
        blocks=[block.as_json() for block in written.blocks],
        reference=f"{agency_request.number}, {format_date(issued_at)}",
        agency=f"{agency_request.agency.name}, {agency_request.agency.state}",
        at=issued_at,
    )
    letter = Letter(
        id=key,
        request_id=agency_request.id,
        kind=written.kind.value,
        template_version=written.template_version,
        subject=written.subject,
        blocks=[block.as_json() for block in written.blocks],
        sender=written.sender,
        sha256=hashlib.sha256(pdf).hexdigest(),
        storage_key=store().put(pdf),
        size=len(pdf),
        issued_at=issued_at,
    )
    letter.issued_by_id = actor.person_id
    db.session.add(letter)
    db.session.flush()  # its key goes into the record
    _record_and_tell(agency_request, actor, letter, SORTS[written.kind].title)
    return letter


def _record_and_tell(agency_request: AgencyRequest, actor: Actor, letter: Letter, title: str) -> None:
    audit.record(
        ISSUE,
        actor,
        case_id=agency_request.id,
        subject=("letter", letter.id),
        role=actor.role_for(Permission.LETTER_ISSUE),
        sentence=f"issued a letter: {title}",
        details={
            "kind": letter.kind,
            "template_version": letter.template_version,
            "files": {str(letter.id): letter.sha256},
        },
    )
    send_notice(
        "letter_issued",
        recipients(agency_request, RecipientGroup.AGENCY, actor),
        {"number": agency_request.number, "agency": agency_request.agency.name, "title": title},
        path=f"/letters/{letter.id}",
        case_id=agency_request.id,
    )


def hashes_now(names: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """The hash of each issued letter's PDF as it is in the store now, by the letter's id."""
    query = select(Letter.id, Letter.storage_key).where(Letter.id.in_([uuid.UUID(name) for name in names]))
    return ((str(key), digest(kept)) for key, kept in db.session.execute(query))


def letters_of(request_id: uuid.UUID) -> Sequence[Letter]:
    """The letters issued on a request, newest first."""
    query = select(Letter).where(Letter.request_id == request_id).order_by(Letter.issued_at.desc(), Letter.id)
    return db.session.scalars(query).all()


def get_letter(letter_id: uuid.UUID, actor: Actor) -> Letter:
    """The letter, if this person sees its request; otherwise StepRefused as not found."""
    found = db.session.get(Letter, letter_id)
    if found is None:
        raise not_found()
    get_request(found.request_id, actor)
    return found
