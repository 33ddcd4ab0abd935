"""One request of a made-up agency, played by turns in the browser and by the operations behind it."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page
from sqlalchemy import select

from app.accounts.models import Person
from app.agency_requests.models import AgencyRequest
from app.agreements.models import Agreement
from app.demo.people import PLACES, make_people
from app.demo.places import Place
from app.demo.story import Story
from app.extensions import db
from app.programs.catalog import CATALOG
from tests.browser.conftest import LiveServer, Visitor

JAIL_COUNTY, CITY = PLACES[0], PLACES[1]
LONG_AGO = timedelta(days=60)
ANYBODY = "coordinator@ice.example.gov"  # where this person is, everybody is


@dataclass
class Stage:
    """Who is at the browser, and the request they all act on. Nothing here keeps a row of the database."""

    live: LiveServer
    visitor: Visitor
    place: Place = JAIL_COUNTY
    request_id: uuid.UUID | None = None
    day: datetime = field(default_factory=lambda: datetime.now(UTC) - LONG_AGO)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(6000)
        with self.live.app.app_context():
            if db.session.scalars(select(Person.id).filter_by(email=ANYBODY)).first() is None:
                make_people()
                db.session.commit()

    @property
    def page(self) -> Page:
        return self.visitor.page

    @property
    def case(self) -> str:
        """Where staff find the request."""
        return f"/cases/{self.request_id}"

    @property
    def mine(self) -> str:
        """Where the agency finds it."""
        return f"/requests/{self.request_id}"

    def play(self, *acts: Callable[[Story], object]) -> "Stage":
        """Lets these acts happen without a browser."""
        with self.live.app.app_context():
            story = self._story()
            for act in acts:
                act(story)
            db.session.commit()
            self.day = story.day
            self.request_id = story.agency_request.id if story.agency_request else None
        return self

    def _story(self) -> Story:
        people = {_key(person.email): person for person in db.session.scalars(select(Person)).unique()}
        return Story(
            self.place, people, self.day, db.session.get(AgencyRequest, self.request_id) if self.request_id else None
        )

    def enter(self, name: str, ori: str = "") -> Visitor:
        """Somebody sits down at the browser: "head" and "officer" of the agency (or another), or staff by name."""
        with self.live.app.app_context():
            key = f"{name}:{ori or self.place.ori}" if name in {"head", "officer"} else name
            return self.visitor.sign_in(self._story().people[key])

    def agreement(self, program_key: str) -> str:
        """The address of the agreement on a program."""
        program, _, model = program_key.partition(":")
        with self.live.app.app_context():
            query = select(Agreement.id).filter_by(request_id=self.request_id, program=program, model=model)
            return f"/agreements/{db.session.scalars(query).one()}"

    @property
    def status(self) -> str:
        with self.live.app.app_context():
            return self._story().request.status

    def choose(self, question: str, answer: str) -> None:
        """Clicks an answer's label, as a person does: the control itself is drawn by the style sheet."""
        group = self.page.get_by_role("group", name=re.compile(re.escape(question))).last
        group.locator("label").get_by_text(answer, exact=True).click()

    def pick(self, label: str, words: str) -> None:
        """Chooses the option with these words from a list."""
        box = self.page.get_by_label(label, exact=True).first
        value = box.locator("option", has_text=words).first.get_attribute("value")
        assert value, f"{label} has no option {words}"
        box.select_option(value)

    def tick_all(self, within: str) -> None:
        """Ticks every box of a part of the page."""
        for box in self.page.locator(f"{within} .usa-checkbox label").all():
            box.click()


def _key(email: str) -> str:
    """The short name that the story knows somebody by."""
    local, _, domain = email.partition("@")
    first = domain.split(".")[0]
    return local if first == "ice" else f"{local}:{first.upper()}"


def words(program_key: str) -> str:
    """What a program is called on the pages."""
    return CATALOG.label(program_key)
