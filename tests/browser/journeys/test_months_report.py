"""A month's report: from the dashboard to the figures of a period, put right once, and taken away as files."""

import csv
from pathlib import Path
from zipfile import is_zipfile

import pytest
from playwright.sync_api import expect

from app.extensions import db
from app.workflow.clocks.operations import today
from tests.browser.conftest import LiveServer
from tests.browser.journeys.conftest import Meet, Traveler
from tests.reports.counted_requests import move, tell


@pytest.fixture
def coordinator(meet: Meet, live: LiveServer) -> Traveler:
    """Of headquarters, with a request that moved this month."""
    traveler = meet()
    with live.app.app_context():
        world = tell()
        move(world.requests[0], (today().replace(day=1), "submitted"), (today(), "in_intake"))
        db.session.commit()
        traveler.sign_in(world.people["Hq"])
    return traveler


def test_a_months_report(coordinator: Traveler) -> None:
    look_at_the_dashboard(coordinator)
    coordinator.go("Reports")
    this_month = f"Report for {today():%B %Y}"
    heading = coordinator.page.get_by_role("heading", level=1)
    expect(heading).to_have_text(this_month)
    choose_another_period(coordinator)
    expect(heading).to_have_text("Report for October 1, 2026 to November 30, 2026")
    coordinator.pick("Period", f"{today():%B %Y}")
    coordinator.press("Show")
    expect(heading).to_have_text(this_month)
    take_a_table(coordinator)
    take_them_all(coordinator)


def look_at_the_dashboard(coordinator: Traveler) -> None:
    coordinator.open("/dashboard")
    coordinator.pick("Office", "Houston")
    coordinator.press("Show")
    coordinator.press("late with ICE")
    expect(coordinator.page.get_by_role("heading", name="Queue")).to_be_visible()


def choose_another_period(coordinator: Traveler) -> None:
    """Of its own, the last day before the first at first."""
    coordinator.pick("Period", "From one date to another")
    coordinator.fill("From", "2026-10-31")
    coordinator.fill("To", "2026-10-01")
    coordinator.press("Show")
    coordinator.is_told("The last day cannot be before the first.")
    coordinator.fill("From", "2026-10-01")
    coordinator.fill("To", "2026-11-30")
    coordinator.press("Show")


def take_a_table(coordinator: Traveler) -> None:
    """The first card's table, with the figures that the page shows."""
    rows = list(csv.reader(fetch(coordinator, "Download (CSV)").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == ["Stage", "Requests", "Share"]
    shown = coordinator.page.get_by_role("region", name="Figures: How far requests came").get_by_role("row")
    assert [row[1] for row in rows[1:]] == [cells.split()[-2] for cells in shown.all_inner_texts()[1:]]


def take_them_all(coordinator: Traveler) -> None:
    assert is_zipfile(fetch(coordinator, "Download every table (Excel)"))


def fetch(coordinator: Traveler, label: str) -> Path:
    with coordinator.page.expect_download() as waiting:
        coordinator.hand.press(coordinator.page.get_by_role("link", name=label).first)
    return waiting.value.path()
