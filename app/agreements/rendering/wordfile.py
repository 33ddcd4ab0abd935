"""Removes what python-docx puts into an empty document, and packs the file the same way each time."""

import io
import zipfile

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

EPOCH = (1980, 1, 1, 0, 0, 0)
STYLES_TWICE = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"
UNWANTED = (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.CUSTOM_XML, STYLES_TWICE)
HISTORY = {qn(f"w:{name}") for name in ("rsids", "rsid", "savePreviewPicture", "proofState")}
APPLICATION = (
    b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)


def without_leftovers(document: Document) -> None:
    """Takes out the template's thumbnail, its custom data, its editing history and the program it names."""
    package = document.part.package
    for holder in (package, document.part):
        for key in [key for key, each in holder.rels.items() if each.reltype in UNWANTED]:
            del holder.rels[key]
    package.part_related_by(RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)._blob = APPLICATION
    for root in (document.settings.element, document.styles.element, document.element):
        _forget_editing(root)


def _forget_editing(root: BaseOxmlElement) -> None:
    for element in list(root.iter()):
        for key in [key for key in element.attrib if key.startswith(qn("w:rsid"))]:
            del element.attrib[key]
        if element.tag in HISTORY:
            element.getparent().remove(element)


def packed(document: Document) -> bytes:
    """The bytes of the file, with every time in it fixed."""
    loose = io.BytesIO()
    document.save(loose)
    tight = io.BytesIO()
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(tight, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return tight.getvalue()
