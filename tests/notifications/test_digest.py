"""The daily summary: all that is held for a person in one mail, nothing twice, nothing lost, no status untold."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from app.accounts.people.operations import mail_preferences_of
from app.extensions import db
from app.notifications.delivery import deliver_mail, send_digests_when_due
from app.notifications.digest import due_until, send_digests
from app.notifications.models import OutboxMessage
from app.notifications.notices import NOTICES, Urgency
from app.notifications.outbox import send_notice
from app.notifications.preferences import Delivery, MailPreference, delivery_of
from app.policy import Role
from tests.builders import make_person
from tests.checked import CheckedClient

STATUS, MESSAGE, OWN = "taken", "message_from_ice", "reset"


def wishing(wish: MailPreference, address: str = "pat@example.gov") -> str:
    return make_person(Role.AGENCY_OFFICER, email=address, mail_preference=wish.value).email


def told(notice: str, *addresses: str, **values: object) -> None:
    send_notice(notice, addresses, values, path="/requests/1")
    db.session.commit()


def rows(**filters: object) -> list[OutboxMessage]:
    db.session.expire_all()
    return list(db.session.scalars(select(OutboxMessage).filter_by(**filters).order_by(OutboxMessage.created_at)))


@pytest.mark.parametrize(
    ("wish", "pace", "way"),
    [
        (MailPreference.AT_ONCE, Urgency.STATUS, Delivery.SENT),
        (MailPreference.AT_ONCE, Urgency.MESSAGE, Delivery.SENT),
        (MailPreference.DAILY, Urgency.STATUS, Delivery.HELD),
        (MailPreference.DAILY, Urgency.MESSAGE, Delivery.HELD),
        (MailPreference.NO_MESSAGES, Urgency.STATUS, Delivery.SENT),
        (MailPreference.NO_MESSAGES, Urgency.MESSAGE, Delivery.LEFT_OUT),
        *((wish, Urgency.ALWAYS_AT_ONCE, Delivery.SENT) for wish in MailPreference),
    ],
)
def test_a_wish_decides_how_a_notice_goes(wish: MailPreference, pace: Urgency, way: Delivery) -> None:
    assert delivery_of(pace, wish) is way


def test_no_wish_makes_the_service_silent_on_a_change_of_status() -> None:
    assert Delivery.LEFT_OUT not in {delivery_of(Urgency.STATUS, wish) for wish in MailPreference}


def test_only_what_can_be_read_on_a_page_can_be_left_out() -> None:
    left_out = {key for key, notice in NOTICES.items() if notice.pace is Urgency.MESSAGE}
    assert left_out == {"message_from_ice", "message_from_agency", "note_for_staff"}


def test_who_wants_a_summary_gets_one_mail_of_everything(app: Flask) -> None:
    daily, at_once = wishing(MailPreference.DAILY), wishing(MailPreference.AT_ONCE, "kim@example.gov")
    told(STATUS, daily, at_once, number="ACC-2026-000001")
    told(MESSAGE, daily, at_once, title="The meeting", writer="Assessor")
    told(OWN, daily)
    assert [row.notice for row in rows(address=daily, held=False)] == [OWN]
    assert len(rows(address=at_once, held=False)) == 2
    send_digests()
    db.session.commit()
    (summary,) = rows(notice="digest")
    assert summary.address == daily
    assert summary.subject == "Your summary: 2 notices"
    assert "ACC-2026-000001" in summary.body
    assert "The meeting" in summary.body
    assert summary.body.count("This message was sent by") == 1
    assert {row.digest_id for row in rows(held=True)} == {summary.id}


def test_the_summary_twice_is_one_mail(app: Flask) -> None:
    told(STATUS, wishing(MailPreference.DAILY))
    runner = app.test_cli_runner()
    assert runner.invoke(args=["digest"]).output == "summaries 1\n"
    assert runner.invoke(args=["digest"]).output == "summaries 0\n"
    assert len(rows(notice="digest")) == 1


def test_what_is_held_is_not_sent_by_itself(app: Flask, demonstration: None) -> None:
    told(STATUS, wishing(MailPreference.DAILY))
    assert deliver_mail() == (0, 0)
    send_digests()
    db.session.commit()
    assert deliver_mail() == (1, 0)
    assert deliver_mail() == (0, 0)


def test_a_summary_that_was_rolled_back_is_made_again(app: Flask) -> None:
    told(STATUS, wishing(MailPreference.DAILY))
    send_digests()
    db.session.rollback()
    assert rows(notice="digest") == []
    assert send_digests() == 1


def test_who_changes_their_mind_still_gets_what_was_held(app: Flask) -> None:
    person = make_person(Role.AGENCY_OFFICER, mail_preference=MailPreference.DAILY.value)
    told(STATUS, person.email)
    person.mail_preference = MailPreference.AT_ONCE.value
    db.session.commit()
    assert send_digests() == 1


def test_a_closed_account_gets_no_summary(app: Flask) -> None:
    person = make_person(Role.AGENCY_OFFICER, mail_preference=MailPreference.DAILY.value)
    told(STATUS, person.email)
    person.active = False
    db.session.commit()
    assert send_digests() == 0
    db.session.commit()
    assert rows()[0].dead_at is not None
    assert send_digests() == 0


def test_who_wants_no_mail_about_messages_gets_the_status_at_once(app: Flask) -> None:
    quiet = wishing(MailPreference.NO_MESSAGES)
    told(MESSAGE, quiet, title="x")
    told(STATUS, quiet)
    assert [(row.notice, row.held) for row in rows(address=quiet)] == [(STATUS, False)]


def test_text_in_a_summary_is_text(app: Flask) -> None:
    told(MESSAGE, wishing(MailPreference.DAILY), title="{link} {0} {agency.name} %s")
    send_digests()
    db.session.commit()
    assert "{link} {0} {agency.name} %s" in rows(notice="digest")[0].body


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        (datetime(2026, 11, 24, 11, 59, tzinfo=UTC), datetime(2026, 11, 23, 12, 0, tzinfo=UTC)),
        (datetime(2026, 11, 24, 12, 0, tzinfo=UTC), datetime(2026, 11, 24, 12, 0, tzinfo=UTC)),
        (datetime(2026, 7, 1, 11, 0, tzinfo=UTC), datetime(2026, 7, 1, 11, 0, tzinfo=UTC)),
    ],
)
def test_the_day_of_a_summary_begins_at_seven_in_the_morning(moment: datetime, until: datetime) -> None:
    assert due_until(moment) == until


def test_the_worker_makes_one_summary_a_day(app: Flask) -> None:
    daily = wishing(MailPreference.DAILY)
    begin = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    with time_machine.travel(begin, tick=False):
        told(STATUS, daily)
        assert send_digests_when_due() == 0
    with time_machine.travel(begin + timedelta(hours=17), tick=False):  # eight in the morning
        told(STATUS, daily)
        assert send_digests_when_due() == 1
        assert send_digests_when_due() == 0
    assert len(rows(held=True, digest_id=None)) == 1
    with time_machine.travel(begin + timedelta(hours=41), tick=False):
        assert send_digests_when_due() == 1
    assert rows(held=True, digest_id=None) == []


NAMES = ("ann@example.gov", "bo@example.gov", "cy@example.gov")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("tell"), st.sampled_from(NAMES), st.sampled_from([STATUS, MESSAGE])),
            st.tuples(st.just("gather")),
            st.tuples(st.just("undo")),
        ),
        max_size=12,
    )
)
def test_whatever_the_order_each_notice_is_in_exactly_one_mail(app: Flask, acts: list[tuple[str, ...]]) -> None:
    _empty()
    marks = []
    for n, (kind, *rest) in enumerate(acts):
        if kind == "tell":
            marks.append(f"[notice {n}]")
            told(rest[1], rest[0], number=marks[-1], title=marks[-1])
        else:
            send_digests()
            (db.session.commit if kind == "gather" else db.session.rollback)()
    send_digests()
    db.session.commit()
    mails = [row.body for row in rows(notice="digest")]
    assert [sum(mark in mail for mail in mails) for mark in marks] == [1] * len(marks)


def _empty() -> None:
    """A fresh start for each example: the same people, no mail."""
    db.session.execute(update(OutboxMessage).values(digest_id=None))
    db.session.execute(delete(OutboxMessage))
    for address in NAMES:
        if not mail_preferences_of([address]):
            wishing(MailPreference.DAILY, address)
    db.session.commit()


def test_each_person_chooses_on_their_account_page(app: Flask, client: CheckedClient) -> None:
    person = make_person(Role.AGENCY_HEAD)
    client.sign_in(person)
    account = client.get_page("/account").submit("Save how I want my mail", wish="daily")
    assert account.status_code == 200
    db.session.expire_all()
    assert person.mail_preference == MailPreference.DAILY
    for forged in ({"wish": "never"}, {}):  # no page offers either
        assert client.craft_post("/account/mail", data=forged).status_code == 422
    db.session.expire_all()
    assert person.mail_preference == MailPreference.DAILY
