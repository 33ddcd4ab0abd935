"""The page, the Word file and the PDF of a draft say the same words, whatever people typed."""

import io
import re
import zipfile
from collections.abc import Mapping

import docx
import html5lib
import pikepdf
import pypdfium2
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.agreements.drafting.assembly import assemble_draft
from app.agreements.drafting.document import AgreementDraft, run_words
from app.agreements.library.library import LIBRARY
from app.agreements.library.template_model import Form
from app.agreements.rendering.agreement_pdf import render_pdf
from app.agreements.rendering.agreement_word import render_word
from app.agreements.rendering.page import render_page
from tests.agreements.conftest import AWKWARD, DAY, Rendered, rendered
from tests.agreements.document_text import squeezed, unexplained, words_of_page, words_of_pdf, words_of_word
from tests.agreements.small_library import SMALL, load_small, write_library

each_name = pytest.mark.parametrize("name", [template.name for template in LIBRARY.templates])


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def] # a function of facts
    library = load_small(write_library(tmp_path_factory.mktemp("library")))

    def made(**facts: object) -> AgreementDraft:
        return assemble_draft(library.template(SMALL), facts, library=library)

    return made


@each_name
def test_the_three_renderings_say_the_same_words(name: str, instruments: Mapping[str, Rendered]) -> None:
    made = instruments[name]
    wanted = squeezed("".join(made.draft.text()))
    assert squeezed(words_of_page(made.page)) == wanted
    assert squeezed(words_of_word(made.word)) == wanted
    assert unexplained(words_of_pdf(made.pdf), made.draft) == []


@each_name
def test_a_name_that_looks_like_source_comes_out_as_typed(name: str, instruments: Mapping[str, Rendered]) -> None:
    made = instruments[name]
    typed = squeezed(AWKWARD)
    assert typed in squeezed(words_of_page(made.page))
    assert typed in squeezed(words_of_word(made.word))
    assert typed in "".join(words_of_pdf(made.pdf))


@each_name
def test_a_word_of_a_page_is_not_glued_to_the_next(name: str, instruments: Mapping[str, Rendered]) -> None:
    made = instruments[name]
    wanted = " ".join(made.draft.text()).split()
    assert words_of_page(made.page).split() == wanted
    assert words_of_word(made.word).split() == wanted


@each_name
def test_the_pdf_is_tagged_and_named(name: str, instruments: Mapping[str, Rendered]) -> None:
    made = instruments[name]
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        assert "/StructTreeRoot" in pdf.Root
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-US"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        metadata = pdf.open_metadata()
        assert metadata["dc:title"] == f"{made.draft.title}: {made.draft.subtitle}"
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert metadata["dc:creator"] == ["U.S. Immigration and Customs Enforcement"]


@each_name
def test_the_tables_of_the_pdf_have_header_cells(name: str, instruments: Mapping[str, Rendered]) -> None:
    with pikepdf.open(io.BytesIO(instruments[name].pdf)) as pdf:
        kinds = [
            str(each.S)
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and "/S" in each and "/P" in each
        ]
    assert {"/H1", "/H2", "/TH", "/TD", "/L", "/LI"} <= set(kinds)


@each_name
def test_the_word_file_is_clean_and_structured(name: str, instruments: Mapping[str, Rendered]) -> None:
    made = instruments[name]
    document = docx.Document(io.BytesIO(made.word))
    properties = document.core_properties
    assert properties.author == properties.last_modified_by == "U.S. Immigration and Customs Enforcement"
    assert properties.comments == ""
    assert properties.created.date() == DAY
    headings = [line.text for line in document.paragraphs if line.style.name == "Heading 1"]
    assert headings == [article.title for article in made.draft.plans]
    for line in document.paragraphs:
        if line.style.name in ("Heading 1", "Agreement Clause", "Agreement Item"):
            assert line._p.pPr.numPr is not None, line.text
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    with zipfile.ZipFile(io.BytesIO(made.word)) as file:
        everything = b"".join(file.read(part) for part in file.namelist())
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    for leftover in (b"python-docx", b"Macintosh", b"documentProtection", b"w:rsid"):
        assert leftover not in everything


def test_each_list_of_the_word_file_starts_with_a(instruments: Mapping[str, Rendered]) -> None:
    document = docx.Document(io.BytesIO(next(iter(instruments.values())).word))
    root = document.part.numbering_part.element
    known = {num.get(qn("w:numId")): num for num in root.findall(qn("w:num"))}
    lists = {str(line._p.pPr.numPr.numId.val) for line in document.paragraphs if line.style.name == "Agreement Item"}
    assert len(lists) > 1
    for key in lists:
        assert known[key].find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}").get(qn("w:val")) == "1"


@each_name
def test_the_page_is_sound_html(name: str, instruments: Mapping[str, Rendered]) -> None:
    page = instruments[name].page
    html5lib.HTMLParser(strict=True).parse(page)
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert page.count("<h1") == 1
    assert '<html lang="en-US">' in page
    assert "<script" not in page
    assert "style=" not in page
    assert page.count("<table") == page.count("<caption") == page.count("<thead")


@each_name
def test_every_page_of_the_pdf_says_which_text_it_is(name: str, instruments: Mapping[str, Rendered]) -> None:
    made = instruments[name]
    with pypdfium2.PdfDocument(made.pdf) as document:
        total = len(document)
        for number, page in enumerate(document, 1):
            text = " ".join(page.get_textpage().get_text_range().split())
            assert f"Page {number} of {total}" in text
            assert "TEST-001. Version 2, Draft, November 24, 2026" in text
            assert f"Fingerprint {made.draft.hash_words}" in text


def test_an_agreement_under_287g_has_ten_pages_or_more(instruments: Mapping[str, Rendered]) -> None:
    for name in ("287g-jail", "287g-task-force", "287g-warrant-service"):
        with pypdfium2.PdfDocument(instruments[name].pdf) as document:
            assert len(document) >= 10, name


def test_a_letter_is_dated_and_addressed(instruments: Mapping[str, Rendered]) -> None:
    letters = [made for made in instruments.values() if made.draft.form is Form.LETTER]
    assert letters
    for made in letters:
        lines = [run_words(line.runs) for line in made.draft.front]
        assert "November 24, 2026" in lines
        assert lines[-1] == "Dear Sheriff Jordan Example:"


def test_the_same_draft_makes_the_same_bytes(instruments: Mapping[str, Rendered]) -> None:
    made = next(iter(instruments.values()))
    assert rendered(made.draft) == made


def test_a_missing_fact_is_marked_in_each_form(small) -> None:  # type: ignore[no-untyped-def] # see the fixture
    drafted = small(head="Jordan Example")
    blank = "[Name of the agency: to be completed]"
    page = render_page(drafted)
    assert f'<mark class="agreement-blank">{blank}</mark>' in page
    document = docx.Document(io.BytesIO(render_word(drafted)))
    marked = [run.text for line in document.paragraphs for run in line.runs if run.font.highlight_color]
    assert blank in marked
    assert squeezed(blank) in "".join(words_of_pdf(render_pdf(drafted)))


AWKWARD_TEXTS = {
    "NUL": "a\x00b",
    "noncharacter": "\ufffe\x0b",
    "emoji and Chinese": "😀 中文 name",
    "right to left": "العربية עברית",
    "turned direction": "\u202egnp.exe",
    "endless word": "x" * 5000,
    "typesetter's source": "#let x = 1; $ x $ @label <label> *b* _i_ `r` // c",
    "our text form": "[[table: measures]] {agency_name} {{",
    "page source": "{{ draft }} {% raw %} &amp; <script>alert(1)</script>",
    "XML": "]]> <!-- --> &#0;",
    "line breaks": "line\nbreak\ttab",
    "private letter": "\ue000",
}


@pytest.mark.parametrize("typed", AWKWARD_TEXTS.values(), ids=AWKWARD_TEXTS.keys())
def test_nothing_typed_stops_a_document(small, typed: str) -> None:  # type: ignore[no-untyped-def] # see the fixture
    drafted = small(agency_name=typed, head="Jordan Example", starts="2026-11-24", objectives=[typed])
    wanted = squeezed("".join(drafted.text()))
    assert squeezed(words_of_page(render_page(drafted))) == wanted
    assert squeezed(words_of_word(render_word(drafted))) == wanted
    assert render_pdf(drafted).startswith(b"%PDF")


def test_a_letter_that_no_typeface_has_stands_as_its_number(small) -> None:  # type: ignore[no-untyped-def] # see the fixture
    read = "".join(words_of_pdf(render_pdf(small(agency_name="Example 中 Police"))))
    assert "Example[U+4E2D]Police" in read


@given(typed=st.text(min_size=1, max_size=60))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_out_equal_on_page_and_in_word(small, typed: str) -> None:  # type: ignore[no-untyped-def]
    drafted = small(agency_name=typed, head=typed, resolution=typed, measures=[{"measure": typed, "target": typed}])
    wanted = squeezed("".join(drafted.text()))
    assert squeezed(words_of_page(render_page(drafted))) == wanted
    assert squeezed(words_of_word(render_word(drafted))) == wanted


LATIN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_categories=["Cc", "Cf"]), max_size=40)


@given(typed=LATIN.filter(str.strip))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_name_comes_out_equal_in_the_pdf(small, typed: str) -> None:  # type: ignore[no-untyped-def]
    drafted = small(agency_name=f"A{typed}Z")
    assert squeezed(f"A{typed}Z") in "".join(words_of_pdf(render_pdf(drafted)))
