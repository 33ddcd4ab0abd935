"""What a row of a journey is: an action, from where to where, whose, and what must hold. Pure data."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.policy import GRANTS, Permission, Role
from app.workflow.journey.condition import Condition


class Action(StrEnum):
    """What can be done, of both machines."""

    SUBMIT = "submit"
    ENTER = "enter"
    DISCARD = "discard"
    RETRACT = "retract"
    TAKE = "take"
    REQUEST_INFORMATION = "request_information"
    RECALL = "recall"
    ANSWER = "answer"
    BEGIN_ASSESSMENT = "begin_assessment"
    RECOMMEND = "recommend"
    CONCUR = "concur"
    DISSENT = "dissent"
    GIVE_OPINION = "give_opinion"
    DECIDE = "decide"
    APPROVE = "approve"
    REDIRECT = "redirect"
    DEFER = "defer"
    RESUME = "resume"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    REINSTATE = "reinstate"
    FINISH = "finish"
    START = "start"
    SEND_TO_COUNSEL = "send_to_counsel"
    RETURN_TEXT = "return_text"
    CLEAR = "clear"
    PROPOSE = "propose"
    ANSWER_PROPOSAL = "answer_proposal"
    REVISE = "revise"
    ACCEPT_TEXT = "accept_text"
    FINALISE = "finalise"
    REOPEN = "reopen"
    ABANDON = "abandon"


EDIT_TEXT: Final = "edit_text"  # recorded like a step: who edited a text drafted it
DRAFTING_ACTS = frozenset({Action.START.value, Action.SEND_TO_COUNSEL.value, Action.REVISE.value, EDIT_TEXT})


@dataclass(frozen=True, kw_only=True)
class Step:
    """One row of a table: an action, from where to where, whose, and what must hold."""

    action: Action
    source: str | None
    target: str
    permission: Permission
    requires: tuple[Condition, ...] = ()
    separated_from: frozenset[str] = frozenset()  # actions whose actors, on this case, may not take this step
    notices: tuple[str, ...] = ()  # keys of notices
    event_text: str = ""  # the timeline's sentence, past tense
    on_behalf: bool = False  # of staff in the agency's place: who typed its letter in takes it, and no step for ICE
    staff_only: bool = False  # whether the timeline keeps it from the agency: opinions and counsel's advice

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that may take it, in the order of Role."""
        return tuple(role for role in Role if role in GRANTS[self.permission])


def each(sources: Iterable[str], action: Action, target: str, permission: Permission, **rest) -> tuple[Step, ...]:  # type: ignore[no-untyped-def] # passes Step's own keywords on
    return tuple(Step(action=action, source=source, target=target, permission=permission, **rest) for source in sources)
