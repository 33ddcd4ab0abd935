"""A new message is told to whom it is for, in one mail, which never quotes it."""

from collections.abc import Iterable

from flask import Flask
from sqlalchemy import select

from app.extensions import db
from app.intake import operations
from app.messages import operations as messages_operations
from app.notifications.models import OutboxMessage
from app.policy import Role
from tests.assessment.assessed_request import in_assessment
from tests.builders import make_office, make_person
from tests.messages.case_with_people import SECRET, begun


def mails() -> list[OutboxMessage]:
    return list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.address)))


def addresses(people: Iterable[str]) -> list[str]:
    return sorted(people)


def test_a_message_of_staff_is_told_to_everybody_of_the_agency(app: Flask) -> None:
    story = in_assessment()
    thread = begun(story, story.assessor, "Can you meet us on Monday?")
    found = mails()
    assert [m.address for m in found] == addresses([story.people["head"].email, story.people["officer"].email])
    assert {m.notice for m in found} == {"message_from_ice"}
    assert "Assessor, headquarters" in found[0].body
    assert story.assessor.name not in found[0].subject + found[0].body
    assert f"/threads/{thread.id}" in found[0].body


def test_a_message_of_the_agency_is_told_to_who_works_on_the_case(app: Flask) -> None:
    story = in_assessment()
    begun(story, story.officer)
    expected = addresses([story.people["assessor"].email, story.people["coordinator"].email])
    assert [m.address for m in mails()] == expected


def test_before_anybody_took_the_case_its_coordinators_are_told(app: Flask) -> None:
    story = in_assessment()
    story.agency_request.coordinator = story.agency_request.assessor = None
    begun(story, story.officer)
    assert story.people["coordinator"].email in [m.address for m in mails()]


def test_who_wrote_in_a_conversation_hears_the_answer_and_nobody_hears_themselves(app: Flask) -> None:
    story = in_assessment()
    counsel = make_person(Role.COUNSEL)
    thread = begun(story, counsel.actor)
    messages_operations.reply_to_thread(thread, story.officer, "Yes")
    messages_operations.reply_to_thread(thread, story.assessor, "Good")
    db.session.commit()
    told = [m.address for m in mails() if m.notice == "message_from_agency"]
    assert counsel.email in told
    assert story.people["officer"].email not in told


def test_who_has_a_conflict_or_no_longer_sees_the_case_hears_nothing(app: Flask) -> None:
    story = in_assessment()
    counsel = make_person(Role.COUNSEL)
    thread = begun(story, counsel.actor)
    counsel.office = make_office()
    operations.declare_interests(story.agency_request, story.coordinator, has_conflict=True, sentence="A cousin")
    messages_operations.reply_to_thread(thread, story.officer, "Yes")
    db.session.commit()
    assert [m.address for m in mails() if m.notice == "message_from_agency"] == [story.people["assessor"].email]


def test_no_mail_quotes_a_note_for_staff_not_even_to_staff(app: Flask) -> None:
    story = in_assessment()
    begun(story, story.assessor, SECRET, shared=False)
    (mail,) = mails()
    assert mail.address == story.people["coordinator"].email
    assert SECRET not in mail.subject + mail.body
    assert "Only ICE staff read it" in mail.body


def test_a_message_that_was_not_kept_is_not_told(app: Flask) -> None:
    story = in_assessment()
    messages_operations.begin_thread(story.agency_request, story.assessor, shared=True, text="Hello")
    db.session.rollback()
    assert mails() == []
