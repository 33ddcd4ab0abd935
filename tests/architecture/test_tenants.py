"""Nobody reaches what is not theirs: every address with a key in it, for whoever comes from elsewhere."""

import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from app.accounts.models import Person
from app.agency_requests import operations
from app.demo import conversations
from app.demo import story as tell
from app.demo.agreement_story import draft
from app.demo.people import PLACES, make_people
from app.demo.story import Story
from app.extensions import Base, db
from app.letters import operations as letters_operations
from app.letters.letter_kinds import LetterKind
from app.messages import operations as messages_operations
from app.policy import Role
from app.uploads.inspection import inspect
from tests.addresses import spelled
from tests.builders import make_agency, make_office, make_person
from tests.checked import CheckedClient
from tests.uploads.samples import pdf

OF_ADMINISTRATION = ("/admin", "/applications", "/links", "/team")  # keys of people, agencies and offices, not of cases
OUTSIDERS = ("another agency's head", "another office's coordinator", "another office's assessor")


@pytest.fixture
def told(app: Flask) -> Story:
    """A case of an agency with a document, questions asked and answered, a recommendation and an agreement."""
    people = make_people()
    story = Story(PLACES[2], people, datetime.now(UTC) - timedelta(days=60), desk="atlanta", field="atlanta2")
    tell.file_draft(story)
    operations.attach(story.request, story.who("officer"), "supporting", inspect("policy.pdf", pdf()))
    for step in (tell.submit, tell.take, tell.ask, tell.answer, tell.assess, conversations.meet):
        step(story)
    tell.recommend(story, ["lesc"])
    tell.concurs(story)
    tell.reviews(story)
    tell.decides(story)
    draft(story, "lesc", "negotiation")
    files = [inspect("policy.pdf", pdf())]
    messages_operations.begin_thread(
        story.request, story.who("officer"), shared=True, text="See our policy", files=files
    )
    letter = letters_operations.draft_letter(story.request, story.who("atlanta"), LetterKind.ACKNOWLEDGMENT)
    letters_operations.issue_letter(
        story.request, story.who("atlanta"), letter, key=uuid.uuid4(), shown=letter.content_hash
    )
    db.session.commit()
    return story


@pytest.fixture
def outsider(told: Story, who: str) -> Person:
    elsewhere = make_office(name="Elsewhere", states=())
    if who == OUTSIDERS[0]:
        return make_person(Role.AGENCY_HEAD, agency=make_agency())
    return make_person(Role.COORDINATOR if who == OUTSIDERS[1] else Role.ASSESSOR, office=elsewhere)


def row_key(parameter: str) -> uuid.UUID | None:
    """The key of a row that a parameter of this name would mean: "document_id" is one of the documents."""
    name = parameter.removesuffix("_id")
    named = {"request": "agency_request", "item": "information_item", "meeting": "meeting"}.get(name, name)
    table = Base.metadata.tables.get(named)
    return db.session.scalar(select(table.c.id).limit(1)) if table is not None and "id" in table.c else None


def keyed(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every address of a case or of something in it, with the keys of rows that exist."""
    for rule in app.url_map.iter_rules():
        if "<uuid:" not in rule.rule or rule.rule.startswith(OF_ADMINISTRATION):
            continue
        keys = {name: row_key(name) for name in re.findall(r"<uuid:(\w+)>", rule.rule)}
        if all(keys.values()):
            yield rule, re.sub(r"<uuid:(\w+)>", lambda found, keys=keys: str(keys[found[1]]), rule.rule)


def plain(address: str) -> str:
    """Other parameters are words; any will do, for the key is looked at first."""
    return spelled(address, "capacity")


def answered(client: CheckedClient, method: str, address: str) -> tuple[int, str]:
    response = client.get(address) if method == "GET" else client.craft_post(address)
    return response.status_code, response.get_data(as_text=True)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("who", OUTSIDERS)
def test_what_is_not_theirs_looks_like_nothing(
    client: CheckedClient, told: Story, outsider: Person, method: str
) -> None:
    client.sign_in(outsider)
    rules = keyed(client.application)
    tried = [(rule, address) for rule, address in rules if method in (rule.methods or ())]
    assert len(tried) > 15
    for rule, address in tried:
        status, page = answered(client, method, plain(address))
        nowhere = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", lambda _: str(uuid.uuid4()), address)
        assert status in {403, 404}, f"{method} {rule.rule} answers an outsider with {status}"
        assert status == answered(client, method, plain(nowhere))[0], f"{rule.rule} tells an outsider that it exists"
        assert told.place.name not in page, f"{rule.rule} names the agency to an outsider"
