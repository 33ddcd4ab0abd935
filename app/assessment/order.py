"""Where people's recommendation departs from the computed order, so that they say why. Pure."""

from collections.abc import Sequence
from typing import Final

from app.needs.catalogue import CATALOGUE
from app.needs.scoring import Entry, comparable


def entry_key(program: str, model: str | None) -> str:
    """The program and its model in one word: "287g:jail", "best"."""
    return f"{program}:{model}" if model else program


NAMES: Final = {entry_key(program.key, program.model): program.name for program in CATALOGUE.programs}


def name_of(key: str) -> str:
    """The name people read for an entry key; of a program without the model it needs, the program's."""
    named = [name for known, name in NAMES.items() if known == key or known.startswith(f"{key}:")]
    return named[0] if key in NAMES else named[0].split(" ")[0]


def departures(ranked: Sequence[Entry], chosen: Sequence[str]) -> dict[str, str]:
    """For each chosen entry key that departs from the computed order, the sentence that says how.

    It departs when little need is shown for it, or when an available program that ranks clearly higher is left out or
    comes after it.
    """
    by_key = {entry_key(entry.program, entry.model): entry for entry in ranked}
    found: dict[str, str] = {}
    for place, key in enumerate(chosen):
        if sentence := _departure(by_key[key], by_key, chosen[:place]):
            found[key] = sentence
    return found


def _departure(entry: Entry, by_key: dict[str, Entry], before: Sequence[str]) -> str | None:
    passed = [
        other
        for key, other in by_key.items()
        if key not in before
        and other.availability == "available"
        and other.score > entry.score
        and not comparable(other, entry)
    ]
    if passed:
        n = len(passed)
        who = "One available program ranks" if n == 1 else f"{n} available programs rank"
        return f"{who} clearly higher and {'is' if n == 1 else 'are'} left out or placed after it."
    if entry.score < CATALOGUE.some:
        return "The answers show little need for it."
    return None
