"""A file is read as a whole or refused in one line that names the key."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.needs.profile import LIMIT, BadProfile, parse_profile, read_profile

AGENCY = {"name": "Example County Sheriff", "ori": "TX9990100", "state": "TX", "county_fips": "48001"}


def written(data: Any) -> bytes:
    return json.dumps(data).encode()


def test_a_file_with_an_agency_and_answers_is_read(tmp_path: Path) -> None:
    path = tmp_path / "agency.json"
    path.write_bytes(written({"agency": AGENCY, "answers": {"jail_bookings": 12_000, "gang_crimes": None}}))
    profile = read_profile(path)
    assert profile.agency == AGENCY
    assert profile.answers == {"jail_bookings": 12_000, "gang_crimes": None}


@pytest.mark.parametrize(
    "data", [{}, {"agency": None, "answers": None}, {"agency": {}, "answers": {}}, {"agency": {"name": None}}]
)
def test_what_is_missing_is_unknown(data: Any) -> None:
    profile = parse_profile(written(data))
    assert profile.agency == {}
    assert profile.answers == {}


def test_a_byte_order_mark_of_a_text_editor_is_no_matter() -> None:
    assert parse_profile(b"\xef\xbb\xbf{}").answers == {}


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (written({"agency": AGENCY, "answer": {}}), "answer"),
        (written({"agency": AGENCY | {"phone": "1"}}), "phone"),
        (written({"agency": AGENCY | {"name": 5}}), "name"),
        (written({"agency": AGENCY | {"name": "  "}}), "name"),
        (written({"agency": AGENCY | {"name": "a\nb"}}), "name"),
        (written({"agency": AGENCY | {"name": "\ud800"}}), "name"),
        (written({"agency": AGENCY | {"name": "x" * 201}}), "name"),
        (written({"agency": AGENCY | {"ori": "TX999010"}}), "ori"),
        (written({"agency": AGENCY | {"ori": "tx9990100"}}), "ori"),
        (written({"agency": AGENCY | {"ori": "TX9990100\n"}}), "ori"),
        (written({"agency": AGENCY | {"ori": ["TX9990100"]}}), "ori"),
        (written({"agency": AGENCY | {"state": "Texas"}}), "state"),
        (written({"agency": AGENCY | {"state": "ZZ"}}), "state"),
        (written({"agency": AGENCY | {"county_fips": 48001}}), "county_fips"),
        (written({"agency": AGENCY | {"county_fips": "4800"}}), "county_fips"),
        (written({"agency": AGENCY | {"county_fips": "٤٨٠٠١"}}), "county_fips"),
        (written({"agency": []}), "agency"),
        (written({"answers": ["jail_bookings"]}), "answers"),
        (written({"answers": {"no_such_question": 1}}), "no_such_question"),
        (written({"answers": {"jail_bookings": "12000"}}), "jail_bookings"),
        (written({"answers": {"jail_bookings": True}}), "jail_bookings"),
        (written({"answers": {"jail_screened_percent": 101}}), "jail_screened_percent"),
        (written({"answers": {"jail_operated": "maybe"}}), "jail_operated"),
        (b'{"answers": {"jail_bookings": NaN}}', "jail_bookings"),
        (b'{"answers": {"jail_bookings": -Infinity}}', "jail_bookings"),
        (b'{"answers": {"officers_assignable_fte": 1e400}}', "officers_assignable_fte"),
        (b'{"answers": {"jail_bookings": ' + b"9" * 10_000 + b"}}", "jail_bookings"),
        (b'{"answers": {"offence_focus": [NaN]}}', "offence_focus"),
        (b'{"answers": {"ice_calls": 1, "ice_calls": 2}}', "ice_calls"),
        (b'{"answers": {}, "answers": {}}', "answers"),
        (b'{"answers": {"jail_bookings": {"jail_bookings": 1}}}', "jail_bookings"),
        (b"[]", "file"),
        (b"NaN", "file"),
        (b"null", "file"),
        (b'"text"', "file"),
        (b"", "file"),
        (b"{", "file"),
        (b"{} {}", "file"),
        (b"\xff\xfe{\x00}\x00", "file"),
        (b"[" * 200_000, "file"),
        (b'{"answers":' * 50_000, "file"),
        (b" " * (LIMIT + 1), "file"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused_naming_the_key(content: bytes, key: str) -> None:
    with pytest.raises(BadProfile) as refusal:
        parse_profile(content)
    assert refusal.value.key == key
    assert str(refusal.value).startswith(f"{key}: ")
    assert len(str(refusal.value).splitlines()) == 1


def test_a_file_of_just_one_megabyte_is_read() -> None:
    assert parse_profile(b"{}".ljust(LIMIT)).answers == {}


def test_a_hostile_key_stays_on_one_line_of_plain_characters() -> None:
    with pytest.raises(BadProfile) as refusal:
        parse_profile(written({"answers": {"a\nb\x1b[31m\u202e" + "x" * 500: 1}}))
    assert str(refusal.value).isascii()
    assert len(str(refusal.value).splitlines()) == 1
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize("name", ["missing.json", "."])
def test_a_path_that_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadProfile, match="Cannot be read"):
        read_profile(tmp_path / name)
