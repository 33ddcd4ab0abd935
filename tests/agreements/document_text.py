"""Reads the words of an instrument back out of its page, its Word file and its PDF, without the furniture."""

import io
import re
from collections.abc import Iterator

import docx
import html5lib
import pypdfium2
from docx.oxml.ns import qn

from app.agreements.drafting.document import AgreementDraft, Table

FURNITURE_CLASSES = {"agreement-article__number", "agreement-clause__number", "agreement-sheet__foot"}
XHTML = "{http://www.w3.org/1999/xhtml}"
LABEL = re.compile(r"\d+\.(\d+)?|[A-Z]\.(\d+)?|\([a-z]{1,3}\)|Appendix")
HYPHEN_AT_THE_END = "\x02"
"""How the reader of PDFs tells a hyphen at the end of a line."""
EDGE = 72
"""Points of a page, above and below, that heads and feet fill."""


def squeezed(text: str) -> str:
    """The text without any white space: line breaks of paper fall anywhere in a long word."""
    return re.sub(r"\s+", "", text)


def words_of_page(page: str) -> str:
    """The text of the sheet."""
    tree = html5lib.parse(page)
    return " ".join(_page_text(tree.find(f"{XHTML}body"))).strip()


def _page_text(element) -> Iterator[str]:  # type: ignore[no-untyped-def] # an element of xml.etree
    if not FURNITURE_CLASSES & set(element.get("class", "").split()):
        yield element.text or ""
        for child in element:
            yield from _page_text(child)
    yield element.tail or ""


def words_of_word(file: bytes) -> str:
    """The text of paragraphs and tables in order; numbers are no text there."""
    lines = docx.Document(io.BytesIO(file)).element.body.iter(qn("w:p"))
    return " ".join("".join(_word_text(line)) for line in lines)


def _word_text(line) -> Iterator[str]:  # type: ignore[no-untyped-def] # an element of lxml
    for run in line.iter(qn("w:r")):
        for part in run:
            if part.tag == qn("w:t"):
                yield part.text or ""
            elif part.tag in (qn("w:tab"), qn("w:br")):
                yield " "


def words_of_pdf(file: bytes) -> list[str]:
    """The words between heads and feet, in the order in which they are set."""
    found: list[str] = []
    with pypdfium2.PdfDocument(file) as document:
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage().get_text_bounded(0, EDGE, width, height - EDGE)
            found += text.replace(HYPHEN_AT_THE_END, "-").split()
    return found


def unexplained(read: list[str], draft: AgreementDraft) -> list[str]:
    """What the PDF says beyond the draft, or does not say, leaving out numbers, letters and repeated table heads."""
    wanted = squeezed("".join(draft.text()))
    heads = {
        squeezed("".join(t.columns)) for a in draft.plans for c in a.clauses for t in c.blocks if isinstance(t, Table)
    }
    place, extra = 0, ""
    for word in read:
        if wanted.startswith(word, place) and not extra:
            place += len(word)
        elif not LABEL.fullmatch(word):
            extra += word
            if extra in heads:
                extra = ""
    return [part for part in (extra, wanted[place : place + 80]) if part]
