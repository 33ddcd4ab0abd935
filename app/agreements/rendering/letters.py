"""Which letters the typeface of the PDF has for certain; any other can be named by its number."""

import re

CERTAIN = (
    " -~"  # ASCII
    "\u00a0-\u024f"  # Latin with its accents
    "\u02b0-\u0377"  # modifier letters such as the okina, and accents that combine
    "\u0391-\u03a1\u03a3-\u03ff\u0400-\u04ff"  # Greek and Cyrillic
    "\u1e00-\u1eff"  # more Latin
    "\u2010-\u2040\u20ac\u2122\u2190-\u2193\u2212\ufffd"  # marks of type
)
STRANGER = re.compile(f"[^{CERTAIN}]")


def as_numbers(text: str) -> str:
    """The text with every letter that may be missing as its number, such as [U+4E2D]."""
    return STRANGER.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def has_strangers(text: str) -> bool:
    """Whether some letter may be missing."""
    return STRANGER.search(text) is not None
