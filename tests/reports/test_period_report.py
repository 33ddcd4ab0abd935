"""A report's figures are those counted by hand, in the period, of what its reader sees."""

import csv
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest
import time_machine
from flask import Flask

from app import audit
from app.extensions import db, frozen_now
from app.policy import SYSTEM, Role
from app.programs.catalog import CATALOG
from app.reports.caseload import caseload, status_moves
from app.reports.period_report import cards
from app.reports.period_report.outcomes import reported_refusals, requested_programs
from app.reports.period_report.periods import named_period
from app.reports.status_durations import status_stays
from app.review.queries import concurrence_of
from app.workflow.journey.decline_reasons import DECLINE_WORDS
from tests.assessment.assessed_request import concurred, in_assessment, recommended, reviewed
from tests.builders import make_person
from tests.cases.test_queue import counted, fill
from tests.checked import CheckedClient
from tests.reports.counted_requests import NOW, World, move, noon, tell

MOST_QUERIES = 14
NOVEMBER, QUARTER = named_period("2026-11"), named_period("2026-q4")
assert NOVEMBER
assert QUARTER


@pytest.fixture
def world(app: Flask) -> World:
    """The story, with the moves of three of its requests.

    Houston's first two were received in November; Dallas's last in October, and it was declined on November 4.
    """
    with time_machine.travel(NOW, tick=False):
        told = tell()
    first, second, last = told.requests[0], told.requests[1], told.requests[-1]
    move(first, (date(2026, 11, 16), "submitted"))
    move(second, (date(2026, 11, 2), "submitted"), (date(2026, 11, 5), "in_intake"))
    move(
        last, (date(2026, 10, 1), "submitted"), (date(2026, 10, 8), "in_intake"), (date(2026, 10, 16), "in_assessment")
    )
    with frozen_now(noon(date(2026, 11, 4))):
        audit.record(
            "decline", SYSTEM, case_id=last.id, subject=("request", last.id), statuses=("in_assessment", "declined"),
            details={"code": "no_need"},
        )  # fmt: skip
        db.session.commit()
    return told


def test_the_funnel(world: World) -> None:
    actor = world.people["Hq"].actor
    card = cards.funnel_card(caseload(actor), status_moves(actor), QUARTER)
    assert card.rows[:4] == (
        ("Received", 3, "100%"), ("Taken into intake", 2, "67%"), ("Assessed", 1, "33%"),
        ("Recommended to the agency", 0, "0%"),
    )  # fmt: skip
    assert card.finding == "Of 3 received, 0 have a recommendation and 0 an agreement drafted so far."


def test_time_in_each_status(world: World) -> None:
    # October 12 is Columbus Day: October 1 to 8 are five business days, October 8 to 16 five, October 16 to November 4
    # thirteen; November 2 to 5 are three
    finished = status_stays(status_moves(world.people["Hq"].actor))
    assert cards.times_card(finished, QUARTER).rows == (
        ("Received", 4, 5, 2), ("Intake review", 5, 5, 1), ("Needs assessment", 13, 13, 1),
    )  # fmt: skip
    november = cards.times_card(finished, NOVEMBER)
    assert november.rows == (("Received", 3, 3, 1), ("Needs assessment", 13, 13, 1))
    assert november.finding == "“Needs assessment” took longest: half of them 13 business days or fewer."


def test_the_whole_way_with_ice(world: World) -> None:
    moved = status_moves(world.people["Hq"].actor)
    assert cards.total_time_card(status_stays(moved), moved, NOVEMBER).rows == (("Declined", 23, 23, 1),)


def test_by_office(world: World) -> None:
    actor = world.people["Hq"].actor
    rows = cards.office_card(caseload(actor), status_moves(actor), NOVEMBER).rows
    assert rows == (("Houston", 2, 0, 0, 0), ("Dallas", 0, 0, 1, 0))


def test_refusals_by_reason(world: World) -> None:
    found = reported_refusals(world.people["Hq"].actor, None)
    card = cards.refusals_card(found, NOVEMBER, DECLINE_WORDS)
    assert card.rows == (("The answers show too little need", 1),)
    assert card.finding == "1 declined by ICE, 0 withdrawn by the agency."
    assert reported_refusals(world.people["Ada"].actor, None) == []


def test_a_refused_attempt_to_decline_is_no_refusal(world: World) -> None:
    first = world.requests[0]
    audit.record("decline", SYSTEM, case_id=first.id, subject=("request", first.id), audience=audit.Audience.RECORD)
    audit.record("refused", SYSTEM, case_id=first.id)
    db.session.commit()
    assert len(reported_refusals(world.people["Hq"].actor, None)) == 1


def test_requested_recommended_agreed_approved(app: Flask) -> None:
    asked = in_assessment()
    asked.agency_request.wanted_programs = ["287g:jail", "best"]
    advised, agreed = recommended(in_assessment()), concurred(in_assessment())
    db.session.commit()
    actor = make_person(Role.COORDINATOR).actor
    everybody = {story.agency_request.id for story in (asked, advised, agreed)}
    card = cards.programs_card(requested_programs(actor, None), everybody, CATALOG.labels)
    rows = {row[0]: row[1:] for row in card.rows}
    assert rows == {
        CATALOG.label("287g:jail"): (1, 2, 1, 0),
        CATALOG.label("criminal-alien-program"): (0, 2, 1, 0),
        CATALOG.label("best"): (1, 0, 0, 0),
    }
    assert card.finding == "2 times a program was requested, 4 times recommended, 2 times agreed to."
    only = cards.programs_card(requested_programs(actor, None), {asked.agency_request.id}, CATALOG.labels)
    assert {row[0] for row in only.rows} == {CATALOG.labels["287g:jail"], CATALOG.labels["best"]}


def test_a_void_concurrence_agrees_to_nothing(app: Flask) -> None:
    story = reviewed(in_assessment())
    answered = concurrence_of(story.recommendation)
    assert answered
    answered.voided_at = NOW
    db.session.commit()
    words = [wish.word for wish in requested_programs(make_person(Role.COORDINATOR).actor, None)]
    assert cards.FunnelWord.AGREED not in words
    assert words.count(cards.FunnelWord.RECOMMENDED) == 2


def test_only_what_moved_in_the_period_is_read_and_then_all_its_moves(world: World) -> None:
    actor, (_, second, *_, last) = world.people["Hq"].actor, world.requests
    told = status_moves(actor, since=date(2026, 11, 4))
    assert {found.case_id for found in told} == {world.requests[0].id, second.id, last.id}
    assert sum(found.case_id == last.id for found in told) == 4
    assert {found.case_id for found in status_moves(actor, since=date(2026, 11, 6))} == {world.requests[0].id}
    assert {found.case_id for found in requested_programs(actor, None, NOVEMBER)} == set()


def test_the_page_and_its_files_say_the_same(client: CheckedClient, world: World) -> None:
    client.sign_in(world.people["Hq"])
    page = client.get("/reports?period=2026-11").get_data(as_text=True)
    assert "Report for November 2026" in page
    assert "Of 2 received" in page
    text = client.get("/reports/offices.csv?period=2026-11").get_data(as_text=True).removeprefix("\ufeff")
    assert list(csv.reader(StringIO(text)))[1] == ["Houston", "2", "0", "0", "0"]
    book = openpyxl.load_workbook(BytesIO(client.get("/reports/report.xlsx?period=2026-11").data), read_only=True)
    assert book.sheetnames[0] == "How far requests came"
    assert list(book["By office"].values)[1] == ("Houston", 2, 0, 0, 0)
    assert client.get("/reports/report.csv?period=2026-11").status_code == 404
    assert client.get("/reports/nothing.xlsx?period=2026-11").status_code == 404


def test_a_field_office_reports_only_its_own(client: CheckedClient, world: World) -> None:
    page = client.sign_in(world.people["Ben"]).get("/reports?period=2026-q4").get_data(as_text=True)
    assert "Of 1 received" in page
    assert "Houston received" not in page
    narrowed = client.get(f"/reports?period=2026-q4&office={world.offices['Houston'].id}").get_data(as_text=True)
    assert "No request was received in this period." in narrowed


@pytest.mark.parametrize("role", [Role.AGENCY_HEAD, Role.ADMINISTRATOR])
def test_who_has_no_cases_has_no_reports(client: CheckedClient, app: Flask, role: Role) -> None:
    client.sign_in(make_person(role))
    assert client.get("/reports").status_code == 403
    assert client.get("/reports/times.csv").status_code == 403


@pytest.mark.parametrize(("agencies", "each"), [(2, 5), (20, 50)])
def test_the_number_of_queries_does_not_grow(client: CheckedClient, app: Flask, agencies: int, each: int) -> None:
    fill(agencies, each)
    client.sign_in(make_person(Role.COORDINATOR))
    with counted() as sent:
        assert client.get("/reports?period=2026-q4").status_code == 200
    assert len([statement for statement in sent if statement.startswith(("SELECT", "WITH"))]) <= MOST_QUERIES, sent
