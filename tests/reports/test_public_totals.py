"""The public pages: totals without small numbers or names, and the agreements in force with filter, pages and files."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import event

from app import audit
from app.accounts.place_names import STATE_NAMES
from app.agency_requests.models import AgencyRequest
from app.assessment.models import Recommendation, RecommendedProgram
from app.extensions import Base, db, now
from app.policy import SYSTEM, Role
from app.reports.public_totals import cards
from app.reports.public_totals.cards import Counts
from app.reports.public_totals.counts import public_counts
from app.review.models import Concurrence, ConcurrenceAnswer
from app.workflow.models import StageClock
from tests.builders import make_agency, make_office, make_person, make_request
from tests.cases.test_queue import counted, fill
from tests.checked import CheckedClient

MOST_QUERIES = 8


def filed(status: str, state: str, times: int) -> None:
    for _ in range(times):
        make_request(make_agency(state=state, name="Secret Agency", head_name="Secret Head"), status=status)


@pytest.fixture
def world(app: Flask) -> None:
    """Texas: eight in intake, two declined; Ohio: six in review; Utah: one received. Seventeen in all."""
    for status, state, times in (
        ("in_intake", "TX", 8),
        ("declined", "TX", 2),
        ("in_review", "OH", 6),
        ("submitted", "UT", 1),
    ):
        filed(status, state, times)
    make_request(status="draft")


def counts(since: date = date(2026, 1, 1)) -> Counts:
    found = public_counts(since)
    db.session.rollback()
    return found


def test_totals_by_status_and_state(world: None) -> None:
    found = counts()
    status = cards.status_card(found.by_status)
    rows = dict(status.rows)
    # one received and two declined are too few; the six in review hide with them, since three is too few as well
    assert {name for name, n in rows.items() if n == "Not shown"} == {"Received", "Headquarters review", "Declined"}
    assert rows["Intake review"] == 8
    assert status.finding == "Agencies have sent 17 requests so far."
    state = cards.state_card(found.by_state, STATE_NAMES)
    assert state.rows == (("Texas", 10), ("Other states and territories", 7))
    assert cards.refusals_card(found.by_status, found.declined_for, {}) is None


def test_few_requests_are_not_even_counted(app: Flask) -> None:
    filed("submitted", "TX", 4)
    found = counts()
    assert cards.status_card(found.by_status).finding == "Agencies have sent fewer than 5 requests so far."
    assert cards.state_card(found.by_state, STATE_NAMES).rows == (("Other states and territories", "Not shown"),)


def finish_stage(case_id: uuid.UUID, kind: str, days: int, *, cut_short: bool = False) -> None:
    day = date(2026, 11, 20)
    db.session.add(
        StageClock(
            subject_id=case_id, case_id=case_id, kind=kind, started_on=day, due=day, stopped_on=day, used_days=days,
            cut_short=cut_short,
        )
    )  # fmt: skip


def test_a_step_needs_five_requests_behind_it(app: Flask) -> None:
    for n in range(5):
        finish_stage(uuid.uuid4(), "acknowledge", 1 + n % 2)
        finish_stage(uuid.uuid4(), "review", 9, cut_short=n == 4)
        finish_stage(uuid.UUID(int=7), "intake", 9)  # five times, but of one request
    db.session.commit()
    card = cards.times_card(counts().durations)
    assert card.rows == (("Acknowledging the request", 1, 2),)
    assert cards.times_card(counts(date(2026, 11, 21)).durations).rows == ()


def test_neither_few_who_agreed_nor_few_who_did_not_can_be_read() -> None:
    for recommended, agreed, shown in (
        (4, 4, ("Not shown", "Not shown")), (12, 3, (12, "Not shown")), (12, 10, (12, "Not shown")),
        (12, 7, (12, 7)), (12, 12, (12, 12)), (12, 0, (12, 0)), (0, 0, (0, 0)),
    ):  # fmt: skip
        card = cards.program_card({"lesc": recommended}, {"lesc": agreed}, {"lesc": "X"})
        assert card.rows == (("X", *shown),)


def test_declined_requests_by_the_reason_given_last(app: Flask) -> None:
    def decline(found: AgencyRequest, code: str) -> None:
        audit.record(
            "decline", SYSTEM, case_id=found.id, subject=("request", found.id), statuses=("in_review", "declined"),
            details={"code": code} if code else {},
        )  # fmt: skip

    declined = [make_request(status="declined") for _ in range(14)]
    for n, found in enumerate(declined):
        decline(found, "no_need")
        if n >= 7:  # declined, looked at again, and declined for another reason
            decline(found, "no_authority" if n < 13 else "")
    for _ in range(6):
        decline(make_request(status="in_review"), "no_need")
    db.session.commit()
    found = counts()
    assert found.declined_for == {"no_need": 7, "no_authority": 6, "": 1}
    card = cards.refusals_card(found.by_status, found.declined_for, {"no_need": "No need", "no_authority": "No law"})
    assert card is not None
    assert card.rows == (("No need", 7), ("No law", "Not shown"), ("Another reason", "Not shown"))


def test_programs_of_the_last_recommendation_that_was_sent(app: Flask) -> None:
    found, head = make_request(status="in_review"), make_person(Role.AGENCY_HEAD)
    for version, program, issued in ((1, "best", now()), (2, "287g", now()), (3, "lesc", None)):
        advised = Recommendation(agency_request=found, version=version, issued_at=issued)
        advised.programs = [RecommendedProgram(place=1, program=program, model="jail" if program == "287g" else "")]
        answers = [ConcurrenceAnswer(program_key=advised.programs[0].program_key, answer="concur")]
        db.session.add_all((advised, Concurrence(recommendation=advised, content_hash="", by=head, answers=answers)))
    db.session.commit()
    assert (counts().recommended, counts().agreed) == ({"287g:jail": 1}, {"287g:jail": 1})
    db.session.execute(db.update(Concurrence).values(voided_at=now()))
    assert public_counts(date(2026, 1, 1)).agreed == {}


def test_the_page_names_nobody(client: CheckedClient, world: None) -> None:
    office = make_office(name="Secret Office")
    make_request(
        make_agency(name="Secret Agency"),
        status="submitted",
        office=office,
        coordinator=make_person(Role.COORDINATOR, name="Secret Person"),
    )
    page = client.get("/in-numbers").get_data(as_text=True)
    assert "Secret" not in page
    assert "Not shown" in page
    assert not re.search(r"<td[^>]*>\s*[1-4]\s*</td>", page)
    for key in ("status", "state", "program", "times"):
        assert "Secret" not in client.get(f"/in-numbers/{key}.csv").get_data(as_text=True)
    book = openpyxl.load_workbook(BytesIO(client.get("/in-numbers/totals.xlsx").data))
    cells = [cell for sheet in book for row in sheet.values for cell in row]
    assert not [cell for cell in cells if cell in {1, 2, 3, 4} or "Secret" in str(cell)]
    assert client.get("/in-numbers/nothing.csv").status_code == 404
    assert client.get("/in-numbers/status.xlsx").status_code == 404


def test_it_is_linked_from_the_public_navigation(client: CheckedClient, app: Flask) -> None:
    assert 'href="/in-numbers"' in client.get("/").get_data(as_text=True)


@pytest.mark.parametrize(("agencies", "each"), [(2, 5), (20, 50)])
def test_neither_the_statements_nor_the_rows_read_grow_with_the_requests(
    client: CheckedClient, app: Flask, agencies: int, each: int
) -> None:
    fill(agencies, each)
    with counted() as sent, loaded() as objects:
        assert client.get("/in-numbers").status_code == 200
    assert len([statement for statement in sent if statement.startswith(("SELECT", "WITH"))]) <= MOST_QUERIES, sent
    assert not objects, "the database adds up; no record is loaded"
    for statement in sent:
        assert "GROUP BY" in statement or "report_snapshot" in statement or statement.startswith("BEGIN"), statement


@contextmanager
def loaded() -> Iterator[list[object]]:
    """The records that became objects meanwhile."""
    objects: list[object] = []

    def note(target: object, _context: object) -> None:
        objects.append(target)

    event.listen(Base, "load", note, propagate=True)
    try:
        yield objects
    finally:
        event.remove(Base, "load", note)
