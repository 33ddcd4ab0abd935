"""The conversations of a case, each with its last message, in a constant number of queries."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Person
from app.agency_requests.models import AgencyRequest
from app.extensions import db
from app.messages.access import visible_threads
from app.messages.authors import writer_words
from app.messages.forms import BeginForm
from app.messages.models import Message, MessageFile, ReadMark, Thread
from app.messages.operations import may_write
from app.messages.read_marks import unread
from app.messages.references import reference_address, reference_words
from app.pagination import Page, page_of
from app.policy import Actor, Side

LATEST = 5
NAMED = (
    AgencyRequest.coordinator_id,
    AgencyRequest.assessor_id,
    AgencyRequest.investigations_liaison_id,
    AgencyRequest.detention_liaison_id,
)
LONGEST_EXCERPT = 400


@dataclass(frozen=True)
class ThreadRow:
    """One conversation in a list."""

    title: str
    href: str
    is_internal: bool
    is_new: bool
    is_resolved: bool
    about: str
    about_href: str
    writer: str
    is_own: bool
    at: datetime
    text: str
    messages: int
    files: int
    case: str  # the request it belongs to, where a list goes over several
    case_href: str


@dataclass(frozen=True)
class Conversations:
    """What a page shows of a case's conversations."""

    rows: Sequence[ThreadRow]
    total: int
    new: int
    form: BeginForm | None  # None for who may not write


def conversations(
    agency_request: AgencyRequest, actor: Actor, *, most: int | None = LATEST, form: BeginForm | None = None
) -> Conversations:
    """The conversations this person reads in the case, open ones first, the newest message first."""
    scoped = visible_threads(actor).where(Thread.request_id == agency_request.id)
    query = scoped.order_by(Thread.resolved_at.is_not(None), Thread.last_at.desc(), Thread.id)
    threads = db.session.scalars(query.limit(most) if most else query).all()
    new = set(
        db.session.scalars(unread(actor).with_only_columns(Thread.id).where(Thread.request_id == agency_request.id))
    )
    total = db.session.scalar(select(func.count()).select_from(scoped.subquery())) or 0
    if form is None and may_write(agency_request, actor):
        form = BeginForm.of(agency_request, actor, most is None)
    return Conversations(rows=_rows(threads, actor, new), total=total, new=len(new), form=form)


def messages_of(thread: Thread) -> Sequence[Message]:
    """The messages of a conversation, oldest first, with their writers and files."""
    query = select(Message).where(Message.thread_id == thread.id).order_by(Message.at, Message.id)
    writers = selectinload(Message.by).selectinload(Person.office)
    return db.session.scalars(query.options(writers, selectinload(Message.files))).all()


def inbox(actor: Actor, number: int) -> Page[ThreadRow]:
    """A page of the conversations that concern this person over all their cases: what is new first, then the latest."""
    mark = and_(ReadMark.thread_id == Thread.id, ReadMark.person_id == actor.id)
    is_new = or_(ReadMark.read_at.is_(None), ReadMark.read_at < Thread.last_at)
    scoped = _concerning(actor).outerjoin(ReadMark, mark)
    query = scoped.add_columns(is_new).options(joinedload(Thread.agency_request))
    query = query.order_by(is_new.desc(), Thread.last_at.desc(), Thread.id)
    found = page_of(query, number, counted=scoped)
    new = {thread.id for thread, new in found.rows if new}
    return found.showing(_rows([thread for thread, _ in found.rows], actor, new, named=True))


def _concerning(actor: Actor) -> Select[Thread]:
    """For an agency all it reads; for staff those of cases they are named in, or in which they wrote."""
    if actor.side is Side.AGENCY:
        return visible_threads(actor)
    wrote = select(Message.thread_id).where(Message.by_id == actor.id)
    named = select(AgencyRequest.id).where(or_(*(column == actor.id for column in NAMED)))
    return visible_threads(actor).where(or_(Thread.id.in_(wrote), Thread.request_id.in_(named)))


def _case_words(thread: Thread, actor: Actor) -> str:
    number = thread.agency_request.number or "Request"
    return number if actor.side is Side.AGENCY else f"{number}, {thread.agency_request.agency.name}"


def _rows(threads: Sequence[Thread], actor: Actor, new: set[uuid.UUID], *, named: bool = False) -> list[ThreadRow]:
    keys = [thread.id for thread in threads]
    last, counts, files = _last_messages(keys), _counts(keys), _files(keys)
    return [
        ThreadRow(
            title=thread.title,
            href=url_for("messages.thread", thread_id=thread.id),
            is_internal=thread.is_internal,
            is_new=thread.id in new,
            is_resolved=thread.resolved_at is not None,
            about=reference_words(thread.about) if thread.about else "",
            about_href=reference_address(thread.request_id, thread.about, actor),
            writer=writer_words(last[thread.id], actor.side),
            is_own=last[thread.id].side == actor.side.value,
            at=thread.last_at,
            text=_excerpt(last[thread.id].text),
            messages=counts[thread.id],
            files=files.get(thread.id, 0),
            case=_case_words(thread, actor) if named else "",
            case_href=url_for("cases.case", request_id=thread.request_id) if named else "",
        )
        for thread in threads
    ]


def _last_messages(keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, Message]:
    query = select(Message).join(Thread, (Thread.id == Message.thread_id) & (Thread.last_at == Message.at))
    query = query.where(Thread.id.in_(keys)).options(joinedload(Message.by).joinedload(Person.office))
    return {message.thread_id: message for message in db.session.scalars(query)}


def _counts(keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
    query = select(Message.thread_id, func.count()).where(Message.thread_id.in_(keys)).group_by(Message.thread_id)
    return {key: count for key, count in db.session.execute(query)}


def _files(keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
    query = select(Message.thread_id, func.count()).join(MessageFile).where(Message.thread_id.in_(keys))
    return {key: count for key, count in db.session.execute(query.group_by(Message.thread_id))}


def _excerpt(text: str) -> str:
    return text if len(text) <= LONGEST_EXCERPT else text[:LONGEST_EXCERPT].rsplit(" ", 1)[0] + " …"


def heading(actor: Actor) -> str:
    """What an agency, or staff, call this part of a page."""
    return "Messages" if actor.side is Side.AGENCY else "Messages and notes"
