"""Writes an event as an iCalendar file (RFC 5545), which any calendar reads."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

LONGEST_LINE: Final = 75  # octets, without the line break (section 3.1)
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
    """The file, its lines folded and ended as the standard asks. Moments are in UTC, which needs no zone's rules."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        f"METHOD:{'CANCEL' if event.canceled else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{_moment(event.changed_at)}",
        f"LAST-MODIFIED:{_moment(event.changed_at)}",
        f"DTSTART:{_moment(event.starts_at)}",
        f"DTEND:{_moment(event.starts_at + timedelta(minutes=event.minutes))}",
        f"SUMMARY:{_text(event.summary)}",
        f"DESCRIPTION:{_text(event.description)}",
        *([f"LOCATION:{_text(event.location)}"] if event.location else ()),
        *([f"URL:{event.address}"] if event.address else ()),
        f"ORGANIZER:mailto:{event.organizer}",
        f"STATUS:{'CANCELED' if event.canceled else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(_folded(line) + "\r\n" for line in lines)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """Text escaped (section 3.3.11); a line break becomes a letter, so that no text can begin a line of its own."""
    for found, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        value = value.replace(found, written)
    return value


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, each further one begun by a space; no letter is cut in two."""
    pieces, piece, room = [], "", LONGEST_LINE
    for letter in line:
        size = len(letter.encode())
        if size > room:
            pieces.append(piece)
            piece, room = "", LONGEST_LINE - 1
        piece += letter
        room -= size
    return "\r\n ".join([*pieces, piece])
