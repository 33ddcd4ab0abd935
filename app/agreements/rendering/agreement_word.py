"""A draft as a Word file that can be edited: real headings, real numbering, real tables, the same bytes each time."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

import docx
from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from app.agreements.drafting.document import (
    AgreementDraft,
    Article,
    Block,
    Clause,
    FrontLineRole,
    Items,
    Paragraph,
    Runs,
    SignatureBlock,
    Table,
    TextRunKind,
)
from app.agreements.rendering.layout import WIDTHS
from app.agreements.rendering.wordfile import packed, without_leftovers
from app.agreements.rendering.wordstyles import APPENDICES, ARTICLES, define_styles, new_list, number

AUTHOR = "U.S. Immigration and Customs Enforcement"
UNDATED = date(1980, 1, 1)
TEXT_WIDTH = 6.2


def render_word(draft: AgreementDraft, *, author: str = AUTHOR) -> bytes:
    """The draft as a .docx file, not protected. Its created and changed times are the draft's day."""
    document = docx.Document()
    without_leftovers(document)
    define_styles(document)
    _properties(document, draft, author)
    _furniture(document, draft)
    _front(document, draft)
    for article in draft.articles:
        _article(document, article, ARTICLES)
    for article in draft.appendices:
        _article(document, article, APPENDICES)
    return packed(document)


def _properties(document: Document, draft: AgreementDraft, author: str) -> None:
    made = datetime.combine(draft.dated or UNDATED, time(), UTC)
    properties = document.core_properties
    properties.title = f"{draft.title}: {draft.subtitle}"
    properties.subject = draft.number_words
    properties.identifier = draft.content_hash()
    properties.version = str(draft.version)
    properties.author = properties.last_modified_by = author
    properties.created = properties.modified = made
    properties.comments = properties.keywords = properties.category = ""
    properties.language = draft.language
    properties.revision = 1


def _furniture(document: Document, draft: AgreementDraft) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches((8.5 - TEXT_WIDTH) / 2)
    section.top_margin = section.bottom_margin = Inches(1.1)
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = draft.running_words
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]
        line.style = "Footer"
        line.paragraph_format.tab_stops.add_tab_stop(Inches(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        line.add_run(f"{draft.number_words}. {draft.version_words}\tPage ")
        _field(line, "PAGE")
        line.add_run(" of ")
        _field(line, "NUMPAGES")
        line.add_run(f"\nFingerprint {draft.hash_words}")


def _field(line: WordParagraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    field.append(line.add_run("1")._r)
    line._p.append(field)


def _front(document: Document, draft: AgreementDraft) -> None:
    letter = draft.form == "letter"
    document.add_paragraph(draft.title, "Letter Title" if letter else "Title")
    document.add_paragraph(draft.subtitle, "Letter Subtitle" if letter else "Subtitle")
    for line in draft.front:
        added = document.add_paragraph(style="Letter Line" if letter else "Party Line")
        _runs(added, line.runs)
        _in_role(added, line.role)


def _in_role(line: WordParagraph, role: FrontLineRole) -> None:
    if role is FrontLineRole.PARTY:
        line.runs[0].bold = True
    elif role is FrontLineRole.JOINER:
        line.runs[0].italic = True
    elif role in (FrontLineRole.DATE, FrontLineRole.SALUTATION):
        line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(14)


def _article(document: Document, article: Article, numbering: int) -> None:
    heading = document.add_paragraph(article.title, "Heading 1")
    number(heading, numbering, 0)
    heading.paragraph_format.page_break_before = numbering == APPENDICES
    for clause in article.clauses:
        _clause(document, clause, numbering)
    if article.closing:
        document.add_paragraph(article.closing, "Agreement Closing")
    if article.signatures:
        _signatures(document, article.signatures)


def _clause(document: Document, clause: Clause, numbering: int) -> None:
    if clause.heading:
        document.add_paragraph(clause.heading, "Heading 2")
    for block in clause.blocks:
        _block(document, block, numbering)


def _block(document: Document, block: Block, numbering: int) -> None:
    match block:
        case Paragraph():
            added = document.add_paragraph(style="Agreement Clause")
            number(added, numbering, 1)
            _runs(added, block.runs)
        case Items():
            letters = new_list(document)
            for item in block.items:
                added = document.add_paragraph(style="Agreement Item")
                number(added, letters, 0)
                _runs(added, item)
        case Table():
            _table(document, block)


def _runs(line: WordParagraph, runs: Runs) -> None:
    for part in runs:
        run = line.add_run(part.text)
        if part.kind is TextRunKind.BLANK:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _table(document: Document, block: Table) -> None:
    document.add_paragraph(block.caption, "Caption")
    table = document.add_table(rows=0, cols=len(block.columns), style="Agreement Table")
    table.autofit = False
    _describe(table, block.caption)
    for cell, column in zip(table.add_row().cells, block.columns, strict=True):
        _cell_runs(cell, column)
    _repeat_first_row(table)
    for row in block.rows:
        added = table.add_row()
        _mark(added._tr.get_or_add_trPr(), "w:cantSplit")
        for cell, runs in zip(added.cells, row, strict=True):
            cell.paragraphs[0].style = "Agreement Cell"
            _runs(cell.paragraphs[0], runs)
    _widen(table, WIDTHS[block.name])
    document.add_paragraph(style="Agreement Gap")


def _cell_runs(cell: _Cell, text: str) -> None:
    cell.paragraphs[0].style = "Agreement Cell"
    cell.paragraphs[0].add_run(text).bold = True


def _repeat_first_row(table: WordTable) -> None:
    properties = table.rows[0]._tr.get_or_add_trPr()
    _mark(properties, "w:cantSplit")
    _mark(properties, "w:tblHeader")


def _mark(properties: object, name: str) -> None:
    properties.append(OxmlElement(name))  # type: ignore[attr-defined] # an element of lxml


def _describe(table: WordTable, caption: str) -> None:
    """What a screen reader says before it reads the table."""
    described = OxmlElement("w:tblCaption")
    described.set(qn("w:val"), caption)
    table._tbl.tblPr.append(described)


def _widen(table: WordTable, shares: Iterable[int]) -> None:
    for column, share in zip(table.columns, shares, strict=True):
        width = Inches(TEXT_WIDTH * share / 100)
        column.width = width
        for cell in column.cells:
            cell.width = width


def _signatures(document: Document, blocks: tuple[SignatureBlock, ...]) -> None:
    for block in blocks:
        lines = [
            document.add_paragraph(block.role, "Agreement Signer"),
            document.add_paragraph("Signature\t", "Agreement Signature"),
        ]
        for label, runs in (("Name", block.name), ("Title", block.title)):
            lines.append(document.add_paragraph(f"{label}\t", "Agreement Signature Line"))
            _runs(lines[-1], runs)
        lines.append(document.add_paragraph("Date\t", "Agreement Signature"))
        for line in lines[:-1]:
            line.paragraph_format.keep_with_next = True
