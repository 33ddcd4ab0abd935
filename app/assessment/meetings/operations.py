"""Meetings before they are held: planned, moved, canceled, and announced to both sides with a calendar file."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import select

from app import audit
from app.agency_requests.access import get_request
from app.agency_requests.models import AgencyRequest
from app.agency_requests.recipients import people_named, recipients
from app.assessment.models import MeetingFile, PlannedMeeting
from app.assessment.worksheet.operations import refuse_unless_workable
from app.deadlines.calendar_file import CalendarEvent, calendar_file
from app.extensions import db, now
from app.filters import format_datetime
from app.notifications.notices import RecipientGroup
from app.notifications.outbox import send_notice
from app.policy import Actor
from app.text import listed
from app.workflow.refusals import RefusalKind, StepRefused, not_found


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """When, for how long, and where: a place, a video meeting, or both."""

    starts_at: datetime
    zone: str
    minutes: int
    place: str = ""
    video: str = ""
    about: str = ""


def plan_meeting(agency_request: AgencyRequest, actor: Actor, appointment: Appointment) -> PlannedMeeting:
    """Plans a meeting and invites both sides. It counts as held only when somebody records what came of it."""
    refuse_unless_workable(agency_request, actor)
    meeting = PlannedMeeting(request_id=agency_request.id, by_id=actor.id, agency_request=agency_request)
    _set(meeting, appointment)
    db.session.add(meeting)
    db.session.flush()  # its key is what calendars know it by
    _record(meeting, actor, "plan_meeting", "planned a meeting")
    _invite(meeting, actor, "meeting_planned")
    return meeting


def move_meeting(meeting: PlannedMeeting, actor: Actor, appointment: Appointment, *, expected_version: int) -> None:
    """Reschedules it, in the calendars too. Raises StepRefused when it was changed meanwhile, or called off."""
    _hold(meeting, actor, expected_version)
    _set(meeting, appointment)
    meeting.sequence += 1
    _record(meeting, actor, "move_meeting", "moved a meeting")
    _invite(meeting, actor, "meeting_moved")


def cancel_meeting(meeting: PlannedMeeting, actor: Actor, *, expected_version: int) -> None:
    """Calls it off, in the calendars too."""
    _hold(meeting, actor, expected_version)
    meeting.canceled_at = meeting.changed_at = now()
    meeting.sequence += 1
    _record(meeting, actor, "call_off_meeting", "called off a meeting")
    _invite(meeting, actor, "meeting_called_off")


def get_meeting(meeting_id: uuid.UUID, actor: Actor) -> PlannedMeeting:
    """The planned meeting, if this person sees its request; otherwise StepRefused as not found."""
    found = db.session.get(PlannedMeeting, meeting_id)
    if found is None:
        raise not_found()
    get_request(found.request_id, actor)
    return found


def get_file(file_id: uuid.UUID, actor: Actor) -> MeetingFile:
    """A file of a meeting, if this person sees its request; otherwise StepRefused as not found."""
    found = db.session.get(MeetingFile, file_id)
    if found is None:
        raise not_found()
    get_request(found.meeting.request_id, actor)
    return found


def upcoming_meetings(request_id: uuid.UUID) -> Sequence[PlannedMeeting]:
    """The meetings that are planned and not over, the next one first."""
    earliest = now() - timedelta(days=1)
    query = select(PlannedMeeting).where(
        PlannedMeeting.request_id == request_id,
        PlannedMeeting.canceled_at.is_(None),
        PlannedMeeting.starts_at > earliest,
    )
    found = db.session.scalars(query.order_by(PlannedMeeting.starts_at, PlannedMeeting.id))
    return [meeting for meeting in found if meeting.ends_at > now()]


def calendar_of(meeting: PlannedMeeting) -> str:
    """The meeting as a calendar file; the same for both sides, so nobody is named in it."""
    base = current_app.config["BASE_URL"]
    page = f"{base}/requests/{meeting.request_id}"
    number = meeting.agency_request.number or ""
    lines = [meeting.about, f"Video: {meeting.video}" if meeting.video else "", page]
    return calendar_file(
        CalendarEvent(
            uid=f"{meeting.id}@{urlsplit(base).hostname}",
            sequence=meeting.sequence,
            changed_at=meeting.changed_at,
            starts_at=meeting.starts_at,
            minutes=meeting.minutes,
            summary=f"Meeting on ICE ACCESS request {number}",
            description="\n\n".join(filter(None, lines)),
            location=meeting.place or "Video meeting",
            address=meeting.video or page,
            organizer=current_app.config["MAIL_FROM"],
            canceled=meeting.canceled_at is not None,
        )
    )


def _set(meeting: PlannedMeeting, appointment: Appointment) -> None:
    meeting.starts_at, meeting.zone = appointment.starts_at, appointment.zone
    meeting.minutes, meeting.changed_at = appointment.minutes, now()
    meeting.place, meeting.video, meeting.about = appointment.place, appointment.video, appointment.about


def _hold(meeting: PlannedMeeting, actor: Actor, expected_version: int) -> None:
    """Locks the meeting, and refuses who may not change it or looks at an older state of it."""
    refuse_unless_workable(meeting.agency_request, actor)
    db.session.refresh(meeting, with_for_update={"of": PlannedMeeting})
    if meeting.sequence != expected_version or meeting.canceled_at is not None:
        sentence = "Somebody was faster: the meeting was moved or called off since you opened it."
        raise StepRefused(RefusalKind.TOO_LATE, [sentence], case_id=meeting.request_id, action="move_meeting")


def _invite(meeting: PlannedMeeting, actor: Actor, notice: str) -> None:
    """Tells the agency and who works on the case, the planner too: the file is for their calendar as well."""
    agency_request = meeting.agency_request
    agency = recipients(agency_request, RecipientGroup.AGENCY, actor)
    staff = {person.email for _, person in people_named(agency_request) if person.active}
    values = {
        "number": agency_request.number or "",
        "agency": agency_request.agency.name,
        "when": format_datetime(meeting.starts_at, ZoneInfo(meeting.zone)),
        "where": listed(filter(None, [meeting.place, meeting.video])),
        "about": f"\n\n{meeting.about}" if meeting.about else "",
    }
    for side, people in (("requests", agency), ("cases", staff)):
        path = f"/{side}/{agency_request.id}"
        send_notice(notice, people, values, path=path, case_id=agency_request.id, calendar=calendar_of(meeting))


def _record(meeting: PlannedMeeting, actor: Actor, action: str, sentence: str) -> None:
    when = format_datetime(meeting.starts_at, ZoneInfo(meeting.zone))
    audit.record(
        action,
        actor,
        case_id=meeting.request_id,
        subject=("meeting", meeting.id),
        sentence=f"{sentence} for {when}" if action != "call_off_meeting" else f"{sentence} of {when}",
        details={"starts_at": meeting.starts_at.isoformat(), "zone": meeting.zone, "sequence": meeting.sequence},
    )
