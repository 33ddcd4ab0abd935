"""What a condition is: a rule with its words, over one frozen record of facts."""

from collections.abc import Callable
from dataclasses import dataclass

from app.workflow.journey.facts import Facts


@dataclass(frozen=True)
class Condition:
    """A rule with the words a checklist shows, and the page and the part of it where a gap is filled."""

    name: str
    label: str
    endpoint: str
    anchor: str
    asks_input: bool
    test: Callable[[Facts], str | None]
    begun: Callable[[Facts], bool]

    def __call__(self, facts: Facts) -> str | None:
        """The sentence that says what is missing, or None when the rule holds."""
        return self.test(facts)


def always(facts: Facts) -> bool:
    """Whether there is anything the rule is about: there always is."""
    return True


def must_hold(
    label: str, *, at: str = "", asks_input: bool = False, begun: Callable[[Facts], bool] = always
) -> Callable[[Callable[..., str | None]], Condition]:
    """Makes a Condition of a function. `at` is where a gap is filled: an anchor, or "endpoint#anchor".

    `asks_input` marks those that judge what is typed for the step itself. `begun` tells whether there is anything yet
    that the rule could be about: before that it holds of nothing, which a checklist does not show as done.
    """
    endpoint, _, anchor = at.rpartition("#")

    def make(test: Callable[[Facts], str | None]) -> Condition:
        return Condition(
            name=test.__name__,
            label=label,
            endpoint=endpoint,
            anchor=anchor,
            asks_input=asks_input,
            test=test,
            begun=begun,
        )

    return make
