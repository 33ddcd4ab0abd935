"""A meeting is planned with both sides before it is held, and counts only when somebody records what came of it."""

import uuid
import zipfile
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from io import BytesIO
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.assessment.meetings import operations
from app.assessment.meetings.forms import parse_time
from app.assessment.meetings.operations import Appointment
from app.assessment.models import Meeting, PlannedMeeting
from app.extensions import db, now
from app.notifications.delivery import deliver_mail
from app.notifications.models import OutboxMessage
from app.policy import Role
from app.text import BadText
from app.workflow import engine
from app.workflow.refusals import RefusalKind, StepRefused
from tests.assessment.assessed_request import Story, in_assessment
from tests.builders import make_office, make_person
from tests.checked import CheckedClient
from tests.notifications.test_delivery import Controller, server  # noqa: F401 -- a fixture
from tests.uploads.samples import pdf

MONDAY = {"day": "2027-03-01", "clock": "10 a.m.", "zone": "America/Chicago", "minutes": "60", "where": "Room 4"}
VIDEO = "https://meet.example/abc"


@pytest.fixture
def story(app: Flask) -> Story:
    return in_assessment()


def path(story: Story) -> str:
    return f"/cases/{story.agency_request.id}/meetings"


def planned(story: Story, **values: Any) -> PlannedMeeting:
    starts_at = now() + timedelta(days=7)
    given = {"starts_at": starts_at, "zone": "America/Chicago", "minutes": 60, "place": "Room 4"} | values
    meeting = operations.plan_meeting(story.agency_request, story.assessor, Appointment(**given))
    db.session.commit()
    return meeting


def mails(notice: str) -> list[OutboxMessage]:
    query = select(OutboxMessage).where(OutboxMessage.notice == notice).order_by(OutboxMessage.address)
    return list(db.session.scalars(query))


def test_the_assessor_plans_in_the_zone_of_the_place(client: CheckedClient, story: Story) -> None:
    client.sign_in(story.people["assessor"])
    assert client.post(f"{path(story)}/plan", data=MONDAY | {"video": VIDEO, "about": "The jail"}).status_code == 303
    meeting = db.session.scalars(select(PlannedMeeting)).one()
    assert meeting.starts_at == datetime(2027, 3, 1, 16, 0, tzinfo=UTC)
    for person, address in (("assessor", path(story)), ("head", f"/requests/{story.agency_request.id}")):
        page = client.sign_in(story.people[person]).get(address).get_data(as_text=True)
        assert "March 1, 2027, 10:00 a.m. CST" in page
        assert VIDEO in page
        assert f"/planned-meetings/{meeting.id}.ics" in page
    staff = client.sign_in(story.people["coordinator"]).get(f"/cases/{story.agency_request.id}").get_data(as_text=True)
    assert "March 1, 2027, 10:00 a.m. CST" in staff


def test_a_planned_meeting_is_no_recorded_one(story: Story) -> None:
    planned(story)
    facts = engine.facts_of(story.agency_request, story.assessor)
    assert facts.assessment.has_meeting is False
    with time_machine.travel(datetime.now(UTC) + timedelta(days=30), tick=False):
        assert engine.facts_of(story.agency_request, story.assessor).assessment.has_meeting is False


def test_both_sides_are_invited_at_once_with_a_file_that_names_nobody(story: Story) -> None:
    for person in story.people.values():
        person.mail_preference = "daily"
    planned(story)
    found = mails("meeting_planned")
    expected = {story.people[who].email for who in ("head", "officer", "coordinator", "assessor")}
    assert {mail.address for mail in found} == expected
    for mail in found:
        assert mail.held is False
        assert "BEGIN:VCALENDAR" in mail.calendar
        for person in story.people.values():
            assert person.name not in mail.calendar + mail.body
            assert person.email not in mail.calendar


def test_the_mail_carries_the_file(app: Flask, story: Story, server: Controller) -> None:  # noqa: F811
    planned(story)
    deliver_mail()
    mail = message_from_bytes(server.handler.mails[0].content, policy=policy.default)
    (attached,) = mail.iter_attachments()
    assert attached.get_content_type() == "text/calendar"
    assert attached.get_param("method") == "PUBLISH"
    assert attached.get_filename() == "meeting.ics"
    assert "BEGIN:VEVENT" in attached.get_content()


def test_moving_it_changes_it_in_the_calendars(client: CheckedClient, story: Story) -> None:
    meeting = planned(story)
    client.sign_in(story.people["assessor"])
    page = client.get(f"/planned-meetings/{meeting.id}").get_data(as_text=True)
    assert 'value="Room 4"' in page
    assert client.post(f"/planned-meetings/{meeting.id}", data=MONDAY | {"expected_version": "0"}).status_code == 303
    file = client.get(f"/planned-meetings/{meeting.id}.ics")
    assert file.mimetype == "text/calendar"
    assert file.headers["Content-Disposition"] == "attachment; filename=meeting.ics"
    assert "SEQUENCE:1" in file.get_data(as_text=True)
    assert f"UID:{meeting.id}@localhost" in file.get_data(as_text=True)
    assert len(mails("meeting_moved")) == 4


def test_calling_it_off_takes_it_out_of_the_calendars_and_pages(client: CheckedClient, story: Story) -> None:
    meeting = planned(story)
    client.sign_in(story.people["assessor"])
    assert client.post(f"/planned-meetings/{meeting.id}/call-off", data={"expected_version": "0"}).status_code == 303
    assert "METHOD:CANCEL" in mails("meeting_called_off")[0].calendar
    assert "No meeting is planned." in client.get(path(story)).get_data(as_text=True)
    page = client.sign_in(story.people["head"]).get(f"/requests/{story.agency_request.id}").get_data(as_text=True)
    assert "Meetings to come" not in page
    assert "called off a meeting" in page


def test_of_two_who_change_it_the_second_is_refused(client: CheckedClient, story: Story) -> None:
    meeting = planned(story)
    client.sign_in(story.people["assessor"])
    client.post(f"/planned-meetings/{meeting.id}", data=MONDAY | {"expected_version": "0"})
    for address in ("", "/call-off"):
        assert (
            client.post(f"/planned-meetings/{meeting.id}{address}", data=MONDAY | {"expected_version": "0"}).status_code
            == 409
        )
    client.post(f"/planned-meetings/{meeting.id}/call-off", data={"expected_version": "1"})
    assert client.post(f"/planned-meetings/{meeting.id}", data=MONDAY | {"expected_version": "2"}).status_code == 409


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day": ""}, "Enter the date of the meeting."),
        ({"day": "2020-01-01"}, "still to come"),
        ({"clock": "25:00"}, "Enter a time like 2:30 p.m. or 14:30"),
        ({"clock": ""}, "Enter the time"),
        ({"zone": ""}, "Choose the time zone."),
        ({"zone": "Europe/Paris"}, "Choose one of the answers shown"),
        ({"minutes": "1"}, "Choose one of the answers shown"),
        ({"where": ""}, "Say where you meet"),
        ({"video": "javascript:alert(1)"}, "beginning with https://"),
        ({"video": "https://user@evil.example/"}, "beginning with https://"),
        ({"video": "https://[x/"}, "beginning with https://"),
        ({"day": "2027-03-14", "clock": "2:30"}, "no such time on that day"),
    ],
)
def test_what_cannot_be_planned_is_said_and_nothing_is_lost(
    client: CheckedClient, story: Story, changes: dict[str, str], sentence: str
) -> None:
    client.sign_in(story.people["assessor"])
    page = client.post(f"{path(story)}/plan", data=MONDAY | {"about": "The jail"} | changes)
    assert page.status_code == 422
    assert sentence in page.get_data(as_text=True)
    assert "The jail" in page.get_data(as_text=True)
    assert db.session.scalar(select(PlannedMeeting)) is None


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [("2:30 p.m.", 14, 30), ("14:30", 14, 30), ("9", 9, 0), ("12 am", 0, 0), ("12 PM", 12, 0), ("11:59pm", 23, 59)],
)
def test_a_time_is_read_as_people_write_it(typed: str, hour: int, minute: int) -> None:
    assert (parse_time(typed).hour, parse_time(typed).minute) == (hour, minute)


@pytest.mark.parametrize("typed", ["24:00", "13 pm", "0 am", "noon", "9:5", "-1", "9:60", ""])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(BadText):
        parse_time(typed)


@pytest.mark.parametrize("who", ["coordinator", "official", "head"])
def test_only_an_assessor_plans(client: CheckedClient, story: Story, who: str) -> None:
    meeting = planned(story)
    client.sign_in(story.people[who])
    assert client.post(f"{path(story)}/plan", data=MONDAY).status_code == 403
    assert client.post(f"/planned-meetings/{meeting.id}", data=MONDAY | {"expected_version": "0"}).status_code == 403
    assert client.get(f"/planned-meetings/{meeting.id}.ics").status_code == 200


def test_after_the_assessment_no_meeting_is_planned(story: Story) -> None:
    story.agency_request.status = "drafting"
    db.session.commit()
    with pytest.raises(StepRefused) as refused:
        planned(story)
    assert refused.value.kind is RefusalKind.TOO_LATE


def test_elsewhere_a_meeting_does_not_exist(client: CheckedClient, story: Story) -> None:
    meeting = planned(story)
    for stranger in (make_person(Role.AGENCY_HEAD), make_person(Role.ASSESSOR, office=make_office())):
        client.sign_in(stranger)
        assert client.get(f"/planned-meetings/{meeting.id}.ics").status_code == 404
    assert client.get(f"/planned-meetings/{meeting.id}").status_code == 404
    assert client.post(f"/planned-meetings/{meeting.id}/call-off", data={"expected_version": "0"}).status_code == 404
    assert client.get(f"/planned-meetings/{uuid.uuid4()}.ics").status_code == 404


def test_a_meeting_that_is_over_is_no_longer_to_come(story: Story) -> None:
    meeting = planned(story)
    with time_machine.travel(meeting.starts_at + timedelta(minutes=59), tick=False):
        assert operations.upcoming_meetings(story.agency_request.id) == [meeting]
    with time_machine.travel(meeting.starts_at + timedelta(minutes=61), tick=False):
        assert operations.upcoming_meetings(story.agency_request.id) == []


def test_a_meeting_is_recorded_on_the_same_page(client: CheckedClient, story: Story) -> None:
    client.sign_in(story.people["assessor"])
    held = {"held_on": date(2026, 1, 5).isoformat(), "place": "Room 4", "attendees": "Sheriff", "summary": "Good."}
    assert client.post(path(story), data=held).status_code == 303
    assert client.post(path(story), data=held | {"summary": ""}).status_code == 422
    assert "January 5, 2026, Room 4" in client.get(path(story)).get_data(as_text=True)


def whole_file(client: CheckedClient, story: Story) -> list[str]:
    """The names of everything that this reader takes away."""
    answer = client.get(f"/requests/{story.agency_request.id}/whole-file.zip")
    return zipfile.ZipFile(BytesIO(answer.data)).namelist()


def test_minutes_are_kept_with_their_meeting_for_staff_of_the_case_alone(client: CheckedClient, story: Story) -> None:
    held = {"held_on": "2026-01-05", "place": "Room 4", "attendees": "Sheriff", "summary": "Good."}
    client.sign_in(story.people["assessor"])
    content = pdf()
    sent = held | {"files": (BytesIO(content), "minutes.pdf")}
    assert client.post(path(story), data=sent, content_type="multipart/form-data").status_code == 303
    page = client.get(path(story)).get_data(as_text=True)
    address = "/meeting-files/" + page.split('href="/meeting-files/')[1].split('"')[0]
    given = client.get(address)
    assert (given.status_code, given.data) == (200, content)
    assert given.headers["Content-Disposition"] == "attachment; filename=minutes.pdf"
    assert "meetings/01 minutes.pdf" in whole_file(client, story)
    client.sign_in(story.people["officer"])
    assert not any("minutes" in name for name in whole_file(client, story))
    assert client.get(address).status_code == 403
    assert client.sign_in(make_person(Role.ASSESSOR, office=make_office())).get(address).status_code == 404


def test_minutes_that_cannot_be_kept_are_named_and_the_meeting_stays_typed(client: CheckedClient, story: Story) -> None:
    held = {"held_on": "2026-01-05", "place": "Room 4", "attendees": "Sheriff", "summary": "We agreed on figures."}
    client.sign_in(story.people["assessor"])
    answer = client.post(
        path(story), data=held | {"files": (BytesIO(b"MZ"), "minutes.exe")}, content_type="multipart/form-data"
    )
    assert answer.status_code == 422
    assert "We agreed on figures." in answer.get_data(as_text=True)
    assert db.session.scalar(select(Meeting)) is None
