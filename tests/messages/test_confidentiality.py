"""Never an internal word to the agency: page, status, case list, thread, file, receipt, record."""

import re
import uuid
import zipfile
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.extensions import db
from app.messages import operations
from app.messages.models import MessageFile, Thread
from app.notifications.digest import send_digests
from app.notifications.models import OutboxMessage
from app.policy import Seat
from app.review.opinions import give_opinion
from app.uploads.inspection import inspect
from tests.architecture.test_tenants import row_key
from tests.assessment.assessed_request import Story, concurred, in_assessment
from tests.assessment.test_memo import text_of
from tests.checked import CheckedClient
from tests.messages.case_with_people import SECRET
from tests.uploads.samples import pdf

AGENCY = ("head", "officer")


@pytest.fixture
def story(app: Flask) -> Story:
    """A case in review with a note of staff, a file in it, and a conversation with the agency beside it."""
    story = concurred(in_assessment())
    file = inspect("beds.pdf", pdf())
    operations.begin_thread(story.agency_request, story.assessor, shared=False, text=SECRET, title=SECRET, files=[file])
    operations.begin_thread(story.agency_request, story.assessor, shared=True, text="Can you meet us?")
    give_opinion(
        story.agency_request,
        story.reviewers[Seat.LEGAL],
        Seat.LEGAL,
        "oppose",
        "Weak on custody",
        expected_version=story.expected_version,
    )
    db.session.commit()
    return story


def given_away(story: Story, text: str) -> list[str]:
    """What a text tells of that it must not; "Person 1" is not told by "Person 12"."""
    words = (SECRET, "Weak on custody", "beds.pdf", *(each.name for each in story.reviewers.values()))
    return [word for word in words if re.search(rf"{re.escape(word)}(?!\d)", text)]


def internal() -> Thread:
    return db.session.scalars(select(Thread).where(Thread.audience == "staff")).one()


@pytest.mark.parametrize("who", AGENCY)
def test_scenario_23_no_page_shows_a_note_an_opinion_or_a_reviewer(
    client: CheckedClient, story: Story, who: str
) -> None:
    client.sign_in(story.people[who])
    for path in ("", "/receipt", "/decision", "/messages"):
        page = client.get(f"/requests/{story.agency_request.id}{path}", follow_redirects=True)
        text = page.get_data(as_text=True)
        assert page.status_code == 200
        assert given_away(story, text) == [], path
    assert "Can you meet us?" in client.get(f"/requests/{story.agency_request.id}/messages").get_data(as_text=True)


@pytest.mark.parametrize("who", AGENCY)
def test_the_address_of_an_internal_conversation_is_none(client: CheckedClient, story: Story, who: str) -> None:
    client.sign_in(story.people[who])
    address = f"/threads/{internal().id}"
    assert client.get(address).status_code == 404
    for path in ("", "/resolve", "/reopen"):
        assert client.craft_post(address + path, data={"text": "x"}).status_code == 404


@pytest.mark.parametrize("who", AGENCY)
def test_the_address_of_a_file_for_staff_is_none(client: CheckedClient, story: Story, who: str) -> None:
    address = f"/message-files/{db.session.scalars(select(MessageFile.id)).one()}"
    assert client.sign_in(story.people[who]).get(address).status_code == 404
    assert client.sign_in(story.people["coordinator"]).get(address).status_code == 200


@pytest.mark.parametrize("who", AGENCY)
def test_the_count_of_what_is_new_counts_nothing_of_staff(client: CheckedClient, story: Story, who: str) -> None:
    page = client.sign_in(story.people[who]).get(f"/requests/{story.agency_request.id}").get_data(as_text=True)
    assert "Messages (1 new)" in page


def to_agency(story: Story) -> list[OutboxMessage]:
    people = [story.people[who].email for who in AGENCY]
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.address.in_(people))))


def test_scenario_23_no_mail_to_the_agency_tells_of_it(story: Story) -> None:
    assert to_agency(story)
    for mail in to_agency(story):
        assert mail.notice != "note_for_staff"
        assert given_away(story, mail.subject + mail.body) == []


def test_scenario_23_no_summary_to_the_agency_tells_of_it(app: Flask, story: Story) -> None:
    for who in AGENCY:
        story.people[who].mail_preference = "daily"
    operations.reply_to_thread(internal(), story.coordinator, SECRET)
    operations.begin_thread(story.agency_request, story.assessor, shared=True, text="Will you come?")
    db.session.commit()
    send_digests()
    db.session.commit()
    summaries = [mail for mail in to_agency(story) if mail.notice == "digest"]
    assert len(summaries) == len(AGENCY)
    for mail in summaries:
        assert "Will you come?" in mail.body
        assert SECRET not in mail.body
        assert str(internal().id) not in mail.body


def test_scenario_23_no_document_of_the_agency_holds_it(client: CheckedClient, story: Story) -> None:
    client.sign_in(story.people["head"])
    given = client.get(f"/requests/{story.agency_request.id}/receipt.pdf")
    assert given.mimetype == "application/pdf"
    words = text_of(given.data)
    assert story.agency.ori in words
    assert given_away(story, words) == []


def words_in(response: TestResponse) -> str:
    """What an answer says, of whatever kind it is."""
    if response.mimetype == "application/pdf":
        return text_of(response.data)
    if zipfile.is_zipfile(BytesIO(response.data)):  # Word and Excel files are archives, too
        with zipfile.ZipFile(BytesIO(response.data)) as archive:
            return " ".join(
                [*archive.namelist(), *(archive.read(name).decode("latin-1") for name in archive.namelist())]
            )
    return response.data.decode("utf-8", "replace")


@pytest.mark.parametrize("who", AGENCY)
def test_scenario_23_no_address_of_the_service_gives_it_away(
    app: Flask, client: CheckedClient, story: Story, who: str
) -> None:
    """Every address there is, those that come later too: page, file, export."""
    client.sign_in(story.people[who])
    keys = {name: str(row_key(name) or uuid.uuid4()) for name in keyed_names(app)}
    expected_version = 0
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in {"static", "accounts.sign_in"}:
            continue
        address = re.sub(r"<[^>]*?(\w+)>", lambda found: keys.get(found[1], "capacity"), rule.rule)
        response = client.get(address)
        expected_version += response.status_code == 200
        assert given_away(story, words_in(response)) == [], address
    assert expected_version > 20


def keyed_names(app: Flask) -> set[str]:
    return {name for rule in app.url_map.iter_rules() for name in re.findall(r"<uuid:(\w+)>", rule.rule)}
