"""A calendar file is what RFC 5545 says, whatever people type."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.deadlines.calendar_file import CalendarEvent, calendar_file

LONGEST_LINE = 75  # octets, without the line break (RFC 5545, section 3.1)

EVENT = CalendarEvent(
    uid="1@access.example", sequence=0, changed_at=datetime(2026, 11, 24, 12, tzinfo=UTC),
    starts_at=datetime(2026, 11, 30, 15, tzinfo=UTC), minutes=90, summary="Meeting", description="About it",
    location="Room 1", address="https://meet.example/1", organizer="access@agency.example",
)  # fmt: skip


def unfolded(file: str) -> dict[str, str]:
    lines = file.replace("\r\n ", "").split("\r\n")
    return dict(line.split(":", 1) for line in lines if line)


def plain(text: str) -> str:
    """Text as a calendar reads it back."""
    kept, letters = [], iter(text)
    for letter in letters:
        escaped = next(letters) if letter == "\\" else ""
        kept.append({"n": "\n"}.get(escaped, escaped) or letter)
    return "".join(kept)


def test_a_meeting_is_told_in_universal_time_with_its_length() -> None:
    found = unfolded(calendar_file(EVENT))
    assert (found["DTSTART"], found["DTEND"]) == ("20261130T150000Z", "20261130T163000Z")
    assert (found["METHOD"], found["STATUS"], found["SEQUENCE"]) == ("PUBLISH", "CONFIRMED", "0")
    assert found["UID"] == "1@access.example"
    assert found["ORGANIZER"] == "mailto:access@agency.example"


def test_one_that_is_called_off_takes_itself_out() -> None:
    found = unfolded(calendar_file(replace(EVENT, canceled=True, sequence=2)))
    assert (found["METHOD"], found["STATUS"], found["SEQUENCE"]) == (
        "CANCEL",
        "CANCELLED",
        "2",
    )  # the standard knows no other spelling


def test_commas_semicolons_backslashes_and_line_breaks_are_text() -> None:
    found = unfolded(calendar_file(replace(EVENT, summary="a, b; c\\d\ne\r\nf")))
    assert found["SUMMARY"] == "a\\, b\\; c\\\\d\\ne\\nf"


def test_nobody_writes_a_line_of_their_own() -> None:
    file = calendar_file(replace(EVENT, description="x\r\nEND:VEVENT\r\nBEGIN:VALARM"))
    assert file.count("\r\nEND:VEVENT\r\n") == 1
    assert "\r\nBEGIN:VALARM" not in file


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=400))
def test_any_text_comes_back_from_lines_that_are_not_too_long(text: str) -> None:
    file = calendar_file(replace(EVENT, description=text))
    assert all(len(line.encode()) <= LONGEST_LINE for line in file.split("\r\n"))
    assert plain(unfolded(file)["DESCRIPTION"]) == text


@pytest.mark.parametrize("missing", ["location", "address"])
def test_what_is_not_known_has_no_line(missing: str) -> None:
    lines = unfolded(calendar_file(replace(EVENT, **{missing: ""})))  # type: ignore[arg-type] # two fields of text
    assert {"location": "LOCATION", "address": "URL"}[missing] not in lines
