"""What a status is to its readers: its words for both sides, whom it waits on, its clock and its place. Pure data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from app.deadlines.clocks import ClockKind
from app.policy import Role, Side

PREVIOUS: Final = "previous"  # as a step's target: the status that the subject came from


class Machine(StrEnum):
    """The two machines."""

    REQUEST = "request"
    AGREEMENT = "agreement"


@dataclass(frozen=True)
class Task:
    """What a role does next: a heading, why, the button's label and the page it leads to."""

    title: str
    text: str
    button: str
    endpoint: str
    anchor: str = ""
    action: str = ""  # where the page is that of a step


@dataclass(frozen=True, kw_only=True)
class StatusInfo:
    """Everything that is said, counted or drawn because something is in a status."""

    label: str
    agency_label: str = ""  # as the agency reads it, where that differs
    waits_on: Side | None
    now: tuple[str, str] = ("", "")  # for who has nothing to do: what happens, and a sentence more
    next_text: str  # what comes after
    agency_next_text: str = ""  # the same for the agency, where that differs
    progress: int = 0  # place on the progress line, from 1
    ended: str = ""  # the word on the progress line where it stands still or ended
    clock: ClockKind | None = None
    cuts_short: bool = False  # whether reaching it ends a clock before its work was done
    tasks: Mapping[Role, Task] = field(default_factory=dict)  # the first role that the reader has counts
    letter_text: str = ""  # what a decision letter says of it; without one there is no decision to write of
    is_closed: bool = False
    is_final: bool = False
    shows_text: bool = False  # whether the agency reads an agreement's text
    is_editable: bool = False  # whether staff may change an agreement's text
    tone: str = "neutral"

    @property
    def is_finished(self) -> bool:
        """Whether it ended as it was meant to."""
        return self.is_closed and not self.is_final

    @property
    def pauses_ice(self) -> bool:
        """Whether ICE's clock stands still meanwhile: the agency has a clock of its own."""
        return self.waits_on is Side.AGENCY and self.clock is not None

    def label_for(self, side: Side) -> str:
        """Its words for a reader of this side."""
        return self.agency_label or self.label if side is Side.AGENCY else self.label

    def next_for(self, side: Side) -> str:
        """What comes after, for a reader of this side."""
        return self.agency_next_text or self.next_text if side is Side.AGENCY else self.next_text
