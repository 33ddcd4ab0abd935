"""A coordinator's day over forty waiting requests: filter, keep, assign together, take the next, look around, ask."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LiveServer
from tests.browser.journeys.conftest import Meet, Traveler
from tests.browser.test_queue_day import MANY, forty_wait


@pytest.fixture
def coordinator(meet: Meet, live: LiveServer) -> Traveler:
    traveler = meet()
    with live.app.app_context():
        traveler.sign_in(forty_wait())
    return traveler


def test_a_coordinators_day(coordinator: Traveler) -> None:
    page = coordinator.open("/queue")
    expect(page.get_by_role("status").get_by_text(f"{MANY} requests")).to_be_visible()
    find_the_crew(coordinator)
    keep_the_list(coordinator)
    assign_both(coordinator)
    take_the_next(coordinator)
    ask(coordinator)
    look_around(coordinator)


def find_the_crew(coordinator: Traveler) -> None:
    coordinator.fill("Words, name or number", "nothing like it")
    coordinator.press("Apply")
    expect(coordinator.page.get_by_role("heading", name="No request matches")).to_be_visible()
    coordinator.fill("Words, name or number", "zander")
    coordinator.pick("Status", "Received")
    coordinator.press("Apply")
    expect(coordinator.page.locator("mark")).to_have_count(2)


def keep_the_list(coordinator: Traveler) -> None:
    coordinator.press("Keep this list as a view")
    coordinator.press("Keep this list")
    coordinator.is_told("Name the view.")
    coordinator.fill("Name of the view", "Zander crew")
    coordinator.tick("Share it with all staff")
    coordinator.press("Keep this list")
    expect(coordinator.page.get_by_role("link", name=re.compile("^Zander crew"))).to_be_visible()


def assign_both(coordinator: Traveler) -> None:
    coordinator.go("Queue")
    coordinator.press(re.compile("^Zander crew"))
    for box in coordinator.page.get_by_role("checkbox", name=re.compile("^Select Caprock")).all():
        coordinator.hand.mark(box)
    coordinator.press("Assign what I chose")
    coordinator.press("Assign 2 requests")
    coordinator.is_told("Choose who works on them.")
    coordinator.pick("Who works on them", "Coordinator: Bo")
    coordinator.press("Assign 2 requests")
    expect(coordinator.page.get_by_role("heading", level=1)).to_have_text("2 of 2 done")
    coordinator.press("Back to the list")


def take_the_next(coordinator: Traveler) -> None:
    coordinator.go("Queue")
    coordinator.press("Take the next request")
    expect(coordinator.page.get_by_text("You are its coordinator now.")).to_be_visible()
    coordinator.press("I have no interest in it")


def ask(coordinator: Traveler) -> None:
    coordinator.press("Ask the agency for information")
    coordinator.pick("It is about", "Signed request letter")
    coordinator.fill("Answer by", "2027-01-29")
    coordinator.press("Send to the agency")
    coordinator.is_told("Write what you ask for.")
    coordinator.fill("What you ask for", "Please send the page with the signature.")
    coordinator.press("Send to the agency")
    expect(coordinator.page.get_by_text("The agency has been asked.")).to_be_visible()


def look_around(coordinator: Traveler) -> None:
    """From one case of the list to the next and back, and to the list again."""
    coordinator.go("Queue")
    coordinator.press(re.compile("^Caprock"))
    first = coordinator.page.title()
    coordinator.press("Next")
    assert coordinator.page.title() != first
    coordinator.press("Previous")
    assert coordinator.page.title() == first
    coordinator.press("For me")
    expect(coordinator.page.get_by_role("heading", name="Queue")).to_be_visible()
