"""Where the stages tell the record what it cannot import: whose status it proves, and which bytes."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from flask import Flask, current_app
from sqlalchemy import Select

EXTENSION = "audit"


@dataclass(frozen=True)
class RecordedStatus:
    """Things whose status is that of their last step. `rows` gives (id, chain, status)."""

    kind: str
    rows: Select[tuple[uuid.UUID, uuid.UUID, str]]
    initial: str | None = None  # the status of what no step has moved yet


@dataclass(frozen=True)
class FrozenFiles:
    """Bytes that never change; the event of this action names each, with its SHA-256, in `details["files"]`.

    `hashes` gives (name, SHA-256 of the bytes there are now) for names that it finds, in a constant number of
    statements; `subjects` gives the ids that must have such an event.
    """

    action: str
    hashes: Callable[[Sequence[str]], Iterable[tuple[str, str | None]]]
    subjects: Select[tuple[uuid.UUID]] | None = None


@dataclass(frozen=True)
class Proven:
    """Everything beside the chains that the record proves."""

    statuses: list[RecordedStatus] = field(default_factory=list)
    files: list[FrozenFiles] = field(default_factory=list)


def proven_by_record(app: Flask | None = None) -> Proven:
    """What was registered with this application, or with the one at work; stages add to its lists."""
    return (app or current_app).extensions.setdefault(EXTENSION, Proven())
