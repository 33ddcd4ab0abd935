"""Passwords: argon2id, at least 15 characters, refused when they are easy to guess; whole passwords are compared.

NIST SP 800-63B-4: no composition rules, no forced change, spaces and Unicode kept, NFKC before hashing.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 15, 128
HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz")
COMMON: Final = frozenset(
    """
    password passphrase letmein welcome admin administrator iloveyou monkey dragon football baseball sunshine
    princess superman batman trustno1 master shadow michael jennifer secret changeme default login access police
    sheriff deputy officer patrol badge federal homeland security customs border enforcement
    correcthorsebatterystaple thequickbrownfoxjumpsoverthelazydog tobeornottobethatisthequestion
    """.split()  # noqa: SIM905 -- a paragraph of words reads better than a column of quotes
)


def normalize(password: str) -> str:
    """The form that is hashed."""
    return unicodedata.normalize("NFKC", password)


def hash_password(password: str) -> str:
    """The hash to keep, with its scheme and its parameters."""
    return HASHER.hash(normalize(password))


def verify_password(password: str, kept: str) -> bool:
    """Whether this is the password of the hash; takes as long for somebody without one, so that nobody can tell."""
    try:
        return HASHER.verify(kept or _of_nobody(), normalize(password)[:LONGEST]) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(kept: str) -> bool:
    """Whether the hash was made with other parameters than today's, so that the next sign-in replaces it."""
    return HASHER.check_needs_rehash(kept)


@cache
def _of_nobody() -> str:
    return HASHER.hash("nobody's password")


def weakness(password: str, context: Iterable[str] = ()) -> str | None:
    """Why this password is refused, as a sentence, or None. `context`: names a guesser would try first."""
    typed = normalize(password)
    if len(typed) < SHORTEST:
        return f"Use at least {SHORTEST} characters. A few words in a row make a good password."
    if len(typed) > LONGEST:
        return f"Use at most {LONGEST} characters."
    folded = re.sub(r"[\W_]+", "", typed.casefold())
    if len(set(folded)) < 5 or _is_repeated(folded):
        return "Choose a password that does not repeat the same few characters."
    if any(folded in row * 4 or folded in row[::-1] * 4 for row in ROWS):
        return "Choose a password that is not a row of the keyboard or of the alphabet."
    core = folded.strip("0123456789")
    if core in COMMON or _is_made_of(core, COMMON):
        return "Choose another password: this one is on every list of common passwords."
    names = {re.sub(r"[\W_]+", "", name.casefold()) for name in context} | {"accesspartnershiprequests", "iceaccess"}
    if core in names - {""}:
        return "Choose a password that is not your name, your agency's or this service's."
    return None


def _is_repeated(text: str) -> bool:
    """Whether the text is one shorter piece, over and over."""
    return any(text == (text[:size] * (len(text) // size + 1))[: len(text)] for size in range(1, len(text) // 2 + 1))


def _is_made_of(text: str, words: Iterable[str]) -> bool:
    """Whether the text is nothing but common words set side by side."""
    pattern = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return bool(text) and re.fullmatch(f"(?:{pattern})+", text) is not None
