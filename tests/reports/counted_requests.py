"""Seven requests of two offices, small enough to count by hand, as of Tuesday, November 24, 2026.

office    status                 taken by   due          received
Houston   submitted              nobody     Nov 20 late  Nov 16
Houston   in_intake              Ada        Nov 23 late  Nov 2
Houston   in_assessment          Ada        Nov 30 soon  Sep 1
Houston   awaiting_concurrence   Ada        Dec 15       Aug 3
Dallas    in_review              Ben        Nov 27 soon  Jun 1
Dallas    drafting               Ben        none         Jul 1
Dallas    declined               Ben        none         Oct 1
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from app import audit
from app.accounts.models import Office, Person
from app.agency_requests.models import AgencyRequest
from app.extensions import db, frozen_now
from app.policy import SYSTEM, Role
from app.workflow.models import StageClock
from tests.builders import make_agency, make_office, make_person, make_request

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
LINES = (
    ("Houston", "submitted", None, date(2026, 11, 20), date(2026, 11, 16)),
    ("Houston", "in_intake", "Ada", date(2026, 11, 23), date(2026, 11, 2)),
    ("Houston", "in_assessment", "Ada", date(2026, 11, 30), date(2026, 9, 1)),
    ("Houston", "awaiting_concurrence", "Ada", date(2026, 12, 15), date(2026, 8, 3)),
    ("Dallas", "in_review", "Ben", date(2026, 11, 27), date(2026, 6, 1)),
    ("Dallas", "drafting", "Ben", None, date(2026, 7, 1)),
    ("Dallas", "declined", "Ben", None, date(2026, 10, 1)),
)


@dataclass
class World:
    """The two offices, their people, and the seven requests in the order of the table above."""

    offices: dict[str, Office]
    people: dict[str, Person]
    requests: list[AgencyRequest]


def noon(day: date) -> datetime:
    """The middle of that day where the service counts its days."""
    return datetime(day.year, day.month, day.day, 17, tzinfo=UTC)


def tell() -> World:
    """Makes the seven requests, with their clocks and without their moves."""
    offices = {name: make_office(name=name) for name in ("Houston", "Dallas")}
    people = {
        "Ada": make_person(Role.COORDINATOR, office=offices["Houston"], name="Ada"),
        "Ben": make_person(Role.COORDINATOR, office=offices["Dallas"], name="Ben"),
        "Hq": make_person(Role.COORDINATOR, name="Hq"),
    }
    requests = [
        _one(offices[office], status, people.get(who or ""), due, day) for office, status, who, due, day in LINES
    ]
    db.session.commit()
    return World(offices, people, requests)


def _one(office: Office, status: str, who: Person | None, due: date | None, received: date) -> AgencyRequest:
    agency = make_agency(name=f"{office.name} agency {status}")
    found = make_request(agency, status=status, office=office, coordinator=who, submitted_at=noon(received))
    if due:
        db.session.add(StageClock(subject_id=found.id, case_id=found.id, kind="intake", started_on=received, due=due))
    return found


def move(agency_request: AgencyRequest, *steps: tuple[date, str]) -> None:
    """Records that the request moved to each status on its day."""
    source = "draft"
    for day, target in steps:
        with frozen_now(noon(day)):
            audit.record(
                "moved", SYSTEM, case_id=agency_request.id, subject=("request", agency_request.id),
                statuses=(source, target),
            )  # fmt: skip
        source = target
    db.session.commit()


def names(rows: Iterable[AgencyRequest]) -> set[str]:
    """The agencies of these requests."""
    return {row.agency.name for row in rows}
