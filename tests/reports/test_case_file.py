"""The whole file of a request: each side takes away what it may see, and the manifest says what is in it."""

import hashlib
import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from flask import Flask, current_app

from app.accounts.models import Person
from app.agency_requests import operations
from app.agency_requests.sections.queries import documents_of
from app.assessment.memo import NOT_CONFIRMED, agency_memo_of
from app.assessment.queries import issued_recommendation
from app.demo import story as tell
from app.demo.agreement_story import draft
from app.demo.people import PLACES, make_people
from app.demo.story import Story
from app.extensions import db, now
from app.messages import operations as messages_operations
from app.policy import Actor, Role
from app.reports.exports import case_file, case_file_zip
from app.storage import store
from app.uploads.inspection import inspect
from tests.agency_requests.test_documents import picture
from tests.builders import make_office, make_person
from tests.checked import CheckedClient

SECRET = "The board should know that we doubt these numbers."


@pytest.fixture
def story(app: Flask) -> Story:
    """A request as far as its agreement, with a document, an answer given back, and a note for staff."""
    told = Story(PLACES[0], make_people(), now() - timedelta(days=90))
    tell.file_draft(told)
    operations.attach(told.request, told.who("officer"), "supporting", inspect("=policy.png", picture().read()))
    db.session.commit()
    tell.submit(told)
    tell.take(told)
    tell.ask(told)
    tell.answer(told)
    tell.assess(told)
    tell.recommend(told, ["lesc"])
    tell.concurs(told)
    tell.reviews(told)
    tell.decides(told)
    draft(told, "lesc", "drafted")
    messages_operations.begin_thread(told.request, told.who(told.desk), shared=False, title="A doubt", text=SECRET)
    db.session.commit()
    return told


def opened(told: Story, reader: Actor) -> zipfile.ZipFile:
    out = BytesIO()
    with current_app.test_request_context():
        case_file_zip.write_zip(told.request, reader, out)
    return zipfile.ZipFile(out)


def read_parts(told: Story, reader: Actor) -> str:
    with current_app.test_request_context():
        return _read_parts(told, reader)


def _read_parts(told: Story, reader: Actor) -> str:
    page = case_file.page_of(told.request, reader)
    return "\n".join(map(str, case_file.case_file_parts(told.request, reader, page)))


def key_of(told: Story, name: str) -> Person:
    return db.session.get_one(Person, told.who(name).id)


def test_the_manifest_names_every_file_with_its_fingerprint(story: Story, client: CheckedClient) -> None:
    (document,) = documents_of(story.request)
    response = client.sign_in(key_of(story, "officer")).get(f"/requests/{story.request.id}/whole-file.zip")
    assert response.headers["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(BytesIO(response.data)) as found:
        manifest = json.loads(found.read("manifest.json"))
        named = {entry["name"]: entry for entry in manifest["files"]}
        assert sorted(found.namelist()) == sorted([*named, "manifest.json"])
        for name, entry in named.items():
            content = found.read(name)
            assert (len(content), hashlib.sha256(content).hexdigest()) == (entry["size"], entry["sha256"])
        for name in (name for name in named if name.endswith(".pdf")):
            with pikepdf.open(BytesIO(found.read(name))) as paper:
                assert "/StructTreeRoot" in paper.Root
    assert named[f"documents/01 {document.filename}"]["sha256"] == document.sha256
    assert manifest["made_for"] == "the agency"
    kinds = {name.split("/")[0].rsplit(" ")[0] for name in named}
    assert kinds >= {
        "receipt.pdf", "answers.pdf", "information-requests.pdf", "decisions.pdf", "recommendation.pdf", "agreements",
        "documents", "timeline.csv",
    }  # fmt: skip


def test_an_agency_takes_nothing_away_that_is_for_staff(story: Story) -> None:
    ours, theirs = (read_parts(story, story.who(name)) for name in ("officer", story.desk))
    reviewer = story.people["reviewer1"].name if "reviewer1" in story.people else story.who(story.field).name
    for words in (SECRET, "Opinions", "The plan names who supervises", reviewer):
        assert words not in ours
        assert words in theirs
    with opened(story, story.who("officer")) as found:
        assert "internal-record.pdf" not in found.namelist()
        assert "confirmed an answer" not in found.read("timeline.csv").decode()
    with opened(story, story.who(story.desk)) as found:
        assert "internal-record.pdf" in found.namelist()
        assert json.loads(found.read("manifest.json"))["made_for"] == "ICE staff"


def test_the_agencys_memo_leaves_out_where_the_assessor_looked(story: Story) -> None:
    recommendation = issued_recommendation(story.request.id)
    assert recommendation is not None
    memo = agency_memo_of(story.request, recommendation)
    assert {source for _, _, source in memo["answers"]} <= {"Confirmed by the assessor", NOT_CONFIRMED}
    assert "Seen at the meeting" not in str(memo)
    assert "The legal reviewer confirms" not in str(memo)


def test_the_whole_file_as_one_tagged_paper(story: Story, client: CheckedClient) -> None:
    response = client.sign_in(key_of(story, "head")).get(f"/requests/{story.request.id}/whole-file.pdf")
    with pikepdf.open(BytesIO(response.data)) as paper:
        assert str(paper.docinfo.Title) == f"Whole file: request {story.request.number}"
        assert paper.Root.Lang == "en-US"
        assert paper.Root.MarkInfo.Marked


def test_letters_that_no_font_has_stand_as_their_numbers(story: Story) -> None:
    story.request.objectives_text = "警察 🙂 #let x = 1 $y$"
    assert case_file.render_parts(story.request, "Answers", case_file.answers(story.request)).startswith(b"%PDF")


def test_another_agency_or_office_takes_nothing_and_a_draft_has_no_file(story: Story, client: CheckedClient) -> None:
    story.request.office_id = make_office().id
    db.session.commit()
    strangers = make_person(Role.AGENCY_HEAD), make_person(Role.ASSESSOR, office=make_office())
    draft = operations.create_draft(story.who("officer"), "TX")
    db.session.commit()
    for name in ("whole-file.zip", "whole-file.pdf"):
        for stranger in strangers:
            assert client.sign_in(stranger).get(f"/requests/{story.request.id}/{name}").status_code == 404
        assert client.sign_in(key_of(story, "officer")).get(f"/requests/{draft.id}/{name}").status_code == 404
        auditor = make_person(Role.AUDITOR)
        assert client.sign_in(auditor).get(f"/requests/{story.request.id}/{name}").status_code == 200


def test_a_document_that_the_store_lost_is_named_and_the_rest_is_there(story: Story) -> None:
    (document,) = documents_of(story.request)
    store().delete(document.storage_key)
    with opened(story, story.who("officer")) as found:
        manifest = json.loads(found.read("manifest.json"))
        assert {"name": f"documents/01 {document.filename}", "missing": True} in manifest["files"]
        assert "receipt.pdf" in found.namelist()
