"""The sentences that coordinators ask for most, by the kind of gap, read from data and checked when it is loaded."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.agency_requests.documents.operations import DOCUMENT_KINDS
from app.needs.questions import QUESTIONS

PATH = Path(__file__).with_name("ready_sentences.toml")


@dataclass(frozen=True)
class CannedText:
    """One beginning: what it is usually about ("document:letter", or nothing), and its words."""

    key: str
    about: str
    text: str


def load_canned_texts(text: str) -> dict[str, tuple[CannedText, ...]]:
    """The sentences by the title of their gap. Raises ValueError for a key used twice and for an unknown tie."""
    gaps = {
        gap["title"]: tuple(CannedText(**sentence) for sentence in gap["sentence"])
        for gap in tomllib.loads(text)["gap"]
    }
    every = [sentence for sentences in gaps.values() for sentence in sentences]
    if len({sentence.key for sentence in every}) != len(every):
        raise ValueError("two ready sentences have the same key")
    for sentence in every:
        kind, _, key = sentence.about.partition(":")
        if kind and key not in {"document": DOCUMENT_KINDS, "question": QUESTIONS}.get(kind, {}):
            raise ValueError(f"the ready sentence {sentence.key} is tied to {sentence.about}, which does not exist")
    return gaps


CANNED_TEXTS: Final = load_canned_texts(PATH.read_text("utf-8"))


def chosen_texts(keys: Iterable[str]) -> list[dict[str, str]]:
    """The items that these sentences begin, in the order of the data; unknown keys are passed over."""
    wanted = set(keys)
    return [
        {"anchor": sentence.about, "sentence": sentence.text}
        for sentences in CANNED_TEXTS.values()
        for sentence in sentences
        if sentence.key in wanted
    ]
