"""The form that plans a meeting: a day and a time in a zone, and a place, a video meeting, or both."""

import re
from datetime import UTC, datetime, time
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from app.assessment.meetings.operations import Appointment
from app.assessment.models import PlannedMeeting
from app.extensions import now
from app.forms import BaseForm, ChoiceField, HiddenField, IsoDateField, LineField, TextField, required
from app.text import BadText

ZONES = (
    ("America/New_York", "Eastern"),
    ("America/Chicago", "Central"),
    ("America/Denver", "Mountain"),
    ("America/Phoenix", "Arizona"),
    ("America/Los_Angeles", "Pacific"),
    ("America/Anchorage", "Alaska"),
    ("Pacific/Honolulu", "Hawaii"),
    ("America/Puerto_Rico", "Puerto Rico and Virgin Islands"),
    ("Pacific/Guam", "Guam and Northern Mariana Islands"),
    ("Pacific/Pago_Pago", "American Samoa"),
)
LENGTHS = (
    (30, "30 minutes"),
    (60, "1 hour"),
    (90, "1 hour and a half"),
    (120, "2 hours"),
    (180, "3 hours"),
    (240, "4 hours"),
)
CLOCK = re.compile(r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?\s*(?P<half>[ap])?\.?m?\.?", re.ASCII | re.IGNORECASE)
NOON = 12


class TimeField(LineField):
    """A time of day, typed as 2:30 p.m. or 14:30; kept as "14:30"."""

    def clean(self, typed: str) -> str:
        """The time as it is kept. Raises ValueError with the sentence to show."""
        line = super().clean(typed)
        return f"{parse_time(line):%H:%M}" if line else ""


def parse_time(typed: str) -> time:
    """The time of day that somebody means. Raises BadText."""
    found = CLOCK.fullmatch(typed)
    hour, minute = (int(found["hour"]), int(found["minute"] or 0)) if found else (-1, 0)
    half = (found["half"] or "").lower() if found else ""
    if half:
        hour = hour % NOON + (NOON if half == "p" else 0) if 1 <= hour <= NOON else -1
    try:
        return time(hour, minute)
    except ValueError:
        raise BadText("Enter a time like 2:30 p.m. or 14:30") from None


class PlanMeetingForm(BaseForm):
    """When and where the agency and ICE will meet."""

    day = IsoDateField("Date", validators=[required("Enter the date of the meeting.")])
    clock = TimeField("Time", validators=[required("Enter the time at which it begins.")])
    zone = ChoiceField("Time zone", choices=ZONES, validators=[required("Choose the time zone.")])
    minutes = ChoiceField(
        "How long",
        choices=[(str(m), words) for m, words in LENGTHS],
        validators=[required("Choose how long it takes.")],
    )
    where = LineField("Place")
    video = LineField("Address of the video meeting", limit=500)
    about = TextField("What it is about", limit=1000)
    expected_version = HiddenField()

    @classmethod
    def of(cls, meeting: PlannedMeeting) -> "PlanMeetingForm":
        """The form with what is planned."""
        local = meeting.starts_at.astimezone(ZoneInfo(meeting.zone))
        return cls(
            data={
                "day": local.date(),
                "clock": f"{local:%H:%M}",
                "zone": meeting.zone,
                "minutes": str(meeting.minutes),
                "where": meeting.place,
                "video": meeting.video,
                "about": meeting.about,
                "expected_version": str(meeting.sequence),
            }
        )

    @property
    def sequence(self) -> int:
        """The state of the meeting that the writer saw; -1 when the form does not say."""
        return (
            int(self.expected_version.data)
            if (self.expected_version.data or "").isdigit() and len(self.expected_version.data) < 9
            else -1
        )

    @property
    def appointment(self) -> Appointment:
        """What was planned."""
        return Appointment(
            starts_at=self._starts_at(),
            zone=self.zone.data or "",
            minutes=int(self.minutes.data or 0),
            place=self.where.data or "",
            video=self.video.data or "",
            about=self.about.data or "",
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Besides its fields: a moment that exists and is to come, and somewhere to meet."""
        good = super().validate(extra_validators)
        if good and not self._exists():
            self.clock.errors = ["The clocks are put forward then: there is no such time on that day."]
            return False
        if good and self._starts_at() <= now():
            self.day.errors = ["Enter a time that is still to come. A meeting that was held is recorded below."]
            return False
        return self._has_where() and good

    def _has_where(self) -> bool:
        if not self.where.data and not self.video.data and not self.video.errors:
            self.where.errors = ["Say where you meet: a place, the address of a video meeting, or both."]
            return False
        if self.video.data and not _is_address(self.video.data):
            self.video.errors = ["Enter the address of the video meeting, beginning with https://"]
            return False
        return True

    def _local(self) -> datetime:
        day = self.day.data or now().date()  # asked only of a form whose fields hold
        return datetime.combine(day, time.fromisoformat(self.clock.data), ZoneInfo(self.zone.data or ""))

    def _starts_at(self) -> datetime:
        return self._local().astimezone(UTC)

    def _exists(self) -> bool:
        """Whether the clocks of that zone show this time on that day."""
        back = self._starts_at().astimezone(ZoneInfo(self.zone.data or ""))
        return back.replace(tzinfo=None) == self._local().replace(tzinfo=None)


def _is_address(typed: str) -> bool:
    """An address that is safe to follow: encrypted, to a named host, without spaces or a sign-in in it."""
    try:
        parts = urlsplit(typed)
        return (
            parts.scheme == "https"
            and bool(parts.hostname)
            and "@" not in parts.netloc
            and not re.search(r"[\s<>\"\\]", typed)
        )
    except ValueError:
        return False
