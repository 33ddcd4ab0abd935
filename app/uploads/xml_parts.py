"""Parses uploaded XML as events, never as a tree, and stops at a number of bytes, of elements and of levels."""

from collections.abc import Callable, Iterable
from typing import NoReturn
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType  # no declarations are read, and so no entities

from app.uploads.bad_file import BadFile, damaged

MOST_BYTES = 20 * 1024 * 1024
MOST_ELEMENTS = 1_000_000
MOST_LEVELS = 256
Attributes = dict[str, str]


class Budget:
    """What is left to read of one file, over all of its parts."""

    def __init__(self) -> None:
        self.bytes, self.elements = MOST_BYTES, MOST_ELEMENTS

    def spend(self, *, bytes_read: int = 0, elements: int = 0) -> None:
        """Counts what was read. Raises BadFile once it is more than a file may hold."""
        self.bytes -= bytes_read
        self.elements -= elements
        if self.bytes < 0 or self.elements < 0:
            raise _too_much()


def read_xml(
    chunks: Iterable[bytes],
    budget: Budget,
    *,
    on_element: Callable[[str, Attributes], object],
    on_text: Callable[[str, str], object] | None = None,
) -> None:
    """Calls back for each element with its local name and attributes, and for text with the element it stands in.

    Names of attributes with a namespace are "namespace}name". Raises BadFile.
    """
    parser = ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_declarations
    _listen(parser, budget, on_element, on_text)
    try:
        for chunk in chunks:
            budget.spend(bytes_read=len(chunk))
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (ExpatError, ValueError, LookupError) as error:
        raise damaged() from error


def _listen(
    parser: XMLParserType,
    budget: Budget,
    on_element: Callable[[str, Attributes], object],
    on_text: Callable[[str, str], object] | None,
) -> None:
    open_tags: list[str] = []

    def begin(tag: str, attributes: Attributes) -> None:
        budget.spend(elements=1)
        if len(open_tags) == MOST_LEVELS:
            raise _too_much()
        open_tags.append(tag.rpartition("}")[2])
        on_element(open_tags[-1], attributes)

    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda _: open_tags.pop()
    if on_text is not None:
        parser.CharacterDataHandler = lambda text: on_text(open_tags[-1], text)


def _refuse_declarations(*_: object) -> NoReturn:
    raise BadFile("This Word document declares its own rules (a DTD). Save it again from Word.")


def _too_much() -> BadFile:
    return BadFile("This Word document is too complex to check. Save it as a PDF and attach that.")
