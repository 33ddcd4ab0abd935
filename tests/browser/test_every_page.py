"""Every page of the service, with the demonstration in it: it answers, reads well, is accessible, fits and is light."""

import gzip
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response

from tests.browser import axe
from tests.browser.conftest import NARROW, WIDE, LiveServer, Visitor
from tests.browser.places import PAGES, address_of, endpoint_of
from tests.demonstration import by_address, fill

TALL = 950
MOST_BYTES = 100_000
NEVER_SAID = re.compile(  # "None of these" is an answer; "None" alone is a value that nobody put into words
    r"\bNone\b(?!:? [A-Za-z])|Traceback|\{\{|\}\}|\{%|^undefined\b|\bundefined$|\bNaN\b", re.MULTILINE
)


@pytest.fixture(scope="module")
def told(running: LiveServer) -> Iterator[LiveServer]:
    """The server with the demonstration in it, loaded once for all pages."""
    with running.app.app_context():
        fill()
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
