"""Which conversations a person sees: the one place where queries of them are scoped."""

import uuid

from sqlalchemy import Select, select

from app.agency_requests.access import visible_requests
from app.agency_requests.models import AgencyRequest
from app.audit import Audience
from app.extensions import db
from app.messages.models import Message, MessageFile, Thread
from app.policy import Actor, Permission, Side, allows
from app.workflow.refusals import not_found


def visible_threads(actor: Actor) -> Select[Thread]:
    """The conversations this person reads, in every request they see; an agency none of staff's own."""
    query = select(Thread).where(Thread.request_id.in_(visible_requests(actor).with_only_columns(AgencyRequest.id)))
    return query.where(Thread.audience == Audience.BOTH.value) if actor.side is Side.AGENCY else query


def get_thread(thread_id: uuid.UUID, actor: Actor) -> Thread:
    """The conversation, if this person reads it; otherwise StepRefused as not found."""
    found = db.session.get(Thread, thread_id)
    if found is None or not reads(found, actor):
        raise not_found()
    return found


def get_file(file_id: uuid.UUID, actor: Actor) -> MessageFile:
    """A file of a message, if this person reads its conversation; otherwise StepRefused as not found."""
    found = db.session.get(MessageFile, file_id)
    if found is None:
        raise not_found()
    get_thread(db.session.get_one(Message, found.message_id).thread_id, actor)
    return found


def reads(thread: Thread, actor: Actor) -> bool:
    """Whether this person reads the conversation: they see its request, and it is not for the other side alone."""
    if thread.is_internal and actor.side is Side.AGENCY:
        return False
    return allows(actor, Permission.MESSAGE_READ, thread.agency_request)
