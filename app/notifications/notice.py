"""The class of a notice, of its recipients and its urgency; the notices and their words are in notices.py. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from app.policy import Side


class RecipientGroup(StrEnum):
    """Whom a notice goes to; the stages say which addresses that is."""

    AGENCY = "agency"
    COORDINATORS = "coordinators"
    ASSESSOR = "assessor"
    REVIEWERS = "reviewers"
    OFFICIALS = "officials"
    COUNSEL = "counsel"
    DRAFTER = "drafter"
    OTHER_SIDE = "other_side"
    PERSON = "person"


OF_SIDES: dict[RecipientGroup, frozenset[Side]] = {  # whom of the two parties a group's people belong to
    RecipientGroup.AGENCY: frozenset({Side.AGENCY}),
    RecipientGroup.OTHER_SIDE: frozenset({Side.AGENCY, Side.ICE}),
    RecipientGroup.PERSON: frozenset(),
} | dict.fromkeys(
    (
        RecipientGroup.COORDINATORS,
        RecipientGroup.ASSESSOR,
        RecipientGroup.REVIEWERS,
        RecipientGroup.OFFICIALS,
        RecipientGroup.COUNSEL,
        RecipientGroup.DRAFTER,
    ),
    frozenset({Side.ICE}),
)


class Urgency(StrEnum):
    """What a person may choose about a notice's mail: see wishes."""

    STATUS = "status"  # at once or in the daily summary, never none
    MESSAGE = "message"  # at once, in the summary, or none: it waits on the page
    ALWAYS_AT_ONCE = "always_at_once"  # one's own account, and what would be too late a day after


@dataclass(frozen=True)
class Notice:
    """A mail: `{name}` is replaced by a value, text and never a template. Without groups, its sender says who."""

    to: tuple[RecipientGroup, ...]
    subject: str
    body: str
    pace: Urgency = Urgency.STATUS
