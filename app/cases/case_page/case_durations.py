"""How long a request has taken on each side, and how long its stage usually takes."""

from dataclasses import dataclass

from sqlalchemy import select

from app.agency_requests.models import AgencyRequest
from app.deadlines.clocks import CLOCK_WORDS, OF_THE_AGENCY, used
from app.deadlines.spread import Spread
from app.extensions import db
from app.workflow.clocks.operations import as_running, today, usual_duration
from app.workflow.clocks.targets import closed_days
from app.workflow.models import StageClock


@dataclass(frozen=True)
class Durations:
    """Business days of both sides so far, the stage that runs now with what it usually takes, and moves of its date."""

    ice: int
    agency: int
    stage: str
    usual: Spread | None
    current: StageClock | None


def durations(agency_request: AgencyRequest) -> Durations:
    """What the clocks of this request tell; waiting for the other side counts for that side only."""
    query = select(StageClock).where(StageClock.subject_id == agency_request.id)
    clocks = db.session.scalars(query.order_by(StageClock.created_at, StageClock.id)).all()
    days, closed = {True: 0, False: 0}, closed_days(agency_request.office_ids)
    for clock in clocks:
        so_far = clock.used_days if clock.stopped_on else used(as_running(clock), today(), closed)
        days[clock.kind in OF_THE_AGENCY] += so_far
    current = next((clock for clock in reversed(clocks) if not clock.stopped_on and not clock.paused_on), None)
    return Durations(
        ice=days[False],
        agency=days[True],
        stage=CLOCK_WORDS[current.kind] if current else "",
        usual=usual_duration(current.kind) if current else None,
        current=current,
    )
