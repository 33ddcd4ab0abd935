"""The lists that can be downloaded: who may, their filters, the keys of their rows in order, and the rows."""

import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import aliased

from app.accounts import listings
from app.accounts.models import Agency, Office, Person, RoleGrant
from app.agency_requests.access import visible_requests
from app.agency_requests.models import AgencyRequest
from app.agreements_in_force.models import AgreementInForce
from app.agreements_in_force.queries import FILTERS, chosen_agreements
from app.cases.queue import filters as case_lists
from app.cases.queue.queries import matching_requests
from app.deadlines.business_days import business_days_between, day_of
from app.extensions import db
from app.notifications.models import OutboxMessage
from app.policy import ROLE_WORDS, Actor, Permission, Role, Side
from app.reports.exports.csv_writer import Value
from app.workflow.clocks.operations import today
from app.workflow.journey.request_journey import STAFF_STATUS_WORDS, WAITING_ON, Status
from app.workflow.models import StageClock

Filters = Mapping[str, str]
Keys = Sequence[uuid.UUID]
BATCH: Final = 1000
CHOSEN: Final = "chosen"  # rows chosen one by one, instead of all that the filters leave
HEX_KEY: Final = re.compile("[0-9a-f]{32}")
SIDE_WORDS: Final = {Side.ICE: "ICE", Side.AGENCY: "The agency", None: "Nobody"}


@dataclass(frozen=True, kw_only=True)
class ExportList:
    """One list: its keys in the order it is shown, and the rows of some keys, again only what the person may see."""

    key: str
    title: str
    noun: str
    page: str  # the endpoint of the page that shows it
    needs: Permission
    filters: tuple[str, ...]
    heads: tuple[str, ...]
    keys: Callable[[Actor, Filters], Select[Any]]
    rows: Callable[[Actor, Keys], Iterator[tuple[uuid.UUID, tuple[Value, ...]]]]


def _request_keys(actor: Actor, filters: Filters) -> Select[Any]:
    asked = matching_requests(actor, case_lists.parse_filters({"view": "all"} | dict(filters)))
    return asked.where(AgencyRequest.id.in_(chosen_keys(filters[CHOSEN]))) if CHOSEN in filters else asked


def chosen_keys(typed: str) -> list[uuid.UUID]:
    """The keys of rows chosen one by one, as they travel in one value; what is no key is left out."""
    return [uuid.UUID(hex=each) for each in typed.split(",") if HEX_KEY.fullmatch(each)]


def _request_rows(actor: Actor, keys: Keys) -> Iterator[tuple[uuid.UUID, tuple[Value, ...]]]:
    coordinator, assessor = aliased(Person), aliased(Person)
    clock = and_(
        StageClock.subject_id == AgencyRequest.id, StageClock.stopped_on.is_(None), StageClock.paused_on.is_(None)
    )
    query = (
        visible_requests(actor)
        .where(AgencyRequest.id.in_(keys))
        .with_only_columns(
            AgencyRequest.id, AgencyRequest.number, Agency.name, Agency.ori, Agency.county, AgencyRequest.state,
            AgencyRequest.status, Office.name, coordinator.name, assessor.name, AgencyRequest.submitted_at,
            StageClock.due, maintain_column_froms=True,
        )
        .join(Agency, Agency.id == AgencyRequest.agency_id)
        .outerjoin(Office, Office.id == AgencyRequest.office_id)
        .outerjoin(coordinator, coordinator.id == AgencyRequest.coordinator_id)
        .outerjoin(assessor, assessor.id == AgencyRequest.assessor_id)
        .outerjoin(StageClock, clock)
    )  # fmt: skip
    day = today()
    for key, number, agency, ori, county, state, status, office, *people, sent, due in db.session.execute(query):
        where = Status(status)
        received = day_of(sent) if sent else None
        yield key, (
            number, agency, ori, county, state, STAFF_STATUS_WORDS[where], SIDE_WORDS[WAITING_ON[where]],
            office or "Not routed", *people, received, due, business_days_between(received, day) if received else None,
        )  # fmt: skip


def _people_rows(_actor: Actor, keys: Keys) -> Iterator[tuple[uuid.UUID, tuple[Value, ...]]]:
    granted: dict[uuid.UUID, list[str]] = {}
    grants = select(RoleGrant.person_id, RoleGrant.role, RoleGrant.scope).where(RoleGrant.person_id.in_(keys))
    for person, role, scope in db.session.execute(grants.order_by(RoleGrant.role, RoleGrant.scope)):
        granted.setdefault(person, []).append(ROLE_WORDS[Role(role)] + (f" ({scope})" if scope else ""))
    query = (
        select(Person.id, Person.name, Person.email, Person.title, Agency.name, Office.name, Person.active,
               Person.password_hash != "")
        .outerjoin(Agency, Agency.id == Person.agency_id)
        .outerjoin(Office, Office.id == Person.office_id)
        .where(Person.id.in_(keys))
    )  # fmt: skip
    for key, name, email, title, agency, office, active, has_entered in db.session.execute(query):
        account = ("Active" if has_entered else "Invited") if active else "Deactivated"
        yield key, (name, email, title, agency or f"ICE, {office}", "; ".join(granted.get(key, [])), account)


def _plain(*columns: Any) -> Callable[[Actor, Keys], Iterator[tuple[uuid.UUID, tuple[Value, ...]]]]:
    """Rows that are columns of one table, the first of them its key."""

    def rows(_actor: Actor, keys: Keys) -> Iterator[tuple[uuid.UUID, tuple[Value, ...]]]:
        for key, *cells in db.session.execute(select(*columns).where(columns[0].in_(keys))):
            yield key, tuple(cells)

    return rows


def _notice_rows(_actor: Actor, keys: Keys) -> Iterator[tuple[uuid.UUID, tuple[Value, ...]]]:
    m = OutboxMessage
    query = select(m.id, m.created_at, m.notice, m.address, m.subject, m.sent_at, m.dead_at, m.attempts, m.fault)
    for key, made, notice, address, subject, sent, dead, tries, fault in db.session.execute(
        query.where(m.id.in_(keys))
    ):
        state = "Sent" if sent else "Given up" if dead else "Waiting"
        yield key, (day_of(made), notice, address, subject, state, day_of(sent) if sent else None, tries, fault)


def _notice_keys(_actor: Actor, _filters: Filters) -> Select[Any]:
    return select(OutboxMessage.id).order_by(OutboxMessage.created_at.desc(), OutboxMessage.id)


P = Permission
LISTS: Final = {
    listed.key: listed
    for listed in (
        ExportList(
            key="requests", title="Requests", noun="requests", page="cases.queue", needs=P.REPORT_READ,
            filters=("view", "sort", *case_lists.FILTERS, CHOSEN), keys=_request_keys, rows=_request_rows,
            heads=("Number", "Agency", "ORI", "County", "State", "Where it is", "Waiting on", "Office", "Coordinator",
                   "Assessor", "Received", "Due", "Age in business days"),
        ),
        ExportList(
            key="agencies", title="Agencies", noun="agencies", page="admin.agencies", needs=P.AGENCIES_MANAGE,
            filters=("words", "state"),
            keys=lambda _, f: listings.chosen_agencies(f.get("words", ""), f.get("state", "")).with_only_columns(
                Agency.id
            ),
            rows=_plain(Agency.id, Agency.ori, Agency.name, Agency.state, Agency.county, Agency.kind,
                        Agency.population, Agency.officers, Agency.source),
            heads=("ORI", "Agency", "State", "County", "Kind", "Population", "Officers", "Source"),
        ),
        ExportList(
            key="people", title="People", noun="people", page="admin.list_people", needs=P.PEOPLE_MANAGE,
            filters=("words", "role", "state"), rows=_people_rows,
            keys=lambda _, f: listings.chosen_people(
                f.get("words", ""), f.get("role", ""), f.get("state", "")
            ).with_only_columns(Person.id),
            heads=("Name", "E-mail address", "Title", "Place", "Roles", "Account"),
        ),
        ExportList(
            key="notices", title="Notices", noun="notices", page="exports.mine", needs=P.PEOPLE_MANAGE, filters=(),
            keys=_notice_keys, rows=_notice_rows,
            heads=("Written", "Notice", "Address", "Subject", "State", "Sent", "Tries", "Fault"),
        ),
        ExportList(
            key="agreements-in-force", title="Agreements in force", noun="agreements",
            page="agreements_in_force.listing", needs=P.EXPORT_OWN, filters=FILTERS,
            keys=lambda _, f: chosen_agreements(f).with_only_columns(AgreementInForce.id),
            rows=_plain(AgreementInForce.id, AgreementInForce.state, AgreementInForce.agency_name,
                        AgreementInForce.agency_kind, AgreementInForce.county, AgreementInForce.support_type,
                        AgreementInForce.signed_on),
            heads=("State", "Agency", "Type", "County", "Support type", "Signed"),
        ),
    )
}  # fmt: skip


def count_rows(listed: ExportList, actor: Actor, filters: Filters) -> int:
    """How many rows there would be."""
    keys = listed.keys(actor, filters).order_by(None).subquery()
    return db.session.scalar(select(db.func.count()).select_from(keys)) or 0


def in_batches(listed: ExportList, actor: Actor, filters: Filters) -> Iterator[list[tuple[Value, ...]]]:
    """The rows in order, a thousand at a time; between two of them no transaction is open, so nobody waits for it.

    What the person no longer sees when its turn comes is left out.
    """
    keys = list(db.session.scalars(listed.keys(actor, filters).execution_options(yield_per=BATCH)))
    db.session.rollback()
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        found = dict(listed.rows(actor, batch))
        db.session.rollback()
        yield [found[key] for key in batch if key in found]
