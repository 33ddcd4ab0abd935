"""A kept report is counted by one at a time, shown to all for an hour, and never in the way of an error."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
import time_machine
from flask import Flask
from sqlalchemy import insert
from sqlalchemy.exc import OperationalError

from app.extensions import db
from app.reports.exports.models import ReportSnapshot
from app.reports.public_totals.snapshots import CLAIM, FRESH_FOR, snapshot_of
from tests.checked import CheckedClient
from tests.reports.counted_requests import NOW

Counting = Callable[[], "Figures"]


@dataclass(frozen=True)
class Figures:
    """A report of one number."""

    n: int


class Clerk:
    """Counts how often it was asked to count."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Figures:
        self.times += 1
        return Figures(self.times)


@pytest.fixture
def clock(app: Flask) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveler:
        yield traveler


def shown(count: Counting) -> int | None:
    found = snapshot_of("figures", Figures, count)
    return found.content.n if found else None


def fail() -> Figures:
    raise OperationalError("SELECT", {}, Exception("canceling statement due to statement timeout"))


def test_within_the_hour_everybody_gets_what_was_counted(clock: time_machine.Traveller) -> None:
    clerk = Clerk()
    assert (shown(clerk), shown(clerk)) == (1, 1)
    clock.shift(FRESH_FOR - timedelta(seconds=1))
    assert shown(clerk) == 1
    clock.shift(timedelta(seconds=1))
    assert (shown(clerk), shown(clerk), clerk.times) == (2, 2, 2)


def test_it_says_when_it_was_counted(clock: time_machine.Traveller) -> None:
    shown(Clerk())
    clock.shift(60)
    found = snapshot_of("figures", Figures, Clerk())
    assert found is not None
    assert found.computed_at == NOW


def test_who_comes_while_it_is_counted_counts_no_second_time(app: Flask) -> None:
    begun, go_on, clerk = Event(), Event(), Clerk()

    def slowly() -> Figures:
        begun.set()
        assert go_on.wait(10)
        return Figures(7)

    def first() -> None:
        with app.app_context():
            shown(slowly)

    with time_machine.travel(NOW, tick=False) as traveler:
        for before, after in ((None, 7), (7, 7)):
            begun.clear()
            go_on.clear()
            visitor = Thread(target=first)
            visitor.start()
            assert begun.wait(10)
            assert shown(clerk) == before
            go_on.set()
            visitor.join(10)
            assert (shown(clerk), clerk.times) == (after, 0)
            traveler.shift(FRESH_FOR)


def test_where_whoever_counted_went_away_another_counts(clock: time_machine.Traveller) -> None:
    db.session.execute(insert(ReportSnapshot).values(key="figures", claimed_until=NOW + CLAIM))
    db.session.commit()
    clerk = Clerk()
    assert shown(clerk) is None
    clock.shift(CLAIM + timedelta(seconds=1))
    assert shown(clerk) == 1


def test_a_count_that_the_database_gives_up_on_is_no_error(clock: time_machine.Traveller) -> None:
    assert shown(fail) is None
    clerk = Clerk()
    assert shown(clerk) is None, "it is not tried again at once"
    clock.shift(CLAIM + timedelta(seconds=1))
    assert shown(clerk) == 1
    clock.shift(FRESH_FOR)
    assert shown(fail) == 1


def test_what_another_edition_kept_in_another_shape_is_counted_anew(clock: time_machine.Traveller) -> None:
    shown(Clerk())
    db.session.execute(db.update(ReportSnapshot).values(payload={"figures": [1]}))
    db.session.commit()
    assert shown(lambda: Figures(9)) == 9


@pytest.mark.parametrize("path", ["/in-numbers", "/in-numbers/status.csv", "/in-numbers/totals.xlsx"])
def test_the_first_visitors_are_told_that_it_is_being_counted(client: CheckedClient, app: Flask, path: str) -> None:
    claimed = datetime.now(UTC) + CLAIM
    db.session.execute(insert(ReportSnapshot).values(key="public-totals", claimed_until=claimed))
    db.session.commit()
    page = client.get(path, follow_redirects=True)
    assert page.status_code == 200
    assert "The figures are being counted." in page.get_data(as_text=True)


def test_the_public_totals_are_counted_by_the_hour(client: CheckedClient, app: Flask) -> None:
    with time_machine.travel(NOW, tick=False) as traveler:
        for wait, hour in ((0, 8), (FRESH_FOR.seconds - 1, 8), (1, 9)):
            traveler.shift(wait)
            page = client.get("/in-numbers").get_data(as_text=True)
            assert f"as of November 24, 2026, {hour}:00 a.m. EST" in page
