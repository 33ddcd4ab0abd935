"""Fills an empty, migrated database with made-up requests in every status, in bulk: something to measure with.

    export DATABASE_URL=sqlite:////somewhere/bench.db
    flask db upgrade
    python -m bench.many_requests 100000

Each request has the moves to its status in the record (chained as the product chains them), the clocks that those moves
start and stop, and a recommendation with the agency's answer where it came so far. The same number gives the same
requests, but for their keys. A database that has requests in it is left alone.
"""

import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

import click
from sqlalchemy import insert, select
from us.states import STATES

from app import create_app
from app.accounts.models import DETENTION, HEADQUARTERS, Agency, Office, Person, RoleGrant
from app.agency_requests.models import AgencyRequest
from app.assessment.models import Recommendation, RecommendedProgram
from app.audit.models import GENESIS, REGISTER, ChainHead, Event, link_after
from app.deadlines.business_days import business_days_between, day_of
from app.deadlines.clocks import TARGETS, due
from app.extensions import db, now
from app.policy import Role
from app.programs.catalog import CATALOG
from app.review.models import Concurrence, ConcurrenceAnswer
from app.workflow.journey.decline_reasons import DECLINE_WORDS
from app.workflow.journey.journeys import RULES_VERSION
from app.workflow.journey.request_journey import CLOSED, REQUEST_JOURNEY, STATUSES, Action, Status
from app.workflow.models import StageClock

BATCH: Final = 1000  # requests written at once
PER_AGENCY: Final = 250
OFFICES: Final = 25
YEARS: Final = 3 * 365  # days back to which closed requests ended
RECENT: Final = 40  # days ago at most that an open one moved last
MAIN: Final = (
    Status.SUBMITTED, Status.IN_INTAKE, Status.IN_ASSESSMENT, Status.AWAITING_CONCURRENCE, Status.IN_REVIEW,
    Status.DRAFTING, Status.AGREEMENT_DRAFTED,
)  # fmt: skip
BRANCHES: Final = {  # where a status that is not on the main way is reached from
    Status.INFORMATION_REQUESTED: Status.IN_INTAKE,
    Status.WITHDRAWN: Status.IN_ASSESSMENT,
    Status.DEFERRED: Status.IN_REVIEW,
    Status.DECLINED: Status.IN_REVIEW,
}
SHARES: Final = {status: 12 if status in CLOSED else 4 for status in (*MAIN, *BRANCHES)}  # most requests are done
chance = random.Random(1)  # noqa: S311 -- made-up figures, no secret


@dataclass
class Place:
    """An agency with somebody who writes, and an office with somebody who takes."""

    agency_id: uuid.UUID
    state: str
    officer_id: uuid.UUID
    office_id: uuid.UUID
    coordinator_id: uuid.UUID


@dataclass
class Rows:
    """What a batch writes, table by table."""

    by_table: dict[type[Any], list[dict[str, Any]]] = field(default_factory=dict)
    chains: list[dict[str, Any]] = field(default_factory=list)  # where each chain of the record ends

    def add(self, table: type[Any], **values: Any) -> uuid.UUID:
        """One more row; its key."""
        key = values.setdefault("id", uuid.uuid4()) if hasattr(table, "id") and table is not Event else uuid.uuid4()
        self.by_table.setdefault(table, []).append(values)
        return key

    def write(self) -> None:
        """Inserts everything, tables in the order in which they were first needed."""
        for table, rows in self.by_table.items():
            db.session.execute(insert(table), rows)
        db.session.commit()
        self.by_table.clear()


@click.command()
@click.argument("count", type=click.IntRange(min=1))
def main(count: int) -> None:
    """Writes COUNT requests into the database that DATABASE_URL names."""
    with create_app({"DELIVERY_THREAD": False}).app_context():
        if db.session.scalar(select(AgencyRequest.id).limit(1)):
            raise click.ClickException("This database has requests in it. Use one that is empty and migrated.")
        fill(count)
        click.echo(f"{count:,} requests, {db.session.scalar(select(db.func.count(Event.id))):,} events.")


def fill(count: int) -> None:
    """Writes the places, then the requests batch by batch."""
    rows = Rows()
    places = make_places(rows, -(-count // PER_AGENCY))
    rows.write()
    moment = now()
    for n, status in enumerate(chance.choices(list(SHARES), list(SHARES.values()), k=count)):
        make_request(rows, n, status, places[n // PER_AGENCY], moment)
        if n % BATCH == BATCH - 1:
            rows.write()
    rows.write()
    write_heads(rows.chains)


def write_heads(chains: Sequence[dict[str, Any]]) -> None:
    """Enters the end of each chain into the register; the record must have been empty."""
    link = GENESIS
    for place, chain in enumerate(chains, start=1):
        link = link_after(link, chain["chain"])
        chain.update(place=place, link=link)
    register = {"chain": REGISTER, "place": 0, "link": GENESIS, "count": len(chains), "hash": link}
    db.session.execute(insert(ChainHead), [register, *chains])
    db.session.commit()


def make_places(rows: Rows, agencies: int) -> list[Place]:
    """The agencies and the offices, with their people; headquarters has somebody who sees everything."""
    hq = rows.add(Office, kind=HEADQUARTERS, name="Headquarters")
    offices = [rows.add(Office, kind=DETENTION, name=f"Field office {n}") for n in range(OFFICES)]
    keys = [
        rows.add(
            Agency, ori=f"{STATES[n % len(STATES)].abbr}{n:05d}00", name=f"Example County {n} Sheriff's Office",
            state=STATES[n % len(STATES)].abbr, county=f"Example {n}", kind="sheriff", head_name="Alex Doe",
        )
        for n in range(agencies)
    ]  # fmt: skip
    make_person(rows, Role.COORDINATOR, "hq", office_id=hq)
    coordinators = [make_person(rows, Role.COORDINATOR, f"office{n}", office_id=key) for n, key in enumerate(offices)]
    officers = [make_person(rows, Role.AGENCY_OFFICER, f"agency{n}", agency_id=key) for n, key in enumerate(keys)]
    return [
        Place(key, STATES[n % len(STATES)].abbr, officers[n], offices[n % OFFICES], coordinators[n % OFFICES])
        for n, key in enumerate(keys)
    ]


def make_person(rows: Rows, role: Role, name: str, **belongs: uuid.UUID) -> uuid.UUID:
    """Somebody with one role."""
    side = {"agency_id": None, "office_id": None} | belongs
    key = rows.add(Person, email=f"{name}@bench.example", name=f"Person of {name}", **side)
    rows.add(RoleGrant, person_id=key, role=role.value)
    return key


def make_request(rows: Rows, n: int, status: Status, place: Place, moment: datetime) -> None:
    """One request in its status, with how it came there."""
    path = path_to(status)
    moments = moments_of(path, moment - timedelta(days=chance.randrange(YEARS if status in CLOSED else RECENT)))
    key = rows.add(
        AgencyRequest, agency_id=place.agency_id, state=place.state, number=f"ACC-2026-{n:06d}", status=status.value,
        rules_version=RULES_VERSION, created_by_id=place.officer_id, submitted_by_id=place.officer_id,
        created_at=moments[0], submitted_at=moments[0], updated_at=moments[-1], office_id=place.office_id,
        coordinator_id=None if status is Status.SUBMITTED else place.coordinator_id, wanted_programs=wanted(),
        closed_at=moments[-1] if status in CLOSED else None,
        status_before=path[-2].value if status is Status.DEFERRED else None,
    )  # fmt: skip
    make_events(rows, key, path, moments)
    make_clocks(rows, key, path, [day_of(moment) for moment in moments])
    if Status.AWAITING_CONCURRENCE in path:
        make_recommendation(rows, key, place, moments[-1], has_answer=Status.IN_REVIEW in path)


def path_to(status: Status) -> Sequence[Status]:
    """The statuses that a request passes until it is in this one."""
    main = MAIN[: MAIN.index(BRANCHES.get(status, status)) + 1]
    return (*main, status) if status in BRANCHES else main


def moments_of(path: Sequence[Status], last: datetime) -> list[datetime]:
    """When it came to each status, the last one then."""
    found = [last]
    for _ in path[1:]:
        found.insert(0, found[0] - timedelta(days=chance.randint(1, 30), hours=chance.randrange(24)))
    return found


def wanted() -> list[str]:
    """A few programs that the agency asks for."""
    return chance.sample(list(CATALOG.labels), chance.randint(0, 3))


def make_events(rows: Rows, key: uuid.UUID, path: Sequence[Status], moments: Sequence[datetime]) -> None:
    """The moves in the record, each with the hash of the one before."""
    last_hash, source = GENESIS, Status.DRAFT
    for seq, (target, at) in enumerate(zip(path, moments, strict=True), start=1):
        action = action_from(source, target)
        values = {
            "chain": key, "seq": seq, "at": at, "actor_id": None, "actor_name": "The system", "actor_role": "",
            "actor_side": "system", "action": action.value, "subject_kind": "request", "subject_id": key,
            "from_status": source.value, "to_status": target.value, "sentence": "moved the request", "reason": "",
            "details": {"code": chance.choice(list(DECLINE_WORDS))} if action is Action.DECLINE else {},
            "audience": "both", "prev_hash": last_hash,
        }  # fmt: skip
        last_hash = values["hash"] = Event(**values).computed_hash()
        rows.add(Event, **values)
        source = target
    rows.chains.append({"chain": key, "count": len(path), "hash": last_hash})


def action_from(source: Status, target: Status) -> Action:
    """The step of the journey that leads from the one to the other."""
    return next(step.action for step in REQUEST_JOURNEY if step.source == source and step.target == target)


def make_clocks(rows: Rows, key: uuid.UUID, path: Sequence[Status], days: Sequence[date]) -> None:
    """The clock of each stage: stopped where the request went on, waiting where the agency acts now."""
    for place, status in enumerate(path):
        kind = STATUSES[status].clock
        if kind is None:
            continue
        after = place + 1
        left = days[after] if after < len(path) else None
        waits = left is not None and after == len(path) - 1 and STATUSES[path[after]].pauses_ice
        rows.add(
            StageClock, subject_id=key, case_id=key, kind=kind, started_on=days[place],
            due=due(days[place], TARGETS[kind]), used_days=business_days_between(days[place], left) if left else 0,
            stopped_on=None if waits else left, paused_on=left if waits else None, extensions=[],
            cut_short=left is not None and path[after] in {Status.WITHDRAWN, Status.DEFERRED},
        )  # fmt: skip


def make_recommendation(rows: Rows, key: uuid.UUID, place: Place, at: datetime, *, has_answer: bool) -> None:
    """One that was sent, of one to three programs, and what the agency said."""
    programs = chance.sample(list(CATALOG.labels), chance.randint(1, 3))
    advised = rows.add(Recommendation, request_id=key, version=1, issued_at=at, issued_by_id=place.coordinator_id)
    for n, (program, _, model) in enumerate((name.partition(":") for name in programs), start=1):
        rows.add(RecommendedProgram, recommendation_id=advised, place=n, program=program, model=model)
    if has_answer:
        said = rows.add(Concurrence, recommendation_id=advised, content_hash="", by_id=place.officer_id, at=at)
        for program in programs:
            answer = chance.choice(("concur", "concur", "concur", "do_not_concur"))
            rows.add(ConcurrenceAnswer, concurrence_id=said, program_key=program, answer=answer)


if __name__ == "__main__":
    main()
