"""Every page of the service, with the demonstration in it: it answers, reads well, is accessible, fits and is light."""

import gzip
import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response
from sqlalchemy import select

from app import kept
from app.accounts import handing_over
from app.accounts.invitations import make_link
from app.accounts.models import Person
from app.demo.commands import load
from app.demo.people import address
from app.extensions import db
from app.intake.models import AgencyRequest
from tests.browser import axe
from tests.browser.conftest import NARROW, WIDE, LiveServer, Visitor
from tests.browser.places import AGENCY, PAGES, WORDS, address_of, endpoint_of

TALL = 950
MOST_BYTES = 100_000
NEVER_SAID = re.compile(  # "None of these" is an answer; "None" alone is a value that nobody put into words
    r"\bNone\b(?!:? [A-Za-z])|Traceback|\{\{|\}\}|\{%|^undefined\b|\bundefined$|\bNaN\b", re.MULTILINE
)


def by_address(mail: str) -> Person:
    return db.session.scalars(select(Person).where(Person.email == mail)).unique().one()


def add_what_is_personal() -> None:
    """What only one person sees: a link by mail, words not sent, the question whether to become the head."""
    officer, head = by_address(address(AGENCY, "officer")), by_address(address(AGENCY, "head"))
    typed = kept.keep(officer.id, "/team/handover/accept", [("reason", "Our council wants to see it.")])
    handing_over.ask(officer.agency_id, head.actor, officer.id)
    typed_in = db.session.scalars(select(AgencyRequest.id).where(AgencyRequest.entered_by_id.is_not(None))).first()
    WORDS["from_paper.discard"] = {"request_id": str(typed_in)}
    recorded = db.session.scalars(select(AgencyRequest).where(AgencyRequest.status == "submitted")).first()
    recorded.entered_by_id = by_address("coordinator@ice.example.gov").id
    recorded.letter_signed_on, recorded.letter_received_on = date(2026, 11, 3), date(2026, 11, 9)
    WORDS["from_paper.retract"] = {"request_id": str(recorded.id)}
    WORDS["links.follow"] = {"secret": make_link(officer, "reset").removeprefix("/links/")}
    WORDS["kept.form"] = {"key": str(typed.id)}


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


@pytest.mark.parametrize("name", PAGES)
def test_a_page_holds(seen_by: Visitor, name: str) -> None:
    path = go_to(seen_by, name)
    page, sizes = seen_by.page, {}
    page.set_viewport_size({"width": WIDE, "height": TALL})
    page.on("response", lambda response: sizes.setdefault(response.url, sent(response)))
    answer = page.goto(seen_by.server.url + path)
    assert answer is not None and answer.status == 200, f"{name} answers {answer and answer.status} at {path}"
    assert page.url == seen_by.server.url + path, f"{name} leads from {path} to {page.url}"
    assert page.locator("h1").count() == 1
    said = page.locator("body").inner_text() + page.title()
    assert not (found := NEVER_SAID.search(said)), f"{name} says {found[0]!r}: {said[found.start() - 60 :][:140]!r}"
    axe.check(page, name)
    assert not seen_by.complaints, f"on {name}: " + "; ".join(seen_by.complaints)
    assert sum(sizes.values()) <= MOST_BYTES, f"{name} weighs {sum(sizes.values())} bytes: {sizes}"
    for width, called in ((WIDE, "wide"), (NARROW, "narrow")):
        page.set_viewport_size({"width": width, "height": TALL})
        needed = page.evaluate("document.documentElement.scrollWidth")
        assert needed <= width, f"{name} is {needed} wide on a screen of {width}"
        keep_picture(page, f"{name}-{called}.png")


def go_to(visitor: Visitor, name: str) -> str:
    """Signs in who may see the page, and says where it is."""
    app = visitor.server.app
    rule = next(rule for rule in app.url_map.iter_rules(endpoint_of(name)) if "GET" in (rule.methods or ()))
    with app.app_context():
        path, who = address_of(rule, name, PAGES[name])
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
