"""What administrators say about clocks: how many business days each gets, and on which days offices are closed."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select

from app import audit
from app.accounts.models import Office
from app.deadlines.business_days import Closed
from app.deadlines.clocks import TARGETS, ClockKind
from app.extensions import db
from app.policy import Actor
from app.workflow.models import ClockTarget, OfficeClosure
from app.workflow.refusals import RefusalKind, StepRefused

MOST_DAYS = 400


def targets() -> dict[ClockKind, int]:
    """The business days each clock gets that starts now; what nobody has set is as the product came."""
    return TARGETS | {ClockKind(row.kind): row.days for row in reversed(target_changes())}


def target_changes() -> Sequence[ClockTarget]:
    """Every change of a target, the newest first."""
    return db.session.scalars(select(ClockTarget).order_by(ClockTarget.set_at.desc(), ClockTarget.id)).all()


def set_target(actor: Actor, kind: ClockKind, days: int, reason: str, *, expected_version: int) -> None:
    """Gives clocks of this kind that start from now on these business days.

    `expected_version`: how many changes there were when whoever decides looked.
    """
    if expected_version != len(target_changes()):
        sentence = "Somebody changed a target since you opened this page. Look at the table, then save again."
        raise StepRefused(RefusalKind.TOO_LATE, [sentence])
    was = targets()[kind]
    db.session.add(ClockTarget(kind=kind.value, days=days, was=was, reason=reason, set_by=actor.name))
    _record("target_set", actor, reason, kind=kind.value, was=was, days=days)


class Closures:
    """The days on which offices are closed besides federal holidays, read once for however many requests."""

    def __init__(self) -> None:
        self._days: dict[uuid.UUID | None, set[date]] = defaultdict(set)
        for office_id, day in db.session.execute(select(OfficeClosure.office_id, OfficeClosure.day)):
            self._days[office_id].add(day)

    @property
    def offices(self) -> Sequence[uuid.UUID]:
        """The offices that are closed on days of their own."""
        return [office_id for office_id in self._days if office_id is not None]

    def of(self, office_ids: Iterable[uuid.UUID]) -> Closed:
        """The days on which every office, or the first of these, is closed."""
        first = next(iter(office_ids), None)
        return frozenset(self._days[None] | self._days.get(first, set()))


def closed_days(office_ids: Iterable[uuid.UUID]) -> Closed:
    """The same for one request."""
    return Closures().of(office_ids)


def closures() -> Sequence[tuple[OfficeClosure, str]]:
    """Every closure with its office's name ("" for all of them), by day."""
    query = select(OfficeClosure, Office.name).outerjoin(Office, Office.id == OfficeClosure.office_id)
    return [(row, name or "") for row, name in db.session.execute(query.order_by(OfficeClosure.day, Office.name))]


def add_closure(actor: Actor, day: date, office_id: uuid.UUID | None, name: str) -> bool:
    """Closes an office, or all of them, on a day; tells whether it was not closed by the same before."""
    same_office = OfficeClosure.office_id.is_not_distinct_from(office_id)
    if db.session.scalar(select(OfficeClosure.id).where(OfficeClosure.day == day, same_office)) is not None:
        return False
    db.session.add(OfficeClosure(day=day, office_id=office_id, name=name, added_by=actor.name))
    _record("closure_added", actor, day=str(day), office=str(office_id or "all"), name=name)
    return True


def remove_closure(actor: Actor, closure: OfficeClosure) -> None:
    """Opens the office again on that day; dates that were counted with it stay."""
    db.session.delete(closure)
    told = {"day": str(closure.day), "office": str(closure.office_id or "all"), "name": closure.name}
    _record("closure_removed", actor, **told)


def _record(action: str, actor: Actor, reason: str = "", **details: object) -> None:
    audit.record(action, actor, reason=reason, details=details, audience=audit.Audience.RECORD)
