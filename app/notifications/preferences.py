"""How each person wants their mail; the accounts know the people, the mail only knows addresses."""

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from typing import Final

from flask import Flask, current_app

from app.notifications.notice import Urgency

EXTENSION: Final = "mail_preferences"


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


PreferenceLookup = Callable[[Collection[str]], Mapping[str, MailPreference]]


def register_preferences(app: Flask, lookup: PreferenceLookup) -> None:
    """Has the accounts tell whose address is whose: the preference by address, for people with an open account."""
    app.extensions[EXTENSION] = lookup


def preferences_of(addresses: Collection[str]) -> Mapping[str, MailPreference]:
    """The preference of everybody with an open account at one of these addresses."""
    lookup: PreferenceLookup = current_app.extensions[EXTENSION]
    return lookup(addresses)
