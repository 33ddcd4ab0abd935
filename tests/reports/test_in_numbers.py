"""The public pages: totals without small numbers or names, and the agreements in force with filter, pages and files."""

import csv
import re
import uuid
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest
from flask import Flask

from app.accounts.models import KnownAgreement
from app.extensions import db
from app.policy import Role
from app.reports import totals
from app.reports.caseload import caseload, moves
from app.reports.report import Wish, Word
from app.reports.stays import stays
from app.reports.transparency_views import COUNTING, PAGE, STATES
from tests.builders import make_agency, make_office, make_person, make_request
from tests.cases.test_queue import counted, fill
from tests.checked import CheckedClient
from tests.reports.story import move

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


def test_totals_by_status_and_state(world: None) -> None:
    loads = caseload(COUNTING)
    status = totals.status_card(loads)
    rows = dict(status.rows)
    # one received and two declined are too few; the six in review hide with them, since three is too few as well
    assert {name for name, n in rows.items() if n == "Not shown"} == {"Received", "Headquarters review", "Declined"}
    assert rows["Intake review"] == 8
    assert status.finding == "Agencies have sent 17 requests so far."
    state = totals.state_card(loads, STATES)
    assert state.rows == (("Texas", 10), ("Other states and territories", 7))
    assert totals.refusals_card(loads, [], {}) is None


def test_few_requests_are_not_even_counted(app: Flask) -> None:
    filed("submitted", "TX", 4)
    loads = caseload(COUNTING)
    assert totals.status_card(loads).finding == "Agencies have sent fewer than 5 requests so far."
    assert totals.state_card(loads, STATES).rows == (("Other states and territories", "Not shown"),)


def test_a_step_needs_five_requests_behind_it(app: Flask) -> None:
    for n in range(5):
        found = make_request(status="in_assessment")
        steps = [(date(2026, 11, 2), "submitted"), (date(2026, 11, 3 + n % 2), "in_intake")]
        if n < 4:
            steps.append((date(2026, 11, 9), "in_assessment"))
        move(found, *steps)
    card = totals.times_card(stays(moves(COUNTING)))
    assert card.rows == (("Received", 1, 2),)


def test_neither_few_who_agreed_nor_few_who_did_not_can_be_read() -> None:
    def said(word: Word, times: int) -> list[Wish]:
        return [Wish(uuid.UUID(int=n), "lesc", word) for n in range(times)]

    for recommended, agreed, shown in (
        (4, 4, ("Not shown", "Not shown")), (12, 3, (12, "Not shown")), (12, 10, (12, "Not shown")),
        (12, 7, (12, 7)), (12, 12, (12, 12)), (12, 0, (12, 0)), (0, 0, (0, 0)),
    ):  # fmt: skip
        card = totals.program_card([*said(Word.RECOMMENDED, recommended), *said(Word.AGREED, agreed)], {"lesc": "X"})
        assert card.rows == (("X", *shown),)


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


def test_what_happened_a_moment_ago_is_counted(client: CheckedClient, world: None) -> None:
    assert "have sent 17 requests" in client.get("/in-numbers").get_data(as_text=True)
    filed("submitted", "TX", 1)
    assert "have sent 18 requests" in client.get("/in-numbers").get_data(as_text=True)


def test_it_is_linked_from_the_public_navigation(client: CheckedClient, app: Flask) -> None:
    assert 'href="/in-numbers"' in client.get("/").get_data(as_text=True)


@pytest.fixture
def agreements(app: Flask) -> None:
    for n in range(PAGE + 5):
        db.session.add(KnownAgreement(
            state="TX" if n else "OH", agency_name=f"=Agency {n:03}", agency_kind="County", county="Brown",
            support_type="Jail Enforcement Model" if n % 2 else "Task Force Model", program="287g", model="jail",
            signed_on=date(2025, 9, 22),
        ))  # fmt: skip
    db.session.commit()


def test_agreements_in_force_page_by_page_and_filtered(client: CheckedClient, agreements: None) -> None:
    first = client.get("/in-numbers/agreements").get_data(as_text=True)
    assert f"{PAGE + 5} agreements" in first
    assert first.index("=Agency 000") < first.index("=Agency 001")
    assert "September 22, 2025" in first
    second = client.get("/in-numbers/agreements?page=2").get_data(as_text=True)
    assert second.partition("app-table--pairs")[2].count("<tr") == 1 + 5
    assert "1 agreement<" in client.get("/in-numbers/agreements?state=OH").get_data(as_text=True)
    assert "27 agreements" in client.get("/in-numbers/agreements?support=Jail+Enforcement+Model").get_data(as_text=True)
    assert "1 agreement<" in client.get("/in-numbers/agreements?words=brown+054").get_data(as_text=True)
    assert "No agreement matches" in client.get("/in-numbers/agreements?state=XX").get_data(as_text=True)


def test_the_map_of_agreements_in_force_follows_the_search_and_links_to_each_state(
    client: CheckedClient, agreements: None
) -> None:
    page = client.get("/in-numbers/agreements?state=OH&support=Task+Force+Model").get_data(as_text=True)
    figures = re.findall(r'state=(\w\w)">[^<]+</a>( \(chosen\))?</th><td[^>]*>(\d+)</td>', page)
    assert figures == [("OH", " (chosen)", "1"), ("TX", "", str(PAGE // 2 + 2))]
    assert page.count("app-map__figure") == 2
    assert "app-map__figure" not in client.get("/in-numbers/agreements?words=nowhere").get_data(as_text=True)


def test_agreements_in_force_as_files_in_the_columns_ice_publishes(client: CheckedClient, agreements: None) -> None:
    text = client.get("/in-numbers/agreements.csv?state=OH").get_data(as_text=True).removeprefix("\ufeff")
    assert list(csv.reader(StringIO(text))) == [
        ["State", "Agency", "Type", "County", "Support type", "Signed"],
        ["OH", "'=Agency 000", "County", "Brown", "Task Force Model", "2025-09-22"],
    ]
    book = openpyxl.load_workbook(BytesIO(client.get("/in-numbers/agreements.xlsx").data))
    rows = list(book.worksheets[0].values)
    assert (len(rows), rows[1][1]) == (PAGE + 6, "=Agency 000")


@pytest.mark.parametrize(
    "query", ["page=-1", "page=9999999999999", "page=x", "words=%00%25_", "state=%00", "support=" + "x" * 999]
)
def test_nothing_that_anybody_types_breaks_it(client: CheckedClient, app: Flask, query: str) -> None:
    assert client.get(f"/in-numbers/agreements?{query}").status_code == 200
    assert client.get(f"/in-numbers/agreements.csv?{query}").status_code == 200


@pytest.mark.parametrize(("agencies", "each"), [(2, 5), (20, 50)])
def test_the_number_of_queries_does_not_grow(client: CheckedClient, app: Flask, agencies: int, each: int) -> None:
    fill(agencies, each)
    with counted() as sent:
        assert client.get("/in-numbers").status_code == 200
    assert len([statement for statement in sent if statement.startswith(("SELECT", "WITH"))]) <= MOST_QUERIES, sent
