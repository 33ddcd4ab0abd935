"""How the writer of a message is named: to their own side by name, to the other side by role and place alone."""

from typing import Protocol

from app.accounts.models import HEADQUARTERS, Office, Person
from app.messages.models import Thread
from app.policy import ROLE_WORDS, Role, Side


class AuthoredMessage(Protocol):
    """What naming a writer needs of a message."""

    @property
    def by(self) -> Person: ...
    @property
    def side(self) -> str: ...
    @property
    def role(self) -> str: ...


def writer_words(message: AuthoredMessage, reader: Side) -> str:
    """ "Assessor, Denver office" to the agency, "R. Haldane, Denver office" to colleagues."""
    role = ROLE_WORDS[Role(message.role)]
    if message.side == Side.AGENCY:
        return _of_agency(message.by, role, reader)
    place = place_words(message.by.office)
    return f"{message.by.name}, {role.lower()}, {place}" if reader is not Side.AGENCY else f"{role}, {place}"


def resolver_words(thread: Thread, reader: Side) -> str:
    """Who settled a conversation, under the same rule."""
    person = thread.resolved_by
    if person is None:
        return ""
    if (person.agency_id is not None) == (reader is Side.AGENCY):
        return person.name
    return "the agency" if person.agency_id else f"ICE, {place_words(person.office)}"


def place_words(office: Office | None) -> str:
    """ "Denver office", or "headquarters"."""
    if office is None:
        return "ICE"
    return "headquarters" if office.kind == HEADQUARTERS else f"{office.name} office"


def _of_agency(person: Person, role: str, reader: Side) -> str:
    if reader is Side.AGENCY:
        return f"{person.name} ({person.title or role.lower()}, your agency)"
    return f"{person.title or role} (agency)"
