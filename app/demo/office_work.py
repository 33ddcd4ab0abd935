"""What the demonstration's offices keep beside the requests: rules, absences, lists, closed days."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from sqlalchemy import select

from app.accounts.agencies import access_requests
from app.accounts.delegation import operations as delegation_operations
from app.accounts.models import Office, Person
from app.accounts.roles import confirmations
from app.agency_requests.assignment_models import AssignmentRule
from app.agency_requests.models import AgencyRequest
from app.cases.queue import filters, saved_views
from app.cases.related import operations as related_operations
from app.deadlines.business_days import add_business_days
from app.deadlines.clocks import ClockKind
from app.extensions import db
from app.intake.assignment import rule_operations
from app.intake.paper_entry import operations as paper_entry_operations
from app.policy import Role
from app.reports.exports import operations
from app.reports.exports.exported_lists import LISTS
from app.workflow.clocks import targets
from app.workflow.journey.request_journey import CLOSED, Status

People = dict[str, Person]
RULES: Final = (  # name, state, program, the office it goes to, whose it is
    ("Texas jail enforcement goes to Houston", "TX", "287g:jail", "Houston", ""),
    ("Florida is coordinated in Miami", "FL", "", "", "miami"),
    ("Cross-designation in Arizona", "AZ", "customs-cross-designation", "", "coordinator"),
    ("Headquarters takes what nobody else does", "", "", "", "coordinator"),
)
VIEWS: Final = (  # whose, name, which requests, whether others see it
    ("coordinator", "Overdue anywhere", {"view": "all", "due": "late"}, True),
    ("coordinator", "Texas, due first", {"view": "all", "state": "TX"}, False),
    ("coordinator", "Waiting for an agency", {"view": "all", "waiting": "agency"}, False),
    ("atlanta", "Atlanta, not taken yet", {"view": "unassigned"}, True),
)
APPLICANTS: Final = (  # ORI, agency, state, county, kind, who asks, the head
    ("NV9990970", "Dry Lantern County Sheriff's Office", "NV", "Dry Lantern", "sheriff", "Ro Teller", "Jan Fields"),
    ("OR9990980", "City of Alder Bight Police Department", "OR", "Alder Bight", "municipal_police",
     "Kai Monroe", "Lin Sorrel"),
    ("KY9990990", "Fallow Ridge Campus Police", "KY", "Fallow Ridge", "campus_police", "Ash Rowe", "Terry Blaine"),
)  # fmt: skip
DAYS_OFF: Final = (("Office move", "Houston", 12), ("Training day", "Denver", 18), ("Storm", "", 25))


def day(business_days: int) -> date:
    """A day to come."""
    return add_business_days(datetime.now(UTC).date(), business_days)


def make_surroundings(people: People) -> None:
    """Everything of the demonstration that is not a request: closures, absences, lists of the offices."""
    for keep in (_rules, _absences, _views, _calendar, _applications, _letters, _roles, _file):
        keep(people)
    db.session.commit()


def _rules(people: People) -> None:
    offices = {office.name: office.id for office in db.session.scalars(select(Office))}
    for name, state, program, office, who in RULES:
        row = AssignmentRule(name=name, state=state, program=program, to_office_id=offices.get(office))
        if who:
            row.person_id, row.role = people[who].id, Role.COORDINATOR.value
        rule_operations.add_rule(people["admin"].actor, row)


def _absences(people: People) -> None:
    delegation_operations.delegate(people["assessor"], people["assessor2"].id, day(6), day(10))
    delegation_operations.delegate(people["assessor"], people["assessor2"].id, day(30), day(34))
    delegation_operations.delegate(people["assessor2"], people["assessor"].id, day(0), day(2))


def _views(people: People) -> None:
    for owner, name, asked, shared in VIEWS:
        view = saved_views.save_view(people[owner].actor, name, filters.parse_filters(asked), shared=shared)
        db.session.flush()
        if shared:
            saved_views.follow_view(people["coordinator"].actor, view)


def _calendar(people: People) -> None:
    admin = people["admin"].actor
    targets.set_target(admin, ClockKind.INTAKE, 12, "Two coordinators are new until spring.", expected_version=0)
    offices = {office.name: office.id for office in db.session.scalars(select(Office))}
    for name, office, days in DAYS_OFF:
        targets.add_closure(admin, day(days), offices.get(office), name)


def _applications(people: People) -> None:
    """Two that wait, and one that a coordinator has refused."""
    *_, last = [
        access_requests.request_access(
            ori=ori, agency_name=name, state=state, county=county, kind=kind,
            applicant_name=applicant, applicant_title="Captain", applicant_email=f"officer@{ori.lower()}.example.gov",
            head_name=head, head_title="Head of the agency", head_email=f"head@{ori.lower()}.example.gov",
        )
        for ori, name, state, county, kind, applicant, head in APPLICANTS
    ]  # fmt: skip
    access_requests.refuse_access(
        last, people["coordinator"].actor, "Please have your chief confirm the address by telephone."
    )


def _letters(people: People) -> None:
    """Two letters on paper, which a coordinator has begun to type in."""
    for who, days in (("head:NC9990600", 4), ("head:WA9990500", 2)):
        received = datetime.now(UTC).date() - timedelta(days=days)
        if agency := people[who].agency:
            signed = received - timedelta(days=6)
            paper_entry_operations.begin_entry(
                people["coordinator"].actor, agency, signed_on=signed, received_on=received
            )


def _roles(people: People) -> None:
    reason = "Civil-rights reviews wait for one person now."
    confirmations.propose_roles(people["assessor2"], people["admin"].actor, [(Role.REVIEWER, "civil_rights")], reason)


def _file(people: People) -> None:
    operations.request_export(people["coordinator"].actor, LISTS["requests"], {"view": "all"})
    db.session.commit()
    operations.work_on_exports()


def tie_together(people: People) -> None:
    """Requests that belong together are linked, and one that says the same again is merged into the other."""
    coordinator, official = people["coordinator"].actor, people["official"].actor
    for one, other, reason in (
        ("FL9990710", "FL9990720", "The same county, and the same task force would serve both."),
        ("TX9990100", "TX9990930", "Both would send officers to one class of training."),
        ("AZ9990200", "AZ9990400", "The city's prisoners are held in the county's jail."),
    ):
        related_operations.link_requests(_open(one), _open(other), coordinator, reason)
    duplicate, survivor = (_open("LA9990940", status) for status in (Status.IN_INTAKE, Status.IN_ASSESSMENT))
    related_operations.merge_requests(
        duplicate, survivor, official, "The parish sent it twice.", expected_version=duplicate.version
    )
    db.session.commit()


def _open(ori: str, *statuses: Status) -> AgencyRequest:
    """The newest request of an agency in one of these statuses; without any, one that ICE has."""
    wanted = statuses or set(Status) - {*CLOSED, Status.DRAFT}
    query = select(AgencyRequest).where(AgencyRequest.agency.has(ori=ori), AgencyRequest.status.in_(wanted))
    return db.session.scalars(query.order_by(AgencyRequest.created_at.desc(), AgencyRequest.id).limit(1)).one()
