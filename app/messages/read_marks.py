"""How far each person has read: what is new to them, in one conversation, one case, or all of them."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Select, and_, func, or_
from sqlalchemy.exc import IntegrityError

from app.extensions import db
from app.messages.access import visible_threads
from app.messages.models import ReadMark, Thread
from app.policy import Actor


def mark_read(thread: Thread, actor: Actor, until: datetime) -> None:
    """This person has read everything up to that message; a mark never goes back."""
    if actor.id is None:
        return
    mark = db.session.get(ReadMark, (thread.id, actor.id))
    if mark is None:
        try:
            with db.session.begin_nested():
                db.session.add(ReadMark(thread_id=thread.id, person_id=actor.id, read_at=until))
        except IntegrityError:  # the same page opened twice at once: the other one marked it
            return
    elif mark.read_at < until:
        mark.read_at = until


def unread(actor: Actor) -> Select[Thread]:
    """The conversations with something this person has not read, in every request they see."""
    query = visible_threads(actor).outerjoin(
        ReadMark, and_(ReadMark.thread_id == Thread.id, ReadMark.person_id == actor.id)
    )
    return query.where(or_(ReadMark.read_at.is_(None), ReadMark.read_at < Thread.last_at))


def unread_by_request(actor: Actor) -> Mapping[uuid.UUID, int]:
    """How many conversations have something new for this person, by request; requests without are left out."""
    query = unread(actor).with_only_columns(Thread.request_id, func.count()).group_by(Thread.request_id)
    return {request_id: count for request_id, count in db.session.execute(query)}
