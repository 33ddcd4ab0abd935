"""What happened, for its reader: the agency sees people by role and never what is for staff only."""

import uuid
from collections.abc import Sequence

from app import audit
from app.filters import format_datetime
from app.policy import ROLE_WORDS, Actor, Role, Side
from app.workflow.journey.request_journey import Action

STAFF_READ = (audit.Audience.BOTH, audit.Audience.STAFF)
AGENCY_READS = (audit.Audience.BOTH,)


def timeline(case_id: uuid.UUID, reader: Actor, *, opinions: bool = True) -> list[dict[str, str]]:
    """The entries this reader sees, newest first, as the timeline macro takes them; the board's opinions if so."""
    readers = AGENCY_READS if reader.side is Side.AGENCY else STAFF_READ
    shown = _shown(audit.history(case_id, readers))
    return [_entry(event, reader) for event in shown if opinions or event.action != Action.GIVE_OPINION]


def _shown(events: Sequence[audit.Event]) -> list[audit.Event]:
    return [event for event in events if event.sentence]


def _entry(event: audit.Event, reader: Actor) -> dict[str, str]:
    role = ROLE_WORDS.get(Role(event.actor_role), "") if event.actor_role else ""
    own = reader.side is Side.AGENCY and event.actor_side == Side.AGENCY
    if own:
        who = "You" if event.actor_id == reader.id else f"{event.actor_name} ({role.lower()})"
    elif reader.side is Side.AGENCY or event.actor_side == Side.SYSTEM:
        who = role if event.actor_side == Side.SYSTEM else f"{role}, ICE"
    else:
        who = f"{event.actor_name} ({role.lower()})"
    subject = (
        "You" if who == "You" else "Your agency" if own else role if event.actor_side != Side.AGENCY else "The agency"
    )
    return {
        "date_words": format_datetime(event.at),
        "sentence": f"{subject} {event.sentence}",
        "who": "" if subject in {"You", who} else who,
        "side": event.actor_side,
        "detail": event.reason,
    }
