"""The log of mail: to whom it went and whether it was delivered; failed mail can be sent again. No text is shown."""

import uuid
from typing import Final

from sqlalchemy import ColumnElement, select

from app import audit
from app.accounts.listings import containing
from app.extensions import db, now
from app.notifications.models import OutboxMessage
from app.pagination import Page, page_of
from app.policy import Actor

M = OutboxMessage
IS_WAITING = (M.sent_at.is_(None), M.dead_at.is_(None))
STATES: Final[dict[str, tuple[str, tuple[ColumnElement[bool], ...]]]] = {
    "sent": ("Sent", (M.sent_at.is_not(None),)),
    "waiting": ("Waiting", (*IS_WAITING, M.held.is_(False))),
    "held": ("Kept for the daily summary", (*IS_WAITING, M.held.is_(True))),
    "given_up": ("Given up", (M.dead_at.is_not(None),)),
}


class AlreadyQueued(Exception):
    """The same mail waits to be sent."""


def mail_log(words: str = "", state: str = "", page: int = 1) -> Page[OutboxMessage]:
    """The mail, the newest first, by words of its address or its subject and by its state."""
    _, conditions = STATES.get(state, ("", ()))
    query = select(M).where(*containing(words, M.address, M.subject), *conditions)
    return page_of(query.order_by(M.created_at.desc(), M.id), page)


def mail_state(message: OutboxMessage) -> str:
    """The state of a mail in words."""
    if message.sent_at:
        return STATES["sent"][0]
    if message.dead_at:
        return STATES["given_up"][0]
    return STATES["held" if message.held else "waiting"][0]


def send_again(message_id: uuid.UUID, actor: Actor) -> OutboxMessage | None:
    """Has a mail tried again at once; one that was sent goes out as a further mail. Raises AlreadyQueued."""
    message = db.session.get(M, message_id, with_for_update=True, populate_existing=True)
    if message is None:
        return None
    if message.sent_at:
        _send_copy(message)
    elif message.held or (message.dead_at is None and not message.fault):
        raise AlreadyQueued
    else:
        message.dead_at = message.claimed_until = None
        message.attempts, message.next_try_at = 0, now()
    audit.record(
        "mail_sent_again",
        actor,
        subject=("outbox_message", message.id),
        details={"address": message.address, "notice": message.notice},
        audience=audit.Audience.RECORD,
    )
    return message


def _send_copy(message: OutboxMessage) -> None:
    same = (M.address == message.address, M.notice == message.notice, M.body == message.body)
    if db.session.scalar(select(M.id).where(*same, *IS_WAITING).limit(1)):
        raise AlreadyQueued
    key = uuid.uuid4()
    what = {name: getattr(message, name) for name in ("case_id", "notice", "address", "subject", "body")}
    db.session.add(M(id=key, message_id=f"<{key}@access-requests>", **what))
