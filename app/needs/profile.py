"""Read a file that describes an agency and its answers; refuse what it cannot be sure of, naming the key."""

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.needs.answers import BadAnswer, check_all
from app.needs.questions import Answers

LIMIT = 1_000_000
LONGEST_NAME = 200
LONGEST_NUMBER = 40
KEY_WIDTH = 60

# fmt: off
STATES = frozenset({
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY",
    "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH",
    "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY",
    "AS", "GU", "MP", "PR", "VI",
})
# fmt: on
"""The Postal Service's codes of the states, the District of Columbia and the territories."""


class BadProfile(ValueError):
    """A file that cannot be read as an agency and its answers. The text is one line that starts with the key."""

    def __init__(self, key: str, sentence: str) -> None:
        self.key = key
        self.sentence = sentence
        super().__init__(f"{printable(key)}: {sentence}")


@dataclass(frozen=True, slots=True)
class Profile:
    """Who is described (name, ori, state, county_fips; a missing one is absent) and what they answer."""

    agency: Mapping[str, str]
    answers: Answers


def printable(key: str) -> str:
    """A key from outside on one line of plain characters, shortened."""
    shown = key if key.isascii() and key.isprintable() else json.dumps(key)
    return shown if len(shown) <= KEY_WIDTH else f"{shown[:KEY_WIDTH]}..."


def read_profile(path: Path) -> Profile:
    """The profile in a JSON file of at most 1 MB in UTF-8. Raises BadProfile."""
    try:
        with path.open("rb") as file:
            content = file.read(LIMIT + 1)
    except (OSError, ValueError) as fault:
        raise BadProfile(
            path.name or str(path), f"Cannot be read ({getattr(fault, 'strerror', None) or 'not a path'})."
        ) from fault
    return parse_profile(content, path.name)


def parse_profile(content: bytes, name: str = "file") -> Profile:
    """The profile in these bytes; `name` stands for the whole in a refusal. Raises BadProfile."""
    if len(content) > LIMIT:
        raise BadProfile(name, "Larger than 1 MB.")
    data = _object(name, _json(content, name))
    _only(data, ("agency", "answers"))
    agency = _agency(_object("agency", data.get("agency")))
    try:
        return Profile(agency, check_all(_object("answers", data.get("answers"))))
    except BadAnswer as fault:
        raise BadProfile(fault.key, fault.sentence) from fault


def _json(content: bytes, name: str) -> object:
    try:
        return json.loads(
            content.decode("utf-8-sig"),
            object_pairs_hook=_each_key_once,
            parse_constant=_no_constant,
            parse_int=_whole,
        )
    except UnicodeDecodeError as fault:
        raise BadProfile(name, "Not UTF-8 text.") from fault
    except RecursionError as fault:
        raise BadProfile(name, "Nested too deeply.") from fault
    except json.JSONDecodeError as fault:
        raise BadProfile(name, f"Not JSON: line {fault.lineno}, column {fault.colno}.") from fault


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise BadProfile(key, "Given twice.")
        if isinstance(value, _NotANumber):
            raise BadProfile(key, f"{value.text} is not a number.")
        found[key] = value
    return found


@dataclass(frozen=True, slots=True)
class _NotANumber:
    """NaN or Infinity, kept until the key it stands under is known."""

    text: str


def _no_constant(text: str) -> _NotANumber:
    return _NotANumber(text)


def _whole(text: str) -> int | float:
    """A whole number; one too long to be an answer is kept as endless, so that the check names its key."""
    return int(text) if len(text) <= LONGEST_NUMBER else math.inf


def _object(key: str, value: object) -> dict[str, Any]:
    if value is None and key in ("agency", "answers"):
        return {}
    if not isinstance(value, dict):
        raise BadProfile(key, "Must be an object with keys and values.")
    return value


def _only(data: Mapping[str, object], allowed: tuple[str, ...]) -> None:
    for key in data:
        if key not in allowed:
            raise BadProfile(key, f"Unknown; expected only {', '.join(allowed)}.")


def _name_fits(value: str) -> bool:
    return bool(value.strip()) and len(value) <= LONGEST_NAME and value.isprintable()


AGENCY_FIELDS: Mapping[str, tuple[Callable[[str], object], str]] = {
    "name": (_name_fits, f"Give the agency's name on one line, in at most {LONGEST_NAME} characters."),
    "ori": (
        re.compile(r"[A-Z]{2}[A-Z0-9]{7}").fullmatch,
        "Give the ORI: two capital letters, then seven letters or digits.",
    ),
    "state": (STATES.__contains__, "Give the two-letter code of the state."),
    "county_fips": (re.compile(r"[0-9]{5}").fullmatch, "Give the county's FIPS code as five digits in quotes."),
}


def _agency(data: Mapping[str, object]) -> dict[str, str]:
    _only(data, tuple(AGENCY_FIELDS))
    return {key: _agency_field(key, value) for key, value in data.items() if value is not None}


def _agency_field(key: str, value: object) -> str:
    fits, sentence = AGENCY_FIELDS[key]
    if not isinstance(value, str) or not fits(value):
        raise BadProfile(key, sentence)
    return value
