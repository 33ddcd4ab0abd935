"""Where a recommendation departs from the computed order, so that staff give a reason. Pure."""

from collections.abc import Sequence

from app.needs.scoring import RankedProgram, comparable


def departures(ranked: Sequence[RankedProgram], chosen: Sequence[str]) -> dict[str, str]:
    """For each chosen program key that departs from the computed order, the sentence that says how.

    It departs when little need is shown for it, or when an available program that ranks clearly higher is left out or
    comes after it.
    """
    by_key = {str(entry.key): entry for entry in ranked}
    found: dict[str, str] = {}
    for place, key in enumerate(chosen):
        if sentence := _departure(by_key[key], by_key, chosen[:place]):
            found[key] = sentence
    return found


def _departure(entry: RankedProgram, by_key: dict[str, RankedProgram], before: Sequence[str]) -> str | None:
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
    if entry.score < entry.limits.some:
        return "The answers show little need for it."
    return None
