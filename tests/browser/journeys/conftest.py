"""Five journeys, each told once and gone in four ways: by keyboard, also at 200 % zoom, narrow, without scripts."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route

from tests.browser import axe
from tests.browser.conftest import LiveServer, Visitor
from tests.browser.journeys.input_devices import Hand, Keys, Pointer


@dataclass(frozen=True)
class Mode:
    """A way to use the service. A window of 1280 by 950 zoomed to 200 % has room for 640 by 475."""

    width: int = 1280
    height: int = 950
    scale: int = 1
    scripts: bool = True
    hand: type[Pointer] | type[Keys] = Pointer


MODES = {
    "by keyboard": Mode(hand=Keys),
    "zoomed to 200 %": Mode(width=640, height=475, scale=2, hand=Keys),
    "360 px wide": Mode(width=360, height=740),
    "without scripts": Mode(scripts=False),
}


@dataclass
class Traveler(Visitor):
    """Somebody on a journey, who finds things by what they are called and works them in the way of the mode."""

    mode: Mode = field(kw_only=True)
    hand: Hand = field(kw_only=True)
    looking_glass: Page = field(kw_only=True)

    def press(self, label: str | re.Pattern[str]) -> Page:
        control = self._control(label)
        assert control.count(), f"{self.page.url} ({self.page.title()}) has nothing called {label}"
        return self.use(control)

    def use(self, control: Locator) -> Page:
        """Works a control that leads to another page, and looks."""
        with self.page.expect_navigation():
            self.hand.press(control)
        return self.look()

    def go(self, place: str) -> Page:
        """Follows a link of the main menu, which is folded where there is little room."""
        banner = self.page.get_by_role("banner")
        for fold in banner.locator("summary").filter(visible=True).all():
            self.hand.press(fold)
        return self.use(banner.get_by_role("link", name=place, exact=True))

    def fill(self, label: str, text: str) -> None:
        self.hand.fill(self._field(label), text)

    def pick(self, label: str, words: str) -> None:
        self.hand.pick(self._field(label), words)

    def tick(self, label: str) -> None:
        self.hand.mark(self._field(label))

    def choose(self, question: str, answer: str) -> None:
        """Answers a question by a radio button."""
        self.hand.mark(self._group(question).get_by_role("radio", name=re.compile(f"^{re.escape(answer)}")).first)

    def number(self, question: str, number: str, known: str) -> None:
        """Answers a question by a number, and says how it is known."""
        group = self._group(question)
        self.hand.fill(group.get_by_role("textbox").first, number)
        self.hand.mark(group.get_by_role("radio", name=known, exact=True))

    def _group(self, question: str) -> Locator:
        return self.page.get_by_role("group", name=re.compile(re.escape(question))).last

    def unfold(self, words: str) -> None:
        self.hand.press(self.page.locator("summary", has_text=words).first)

    def _field(self, label: str) -> Locator:
        """The first field with this label, unit or not, out of whatever is folded around it."""
        found = self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}(, .+)?\s*$")).first
        folds = found.locator("xpath=ancestor::details[not(@open)]/summary").filter(visible=True)
        for _ in range(folds.count()):
            self.hand.press(folds.first)
        return found

    def look(self, *, at_both_widths: bool = False) -> Page:
        """Checks the page as this way shows it: axe, nothing sideways, nothing on the console."""
        self.page.wait_for_load_state()
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.mode.width, f"{self.page.url} is {wide} wide on a screen of {self.mode.width}"
        if self.mode.scripts:
            self._look_at_all_of_it()
        else:
            self._look_through_the_glass()
        assert not self.complaints, f"on {self.page.url}: " + "; ".join(self.complaints)
        return self.page

    def _look_at_all_of_it(self) -> None:
        """axe takes what a line at the foot covers for lost, which scrolls free: it gets a window for all of it."""
        is_covered = self.page.locator(".app-order-jump").filter(visible=True).count()
        if is_covered:
            height = self.page.evaluate("document.documentElement.scrollHeight")
            self.page.set_viewport_size({"width": self.mode.width, "height": height})
        axe.check(self.page)
        if is_covered:
            self.page.set_viewport_size({"width": self.mode.width, "height": self.mode.height})

    def _look_through_the_glass(self) -> None:
        """axe is a script: another window gets the very page that stands here, without the page's own scripts."""
        html, address = self.page.content(), self.page.url

        def show(route: Route) -> None:
            if route.request.is_navigation_request():
                route.fulfill(body=html, content_type="text/html; charset=utf-8")
            elif route.request.resource_type == "script":
                route.abort()
            else:
                route.continue_()

        self.looking_glass.route("**/*", show)
        self.looking_glass.goto(address)
        axe.check(self.looking_glass, f"{address} without scripts")
        self.looking_glass.unroute("**/*")

    def is_told(self, error: str) -> Page:
        """The page came back with this error: title and summary say it, and its link leads to the very field."""
        assert self.page.title().startswith("Error:"), self.page.title()
        summary = self.page.locator(".usa-error-summary")
        if self.mode.scripts:
            assert summary.evaluate("e => e === document.activeElement"), "the summary does not take the focus"
        link = summary.get_by_role("link", name=error)
        assert link.count(), f"the summary says: {summary.inner_text()}"
        field_id = str(link.get_attribute("href")).removeprefix("#")
        self.hand.press(link)
        assert self.page.evaluate("document.activeElement.id") == field_id
        return self.page


Meet = Callable[[], Traveler]


@pytest.fixture(params=MODES.values(), ids=MODES)
def mode(request: pytest.FixtureRequest) -> Mode:
    return request.param


@pytest.fixture
def meet(browser: Browser, browser_context_args: dict[str, Any], live: LiveServer, mode: Mode) -> Iterator[Meet]:
    """Lets somebody sit down at a browser of their own, in the way of the mode."""
    size = {"viewport": {"width": mode.width, "height": mode.height}, "device_scale_factor": mode.scale}
    given = browser_context_args | size
    glass, opened = browser.new_context(**given), []

    def sit_down() -> Traveler:
        opened.append(browser.new_context(**given, java_script_enabled=mode.scripts))
        page = opened[-1].new_page()
        page.set_default_timeout(4000)
        return Traveler(page, live, "", mode=mode, hand=mode.hand(), looking_glass=glass.pages[0])

    glass.new_page()
    yield sit_down
    for context in (*opened, glass):
        context.close()
