"""What a conversation can be about, in words and with its page: each stage registers what it knows of."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from flask import Flask, current_app

from app.agency_requests.models import AgencyRequest
from app.policy import Actor, Side

EXTENSION: Final = "references"
ReferenceAddress = Callable[[uuid.UUID, str, Actor], str]


@dataclass(frozen=True)
class Reference:
    """What a conversation is about; the agency does not see a `staff_only` one."""

    value: str  # as a form carries it: what kind of thing, a colon, and which one
    words: str
    staff_only: bool = False

    @property
    def kind(self) -> str:
        """What kind of thing it is."""
        return self.value.partition(":")[0]

    @property
    def key(self) -> str:
        """Which one of its kind."""
        return self.value.partition(":")[2]


def _none_offered(_agency_request: AgencyRequest) -> Sequence[Reference]:
    return ()


@dataclass(frozen=True, kw_only=True)
class ReferenceKind:
    """Things of one kind; the value of each is `prefix`, or begins with it and a colon."""

    prefix: str
    words: Callable[[str], str]  # of a value without its prefix: "Question: bookings of twelve months"
    address: ReferenceAddress  # the page of a request that shows it, each side its own
    offered: Callable[[AgencyRequest], Sequence[Reference]] = _none_offered
    find: Callable[[AgencyRequest, Actor, str], Reference | None] | None = None  # of those that are not offered

    def has(self, value: str) -> bool:
        """Whether the value is of this kind."""
        return value == self.prefix or value.startswith(f"{self.prefix}:")

    def rest(self, value: str) -> str:
        """The value without the prefix."""
        return value.removeprefix(self.prefix).removeprefix(":")

    def reference(self, rest: str, *, staff_only: bool = False) -> Reference:
        """The one of this kind that has this key."""
        return Reference(f"{self.prefix}:{rest}" if rest else self.prefix, self.words(rest), staff_only)


def register_references(app: Flask, *kinds: ReferenceKind) -> None:
    """Lets conversations be about these; what a later stage registers is offered before what an earlier one did."""
    app.extensions[EXTENSION] = [*kinds, *app.extensions.get(EXTENSION, ())]


def offered_references(agency_request: AgencyRequest, actor: Actor) -> list[Reference]:
    """What this person may tie a conversation to without coming from its page."""
    found = [reference for kind in _kinds() for reference in kind.offered(agency_request)]
    return [reference for reference in found if not reference.staff_only] if actor.side is Side.AGENCY else found


def find_reference(agency_request: AgencyRequest, actor: Actor, value: str) -> Reference | None:
    """What a form or an address names, if it belongs to this request and this person sees it."""
    kind = next((kind for kind in _kinds() if kind.has(value)), None)
    if kind and kind.find:
        return kind.find(agency_request, actor, kind.rest(value))
    return next((each for each in offered_references(agency_request, actor) if each.value == value), None)


def reference_words(value: str) -> str:
    """ "Question: bookings of twelve months", for anything that a conversation is about."""
    kind = _kind_of(value)
    return kind.words(kind.rest(value))


def reference_address(request_id: uuid.UUID, value: str, actor: Actor) -> str:
    """The page that shows what the conversation is about, each side its own; "" where it is about nothing."""
    if not value:
        return ""
    kind = _kind_of(value)
    return kind.address(request_id, kind.rest(value), actor)


def _kinds() -> Sequence[ReferenceKind]:
    return current_app.extensions[EXTENSION]


def _kind_of(value: str) -> ReferenceKind:
    return next(kind for kind in _kinds() if kind.has(value))
