"""A small file that costs much to read is refused with a sentence: by its parts, or by the limits of the child."""

import random
import sys
from dataclasses import replace

import pytest

from app.child_process.client import WorkFailedError
from app.uploads import inspection, xml_parts
from app.uploads.bad_file import BadFile
from app.uploads.inspection import MEGABYTE, inspect
from app.uploads.xml_parts import MOST_BYTES, MOST_ELEMENTS, MOST_LEVELS, Budget, read_xml
from tests.uploads.samples import pdf, picture, rebuilt, word

TOO_COMPLEX, TOO_LONG = "too complex to check", "takes too long to check, or too much memory"


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(BadFile) as refused:
        inspect(name, data)
    return str(refused.value)


def with_xml(content: bytes) -> bytes:
    return rebuilt(word(), more={"word/more.xml": content})


def read(content: bytes, budget: Budget | None = None) -> list[str]:
    tags: list[str] = []
    read_xml([content], budget or Budget(), on_element=lambda tag, _: tags.append(tag))
    return tags


def nested(levels: int) -> bytes:
    return b"<a>" * levels + b"</a>" * levels


def test_ten_megabytes_of_tiny_elements_in_a_small_document_are_refused() -> None:
    noise = random.Random(1).randbytes(110_000)  # what keeps the document from unpacking to far more than its size
    tiny = {"word/more.xml": b"<a>" + b"<a/>" * (10 * MEGABYTE // 4) + b"</a>", "word/noise.bin": noise}
    data = rebuilt(word(), more=tiny)
    assert len(data) < MEGABYTE / 5
    assert TOO_COMPLEX in refusal("letter.docx", data)


def test_elements_nested_without_end_are_refused() -> None:
    assert TOO_COMPLEX in refusal("letter.docx", with_xml(nested(100_000)))


def test_a_level_more_than_there_may_be_is_one_too_many() -> None:
    assert len(read(nested(MOST_LEVELS))) == MOST_LEVELS
    with pytest.raises(BadFile, match=TOO_COMPLEX):
        read(nested(MOST_LEVELS + 1))


@pytest.mark.parametrize("limit", ["MOST_BYTES", "MOST_ELEMENTS"])
def test_what_a_file_holds_is_counted_over_all_of_its_parts(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    part = b"<a><b/></a>"
    monkeypatch.setattr(xml_parts, limit, 2 * {"MOST_BYTES": len(part), "MOST_ELEMENTS": 2}[limit])
    budget = Budget()
    assert read(part, budget) == read(part, budget) == ["a", "b"]
    with pytest.raises(BadFile, match=TOO_COMPLEX):
        read(b"<a/>", budget)


def test_a_file_may_hold_what_a_long_document_needs() -> None:
    assert (MOST_BYTES, MOST_ELEMENTS, MOST_LEVELS) == (20 * MEGABYTE, 1_000_000, 256)


def test_a_document_declares_no_entities() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    assert "DTD" in refusal("letter.docx", with_xml(bomb))


@pytest.mark.parametrize(
    ("name", "data"), [("letter.docx", word()), ("letter.pdf", pdf()), ("badge.png", picture("PNG"))]
)
def test_a_file_that_takes_longer_than_it_may_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, data: bytes
) -> None:
    monkeypatch.setattr(inspection, "LIMITS", replace(inspection.LIMITS, wall_seconds=0.001))
    assert TOO_LONG in refusal(name, data)


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not limit the address space of a process")
def test_a_file_that_takes_more_memory_than_it_may_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "LIMITS", replace(inspection.LIMITS, memory=32 * MEGABYTE))
    assert TOO_LONG in refusal("badge.png", picture("PNG", (7_000, 7_000)))


def test_the_largest_picture_that_may_be_opened_fits_into_the_limits() -> None:
    assert inspect("badge.png", picture("PNG", (7_000, 7_000))).kind == "png"


def test_a_file_that_breaks_what_reads_it_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object, **__: object) -> bytes:
        raise WorkFailedError("KeyError: of a library")

    monkeypatch.setattr(inspection, "run", breaks)
    assert refusal("letter.pdf", pdf()) == "This file is damaged. Open it, save it again and attach the new copy."
