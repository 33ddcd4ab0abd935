"""Lists of requests are sorted, kept under a name, shared and followed; a case knows its neighbors in its list."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from app.accounts.models import Person
from app.cases.queue import filters, saved_views
from app.cases.queue.filters import SORTS, QueueFilters
from app.cases.queue.queries import matching_requests, neighbors, queue_page
from app.cases.queue.saved_view_models import SavedView
from app.extensions import db, now
from app.notifications.models import OutboxMessage
from app.policy import Role
from app.workflow.refusals import RefusalKind, StepRefused
from tests.builders import make_agency, make_office, make_person, make_request
from tests.checked import CheckedClient

ALL = QueueFilters(view="all")


@pytest.fixture
def coordinator(app: Flask) -> Person:
    return make_person(Role.COORDINATOR)


@pytest.fixture
def five(app: Flask) -> list[str]:
    """Five requests, each a day older than the one before; the names of their agencies."""
    names = ["Echo", "Alpha", "Delta", "Bravo", "Charlie"]
    statuses = ["in_review", "submitted", "in_intake", "information_requested", "declined"]
    for days, (name, status) in enumerate(zip(names, statuses, strict=True)):
        make_request(make_agency(name=name), status=status, submitted_at=now() - timedelta(days=days))
    return names


def shown(person: Person, asked: QueueFilters) -> list[str]:
    return [row.agency_request.agency.name for row in queue_page(person.actor, asked, 1).rows]


def test_a_list_is_sorted_by_agency_and_turned_around(coordinator: Person, five: list[str]) -> None:
    by_agency = ALL.sorted_by("agency")
    assert shown(coordinator, by_agency) == sorted(five)
    assert shown(coordinator, by_agency.sorted_by("agency")) == sorted(five, reverse=True)


def test_a_list_is_sorted_by_age_and_by_place_in_the_journey(coordinator: Person, five: list[str]) -> None:
    assert shown(coordinator, QueueFilters(view="all", sort="age")) == five
    assert shown(coordinator, QueueFilters(view="all", sort="-age")) == five[::-1]
    assert shown(coordinator, QueueFilters(view="all", sort="status")) == ["Alpha", "Delta", "Bravo", "Echo", "Charlie"]


@pytest.mark.parametrize("sort", [*SORTS, *(f"-{sort}" for sort in SORTS)])
def test_every_column_sorts_and_says_how(
    client: CheckedClient, coordinator: Person, five: list[str], sort: str
) -> None:
    page = client.sign_in(coordinator).get(f"/queue?view=all&sort={sort}").text
    found = re.findall(r'aria-sort="(\w+)"', page)
    assert found == ["descending" if sort.startswith("-") else "ascending"]
    assert all(name in page for name in five)


def test_an_order_that_does_not_exist_is_the_usual_one() -> None:
    asked = filters.parse_filters(MultiDict({"sort": "password", "view": "theirs", "status": "x\0y"}))
    assert (asked.sort, asked.view, asked.filters["status"]) == ("due", "mine", "xy")


def test_a_case_knows_what_comes_before_and_after_it(coordinator: Person, five: list[str]) -> None:
    asked = QueueFilters(view="all", sort="age")
    keys = list(db.session.scalars(matching_requests(coordinator.actor, asked)))
    middle = neighbors(coordinator.actor, asked, keys[2], 3)
    assert middle
    assert (middle.position, middle.total, middle.before, middle.after) == (3, 5, keys[1], keys[3])
    moved = neighbors(coordinator.actor, asked, keys[2], 5)
    assert moved
    assert moved.position == 3
    ends = [neighbors(coordinator.actor, asked, keys[n], n + 1) for n in (0, 4)]
    assert [(end.before, end.after) for end in ends if end] == [(None, keys[1]), (keys[3], None)]


def test_a_case_that_left_its_list_says_so(client: CheckedClient, coordinator: Person, five: list[str]) -> None:
    declined = QueueFilters(view="all", filters={"status": "declined"})
    keys = list(db.session.scalars(matching_requests(coordinator.actor, ALL)))
    other = next(
        key for key in keys if key not in set(db.session.scalars(matching_requests(coordinator.actor, declined)))
    )
    client.sign_in(coordinator)
    assert "has left" in client.get(f"/cases/{other}?view=all&status=declined&at=1").text
    page = client.get(f"/cases/{keys[0]}?view=all&at=1").text
    assert "1 of 5 in" in page
    assert 'rel="next"' in page
    assert 'rel="prev"' not in page
    assert "app-around" not in client.get(f"/cases/{keys[0]}?at=-3").text


def test_scenario_20_a_shared_view_tells_its_followers_once(app: Flask, coordinator: Person, five: list[str]) -> None:
    view = saved_views.save_view(
        coordinator.actor, "To review", QueueFilters(view="all", filters={"status": "in_review"}), shared=True
    )
    db.session.flush()
    colleague = make_person(Role.ASSESSOR, office=coordinator.office)
    saved_views.follow_view(colleague.actor, saved_views.find_view(colleague.actor, view.id))
    db.session.commit()
    assert saved_views.alert_followers() == 0  # what matched when they began to follow is known
    make_request(status="in_review")
    assert (saved_views.alert_followers(), saved_views.alert_followers()) == (1, 0)
    (mail,) = db.session.scalars(select(OutboxMessage).where(OutboxMessage.notice == "view_matches"))
    assert mail.address == colleague.email
    assert "New in your view: To review" in mail.subject


def test_a_follower_hears_only_of_what_they_see(app: Flask, coordinator: Person) -> None:
    view = saved_views.save_view(coordinator.actor, "All", ALL, shared=True)
    db.session.flush()
    elsewhere = make_person(Role.COORDINATOR, office=make_office())
    saved_views.follow_view(elsewhere.actor, view)
    db.session.commit()
    make_request(status="in_review")
    assert saved_views.alert_followers() == 0


def test_a_view_is_private_until_it_is_shared(coordinator: Person) -> None:
    view = saved_views.save_view(coordinator.actor, "Mine", ALL, shared=False)
    db.session.flush()
    other = make_person(Role.COORDINATOR)
    with pytest.raises(StepRefused) as refused:
        saved_views.find_view(other.actor, view.id)
    assert refused.value.kind is RefusalKind.NOT_FOUND
    view.shared = True
    with pytest.raises(StepRefused) as refused:
        saved_views.delete_view(other.actor, saved_views.find_view(other.actor, view.id))
    assert refused.value.kind is RefusalKind.NOT_YOUR_JOB


def test_the_same_name_replaces_a_view_and_twenty_are_enough(coordinator: Person) -> None:
    for n in range(saved_views.MOST):
        saved_views.save_view(coordinator.actor, f"View {n}", ALL, shared=False)
        db.session.flush()
    assert saved_views.save_view(
        coordinator.actor, "View 3", QueueFilters(view="unassigned"), shared=False
    ).parameters == {"view": "unassigned"}
    with pytest.raises(StepRefused, match="Delete one first"):
        saved_views.save_view(coordinator.actor, "One more", ALL, shared=False)


def test_a_view_is_kept_followed_and_deleted_on_its_page(client: CheckedClient, coordinator: Person) -> None:
    client.sign_in(coordinator)
    address = "/queue/views?view=all&status=in_review&sort=-age"
    assert client.get_page(address).submit("Keep this list", {"name": ""}).status_code == 422
    assert (
        client.get_page(address).submit("Keep this list", {"name": "Oldest in review", "shared": "yes"}).status_code
        == 200
    )
    assert "Oldest in review" in client.get("/queue").text
    view = db.session.scalars(select(SavedView)).one()
    assert view.parameters == {"view": "all", "status": "in_review", "sort": "-age"}
    assert client.get_page("/queue/views").submit("Mail me what is new").status_code == 200
    assert "Stop mail" in client.get("/queue/views").text
    client.get_page("/queue/views").submit("Stop mail")
    assert "Mail me what is new" in client.get("/queue/views").text
    client.get_page("/queue/views").submit("Delete")
    assert "No views yet" in client.get("/queue/views").text
