"""Appends to the record within the caller's transaction."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select, update

from app.audit.models import GENESIS, OUTSIDE_CASES, REGISTER, Audience, ChainHead, Event, link_after
from app.extensions import db, now
from app.policy import SYSTEM, Actor, Role


@dataclass(frozen=True)
class _End:
    """Where a chain ends: how many it has, and the hash of the last."""

    count: int = 0
    hash: str = GENESIS


def record(
    action: str,
    actor: Actor,
    *,
    case_id: uuid.UUID | None = None,
    subject: tuple[str, uuid.UUID | None] = ("", None),
    role: Role | None = None,
    statuses: tuple[str, str] = ("", ""),
    sentence: str = "",
    reason: str = "",
    details: dict[str, Any] | None = None,
    audience: Audience = Audience.BOTH,
) -> Event:
    """Appends an event to the case's chain within the caller's transaction; `statuses` is (from, to)."""
    chain = case_id or OUTSIDE_CASES
    end = _hold_end(chain)
    happened = Event(
        chain=chain,
        seq=end.count + 1,
        at=now(),
        actor_id=actor.id,
        actor_name=actor.name,
        actor_role=(role or next(iter(sorted(actor.roles)), "")),
        actor_side=actor.side.value,
        action=action,
        subject_kind=subject[0],
        subject_id=subject[1],
        from_status=statuses[0],
        to_status=statuses[1],
        sentence=sentence,
        reason=reason,
        details=details or {},
        audience=audience.value,
        prev_hash=end.hash,
    )
    happened.hash = happened.computed_hash()
    db.session.add(happened)
    db.session.flush()  # the next event of this transaction chains to this one
    _move_end(chain, end, happened.hash)
    return happened


def record_system(action: str, **rest: Any) -> Event:
    """Appends an event that the system itself caused."""
    return record(action, SYSTEM, **rest)


def _hold_end(chain: uuid.UUID) -> _End:
    """The end of the chain, which nobody else moves until this transaction is over."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(chain), 0))))
    row = db.session.execute(select(ChainHead.count, ChainHead.hash).where(ChainHead.chain == chain)).one_or_none()
    return _End(*row) if row else _End()


def _move_end(chain: uuid.UUID, end: _End, last: str) -> None:
    """Moves the head by one; a chain that begins is entered into the register."""
    if end.count:
        moved = {"count": end.count + 1, "hash": last}
        db.session.execute(update(ChainHead).where(ChainHead.chain == chain).values(moved))
        return
    register = _hold_end(REGISTER) if chain != REGISTER else _End(-1, "")
    place, link = register.count + 1, link_after(register.hash, chain) if chain != REGISTER else GENESIS
    head = {"chain": chain, "place": place, "link": link, "count": 1, "hash": last}
    db.session.execute(insert(ChainHead).values(head))
    if chain != REGISTER:
        _move_end(REGISTER, register, link)
