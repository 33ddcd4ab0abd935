"""Who is notified of a new message; the mail never contains its text, which is read after signing in."""

from sqlalchemy import select

from app.accounts.models import Person
from app.agency_requests.assignment_models import ConflictDeclaration
from app.agency_requests.recipients import people_named, recipients
from app.extensions import db
from app.messages.access import reads
from app.messages.authors import writer_words
from app.messages.models import Message, Thread
from app.notifications.notices import RecipientGroup
from app.notifications.outbox import send_notice
from app.policy import Actor, Side


def notify_readers(message: Message, thread: Thread, actor: Actor) -> None:
    """Mails whoever the message is for: the other side, or colleagues where only staff read it."""
    agency_request = thread.agency_request
    if thread.is_internal:
        notice, found, reader = "note_for_staff", _staff(thread, actor), Side.ICE
    elif actor.side is Side.ICE:
        notice, found, reader = (
            "message_from_ice",
            recipients(agency_request, RecipientGroup.AGENCY, actor),
            Side.AGENCY,
        )
    else:
        notice, reader = "message_from_agency", Side.ICE
        found = _staff(thread, actor) or recipients(agency_request, RecipientGroup.COORDINATORS, actor)
    values = {
        "number": agency_request.number or "",
        "agency": agency_request.agency.name,
        "writer": writer_words(message, reader),
        "title": "" if thread.is_internal else thread.title,
    }
    send_notice(notice, found, values, path=f"/threads/{thread.id}", case_id=agency_request.id)


def _staff(thread: Thread, actor: Actor) -> list[str]:
    """Who works on the case, and who wrote in the conversation; nobody with a conflict of interest, nor the writer."""
    named = {person.id for _, person in people_named(thread.agency_request)}
    wrote = select(Message.by_id).where(Message.thread_id == thread.id, Message.side == Side.ICE.value)
    conflicts = select(ConflictDeclaration.person_id).where(
        ConflictDeclaration.request_id == thread.request_id, ConflictDeclaration.has_conflict
    )
    query = select(Person).where(Person.id.in_(named) | Person.id.in_(wrote), Person.id.not_in(conflicts))
    query = query.where(Person.active, Person.agency_id.is_(None), Person.id != actor.id)
    return [person.email for person in db.session.scalars(query.order_by(Person.id)) if reads(thread, person.actor)]
