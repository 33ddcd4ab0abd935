"""Mail leaves once, after what it tells about is saved, and none is lost when a server is away or says no."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select

from app.extensions import db, now
from app.notifications.delivery import BATCH, LEASE, TRIES, deliver_mail
from app.notifications.models import OutboxMessage
from app.notifications.outbox import send_notice
from app.notifications.registration import init_app

REFUSED = "nobody@example.gov"


class Mailbox:
    """What a mail server received; it knows no nobody."""

    def __init__(self) -> None:
        self.mails: list[Any] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address == REFUSED:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(envelope)
        return "250 OK"

    @property
    def addresses(self) -> list[str]:
        return sorted(mail.rcpt_tos[0] for mail in self.mails)


@pytest.fixture
def server(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Controller]:
    """A real mail server in a thread, which the application uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(Mailbox(), hostname="127.0.0.1", port=port, server_hostname="mail.example.gov")
    controller.start()
    monkeypatch.setitem(app.config, "MAIL_URL", f"smtp://127.0.0.1:{port}")
    yield controller
    controller.stop()


def write(*addresses: str, **values: object) -> None:
    send_notice("reset", addresses, values, path="/links/abc")
    db.session.commit()


def outbox() -> list[OutboxMessage]:
    db.session.expire_all()
    return list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.address)))


def test_waiting_mail_is_sent_once_with_its_own_id(app: Flask, server: Controller) -> None:
    write("pat@example.gov")
    assert deliver_mail() == (1, 0)
    assert deliver_mail() == (0, 0)
    (mail,) = server.handler.mails
    words = mail.content.decode()
    assert mail.rcpt_tos == ["pat@example.gov"]
    assert "Subject: Choose a new password" in words
    assert "http://localhost/links/abc" in words
    assert f"Message-ID: {outbox()[0].message_id}" in words


def test_mail_of_a_transaction_that_was_rolled_back_is_never_sent(app: Flask, server: Controller) -> None:
    send_notice("reset", ["pat@example.gov"], {}, path="/")
    db.session.rollback()
    assert deliver_mail() == (0, 0)
    assert server.handler.mails == []


def test_nothing_is_lost_while_the_server_is_away(app: Flask, server: Controller) -> None:
    write("alex@example.gov", "pat@example.gov")
    url = app.config["MAIL_URL"]
    app.config["MAIL_URL"] = "smtp://127.0.0.1:9"  # nobody listens there
    assert deliver_mail() == (0, 2)
    assert [message.sent_at for message in outbox()] == [None, None]
    assert all(message.fault for message in outbox())
    app.config["MAIL_URL"] = url
    assert deliver_mail() == (0, 0), "a server that was away is not asked again at once"
    with time_machine.travel(now() + timedelta(minutes=3)):
        assert deliver_mail() == (2, 0)
    assert server.handler.addresses == ["alex@example.gov", "pat@example.gov"]


def test_one_refused_address_waits_and_holds_up_nobody_else(app: Flask, server: Controller) -> None:
    write("alex@example.gov", REFUSED, "pat@example.gov")
    assert deliver_mail() == (2, 1)
    refused = next(message for message in outbox() if message.address == REFUSED)
    assert "550" in refused.fault
    assert refused.next_try_at > now() + timedelta(minutes=1)
    assert server.handler.addresses == ["alex@example.gov", "pat@example.gov"]


def test_each_failure_waits_longer_and_in_the_end_it_is_given_up(app: Flask, server: Controller) -> None:
    write(REFUSED)
    waits = []
    moment = now()
    for _ in range(TRIES):
        with time_machine.travel(moment, tick=False):
            assert deliver_mail() == (0, 1)
            waits.append(outbox()[0].next_try_at - moment)
        moment = outbox()[0].next_try_at
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=2)
    assert outbox()[0].dead_at is not None
    with time_machine.travel(moment + timedelta(days=2)):
        assert deliver_mail() == (0, 0)


def test_what_another_worker_has_taken_is_left_to_it_until_its_time_is_up(app: Flask, server: Controller) -> None:
    write("pat@example.gov")
    outbox()[0].claimed_until = now() + LEASE
    db.session.commit()
    assert deliver_mail() == (0, 0)
    with time_machine.travel(now() + LEASE + timedelta(seconds=1)):
        assert deliver_mail() == (1, 0), "a worker that died does not keep mail for ever"


def test_two_workers_at_once_send_every_mail_once(app: Flask, server: Controller) -> None:
    addresses = sorted(f"person{n:03d}@example.gov" for n in range(2 * BATCH))
    write(*addresses)
    start = threading.Barrier(2)

    def work() -> None:
        with app.app_context():
            start.wait()
            while sum(deliver_mail()):
                pass
            db.session.remove()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert server.handler.addresses == addresses


def test_the_command_sends_every_batch_and_says_how_many(app: Flask, server: Controller) -> None:
    write(*(f"person{n}@example.gov" for n in range(BATCH + 5)), REFUSED)
    result = app.test_cli_runner().invoke(args=["deliver"])
    assert (result.exit_code, result.output.strip()) == (0, f"sent {BATCH + 5}, failed 1")


def test_a_value_cannot_add_a_header(app: Flask, server: Controller) -> None:
    send_notice("application_waiting", ["pat@example.gov"], {"agency": "X\r\nBcc: evil@example.com"}, path="/")
    db.session.commit()
    deliver_mail()
    (mail,) = server.handler.mails
    assert mail.rcpt_tos == ["pat@example.gov"]
    assert b"\nBcc:" not in mail.content.replace(b"\r", b"")


@pytest.mark.parametrize(("asked", "threads"), [(True, 1), (False, 0)])
def test_delivery_runs_in_the_background_only_where_it_is_asked_for(
    asked: bool, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    monkeypatch.setattr(
        "app.notifications.registration.work_in_background", lambda app, name, work: started.append(name)
    )
    fresh = Flask("fresh")
    fresh.config["DELIVERY_THREAD"] = asked
    init_app(fresh)
    assert len(started) == threads


def test_without_a_server_no_mail_counts_as_sent(app: Flask) -> None:
    write("pat@example.gov")
    assert deliver_mail() == (0, 0)
    (waiting,) = outbox()
    assert (waiting.sent_at, waiting.attempts, waiting.claimed_until) == (None, 0, None)


def test_the_command_says_that_nothing_can_leave(app: Flask) -> None:
    write("pat@example.gov")
    for options in ([], ["--forever"]):
        result = app.test_cli_runner().invoke(args=["deliver", *options])
        assert result.exit_code == 1
        assert "Set MAIL_URL" in result.output
    assert outbox()[0].sent_at is None


def test_in_a_demonstration_the_mail_page_is_where_mail_goes(app: Flask, demonstration: None) -> None:
    write("pat@example.gov")
    assert deliver_mail() == (1, 0)
    assert outbox()[0].sent_at is not None
