"""Every page of the service, with the demonstration in it: it answers, reads well, is accessible, fits and is light."""

import gzip
import os
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, Response
from sqlalchemy import select

from app import kept
from app.accounts import handing_over, joining
from app.accounts.invitations import make_link
from app.accounts.models import Person
from app.demo.commands import load
from app.demo.people import address
from app.extensions import db
from app.intake import filing
from app.intake.models import AgencyRequest
from app.letters import issuing
from app.letters.kinds import LetterKind
from app.reports import exporting
from app.reports.lists import LISTS
from tests.browser import axe
from tests.browser.conftest import NARROW, WIDE, LiveServer, Visitor
from tests.browser.places import AGENCY, NO_PAGE, PAGES, WORDS, address_of
from tests.intake.test_files import pdf

TALL = 950
MOST_BYTES = 100_000
NEVER_SAID = re.compile(  # "None of these" is an answer; "None" alone is a value that nobody put into words
    r"\bNone\b(?!:? [A-Za-z])|Traceback|\{\{|\}\}|\{%|^undefined\b|\bundefined$|\bNaN\b", re.MULTILINE
)


def by_address(mail: str) -> Person:
    return db.session.scalars(select(Person).where(Person.email == mail)).unique().one()


def add_what_is_personal() -> None:
    """What only one person sees, and what waits for an answer: a link, a file being made, words not yet sent."""
    officer, head = by_address(address(AGENCY, "officer")), by_address(address(AGENCY, "head"))
    coordinator = by_address("coordinator@ice.example.gov")
    draft, taken = (
        db.session.scalars(select(AgencyRequest).where(AgencyRequest.status == status, AgencyRequest.agency_id == key))
        .first()
        for status, key in (("draft", officer.agency_id), ("in_assessment", officer.agency_id))
    )  # fmt: skip
    filing.attach(draft, officer.actor, "supporting", "policy.pdf", pdf())
    letter = issuing.draft(taken, coordinator.actor, LetterKind.ACKNOWLEDGEMENT)
    issuing.issue(taken, coordinator.actor, letter, key=uuid.uuid4())
    kept.keep(officer.id, f"/requests/{draft.id}/withdraw", [("reason", "Our council wants to see it.")])
    handing_over.ask(officer.agency_id, head.actor, officer.id)
    exporting.ask(coordinator.actor, LISTS["requests"], {})
    joining.apply(
        ori="NV9990970", agency_name="Dry Lantern County Sheriff's Office", state="NV", county="Dry Lantern",
        kind="sheriff", applicant_name="Ro Teller", applicant_title="Captain", head_name="Jan Fields",
        head_title="Sheriff", applicant_email="ro@dry.example.gov", head_email="jan@dry.example.gov",
    )  # fmt: skip
    WORDS["links.follow"] = {"secret": make_link(officer, "reset").removeprefix("/links/")}


@pytest.fixture(scope="module")
def told(running: LiveServer) -> Iterator[LiveServer]:
    """The server with the demonstration in it, loaded once for all pages."""
    with running.app.app_context():
        load()
        add_what_is_personal()
        db.session.commit()
    yield running
    running.empty()


@pytest.fixture
def seen_by(told: LiveServer, page: Page) -> Visitor:
    return Visitor(page, told, "every-page")


def endpoints(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}


def test_every_address_is_looked_at_or_said_to_be_no_page(running: LiveServer) -> None:
    found = endpoints(running.app)
    unplaced = sorted(found - PAGES.keys() - NO_PAGE.keys())
    assert not unplaced, f"say in tests/browser/places.py who looks at {', '.join(unplaced)}, or why it is no page"
    gone = sorted((PAGES.keys() | NO_PAGE.keys()) - found)
    assert not gone, f"tests/browser/places.py names {', '.join(gone)}, which the service no longer has"


@pytest.mark.parametrize("endpoint", PAGES)
def test_a_page_holds(seen_by: Visitor, endpoint: str) -> None:
    path = go_to(seen_by, endpoint)
    page, sizes = seen_by.page, {}
    page.set_viewport_size({"width": WIDE, "height": TALL})
    page.on("response", lambda response: sizes.setdefault(response.url, sent(response)))
    answer = page.goto(seen_by.server.url + path)
    assert answer is not None and answer.status == 200, f"{endpoint} answers {answer and answer.status} at {path}"
    assert page.url == seen_by.server.url + path, f"{endpoint} leads from {path} to {page.url}"
    assert page.locator("h1").count() == 1
    said = page.locator("body").inner_text() + page.title()
    assert not (found := NEVER_SAID.search(said)), f"{endpoint} says {found[0]!r}: {said[found.start() - 60 :][:140]!r}"
    axe.check(page, endpoint)
    assert not seen_by.complaints, f"on {endpoint}: " + "; ".join(seen_by.complaints)
    assert sum(sizes.values()) <= MOST_BYTES, f"{endpoint} weighs {sum(sizes.values())} bytes: {sizes}"
    for width, name in ((WIDE, "wide"), (NARROW, "narrow")):
        page.set_viewport_size({"width": width, "height": TALL})
        needed = page.evaluate("document.documentElement.scrollWidth")
        assert needed <= width, f"{endpoint} is {needed} wide on a screen of {width}"
        keep_picture(page, f"{endpoint}-{name}.png")


def go_to(visitor: Visitor, endpoint: str) -> str:
    """Signs in who may see the page, and says where it is."""
    app = visitor.server.app
    rule = next(rule for rule in app.url_map.iter_rules(endpoint) if "GET" in (rule.methods or ()))
    with app.app_context():
        path, who = address_of(rule, endpoint, PAGES[endpoint])
        if who:
            visitor.sign_in(by_address(who))
    return path


def sent(response: Response) -> int:
    """How many bytes of it travel, compressed as a server sends it."""
    if response.status >= 300:
        return 0
    body = response.body()
    return len(body) if response.url.split("?")[0].endswith((".woff2", ".png")) else len(gzip.compress(body))


def keep_picture(page: Page, name: str) -> None:
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / "pages" / name, full_page=True)
