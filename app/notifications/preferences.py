"""How each person wants their mail; the accounts know the people, the mail only knows addresses."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.notifications.notice_types import Urgency


class MailPreference(StrEnum):
    """What a person chose for mail about cases. What concerns their own account always comes at once."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    NO_MESSAGES = "no_messages"


class Delivery(StrEnum):
    """How one mail goes to one address."""

    SENT = "sent"
    HELD = "held"
    LEFT_OUT = "left_out"


def delivery_of(pace: Urgency, wish: MailPreference) -> Delivery:
    """A change of status is never left out, a message only where somebody wants none."""
    if pace is Urgency.ALWAYS_AT_ONCE:
        return Delivery.SENT
    if wish is MailPreference.DAILY:
        return Delivery.HELD
    return Delivery.LEFT_OUT if pace is Urgency.MESSAGE and wish is MailPreference.NO_MESSAGES else Delivery.SENT


def _nobody(_addresses: Collection[str]) -> Mapping[str, MailPreference]:
    return {}


@dataclass
class PreferenceLookup:
    """Where the accounts tell whose address is whose: the wish by address, for people with an open account."""

    lookup: Callable[[Collection[str]], Mapping[str, MailPreference]] = _nobody


mail_preferences = PreferenceLookup()
