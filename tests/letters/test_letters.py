"""Letters of a case: looked at, issued once, kept by their hash, read by both sides and by nobody else."""

import hashlib
import html
import re
import uuid
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import event, func, select

from app import audit
from app.extensions import db
from app.intake.models import InformationItem, InformationRequest
from app.letters.letter_kinds import LetterKind
from app.letters.models import Letter
from app.notifications.models import OutboxMessage
from app.policy import Role
from app.review.decisions import decide_program
from app.storage import store
from tests.assessment.assessed_request import CAP, JAIL, Story, assessed, in_assessment, recommended, reviewed
from tests.assessment.worksheet_forms import path, signed_in, words
from tests.builders import make_agency, make_office, make_person
from tests.page import Page

HOSTILE = "#set text(red) <b>x</b> {number} {{7*7}} $1+1$ \\u{41} @cite 😀 *bold* =HYPERLINK(1)"
ACK, COVER = "letters/acknowledgment", "letters/recommendation"


def look(app: Flask, story: Story, page: str = ACK, who: str = "assessor", note: str = "") -> Page:
    """The letter before it is issued, as its writer sees it, with a note or without."""
    shown = signed_in(app, story, who).get_page(path(story, page))
    assert shown.status_code == 200
    return shown.submit("Look at it again", note=note) if note else shown


def issue(app: Flask, story: Story, page: str = ACK, who: str = "assessor", note: str = "") -> Page:
    return look(app, story, page, who, note).submit("Issue the letter")


def the_letter() -> Letter:
    db.session.expire_all()
    return db.session.scalars(select(Letter)).one()


def text_of(pdf: bytes) -> str:
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    return " ".join("\n".join(pages).replace("\ufffe", "").split())


def test_a_letter_is_looked_at_and_nothing_is_kept_until_it_is_issued(app: Flask) -> None:
    story = in_assessment()
    assert story.agency.name in html.unescape(look(app, story).text)
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 0


def test_an_issued_letter_is_kept_by_its_hash_told_and_recorded_and_no_step(app: Flask) -> None:
    story = in_assessment()
    before = story.agency_request.status, story.agency_request.version
    assert issue(app, story).status_code == 200
    letter = the_letter()
    with store().open(letter.storage_key) as content:
        assert hashlib.sha256(content.read()).hexdigest() == letter.sha256
    told = db.session.scalars(select(OutboxMessage).where(OutboxMessage.notice == "letter_issued")).all()
    assert {message.address for message in told} == {story.people["head"].email, story.people["officer"].email}
    events = audit.history(story.agency_request.id, [audit.Audience.BOTH])
    assert [(each.action, each.details["files"]) for each in events] == [
        ("issue_letter", {str(letter.id): letter.sha256})
    ]
    db.session.refresh(story.agency_request)
    assert (story.agency_request.status, story.agency_request.version) == before


@pytest.mark.parametrize("who", ["head", "officer", "assessor", "coordinator", "official"])
def test_both_sides_read_it_as_page_and_as_paper(app: Flask, who: str) -> None:
    story = in_assessment()
    issue(app, story)
    client, address = signed_in(app, story, who), f"/letters/{the_letter().id}"
    assert story.agency.name in words(client.get(address))
    pdf = client.get(f"{address}.pdf")
    assert pdf.mimetype == "application/pdf"
    assert pdf.data.startswith(b"%PDF")
    home = path(story, "letters") if who not in {"head", "officer"} else f"/requests/{story.agency_request.id}"
    assert address in client.get(home).get_data(as_text=True)


def test_nobody_else_reads_it(app: Flask) -> None:
    story = in_assessment()
    issue(app, story)
    others = (make_person(Role.ASSESSOR, office=make_office()), make_person(Role.AGENCY_HEAD, agency=make_agency()))
    for other in others:
        for end in ("", ".pdf"):
            assert app.test_client().sign_in(other).get(f"/letters/{the_letter().id}{end}").status_code == 404


def test_who_may_issue_and_who_may_not(app: Flask) -> None:
    story = in_assessment()
    stranger = make_person(Role.ASSESSOR, office=make_office())
    counsel = make_person(Role.COUNSEL)
    for method in ("get", "craft_post"):
        assert getattr(signed_in(app, story, "head"), method)(path(story, ACK)).status_code == 403
        assert getattr(app.test_client().sign_in(counsel), method)(path(story, ACK)).status_code == 403
        assert getattr(app.test_client().sign_in(stranger), method)(path(story, ACK)).status_code == 404
    assert issue(app, story, who="coordinator").status_code == 200


def test_the_letter_names_the_writer_by_role_never_by_name(app: Flask) -> None:
    story = in_assessment()
    issue(app, story)
    letter = the_letter()
    assert "Assessor" in letter.sender
    page = words(signed_in(app, story, "head").get(f"/letters/{letter.id}"))
    assert story.people["assessor"].name not in page.partition("Letter of")[2]


def test_the_paper_is_tagged_titled_and_made_to_last(app: Flask) -> None:
    story = in_assessment()
    issue(app, story)
    with store().open(the_letter().storage_key) as content, pikepdf.open(BytesIO(content.read())) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-US"
        assert "/StructTreeRoot" in pdf.Root
        with pdf.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"


def test_hostile_text_comes_out_as_it_was_typed_on_the_page_and_on_paper(app: Flask) -> None:
    story = in_assessment()
    story.agency_request.signatory_name = HOSTILE
    db.session.commit()
    assert issue(app, story, note=HOSTILE).status_code == 200
    page = signed_in(app, story, "head").get(f"/letters/{the_letter().id}")
    assert words(page).count("{number} {{7*7}} $1+1$ \\u{41} @cite 😀 *bold*") == 2
    assert "&lt;b&gt;x&lt;/b&gt;" in page.get_data(as_text=True)
    with store().open(the_letter().storage_key) as content:
        said = text_of(content.read())
    assert said.count("#set text(red) <b>x</b> {number} {{7*7}} $1+1$ \\u{41} @cite") == 2
    assert "[U+1F600]" in said or "😀" in said


def test_a_form_sent_twice_issues_one_letter(app: Flask) -> None:
    story = in_assessment()
    shown = look(app, story)
    for _ in range(2):
        assert shown.submit("Issue the letter").status_code == 200
    the_letter()


def test_what_is_issued_is_what_was_looked_at(app: Flask) -> None:
    story = in_assessment()
    shown = look(app, story)
    page = shown.submit("Issue the letter", note="Added after.")
    assert page.status_code == 409
    assert "Added after." in words(page.response)
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 0


@pytest.mark.parametrize("name", ["information", "recommendation", "decision"])
def test_a_letter_that_has_nothing_to_say_yet_is_refused_with_what_to_do(app: Flask, name: str) -> None:
    story = in_assessment()
    assert signed_in(app, story).get(path(story, f"letters/{name}")).status_code in {409, 422}


def test_the_covering_letter_names_the_programs_and_the_fingerprint(app: Flask) -> None:
    story = recommended(in_assessment())
    page = words_of(look(app, story, COVER).text)
    assert "287(g) jail enforcement" in page
    assert story.recommendation.content_hash in page


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_decision_letter_says_each_decision_with_its_reason(app: Flask) -> None:
    story = reviewed(in_assessment())
    for key in (JAIL, CAP):
        decide_program(
            story.agency_request,
            story.official,
            key,
            "approve",
            f"It serves the need of {key}.",
            expected_version=story.expected_version,
        )
    db.session.commit()
    page = words_of(look(app, story, "letters/decision", "coordinator").text)
    assert page.count("Approved. It serves the need of") == 2
    assert "Opposes" not in page


def test_the_case_page_reads_its_letters_in_as_many_queries_whatever_their_number(app: Flask) -> None:
    story = assessed(in_assessment())

    def queries() -> int:
        asked: list[str] = []

        def note(*args: Any) -> None:
            asked.append(args[2])

        event.listen(db.engine, "before_cursor_execute", note)
        signed_in(app, story).get(path(story, "letters"))
        event.remove(db.engine, "before_cursor_execute", note)
        return len(asked)

    issue(app, story)
    first = queries()
    for _ in range(3):
        issue(app, story)
    assert queries() == first
    assert db.session.scalar(select(func.count()).where(Letter.kind == LetterKind.ACKNOWLEDGMENT.value)) == 4


def test_the_information_letter_lists_what_was_asked_and_by_when(app: Flask) -> None:
    story = in_assessment()
    asked = InformationRequest(
        request_id=story.agency_request.id, asked_by_id=story.coordinator.id, due=date(2026, 12, 8)
    )
    asked.items = [
        InformationItem(position=1, anchor_kind="question", anchor_key="jail_bookings", sentence="Which <year>?")
    ]
    db.session.add(asked)
    db.session.commit()
    page = look(app, story, "letters/information", "coordinator").text
    assert "by December 8, 2026" in words_of(page)
    assert "Which &lt;year&gt;?" in page


@pytest.mark.parametrize(
    ("content", "fault"), [(b"another letter", "was changed"), (None, "is missing")], ids=["changed", "missing"]
)
def test_a_letter_that_is_not_what_was_issued_is_found(app: Flask, content: bytes | None, fault: str) -> None:
    issue(app, in_assessment())
    letter = the_letter()
    said = f"the file {letter.id} {fault}"
    assert said not in "\n".join(audit.verify())
    letter.storage_key = store().put(content) if content else "0" * 64
    db.session.commit()
    assert said in "\n".join(audit.verify())


def test_a_letter_that_nobody_issued_is_found(app: Flask) -> None:
    issue(app, in_assessment())
    letter = the_letter()
    said = "issue_letter {}: no event names its bytes"
    assert said.format(letter.id) not in list(audit.verify())
    letter.id = uuid.uuid4()
    db.session.commit()
    assert said.format(letter.id) in list(audit.verify())
