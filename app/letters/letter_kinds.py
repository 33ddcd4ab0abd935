"""The kinds of letters, the placeholders each may use, and the text each begins with. Pure data."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final

from app.data_files import DataFileError, Shape, Words, read


class LetterKind(StrEnum):
    """What a letter is for."""

    ACKNOWLEDGMENT = "acknowledgment"
    INFORMATION = "information"
    RECOMMENDATION = "recommendation"
    DECISION = "decision"


@dataclass(frozen=True)
class TextSort:
    """A kind of letter in words: its title, when it is written, and the placeholders it may use, each explained."""

    title: str
    when: str
    placeholders: Mapping[str, str]


COMMON: Final = {
    "agency": "the agency’s name",
    "head": "the agency head’s name, as the agency gave it",
    "head_title": "the agency head’s title",
    "state": "the agency’s state, in two letters",
    "number": "the request’s number",
    "received": "the day the request was received",
    "today": "the day of the letter",
    "office": "the office that works on the request",
    "sender": "who writes, by role and office",
    "note": "a paragraph that whoever issues the letter may add; left out when there is none",
}
SORTS: Final[Mapping[LetterKind, TextSort]] = MappingProxyType(
    {
        LetterKind.ACKNOWLEDGMENT: TextSort(
            "Acknowledgment", "Once a request was sent to ICE.", COMMON | {"status": "where the request is now"}
        ),
        LetterKind.INFORMATION: TextSort(
            "Information request",
            "While the agency is asked for something.",
            COMMON | {"items": "what is asked, as a list", "due": "the day by which it is asked"},
        ),
        LetterKind.RECOMMENDATION: TextSort(
            "Covering letter of the recommendation",
            "Once a recommendation was sent to the agency.",
            COMMON
            | {
                "programs": "the recommended programs, as a list",
                "summary": "the recommendation’s summary",
                "version": "the version of the recommendation",
                "fingerprint": "the fingerprint of exactly what was sent",
            },
        ),
        LetterKind.DECISION: TextSort(
            "Decision letter",
            "Once every program was decided, or the request was declined or deferred.",
            COMMON | {"outcome": "what became of the request, in a sentence", "decisions": "each decision, as a list"},
        ),
    }
)


class LetterText(Shape, frozen=True):
    """What a template says: one line for the subject, and paragraphs with placeholders in braces."""

    subject: Words
    body: Words


def _read() -> Mapping[LetterKind, LetterText]:
    texts = read(Path(__file__).with_name("defaults.toml"), dict[LetterKind, LetterText])
    if missing := [kind for kind in LetterKind if kind not in texts]:
        raise DataFileError(f"defaults.toml: {missing[0]} is missing")
    return MappingProxyType(texts)


DEFAULTS: Final = _read()
"""The text of each kind until somebody writes another."""
