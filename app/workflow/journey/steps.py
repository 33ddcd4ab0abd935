"""What a row of a journey is: an action, from where to where, whose, what must hold, and its words. Pure data."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.policy import GRANTS, Permission, Role
from app.workflow.journey.condition import Condition


@dataclass(frozen=True)
class Separation:
    """Earlier acts whose actors, on this case, may not take a step, and the sentence that tells them."""

    acts: frozenset[str]
    sentence: str


@dataclass(frozen=True, kw_only=True)
class StepField:
    """One thing that a step asks of who takes it; its name is the field of Inputs that it fills."""

    name: str
    label: str
    hint: str = ""
    needed: str = ""  # the sentence that asks for it; without one it may stay empty
    choices: tuple[tuple[str, str], ...] = ()


def reason(label: str = "Your reason", hint: str = "") -> StepField:
    """Asks why, in a sentence."""
    return StepField(name="reason", label=label, hint=hint, needed="Give your reason in a sentence.")


def day(label: str, hint: str = "") -> StepField:
    """Asks for a day."""
    return StepField(name="until", label=label, hint=hint, needed="Set the date of the next look.")


def note() -> StepField:
    """Offers room for a note that only staff read."""
    return StepField(name="note", label="Note for staff, if any", hint="The agency does not see it.")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One row of a table. A step of a person with no page of its own is taken on the generic page."""

    action: StrEnum
    source: str | None
    target: str
    permission: Permission
    requires: tuple[Condition, ...] = ()
    separated_from: tuple[Separation, ...] = ()
    notices: tuple[str, ...] = ()  # keys of notices
    event_text: str = ""  # the timeline's sentence, past tense
    on_behalf: bool = False  # of staff in the agency's place: who typed its letter in takes it, and no step for ICE
    staff_only: bool = False  # whether the timeline keeps it from the agency: opinions and counsel's advice
    leads_on: bool = False  # whether it is the way on from its status, whose conditions the case page lists
    button: str = ""
    title: str = ""  # of its page, where the button's words do not serve
    effect: str = ""  # what it does, in a sentence
    then: tuple[str, ...] = ()  # what happens next, in order
    asks: tuple[StepField, ...] = ()
    done: str = ""  # what its taker reads afterwards
    page: str = ""  # the endpoint of its own page, where it has one

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that may take it, in the order of Role."""
        return tuple(role for role in Role if role in GRANTS[self.permission])

    @property
    def is_generic(self) -> bool:
        """Whether people take it on the generic page."""
        return not self.page and Role.SYSTEM not in self.roles


def each(sources: Iterable[str], **rest: Any) -> tuple[Step, ...]:
    """The same row from each of these statuses."""
    return tuple(Step(source=source, **rest) for source in sources)
