"""The daily summary: the notices held for a person become one mail, in one transaction, once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from sqlalchemy import select

from app.deadlines.business_days import ZONE
from app.extensions import db, now
from app.notifications.models import OutboxMessage
from app.notifications.outbox import message_to
from app.notifications.preferences import preferences_of
from app.text import plural

HOUR: Final = 7  # in the morning, in the service's own zone
RULE: Final = "-" * 20


def send_digests(*, before: datetime | None = None) -> int:
    """Makes one mail a person of what is held for them (since `before`); returns how many. The caller commits.

    It waits for another that gathers at the same time, and then finds nothing: no notice is told twice.
    """
    query = select(OutboxMessage).where(
        OutboxMessage.held, OutboxMessage.sent_at.is_(None), OutboxMessage.dead_at.is_(None)
    )
    if before is not None:
        query = query.where(OutboxMessage.created_at < before)
    query = query.order_by(OutboxMessage.address, OutboxMessage.created_at, OutboxMessage.id).with_for_update()
    held = db.session.scalars(query).all()
    known = preferences_of({message.address for message in held}) if held else {}
    gathered = 0
    for address, messages in groupby(held, lambda message: message.address):
        if address in known:
            _summarize(address, list(messages))
            gathered += 1
        else:
            _give_up(list(messages))
    return gathered


def due_until(moment: datetime) -> datetime:
    """What was held before this goes out now: the last seven o'clock in the morning."""
    local = moment.astimezone(ZONE)
    last = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return last if last <= local else last - timedelta(days=1)


def _summarize(address: str, messages: Sequence[OutboxMessage]) -> None:
    items = f"\n\n{RULE}\n\n".join(f"{message.subject}\n\n{message.body}" for message in messages)
    values = {"items": items, "count": plural(len(messages), "notice", "notices")}
    summary = message_to(address, "digest", values, path="/")
    db.session.add(summary)
    db.session.flush()  # its key is what the others refer to
    for message in messages:
        message.digest_id, message.sent_at = summary.id, summary.created_at


def _give_up(messages: Sequence[OutboxMessage]) -> None:
    for message in messages:
        message.dead_at, message.fault = now(), "The account is closed."
