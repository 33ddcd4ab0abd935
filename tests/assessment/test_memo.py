"""The memo: complete, accessible, archivable, and deaf to whatever people write as if it were markup."""

import io

import pikepdf
import pypdfium2
import pytest
from flask import Flask

from app.assessment.memo import memo_of, render
from app.extensions import db
from tests.assessment.assessed_request import in_assessment, recommended
from tests.assessment.worksheet_forms import path, signed_in


def text_of(pdf: bytes) -> str:
    """Every page's text on one line."""
    document = pypdfium2.PdfDocument(pdf)
    pages = (page.get_textpage().get_text_range() for page in document)
    return " ".join("\n".join(pages).replace("\ufffe", "").split())


def test_the_memo_says_everything_that_was_sent(app: Flask) -> None:
    story = recommended(in_assessment())
    response = signed_in(app, story).get(path(story, "memo.pdf"))
    assert (response.status_code, response.mimetype) == (200, "application/pdf")
    said = text_of(response.data)
    for part in (
        story.agency_request.number, story.agency.name, "Screen every booking.", "287(g) jail enforcement",
        "Most bookings are not screened.", "The jail is ready.", "Jail commander", "June 30, 2027",
        "12,000 bookings per year", "Seen at the meeting", "Operation Firewall", story.recommendation.catalogue_version,
        story.recommendation.content_hash,
    ):  # fmt: skip
        assert part is not None
        assert part in said
    assert story.people["assessor"].name not in said


def test_the_memo_is_tagged_titled_and_made_to_last(app: Flask) -> None:
    story = recommended(in_assessment())
    pdf = pikepdf.open(io.BytesIO(signed_in(app, story).get(path(story, "memo.pdf")).data))
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang).startswith("en")
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == f"Recommendation on request {story.agency_request.number}"
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")


@pytest.mark.parametrize(
    "written",
    ['#panic("x") *bold* $x$ = Head', '"] #read("/etc/passwd")', "<b>&amp;</b> \\ @ref", "two\n\nlines", "{{ 7 * 7 }}"],
)
def test_what_people_write_is_never_markup(app: Flask, written: str) -> None:
    story = recommended(in_assessment())
    memo = memo_of(story.agency_request, story.recommendation) | {"summary": written}
    assert " ".join(written.split()) in text_of(render(memo)).replace("“", '"').replace("”", '"')


def test_a_character_no_font_can_draw_is_named(app: Flask) -> None:
    story = recommended(in_assessment())
    memo = memo_of(story.agency_request, story.recommendation) | {"summary": "A \U000e0041 \U0001f9ff and \u0bf5 sign"}
    assert "A [U+E0041] [U+1F9FF] and [U+0BF5] sign" in text_of(render(memo))


def test_there_is_no_memo_before_there_is_a_recommendation(app: Flask) -> None:
    story = in_assessment()
    assert signed_in(app, story).get(path(story, "memo.pdf")).status_code == 404


def test_a_draft_says_that_it_was_not_sent(app: Flask) -> None:
    story = recommended(in_assessment())
    draft = story.recommendation
    draft.issued_at = None
    memo = memo_of(story.agency_request, draft)
    db.session.rollback()
    assert memo["request"]["Version"] == "1, draft, not sent"


def test_the_memo_leads_from_each_program_to_the_answers_it_rests_on(app: Flask) -> None:
    story = recommended(in_assessment())
    with pikepdf.open(io.BytesIO(render(memo_of(story.agency_request, story.recommendation)))) as pdf:
        links = {str(note.A.URI) for page in pdf.pages for note in page.get("/Annots", []) if "/A" in note}
    sheet = f"http://localhost/cases/{story.agency_request.id}/worksheet"
    assert f"{sheet}#row-jail_foreign_born_bookings" in links
