"""Writes mail into the outbox, in the transaction of what it tells about."""

import uuid
from collections.abc import Iterable, Mapping

from flask import current_app

from app.extensions import db
from app.notifications.models import OutboxMessage
from app.notifications.notices import NOTICES, Urgency, notice_words
from app.notifications.preferences import Delivery, MailPreference, delivery_of, preferences_of


def send_notice(
    notice: str,
    addresses: Iterable[str],
    values: Mapping[str, object],
    *,
    path: str,
    case_id: uuid.UUID | None = None,
    calendar: str = "",
) -> None:
    """One message an address, each once; `path` is the page that the mail links to, below the base URL;
    `calendar` a file.

    Who wants a daily summary has it held for that; who wants no mail about messages is sent none.
    """
    pace = NOTICES[notice].pace
    wanted = sorted({address.casefold() for address in addresses})
    chosen = preferences_of(wanted) if pace is not Urgency.ALWAYS_AT_ONCE else {}
    for address in wanted:
        way = delivery_of(pace, chosen.get(address, MailPreference.AT_ONCE))
        if way is not Delivery.LEFT_OUT:
            is_held = way is Delivery.HELD
            message = message_to(address, notice, values, path=path, case_id=case_id, held=is_held)
            message.calendar = calendar
            db.session.add(message)


def message_to(
    address: str,
    notice: str,
    values: Mapping[str, object],
    *,
    path: str,
    case_id: uuid.UUID | None = None,
    held: bool = False,
) -> OutboxMessage:
    """The mail as a row to add; one that is held has no closing words, for the summary has its own."""
    key = uuid.uuid4()
    link = f"{current_app.config['BASE_URL']}{path}"
    subject, body = notice_words(notice, {**values, "link": link}, signed=not held)
    return OutboxMessage(
        id=key,
        case_id=case_id,
        notice=notice,
        address=address,
        subject=subject,
        body=body,
        held=held,
        message_id=f"<{key}@access-requests>",
    )
