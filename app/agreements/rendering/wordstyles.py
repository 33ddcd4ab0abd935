"""The styles and numbering of the Word file: articles 1, 1.1; appendices A, A.1; items (a) that restart."""

from typing import cast

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_LEADER
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Inches, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

ARTICLES, APPENDICES, LETTERS = 1, 2, 3
"""Numbering definitions: each is abstract number and first list at once; lists of items are added to them."""

FONT = "Cambria"
HANG = Inches(0.5)
KEPT = {
    "Normal",
    "Default Paragraph Font",
    "Normal Table",
    "No List",
    "Header",
    "Footer",
    "Title",
    "Subtitle",
    "Heading 1",
    "Heading 2",
    "Caption",
}
INK, QUIET = RGBColor(0, 0, 0), RGBColor(0x56, 0x5C, 0x65)

LEVEL = """<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/>
<w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs>
<w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr><w:rPr><w:i w:val="0"/></w:rPr></w:lvl>"""

LEVELS = {
    ARTICLES: (("decimal", "%1.", 720, 720), ("decimal", "%1.%2", 720, 720)),
    APPENDICES: (("upperLetter", "Appendix %1.", 1584, 1584), ("decimal", "%1.%2", 720, 720)),
    LETTERS: (("lowerLetter", "(%1)", 1152, 432),),
}


def define_styles(document: Document) -> None:
    """Replaces the styles and numbering of the empty document by those of an agreement."""
    _drop_styles(document)
    _language(document)
    _numbering(document)
    _base(document)
    _front_styles(document)
    _text_styles(document)
    _signature_styles(document)
    _table_style(document)


def _drop_styles(document: Document) -> None:
    for style in list(document.styles):
        if style.name not in KEPT:
            style.delete()
    for element in document.styles.element.findall(qn("w:style")):
        for link in element.findall(qn("w:link")):
            element.remove(link)


def _language(document: Document) -> None:
    language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    language.set(qn("w:val"), "en-US")


def _numbering(document: Document) -> None:
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for key, levels in LEVELS.items():
        inner = "".join(
            LEVEL.format(level=place, format=form, text=text, left=left, hanging=hanging)
            for place, (form, text, left, hanging) in enumerate(levels)
        )
        root.append(
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}">'
                f'<w:multiLevelType w:val="multilevel"/>{inner}</w:abstractNum>'
            )
        )
    for key in LEVELS:
        root.append(_list(key, key))


def _list(key: int, definition: int, *, restart: bool = False) -> OxmlElement:  # pyright: ignore[reportGeneralTypeIssues] -- python-docx offers it as a class
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if restart else ""
    return parse_xml(f'<w:num {nsdecls("w")} w:numId="{key}"><w:abstractNumId w:val="{definition}"/>{start}</w:num>')


def new_list(document: Document) -> int:
    """The number of a new list of items that begins with (a)."""
    root = document.part.numbering_part.element
    key = 1 + max(int(num.get(qn("w:numId"))) for num in root.findall(qn("w:num")))
    root.append(_list(key, LETTERS, restart=True))
    return key


def number(line: Paragraph, key: int, level: int) -> None:
    """Makes the paragraph a member of the list at this level."""
    properties = line._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = key


def _style(document: Document, name: str, *, before: float = 0, after: float = 0, size: float = 11) -> ParagraphStyle:
    known = name in {style.name for style in document.styles}
    found = document.styles[name] if known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style = cast(ParagraphStyle, found)  # the kind asked for
    if not known:
        style.base_style = cast(ParagraphStyle, document.styles["Normal"])
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    return style


def _base(document: Document) -> None:
    normal = _style(document, "Normal", after=7)
    normal.paragraph_format.line_spacing = 1.2
    normal.paragraph_format.widow_control = True
    for name in ("Header", "Footer"):
        style = _style(document, name, size=8.5)
        style.font.color.rgb = QUIET
        style.paragraph_format.tab_stops.clear_all()


def _front_styles(document: Document) -> None:
    for title, subtitle, line, aligned in (
        ("Title", "Subtitle", "Party Line", WD_ALIGN_PARAGRAPH.CENTER),
        ("Letter Title", "Letter Subtitle", "Letter Line", WD_ALIGN_PARAGRAPH.LEFT),
    ):
        for name, size, after in ((title, 20, 4), (subtitle, 12, 18), (line, 11, 2)):
            style = _style(document, name, size=size, after=after)
            style.paragraph_format.alignment = aligned
            style.font.bold, style.font.italic = size == 20, False
        borders = document.styles[title].element.get_or_add_pPr().find(qn("w:pBdr"))
        if borders is not None:
            borders.getparent().remove(borders)


def _text_styles(document: Document) -> None:
    first = _style(document, "Heading 1", before=20, after=6, size=12.5)
    second = _style(document, "Heading 2", before=10, after=4)
    second.font.italic = True
    second.paragraph_format.left_indent = HANG
    for heading in (first, second):
        heading.font.bold = True
        heading.paragraph_format.keep_with_next = True
    _style(document, "Agreement Clause", after=7)
    _style(document, "Agreement Item", after=4)
    _style(document, "Agreement Cell", size=9.5, before=3, after=3).paragraph_format.line_spacing = 1.05
    _style(document, "Agreement Gap", size=6, after=4)
    caption = _style(document, "Caption", before=8, after=4, size=10)
    caption.font.bold = True
    caption.paragraph_format.keep_with_next = True


def _signature_styles(document: Document) -> None:
    closing = _style(document, "Agreement Closing", before=18, after=6)
    closing.paragraph_format.left_indent = HANG
    _style(document, "Agreement Signer", before=22, after=22).font.bold = True
    for name, leader in (
        ("Agreement Signature", WD_TAB_LEADER.LINES),
        ("Agreement Signature Line", WD_TAB_LEADER.SPACES),
    ):
        style = _style(document, name, after=8)
        style.paragraph_format.tab_stops.add_tab_stop(Inches(1))
        if leader is WD_TAB_LEADER.LINES:
            style.paragraph_format.tab_stops.add_tab_stop(Inches(4), leader=leader)
    for heading in ("Agreement Closing", "Agreement Signer"):
        cast(ParagraphStyle, document.styles[heading]).paragraph_format.keep_with_next = True


def _table_style(document: Document) -> None:
    """Ruled above and below, a hairline between rows."""
    style = document.styles.add_style("Agreement Table", WD_STYLE_TYPE.TABLE)
    rules = (("top", 8, "000000"), ("bottom", 8, "000000"), ("insideH", 4, "A9AEB1"))
    borders = "".join(f'<w:{side} w:val="single" w:sz="{size}" w:color="{ink}"/>' for side, size, ink in rules)
    style.element.append(
        parse_xml(
            f"<w:tblPr {nsdecls('w')}><w:tblBorders>{borders}</w:tblBorders>"
            '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="120" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        )
    )
