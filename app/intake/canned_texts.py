"""The sentences that coordinators ask for most, by the kind of gap, read from data and checked when it is loaded."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from app.agency_requests.documents.operations import DOCUMENT_KINDS
from app.data_files import DataFileError, Shape, Words, read
from app.needs.questions import QUESTIONS

PATH = Path(__file__).with_name("canned_texts.toml")


class CannedText(Shape, frozen=True):
    """One beginning: what it is usually about ("document:letter", or nothing), and its words."""

    key: Words
    about: str
    text: Words


class InformationGap(Shape, frozen=True):
    """A kind of gap with the sentences that ask for it."""

    title: Words
    sentence: tuple[CannedText, ...]


class CannedTextFile(Shape, frozen=True):
    """canned_texts.toml."""

    gap: tuple[InformationGap, ...]


def load_canned_texts(path: Path) -> dict[str, tuple[CannedText, ...]]:
    """The sentences by the title of their gap. Raises DataFileError, for a key used twice and an unknown tie too."""
    gaps = {gap.title: gap.sentence for gap in read(path, CannedTextFile).gap}
    every = [sentence for sentences in gaps.values() for sentence in sentences]
    if len({sentence.key for sentence in every}) != len(every):
        raise DataFileError(f"{path.name}: two sentences have the same key")
    for sentence in every:
        kind, _, key = sentence.about.partition(":")
        if kind and key not in {"document": DOCUMENT_KINDS, "question": QUESTIONS}.get(kind, {}):
            raise DataFileError(f"{path.name}: {sentence.key} is about {sentence.about}, which does not exist")
    return gaps


CANNED_TEXTS: Final = load_canned_texts(PATH)


def chosen_texts(keys: Iterable[str]) -> list[dict[str, str]]:
    """The items that these sentences begin, in the order of the data; unknown keys are passed over."""
    wanted = set(keys)
    return [
        {"anchor": sentence.about, "sentence": sentence.text}
        for sentences in CANNED_TEXTS.values()
        for sentence in sentences
        if sentence.key in wanted
    ]
