"""A meeting is planned with both sides before it is held, and counts only when somebody records what came of it."""

import uuid
import zipfile
from datetime import UTC, datetime, timedelta
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
HELD = {"held_on": "2026-01-05", "place": "Room 4", "attendees": "Sheriff", "summary": "Good."}
PLAN, MOVE, CALL_OFF, RECORD = (
    "Plan the meeting and invite", "Move the meeting", "Call off the meeting", "Record the meeting",
)  # fmt: skip


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
    client.sign_in(story.people["assessor"]).get_page(path(story)).submit(PLAN, MONDAY, video=VIDEO, about="The jail")
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
    page = client.get_page(path(story)).follow("Move it or call it off")
    assert 'value="Room 4"' in page.text
    page.submit(MOVE, MONDAY)
    file = client.get(f"/planned-meetings/{meeting.id}.ics")
    assert file.mimetype == "text/calendar"
    assert file.headers["Content-Disposition"] == "attachment; filename=meeting.ics"
    assert "SEQUENCE:1" in file.get_data(as_text=True)
    assert f"UID:{meeting.id}@localhost" in file.get_data(as_text=True)
    assert len(mails("meeting_moved")) == 4


def test_calling_it_off_takes_it_out_of_the_calendars_and_pages(client: CheckedClient, story: Story) -> None:
    meeting = planned(story)
    page = client.sign_in(story.people["assessor"]).get_page(f"/planned-meetings/{meeting.id}").submit(CALL_OFF)
    assert "METHOD:CANCEL" in mails("meeting_called_off")[0].calendar
    assert "No meeting is planned." in page.text
    page = client.sign_in(story.people["head"]).get(f"/requests/{story.agency_request.id}").get_data(as_text=True)
    assert "Meetings to come" not in page
    assert "called off a meeting" in page


def test_of_two_who_change_it_the_second_is_refused(client: CheckedClient, story: Story) -> None:
    meeting = planned(story)
    address = f"/planned-meetings/{meeting.id}"
    first = client.sign_in(story.people["assessor"]).get_page(address)
    first.submit(MOVE, MONDAY)
    for refused in (first.submit(MOVE, MONDAY), first.submit(CALL_OFF)):
        assert refused.status_code == 409
    second = client.get_page(address)
    second.submit(CALL_OFF)
    assert second.submit(MOVE, MONDAY).status_code == 409
    forged = client.craft_post(address, data=MONDAY | {"expected_version": "2"})  # no page offers a called-off one
    assert forged.status_code == 409


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day": ""}, "Enter the date of the meeting."),
        ({"day": "2020-01-01"}, "still to come"),
        ({"clock": "25:00"}, "Enter a time like 2:30 p.m. or 14:30"),
        ({"clock": ""}, "Enter the time"),
        ({"zone": ""}, "Choose the time zone."),
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
    page = client.sign_in(story.people["assessor"]).get_page(path(story))
    page = page.submit(PLAN, MONDAY | {"about": "The jail"} | changes)
    assert page.status_code == 422
    assert sentence in page.text
    assert "The jail" in page.text
    assert db.session.scalar(select(PlannedMeeting)) is None


@pytest.mark.parametrize("changes", [{"zone": "Europe/Paris"}, {"minutes": "1"}])
def test_a_choice_that_no_page_offers_is_refused(client: CheckedClient, story: Story, changes: dict[str, str]) -> None:
    client.sign_in(story.people["assessor"])
    forged = client.craft_post(f"{path(story)}/plan", data=MONDAY | changes)
    assert forged.status_code == 422
    assert "Choose one of the answers shown" in forged.get_data(as_text=True)
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
    for address in (f"{path(story)}/plan", f"/planned-meetings/{meeting.id}"):
        assert client.craft_post(address, data=MONDAY | {"expected_version": "0"}).status_code == 403
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
    forged = client.craft_post(f"/planned-meetings/{meeting.id}/call-off", data={"expected_version": "0"})
    assert forged.status_code == 404
    assert client.get(f"/planned-meetings/{uuid.uuid4()}.ics").status_code == 404


def test_a_meeting_that_is_over_is_no_longer_to_come(story: Story) -> None:
    meeting = planned(story)
    with time_machine.travel(meeting.starts_at + timedelta(minutes=59), tick=False):
        assert operations.upcoming_meetings(story.agency_request.id) == [meeting]
    with time_machine.travel(meeting.starts_at + timedelta(minutes=61), tick=False):
        assert operations.upcoming_meetings(story.agency_request.id) == []


def test_a_meeting_is_recorded_on_the_same_page(client: CheckedClient, story: Story) -> None:
    page = client.sign_in(story.people["assessor"]).get_page(path(story)).submit(RECORD, HELD | {"summary": ""})
    assert page.status_code == 422
    assert "January 5, 2026, Room 4" in page.submit(RECORD, summary="Good.").text


def whole_file(client: CheckedClient, story: Story) -> list[str]:
    """The names of everything that this reader takes away."""
    answer = client.get(f"/requests/{story.agency_request.id}/whole-file.zip")
    return zipfile.ZipFile(BytesIO(answer.data)).namelist()


def test_minutes_are_kept_with_their_meeting_for_staff_of_the_case_alone(client: CheckedClient, story: Story) -> None:
    content = pdf()
    page = client.sign_in(story.people["assessor"]).get_page(path(story))
    given = page.submit(RECORD, HELD, files=(BytesIO(content), "minutes.pdf")).follow("minutes.pdf")
    address = given.path
    assert (given.status_code, given.response.data) == (200, content)
    assert given.response.headers["Content-Disposition"] == "attachment; filename=minutes.pdf"
    assert "meetings/01 minutes.pdf" in whole_file(client, story)
    client.sign_in(story.people["officer"])
    assert not any("minutes" in name for name in whole_file(client, story))
    assert client.get(address).status_code == 403
    assert client.sign_in(make_person(Role.ASSESSOR, office=make_office())).get(address).status_code == 404


def test_minutes_that_cannot_be_kept_are_named_and_the_meeting_stays_typed(client: CheckedClient, story: Story) -> None:
    page = client.sign_in(story.people["assessor"]).get_page(path(story))
    page = page.submit(RECORD, HELD | {"summary": "We agreed on figures."}, files=(BytesIO(b"MZ"), "minutes.exe"))
    assert page.status_code == 422
    assert "We agreed on figures." in page.text
    assert db.session.scalar(select(Meeting)) is None
