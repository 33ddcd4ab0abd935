"""The queue shows what one may see, the urgent first, in a number of queries that does not grow with the requests."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import event, insert

from app.accounts.models import Person
from app.agency_requests.models import AgencyRequest
from app.extensions import db, now
from app.policy import Role
from app.workflow.clocks.operations import today
from app.workflow.journey.journeys import RULES_VERSION
from app.workflow.journey.request_journey import Status
from app.workflow.models import StageClock
from tests.builders import make_agency, make_office, make_person, make_request
from tests.checked import CheckedClient

MOST_QUERIES = 12


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent to the database meanwhile."""
    sent: list[str] = []

    def note(_connection, _cursor, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def fill(agencies: int, each: int) -> None:
    """That many agencies with that many requests each, in every status ICE sees, half of them with a clock."""
    statuses = [status.value for status in Status if status is not Status.DRAFT]
    rows, clocks = [], []
    creator = make_person(Role.AGENCY_OFFICER)
    for _ in range(agencies):
        agency = make_agency()
        for _ in range(each):
            n = len(rows)
            key = uuid.uuid4()
            moment = now() - timedelta(hours=n)
            rows.append(
                {
                    "id": key, "agency_id": agency.id, "number": f"ACC-2026-{n:06d}",
                    "status": statuses[n % len(statuses)],
                    "version": 1, "rules_version": RULES_VERSION, "state": "TX", "submitted_at": moment,
                    "created_by_id": creator.id, "created_at": moment, "updated_at": moment, "wanted_programs": [],
                }
            )  # fmt: skip
            if n % 2:
                clocks.append(
                    {"id": uuid.uuid4(), "subject_id": key, "case_id": key, "kind": "intake", "extensions": [],
                     "started_on": date(2026, 11, 2), "due": date(2026, 11, 2) + timedelta(days=n % 60), "used_days": 0}
                )  # fmt: skip
    db.session.execute(insert(AgencyRequest), rows)
    db.session.execute(insert(StageClock), clocks)
    db.session.commit()


@pytest.fixture
def coordinator(app: Flask) -> Person:
    return make_person(Role.COORDINATOR)


@pytest.mark.parametrize(("agencies", "each"), [(2, 5), (40, 250)])
def test_ten_thousand_requests_take_no_more_queries_than_ten(
    client: CheckedClient, coordinator: Person, agencies: int, each: int
) -> None:
    fill(agencies, each)
    client.sign_in(coordinator)
    with counted() as sent:
        page = client.get("/queue?view=all&status=in_intake&q=Example").get_data(as_text=True)
    assert len([statement for statement in sent if statement.startswith(("SELECT", "WITH"))]) <= MOST_QUERIES, sent
    assert page.count("app-cell__second") <= 25 * 4
    assert "requests" in page


def test_what_is_due_first_comes_first(client: CheckedClient, coordinator: Person) -> None:
    for days, name in ((20, "Later"), (-5, "Late"), (3, "Soon")):
        found = make_request(make_agency(name=f"{name} Agency"), status="submitted")
        db.session.add(
            StageClock(
                subject_id=found.id, case_id=found.id, kind="acknowledge", started_on=today(),
                due=today() + timedelta(days=days),
            )
        )  # fmt: skip
    db.session.commit()
    page = client.sign_in(coordinator).get("/queue").get_data(as_text=True)
    assert page.index("Late Agency") < page.index("Soon Agency") < page.index("Later Agency")
    assert "late</span>" in page or "late" in page


def test_a_field_office_sees_what_is_routed_to_it(client: CheckedClient, app: Flask) -> None:
    ours, theirs = make_office(), make_office()
    make_request(make_agency(name="Our Agency"), status="submitted", office_id=ours.id)
    make_request(make_agency(name="Their Agency"), status="submitted", office_id=theirs.id)
    make_request(make_agency(name="Draft Agency"), office_id=ours.id)
    page = client.sign_in(make_person(Role.COORDINATOR, office=ours)).get("/queue?view=all").get_data(as_text=True)
    assert "Our Agency" in page
    assert "Their Agency" not in page
    assert "Draft Agency" not in page


@pytest.mark.parametrize(
    "query",
    ["status=nonsense", "office=nonsense", "assignee=%00", "page=-3", "page=99999999999999999999", "q=" + "x" * 3000,
     "view=nothing", "program='%20OR%201=1", "q=%25%5F%5C", "state=%00"],
)  # fmt: skip
def test_no_filter_that_anybody_types_breaks_the_queue(client: CheckedClient, coordinator: Person, query: str) -> None:
    assert client.sign_in(coordinator).get(f"/queue?{query}").status_code == 200


def test_search_finds_number_agency_and_county(client: CheckedClient, coordinator: Person) -> None:
    found = make_request(make_agency(name="Étoile Agency", county="O'Brien"), status="submitted")
    client.sign_in(coordinator)
    for words in (found.number, "toile", "o'brien"):
        assert "toile Agency" in client.get("/queue", query_string={"view": "all", "q": words}).get_data(as_text=True)
    assert "No request matches" in client.get("/queue?view=all&q=nowhere").get_data(as_text=True)


def test_an_empty_queue_teaches(client: CheckedClient, coordinator: Person) -> None:
    assert "Nothing waits for you" in client.sign_in(coordinator).get("/queue").get_data(as_text=True)


def test_the_agency_has_no_queue(client: CheckedClient, app: Flask) -> None:
    assert client.sign_in(make_person(Role.AGENCY_HEAD)).get("/queue").status_code == 403
