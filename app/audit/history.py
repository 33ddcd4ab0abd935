"""What the record says of a case."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from app.audit.models import Audience, Event
from app.extensions import db


def history(case_id: uuid.UUID, audiences: Sequence[Audience]) -> Sequence[Event]:
    """The events of a case that these readers see, newest first."""
    wanted = [audience.value for audience in audiences]
    query = select(Event).where(Event.chain == case_id, Event.audience.in_(wanted)).order_by(Event.seq.desc())
    return db.session.scalars(query).all()


def last_about(case_id: uuid.UUID, subject_id: uuid.UUID) -> Event | None:
    """The newest step of one request or agreement."""
    query = select(Event).where(Event.chain == case_id, Event.subject_id == subject_id, Event.to_status != "")
    return db.session.scalar(query.order_by(Event.seq.desc()).limit(1))


def last_of_action(case_id: uuid.UUID, subject_id: uuid.UUID, action: str) -> Event | None:
    """The newest entry of one act about one request or agreement."""
    query = select(Event).where(Event.chain == case_id, Event.subject_id == subject_id, Event.action == action)
    return db.session.scalar(query.order_by(Event.seq.desc()).limit(1))


def acts_of(case_id: uuid.UUID, person_id: uuid.UUID) -> frozenset[tuple[str, uuid.UUID | None, str]]:
    """What this person did on this case before: (action, subject, side). Refused attempts do not count."""
    query = select(Event.action, Event.subject_id, Event.actor_side).where(
        Event.chain == case_id, Event.actor_id == person_id, Event.audience != Audience.RECORD.value
    )
    return frozenset((action, subject, side) for action, subject, side in db.session.execute(query))
