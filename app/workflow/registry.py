"""Where the stages above tell the engine what it cannot import: their facts, addressees and consequences."""

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, Protocol

from flask import Flask, current_app

from app.extensions import db
from app.notifications.notices import RecipientGroup
from app.policy import Actor
from app.workflow.journey.facts import Inputs
from app.workflow.journey.statuses import Machine

EXTENSION: Final = "workflow"


class Subject(Protocol):
    """What the engine needs of a request or an agreement."""

    machine: Machine
    id: Any
    status: Any
    status_before: Any
    version: Any

    @property
    def case_id(self) -> uuid.UUID: ...
    @property
    def lock_order(self) -> Iterable["Subject"]: ...
    @property
    def agency_id(self) -> Any: ...
    @property
    def office_ids(self) -> Iterable[uuid.UUID]: ...
    @property
    def is_private_draft(self) -> bool: ...
    @property
    def entered_by_id(self) -> uuid.UUID | None: ...
    @property
    def recused_ids(self) -> Collection[uuid.UUID]: ...
    @property
    def consulted_ids(self) -> Collection[uuid.UUID]: ...


class Withdrawable(Subject, Protocol):
    """A subject that keeps where it was withdrawn from."""

    withdrawn_from: str | None


Consequence = Callable[[Any, Actor, Inputs], None]
Loaded = Mapping[str, object]  # records of facts by the name of the field they fill
NOTHING_LOADED: Final[Loaded] = MappingProxyType({})


def _no_conflict(_case_id: uuid.UUID, _person_id: uuid.UUID) -> bool:
    return False


@dataclass
class Registry:
    """What the stages registered with one application."""

    facts: dict[Machine, dict[str, Callable[[Any, Inputs], object]]] = field(
        default_factory=lambda: {machine: {} for machine in Machine}
    )
    addresses: dict[Machine, Callable[[Any, RecipientGroup, Actor], Iterable[str]]] = field(default_factory=dict)
    values: dict[Machine, Callable[[Any], Mapping[str, object]]] = field(default_factory=dict)
    paths: dict[Machine, Callable[[Any, RecipientGroup], str]] = field(default_factory=dict)
    find: dict[Machine, Callable[[uuid.UUID, Actor], Any]] = field(default_factory=dict)  # or StepRefused
    home: dict[Machine, Callable[[Any, Actor], str]] = field(default_factory=dict)  # its page, for this reader
    conflicts: Callable[[uuid.UUID, uuid.UUID], bool] = _no_conflict
    consequences: dict[tuple[type, str], list[Consequence]] = field(default_factory=dict)

    def load(self, subject: Subject, inputs: Inputs, loaded: Loaded = NOTHING_LOADED) -> dict[str, Any]:
        """The records of facts of every stage for this subject, by the name of the field they fill.

        What a page has `loaded` already is taken as it is.
        """
        db.session.flush()  # the facts are read from the database, what the caller just wrote included
        loaders = self.facts[subject.machine]
        return {name: loaded.get(name) or loader(subject, inputs) for name, loader in loaders.items()}

    def on(self, action: StrEnum, consequence: Consequence) -> None:
        """Has something done in the same transaction whenever this step is taken."""
        self.consequences.setdefault((type(action), action), []).append(consequence)

    def consequences_of(self, action: StrEnum) -> Sequence[Consequence]:
        """What is done whenever this step is taken; the two journeys have steps of the same name."""
        return self.consequences.get((type(action), action), ())


def registry(app: Flask | None = None) -> Registry:
    """What was registered with this application, or with the one at work."""
    return (app or current_app).extensions.setdefault(EXTENSION, Registry())
