"""What a condition is: a rule with its words, over one frozen record of facts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.workflow.journey.facts import Facts


@dataclass(frozen=True)
class Condition:
    """A rule with the words a checklist shows, and the part of the page where a gap is filled."""

    name: str
    label: str
    anchor: str
    asks_input: bool
    test: Callable[[Facts], str | None]

    def __call__(self, facts: Facts) -> str | None:
        """The sentence that says what is missing, or None when the rule holds."""
        return self.test(facts)


def must_hold(
    label: str, *, at: str = "", asks_input: bool = False
) -> Callable[[Callable[..., str | None]], Condition]:
    """Makes a Condition of a function; `asks_input` marks those that judge what is typed for the step itself."""

    def make(test: Callable[[Facts], str | None]) -> Condition:
        return Condition(name=test.__name__, label=label, anchor=at, asks_input=asks_input, test=test)

    return make


def listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
