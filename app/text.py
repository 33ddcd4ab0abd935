"""What text may be before any database, page or document sees it; and how a sentence says counts and lists."""

import re
import unicodedata
from collections.abc import Iterable

from babel.lists import format_list

LINE_LIMIT, TEXT_LIMIT = 200, 5_000

NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane + end) for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF)
)
UNKEEPABLE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{NONCHARACTERS}]")
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
LINE_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")
EDGES = re.compile("^[\\s\u200b\u2060\ufeff]+|[\\s\u200b\u2060\ufeff]+$")


class BadText(ValueError):
    """Text that cannot be kept; the sentence tells its writer what to do."""


def clean_text(text: str, limit: int = TEXT_LIMIT) -> str:
    """Text of several lines, in NFC, line breaks as LF, trimmed. Limit in code points. Raises BadText."""
    kept = EDGES.sub("", unicodedata.normalize("NFC", LINE_BREAKS.sub("\n", text)))
    if found := UNKEEPABLE.search(kept):
        raise BadText(f"Remove the hidden character {_name(found[0])}: delete the words around it and type them again.")
    if len(kept) > limit:
        raise BadText(f"Shorten this to {limit:,} characters; you typed {len(kept):,}.")
    return kept


def clean_line(text: str, limit: int = LINE_LIMIT) -> str:
    """Text of one line, in NFC, trimmed, in one direction. Limit in code points. Raises BadText."""
    kept = clean_text(text, limit)
    if "\n" in kept or "\t" in kept:
        raise BadText("Write this on one line, without tabs.")
    if found := DIRECTION.search(kept):
        raise BadText(f"Remove the hidden character {_name(found[0])}, which turns the direction of the text.")
    return kept


def visible(text: str) -> str:
    """The text to show where it was refused: what no page can hold stands as U+FFFD."""
    return UNKEEPABLE.sub("\ufffd", LINE_BREAKS.sub("\n", text))


def clean_filter(text: str, limit: int = LINE_LIMIT) -> str:
    """A filter typed into an address: one line, trimmed, cut, and without characters that no stored value can have.

    An address is never refused: it filters by what is left.
    """
    return EDGES.sub("", UNKEEPABLE.sub("", LINE_BREAKS.sub(" ", text)))[:limit]


def plural(n: int, one: str, many: str) -> str:
    """ "1 request", "1,021 requests"."""
    return f"{n:,} {one if n == 1 else many}"


def listed(words: Iterable[str], *, last: str = "and") -> str:
    """ "Boston", "Boston and Dallas", "Boston, Dallas, and Houston"; with "or" where that is `last`."""
    return format_list(list(words), "standard" if last == "and" else "or", locale="en_US")


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"
