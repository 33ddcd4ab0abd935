"""Writes an event as an iCalendar file (RFC 5545), which any calendar reads."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

PRODUCT: Final = "-//ACCESS Partnership Requests//Meetings//EN"


@dataclass(frozen=True, kw_only=True)
class CalendarEvent:
    """One meeting as calendars know it: the same `uid` with a higher `sequence` replaces what they hold."""

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    minutes: int
    summary: str
    description: str
    location: str
    address: str  # of the page, or of the video
    organizer: str  # an e-mail address
    canceled: bool = False


def calendar_file(event: CalendarEvent) -> str:
    """The file as the standard asks. Moments are in UTC, which needs no zone's rules."""
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODUCT)
    calendar.add("METHOD", "CANCEL" if event.canceled else "PUBLISH")
    calendar.add_component(_component(event))
    return calendar.to_ical().decode()


def _component(event: CalendarEvent) -> Event:
    starts_at, changed_at = event.starts_at.astimezone(UTC), event.changed_at.astimezone(UTC)
    component = Event()
    component.add("UID", event.uid)
    component.add("SEQUENCE", event.sequence)
    component.add("DTSTAMP", changed_at)
    component.add("LAST-MODIFIED", changed_at)
    component.add("DTSTART", starts_at)
    component.add("DTEND", starts_at + timedelta(minutes=event.minutes))
    component.add("SUMMARY", event.summary)
    component.add("DESCRIPTION", event.description)
    if event.location:
        component.add("LOCATION", event.location)
    if event.address:
        component.add("URL", event.address)
    component.add("ORGANIZER", f"mailto:{event.organizer}")
    component.add("STATUS", "CANCELLED" if event.canceled else "CONFIRMED")  # the standard's spelling
    return component
