"""A real server, a real Chromium, and a visitor who looks closely at every page they see."""

import logging
import os
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page
from werkzeug.serving import make_server

from app import create_app
from app.accounts.models import Person
from app.extensions import db
from tests.browser import axe
from tests.checked import CheckedClient
from tests.conftest import SETTINGS

HERE = Path(__file__).parent
WIDE, NARROW, NARROWEST = 1280, 360, 320
HEIGHT = 900
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
# A browser that leaves a page drops the pictures still on their way, and the server forgets to close their files.
DROPPED = r"ignore:Exception ignored in. <_io\.FileIO name='.*/static/:pytest.PytestUnraisableExceptionWarning"
NAMES = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test of this folder, so that others can be run without a browser; forgives what a browser drops."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.filterwarnings(DROPPED))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """The installed Chromium instead of one that pytest-playwright would download, silent on the network."""
    program = next((path for name in NAMES if name and (path := shutil.which(name))), None)
    if program is None:
        pytest.fail("No Chromium found. Install one, or set CHROMIUM to its program file.")
    return {"executable_path": program, "args": QUIET.split()}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, object]:
    """A desktop window, in the words and the time zone of the users."""
    return {
        "viewport": {"width": WIDE, "height": HEIGHT},
        "locale": "en-US",
        "timezone_id": "America/New_York",
        "reduced_motion": "reduce",
    }


@dataclass
class LiveServer:
    """The application and the address where it answers."""

    app: Flask
    url: str
    database: Path
    pristine: Path

    def empty(self) -> None:
        """Puts the empty database back."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        for rest in ("-wal", "-shm"):
            Path(f"{self.database}{rest}").unlink(missing_ok=True)
        shutil.copy(self.pristine, self.database)


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """One server for all tests, in a thread, with forms protected as in use."""
    folder = tmp_path_factory.mktemp("live")
    database, pristine = folder / "live.db", folder / "empty.db"
    app = create_app(
        SETTINGS
        | {
            "DEMONSTRATION": True,
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{database}",
            "STORAGE_DIR": str(folder / "files"),
        }
    )
    app.test_client_class = CheckedClient
    with app.app_context():
        db.create_all()
        db.session.remove()
        db.engine.dispose()
    shutil.copy(database, pristine)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    app.config["BASE_URL"] = f"http://127.0.0.1:{server.port}"
    yield LiveServer(app, app.config["BASE_URL"], database, pristine)
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def live(running: LiveServer) -> Iterator[LiveServer]:
    """The server over an empty database; the test may fill it within `live.app.app_context()`."""
    yield running
    running.empty()


@dataclass
class Visitor:
    """Somebody at a browser. Every page they come to is checked: axe, no sideways scrolling, nothing on the console."""

    page: Page
    server: LiveServer
    name: str
    complaints: list[str] = field(default_factory=list)
    pictures: int = 0

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        expected = message.text.startswith("Failed to load resource") and message.location.get("url") == self.page.url
        if message.type in {"error", "warning"} and not expected:
            self.complaints.append(f"console {message.type}: {message.text}")

    def open(self, path: str, *, at_both_widths: bool = False) -> Page:
        """Goes to an address of the service and looks."""
        self.page.goto(self.server.url + path)
        return self.look(at_both_widths=at_both_widths)

    def press(self, label: str | re.Pattern[str]) -> Page:
        """Uses the button or link with this label, waits for the page that follows, and looks."""
        return self.use(self._control(label))

    def _control(self, label: str | re.Pattern[str]) -> Locator:
        exact = isinstance(label, str)
        button = self.page.get_by_role("button", name=label, exact=exact)
        return (button.or_(self.page.get_by_role("link", name=label, exact=exact))).first

    def use(self, control: Locator) -> Page:
        """Clicks a control that leads to another page, and looks."""
        with self.page.expect_navigation():
            control.click()
        return self.look()

    def look(self, *, at_both_widths: bool = False) -> Page:
        """Checks the page as it stands, when asked also as a telephone shows it; pictures where SCREENSHOTS says."""
        self.page.wait_for_load_state()
        both = at_both_widths or "SCREENSHOTS" in os.environ
        for width in (WIDE, NARROW) if both else (None,):
            if width:
                self.page.set_viewport_size({"width": width, "height": HEIGHT})
            axe.check(self.page, f"{self.page.url} at {width or 'this width'}")
            self._keep_picture(width)
        if both:
            self._check_narrowest()
            self.page.set_viewport_size({"width": WIDE, "height": HEIGHT})
        assert not self.complaints, f"on {self.page.url}: " + "; ".join(self.complaints)
        return self.page

    def _check_narrowest(self) -> None:
        self.page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= NARROWEST, f"{self.page.url} is {width} wide on a screen of {NARROWEST}"

    def _keep_picture(self, width: int | None) -> None:
        if not (folder := os.environ.get("SCREENSHOTS")) or not width:
            return
        self.pictures += width == WIDE
        path = Path(folder) / f"{self.name}-{self.pictures:02}-{'wide' if width == WIDE else 'narrow'}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path, full_page=True)

    def sign_in(self, person: Person) -> "Visitor":
        """Signs this person in without the form, as a session that the form would have made."""
        client = self.server.app.test_client()
        assert isinstance(client, CheckedClient)
        client.sign_in(person)
        name = self.server.app.config["SESSION_COOKIE_NAME"]
        cookie = client.get_cookie(name)
        assert cookie is not None
        self.page.context.add_cookies([{"name": name, "value": cookie.value, "url": self.server.url}])
        return self


@pytest.fixture
def visitor(page: Page, live: LiveServer, request: pytest.FixtureRequest) -> Visitor:
    """Somebody without an account."""
    case = request.node.name.replace("chromium", "").removeprefix("test_")  # a case of several keeps its own pictures
    return Visitor(page, live, re.sub(r"\W+", "-", case).strip("-"))


@pytest.fixture
def scriptless(
    browser: Browser, browser_context_args: dict[str, Any], live: LiveServer, request: pytest.FixtureRequest
) -> Iterator[Visitor]:
    """Somebody whose browser runs no scripts. axe waits forever there: use `page` itself, not what looks."""
    context: BrowserContext = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield Visitor(context.new_page(), live, f"{request.node.originalname.removeprefix('test_')}-scriptless")
    context.close()
