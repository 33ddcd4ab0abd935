"""Opens one draft for one page, which carries the key the draft will have: a second click finds the first one's."""

import uuid
from collections.abc import Callable

from sqlalchemy.exc import IntegrityError

from app.agency_requests.models import AgencyRequest
from app.extensions import db
from app.policy import Actor


def create_once(typed: str | None, actor: Actor, opens: Callable[[uuid.UUID], AgencyRequest]) -> AgencyRequest:
    """The draft that this key opened before; a new one for a malformed key or one that somebody else used."""
    key = _as_key(typed)
    if found := _of(key, actor):
        return found
    if db.session.get(AgencyRequest, key) is not None:
        key = uuid.uuid4()
    try:
        with db.session.begin_nested():
            return opens(key)
    except IntegrityError:  # two clicks at one moment
        if found := _of(key, actor):
            return found
        raise


def _of(key: uuid.UUID, actor: Actor) -> AgencyRequest | None:
    found = db.session.get(AgencyRequest, key, populate_existing=True)
    return found if found is not None and found.created_by_id == actor.id else None


def _as_key(typed: str | None) -> uuid.UUID:
    try:
        return uuid.UUID(typed or "")
    except ValueError:
        return uuid.uuid4()
