"""How each person wants their mail; the accounts know the people, the mail only knows addresses."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.notifications.notice_types import Pace


class Wish(StrEnum):
    """What a person chose for mail about cases. What concerns their own account always comes at once."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    NO_MESSAGES = "no_messages"


class Way(StrEnum):
    """How one mail goes to one address."""

    SENT = "sent"
    HELD = "held"
    LEFT_OUT = "left_out"


def way_of(pace: Pace, wish: Wish) -> Way:
    """A change of status is never left out, a message only where somebody wants none."""
    if pace is Pace.ALWAYS_AT_ONCE:
        return Way.SENT
    if wish is Wish.DAILY:
        return Way.HELD
    return Way.LEFT_OUT if pace is Pace.MESSAGE and wish is Wish.NO_MESSAGES else Way.SENT


def _nobody(_addresses: Collection[str]) -> Mapping[str, Wish]:
    return {}


@dataclass
class Wishes:
    """Where the accounts tell whose address is whose: the wish by address, for people with an open account."""

    lookup: Callable[[Collection[str]], Mapping[str, Wish]] = _nobody


wishes = Wishes()
