"""Writes mail into the outbox, in the transaction of what it tells about."""

import uuid
from collections.abc import Iterable, Mapping

from flask import current_app

from app.extensions import db
from app.notifications.models import OutboxMessage
from app.notifications.notices import words


def tell(
    notice: str, addresses: Iterable[str], values: Mapping[str, object], *, path: str, case_id: uuid.UUID | None = None
) -> None:
    """One message an address, each once; `path` is the page that the mail links to, below the base URL."""
    base = current_app.config["BASE_URL"]
    subject, body = words(notice, {**values, "link": f"{base}{path}"})
    for address in sorted({address.casefold() for address in addresses}):
        key = uuid.uuid4()
        db.session.add(
            OutboxMessage(
                id=key,
                case_id=case_id,
                notice=notice,
                address=address,
                subject=subject,
                body=body,
                message_id=f"<{key}@access-requests>",
            )
        )
