"""Files as people attach them, and as attackers would: made here, so that each test names what is wrong with it."""

import io
import zipfile

import docx
import pikepdf
from PIL import Image

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs or ("Alder County asks for assistance.",):
        document.add_paragraph(paragraph)
    return saved(document.save)


def saved(save, *args: object, **options: object) -> bytes:
    stream = io.BytesIO()
    save(stream, *args, **options)
    return stream.getvalue()


def rebuilt(data: bytes, change=lambda name, content: content, more: dict[str, bytes] | None = None) -> bytes:
    """The same archive with its parts changed, or with more parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, change(entry.filename, old.read(entry)))
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return stream.getvalue()


def with_part(part: str, old: str, new: str) -> bytes:
    """A Word document in which one part has `new` before `old`."""

    def change(name: str, content: bytes) -> bytes:
        return content.replace(old.encode(), (new + old).encode(), 1) if name == part else content

    changed = rebuilt(word(), change)
    assert changed != rebuilt(word())
    return changed


def with_link(kind: str, target: str, mode: str = "External") -> bytes:
    link = f'<Relationship Id="rId99" Type="{RELATIONSHIPS}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return with_part("word/_rels/document.xml.rels", "</Relationships>", link)


def with_instruction(*runs: str) -> bytes:
    inside = "".join(f"<w:r><w:instrText>{run}</w:instrText></w:r>" for run in runs)
    return with_part(
        "word/document.xml", "<w:sectPr", f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{inside}</w:p>'
    )


def with_entry(name: str, mode: int = 0) -> bytes:
    stream = io.BytesIO(word())
    with zipfile.ZipFile(stream, "a") as archive:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = mode << 16
        archive.writestr(entry, "x")
    return stream.getvalue()


def pdf(change=lambda made: None, **options: object) -> bytes:
    with pikepdf.new() as made:
        made.add_blank_page()
        change(made)
        return saved(made.save, **options)


def opening(action: dict[str, object]):
    def change(made: pikepdf.Pdf) -> None:
        made.Root.OpenAction = pikepdf.Dictionary(action)

    return change


def attaching(made: pikepdf.Pdf) -> None:
    made.attachments["plan.txt"] = pikepdf.AttachedFileSpec(made, b"plan")


def fillable(made: pikepdf.Pdf) -> None:
    made.Root.AcroForm = pikepdf.Dictionary(XFA=made.make_stream(b"<xdp/>"), Fields=[])


def unreached(made: pikepdf.Pdf) -> None:
    made.Root.Lost = made.make_indirect(
        pikepdf.Dictionary(Kids=[pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")])
    )


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    return saved(Image.new("RGB", size, "navy").save, kind)
