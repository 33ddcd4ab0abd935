"""The dashboard's figures are those counted by hand in the story, of what each person sees, and lead to the queue."""

import re
from dataclasses import replace

import pytest
import time_machine
from flask import Flask

from app.deadlines.business_days import last_months
from app.deadlines.clocks import ClockKind
from app.deadlines.spread import Spread
from app.extensions import db
from app.policy import Role
from app.reports.card import FigureCard
from app.reports.caseload import caseload, durations, status_moves
from app.reports.dashboard import cards as dashboard_cards
from app.reports.dashboard.attention import things_to_look_at
from app.reports.dashboard.cards import DashboardFigures
from app.reports.phrasing import month_name
from app.workflow.clocks.operations import usual_duration
from app.workflow.models import StageClock
from tests.builders import make_office, make_person
from tests.cases.test_queue import counted, fill
from tests.checked import CheckedClient
from tests.reports.counted_requests import NOW, TODAY, World, move, tell

MOST_QUERIES = 9  # one of them the closures of offices


@pytest.fixture
def world(app: Flask) -> World:
    with time_machine.travel(NOW, tick=False):
        return tell()


def open_loads(world: World, who: str = "Hq"):
    return [load for load in caseload(world.people[who].actor) if load.is_open]


def finish_stage(world: World, kind: str, *lengths: tuple[int, int]) -> None:
    """For each (place of a request, business days used): a stage of this kind that was done on November 20."""
    done = TODAY.replace(day=20)
    db.session.add_all(
        StageClock(
            subject_id=world.requests[place].id,
            case_id=world.requests[place].id,
            kind=kind,
            started_on=done,
            due=done,
            used_days=days,
            stopped_on=done,
        )
        for place, days in lengths
    )
    db.session.commit()


def test_the_five_figures(world: World) -> None:
    assert dashboard_cards.dashboard_figures(open_loads(world), TODAY) == DashboardFigures(
        open=6, late_with_ice=2, soon=2, with_agency=1, untaken=1
    )
    assert dashboard_cards.dashboard_figures(open_loads(world, "Ben"), TODAY) == DashboardFigures(
        open=2, late_with_ice=0, soon=1, with_agency=0, untaken=0
    )


def test_by_status_office_person_and_age(world: World) -> None:
    loads = open_loads(world)
    assert dashboard_cards.status_card(loads, TODAY).rows == (
        ("Received", 1, 1),
        ("Intake review", 1, 1),
        ("Needs assessment", 1, 0),
        ("Agency's decision on the recommendation", 1, 0),
        ("Headquarters review", 1, 0),
        ("Agreement being drafted", 1, 0),
    )
    office = dashboard_cards.office_card(loads, TODAY)
    assert office.rows == (("Houston", 4, 2, 1), ("Dallas", 2, 0, 1))
    assert office.finding == "Houston has the most late requests: 2."
    people = dashboard_cards.people_card(loads, TODAY)
    assert people.rows == (("Ada", 3, 1, 1), ("Ben", 2, 0, 1), ("Nobody yet", 1, 1, 0))
    assert people.finding == "Ada carries the most: 3."
    # received Nov 16: 6 days; Nov 2: 15; Sep 1: 57; Aug 3: 78; Jun 1: 121; Jul 1: 100 (holidays left out)
    age = dashboard_cards.age_card(loads, TODAY)
    assert age.rows == (("0–20", 2), ("21–40", 0), ("41–60", 1), ("61–90", 1), ("over 90", 2))
    assert age.finding == "3 of 6 are older than 60 business days."


def test_who_is_to_act_and_what_is_late(world: World) -> None:
    loads = open_loads(world)
    ball = dashboard_cards.waiting_on_card(loads, TODAY)
    assert ball.rows == (
        ("ICE field offices", 4, "67%", 2),
        ("ICE headquarters", 1, "17%", 0),
        ("Agencies", 1, "17%", 0),
    )
    assert ball.finding == "ICE is to act on 5 of 6 open requests."
    due = dashboard_cards.due_card(loads, TODAY)
    assert due.rows == (("Late", 2), ("Due within a week", 2), ("Due later", 1), ("No due date", 1))


def test_received_and_finished_by_month(world: World) -> None:
    declined = world.requests[-1]
    move(declined, (NOW.date().replace(month=10, day=1), "submitted"), (NOW.date().replace(day=3), "declined"))
    actor = world.people["Hq"].actor
    card = dashboard_cards.flow_card(
        [load.received for load in caseload(actor)], status_moves(actor), last_months(TODAY, 6)
    )
    assert card.rows == (("Jun", 1, 0), ("Jul", 1, 0), ("Aug", 1, 0), ("Sep", 1, 0), ("Oct", 1, 0), ("Nov", 2, 1))
    assert card.finding == "We finished 1 and received 7 in the last 6 months."


def test_days_at_each_step_against_the_target(world: World) -> None:
    finish_stage(world, "acknowledge", (1, 6), (2, 9))
    card = dashboard_cards.steps_card(durations(world.people["Hq"].actor, since=TODAY.replace(month=6, day=1)))
    assert card.rows == (("Received", 7.5, 5, "2.5 over", 2),)
    assert card.finding == "One step takes longer than the target, marked by the black line."
    assert card.late == {"Received"}
    figures = dashboard_cards.dashboard_figures([], TODAY)
    note = things_to_look_at(figures, [card, dashboard_cards.people_card([], TODAY)])
    assert note == ["“Received” takes 2.5 days longer than its target"]


def test_a_step_that_ended_before_the_period_is_not_of_it(world: World) -> None:
    finish_stage(world, "acknowledge", (1, 6))
    card = dashboard_cards.steps_card(durations(world.people["Hq"].actor, since=TODAY.replace(day=21)))
    assert (card.rows, card.finding) == ((), "No step ended in this time.")


def test_the_dashboard_and_the_status_page_say_the_same(world: World) -> None:
    finish_stage(world, "review", (0, 4), (1, 5), (2, 8), (3, 9), (4, 30), (5, 31))
    with time_machine.travel(NOW, tick=False):
        shown = durations(world.people["Hq"].actor, since=last_months(TODAY, 12)[0])
        assert usual_duration(ClockKind.REVIEW) == shown[ClockKind.REVIEW] == Spread(8.5, 31, 6)


def test_a_person_s_dashboard_counts_the_stages_of_the_requests_they_see(world: World) -> None:
    finish_stage(world, "review", (0, 4), (4, 8))
    since, houston = TODAY.replace(month=6), world.offices["Houston"].id
    assert durations(world.people["Ben"].actor, since=since) == {ClockKind.REVIEW: Spread(8, 8, 1)}
    assert durations(world.people["Hq"].actor, houston, since=since) == {ClockKind.REVIEW: Spread(4, 4, 1)}


def every_card(loads) -> list[FigureCard]:  # type: ignore[no-untyped-def] # of Load
    cards = (
        dashboard_cards.waiting_on_card,
        dashboard_cards.due_card,
        dashboard_cards.status_card,
        dashboard_cards.office_card,
        dashboard_cards.people_card,
        dashboard_cards.age_card,
    )
    return [card(loads, TODAY) for card in cards]


def test_the_parts_of_every_chart_come_to_all_that_are_open(world: World) -> None:
    for loads in (open_loads(world), open_loads(world, "Ada"), []):
        assert {card.total for card in every_card(loads)} == {len(loads)}


def test_more_people_than_a_card_holds_come_together_in_its_last_row(world: World) -> None:
    loads = [load for load in open_loads(world) for _ in range(20)]
    named = [replace(load, person=f"Person {n % 20}") for n, load in enumerate(loads)]
    card = dashboard_cards.people_card(named, TODAY)
    assert (len(card.rows), card.rows[-1][0], card.total) == (12, "All others", len(named))


@pytest.mark.parametrize(("who", "figure"), [("Hq", "6"), ("Ada", "4"), ("Ben", "2")])
def test_the_page_shows_what_its_reader_sees(client: CheckedClient, world: World, who: str, figure: str) -> None:
    with time_machine.travel(NOW, tick=False):
        page = client.sign_in(world.people[who]).get("/dashboard").get_data(as_text=True)
    assert re.search(rf"app-figures__number[^>]*>{figure}</span>\s*<a[^>]*>open requests", page)
    assert ("Houston has the most late" in page) is (who != "Ben")


@pytest.mark.parametrize(
    "label", ["open requests", "late with ICE", "due within a week", "waiting on the agency", "not taken yet"]
)
@pytest.mark.parametrize("office", ["", "Houston"])
def test_each_figure_leads_to_a_queue_of_as_many(client: CheckedClient, world: World, label: str, office: str) -> None:
    key = world.offices[office].id if office else ""
    with time_machine.travel(NOW, tick=False):
        page = client.sign_in(world.people["Hq"]).get(f"/dashboard?office={key}").get_data(as_text=True)
        number, href = re.search(rf'(\d+)</span>\s*<a href="([^"]+)">{label}', page).groups()  # type: ignore[union-attr] # it is there
        queue = client.get(href.replace("&amp;", "&")).get_data(as_text=True)
    assert int(re.search(r"<b>(\d+) request", queue).group(1)) == int(number)  # type: ignore[union-attr] # it is there


def test_a_card_downloads_as_it_is_shown(client: CheckedClient, world: World) -> None:
    with time_machine.travel(NOW, tick=False):
        answer = client.sign_in(world.people["Ben"]).get("/dashboard/office.csv")
        assert client.get("/dashboard/nothing.csv").status_code == 404
    assert answer.mimetype == "text/csv"
    assert answer.get_data(as_text=True) == "\ufeffOffice,Requests,Late,Due within a week\r\nDallas,2,0,1\r\n"


@pytest.mark.parametrize("query", ["office=x", "months=999", "office=%00&months=%00", "months="])
def test_no_choice_that_anybody_types_breaks_it(client: CheckedClient, world: World, query: str) -> None:
    assert client.sign_in(world.people["Hq"]).get(f"/dashboard?{query}").status_code == 200


@pytest.mark.parametrize("role", [Role.AGENCY_HEAD, Role.AGENCY_OFFICER, Role.ADMINISTRATOR])
def test_who_has_no_cases_has_no_dashboard(client: CheckedClient, app: Flask, role: Role) -> None:
    client.sign_in(make_person(role))
    assert client.get("/dashboard").status_code == 403
    assert client.get("/dashboard/office.csv").status_code == 403


def test_an_empty_dashboard_says_so(client: CheckedClient, app: Flask) -> None:
    page = client.sign_in(make_person(Role.COORDINATOR, office=make_office())).get("/dashboard").get_data(as_text=True)
    assert "No request is open." in page


@pytest.mark.parametrize(("agencies", "each"), [(2, 5), (20, 50)])
def test_a_thousand_requests_take_no_more_queries_than_ten(
    client: CheckedClient, app: Flask, agencies: int, each: int
) -> None:
    fill(agencies, each)
    client.sign_in(make_person(Role.COORDINATOR))
    with counted() as sent:
        assert client.get("/dashboard").status_code == 200
    assert len([statement for statement in sent if statement.startswith(("SELECT", "WITH"))]) <= MOST_QUERIES, sent


def test_a_month_of_another_year_is_named_with_it() -> None:
    months = last_months(TODAY.replace(year=2027, month=2), 3)
    assert [month_name(month) for month in months] == ["Dec", "Jan 2027", "Feb"]
