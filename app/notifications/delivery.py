"""Sends what waits in the outbox: claims a few, hands them to the mail server, marks them."""

import smtplib
from collections.abc import Sequence
from contextlib import closing
from datetime import date, timedelta
from email.message import EmailMessage
from typing import Final
from urllib.parse import unquote, urlsplit

from flask import current_app
from sqlalchemy import or_, select

from app.extensions import db, now
from app.notifications.daily_jobs import run_daily_jobs
from app.notifications.digest import due_until, send_digests
from app.notifications.models import OutboxMessage

BATCH: Final = 50
LEASE: Final = timedelta(minutes=5)
TRIES: Final = 12  # about two days with the waits below
LONGEST_WAIT: Final = timedelta(hours=6)


def mail_is_only_shown() -> bool:
    """Whether this is a demonstration that sends no mail: anybody reads it on the mail page instead."""
    return current_app.config["DEMONSTRATION"] and not current_app.config["MAIL_URL"]


def can_deliver() -> bool:
    """Whether mail gets anywhere: without a server and a mail page it waits in the outbox."""
    return bool(current_app.config["MAIL_URL"]) or mail_is_only_shown()


def deliver_mail() -> tuple[int, int]:
    """Sends one batch; returns (sent, failed). Nothing is claimed, and so nothing marked sent, where none can leave."""
    messages = _claim() if can_deliver() else ()
    if not messages:
        return 0, 0
    url = current_app.config["MAIL_URL"]
    sent = 0
    try:
        with closing(_Server(url)) as server:
            for message in messages:
                sent += _send(server, message)
    except OSError as fault:
        for message in messages:
            if message.sent_at is None:
                _put_off(message, str(fault))
        db.session.commit()
    return sent, len(messages) - sent


def send_digests_when_due() -> int:
    """The day's summaries, at the first look after seven in the morning; returns how many were made."""
    gathered = send_digests(before=due_until(now()))
    db.session.commit()
    return gathered


def _claim() -> Sequence[OutboxMessage]:
    """Takes a batch for five minutes, so that two workers never send the same message."""
    moment = now()
    query = (
        select(OutboxMessage)
        .where(
            OutboxMessage.held.is_(False),
            OutboxMessage.sent_at.is_(None),
            OutboxMessage.dead_at.is_(None),
            OutboxMessage.next_try_at <= moment,
            or_(OutboxMessage.claimed_until.is_(None), OutboxMessage.claimed_until < moment),
        )
        .order_by(OutboxMessage.next_try_at, OutboxMessage.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    messages = db.session.scalars(query).all()
    for message in messages:
        message.claimed_until = moment + LEASE
        message.attempts += 1
    db.session.commit()
    return messages


def _send(server: "_Server", message: OutboxMessage) -> bool:
    try:
        server.send(message)
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as fault:
        _put_off(message, str(fault))  # this message only; the others go on
        db.session.commit()
        return False
    message.sent_at = now()
    message.fault = ""
    db.session.commit()
    return True


def _put_off(message: OutboxMessage, fault: str) -> None:
    message.fault = fault[:300]
    message.claimed_until = None
    message.next_try_at = now() + min(timedelta(minutes=2**message.attempts), LONGEST_WAIT)
    if message.attempts >= TRIES:
        message.dead_at = now()


class _Server:
    """A mail server named by smtp://user:password@host:port or smtps://…; none at all in a demonstration."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.smtp: smtplib.SMTP | None = None
        if not url:
            return
        kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
        self.smtp = kind(parts.hostname or "localhost", parts.port or 0, timeout=20)
        if parts.scheme != "smtps" and self.smtp.has_extn("starttls"):
            self.smtp.starttls()
        if parts.username:
            self.smtp.login(unquote(parts.username), unquote(parts.password or ""))

    def send(self, message: OutboxMessage) -> None:
        if self.smtp is None:
            return
        mail = EmailMessage()
        mail["From"] = current_app.config["MAIL_FROM"]
        mail["To"] = message.address
        mail["Subject"] = message.subject
        mail["Message-ID"] = message.message_id
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.body)
        if message.calendar:
            _attach_calendar(mail, message.calendar)
        self.smtp.send_message(mail)

    def close(self) -> None:
        if self.smtp is not None:
            self.smtp.close()


def _attach_calendar(mail: EmailMessage, calendar: str) -> None:
    """A file that mail programs offer to put into a calendar: its kind says what they should do with it."""
    method = "CANCEL" if "\r\nMETHOD:CANCEL\r\n" in calendar else "PUBLISH"
    mail.add_attachment(
        calendar.encode(), maintype="text", subtype="calendar", filename="meeting.ics",
        params={"charset": "utf-8", "method": method},
    )  # fmt: skip


class DevelopmentDelivery:
    """What a worker and cron do in production, turn by turn: the daily jobs once a day, digests and mail."""

    def __init__(self) -> None:
        self._done_on = date.min

    def __call__(self) -> None:
        if self._done_on != (today := now().date()):
            self._done_on = today
            run_daily_jobs()
        send_digests_when_due()
        deliver_mail()
