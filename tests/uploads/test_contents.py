"""Only plain documents and pictures are kept; each thing that acts on its own is refused with what to do."""

import contextlib
import hashlib
import stat

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.uploads.bad_file import BadFile
from app.uploads.contents import OLE_MAGIC
from app.uploads.file_names import LONGEST_NAME, MEDIA_TYPES, clean_name
from app.uploads.inspection import LARGEST_FILE, MEGABYTE, inspect
from tests.samples import OFFICE_FILES
from tests.uploads.samples import (
    attaching,
    fillable,
    opening,
    pdf,
    picture,
    rebuilt,
    saved,
    unreached,
    with_entry,
    with_instruction,
    with_link,
    with_part,
    word,
)


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(BadFile) as refused:
        inspect(name, data)
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("letter.pdf", pdf(), "pdf"),
        ("Letter.PDF", pdf(), "pdf"),
        ("letter.docx", word(), "docx"),
        ("badge.png", picture("PNG"), "png"),
        ("badge.jpg", picture("JPEG"), "jpg"),
        ("badge.jpeg", picture("JPEG"), "jpg"),
    ],
)
def test_plain_files_are_kept(name, data, kind):
    found = inspect(name, data)
    assert (found.name, found.kind, found.size) == (name, kind, len(data))
    assert found.media_type == MEDIA_TYPES[kind]
    assert found.sha256 == hashlib.sha256(data).hexdigest()


def test_web_addresses_in_a_word_document_are_harmless():
    assert inspect("letter.docx", with_link("hyperlink", "https://alder.example")).kind == "docx"


def test_an_ordinary_field_in_a_word_document_is_harmless():
    assert inspect("letter.docx", with_instruction(" PAGE ")).kind == "docx"


def test_a_word_document_may_mention_what_it_may_not_do():
    assert inspect("letter.docx", word("DDE and DDEAUTO are old.")).kind == "docx"


def test_an_empty_file_is_refused():
    assert "empty" in refusal("letter.pdf", b"")


def test_a_file_may_be_ten_megabytes_and_no_more():
    filler = b"\n%" + b"x" * (LARGEST_FILE - len(pdf()) - 2)
    assert "10 MB" in refusal("letter.pdf", pdf() + filler + b"x")
    assert "10 MB" not in refusal("letter.png", pdf() + filler)


@pytest.mark.parametrize("name", ["letter.exe", "letter", "letter.pdf.html", "letter.xlsx", ".pdf", "letter.svg", ""])
def test_other_kinds_of_files_are_refused(name):
    assert refusal(name, pdf()) == "Attach a PDF, a Word document (.docx), or a picture (.png or .jpg)."


@pytest.mark.parametrize("name", ["letter.pdf", "letter.docx", "letter.png", "letter.jpg"])
@pytest.mark.parametrize("data", [pdf(), word(), picture("PNG"), picture("JPEG"), b"MZ\x90\0", b"<html></html>", b"x"])
def test_a_name_that_says_something_else_than_the_content_is_refused(name, data):
    kind = name.rpartition(".")[2]
    true_kind = {b"%PD": "pdf", b"PK\3": "docx", b"\x89PN": "png", b"\xff\xd8\xff": "jpg"}.get(data[:3])
    if kind == true_kind:
        assert inspect(name, data).kind == kind
    else:
        assert "is something else" in refusal(name, data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pdf(opening({"/S": pikepdf.Name.JavaScript, "/JS": "app.alert(1)"})), "script"),
        (pdf(opening({"/S": pikepdf.Name.Launch, "/F": "cmd.exe"})), "starts another program"),
        (pdf(attaching), "other files inside"),
        (pdf(fillable), "interactive form"),
        (pdf(unreached), "script"),
        (pdf(unreached, object_stream_mode=pikepdf.ObjectStreamMode.generate), "script"),
        (pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "password"),
        (pdf(encryption=pikepdf.Encryption(owner="o", user="")), "password"),
        (b"%PDF-1.7\nnot much more", "damaged"),
    ],
)
def test_a_pdf_that_acts_on_its_own_is_refused(data, said):
    assert said in refusal("letter.pdf", data)


def test_a_pdf_without_pages_is_refused():
    with pikepdf.new() as made:
        assert "no pages" in refusal("letter.pdf", saved(made.save))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (rebuilt(word(), more={"word/vbaProject.bin": b"x"}), "macros"),
        (
            rebuilt(
                word(), lambda _, content: content.replace(b"wordprocessingml.document.main", b"macroEnabled.main")
            ),
            "macros",
        ),
        (with_link("attachedTemplate", "https://evil.example/t.dotm"), "from outside"),
        (with_link("image", "https://evil.example/p.png"), "from outside"),
        (with_link("oleObject", "file:///c:/x.xlsx"), "from outside"),
        (with_link("oleObject", "objects/x.bin", mode="Internal"), "other files inside"),
        (with_link("package", "objects/x.xlsx", mode="Internal"), "other files inside"),
        (with_link("aFChunk", "x.htm", mode="Internal"), "other files inside"),
        (rebuilt(word(), more={"word/embeddings/oleObject1.bin": b"x"}), "other files inside"),
        (with_instruction(' DDEAUTO c:\\\\x "y" '), "DDE"),
        (with_instruction(" DD", "EAU", "TO c:\\\\x "), "DDE"),
        (with_part("word/document.xml", "<w:sectPr", '<w:fldSimple w:instr=" dde excel x "/>'), "DDE"),
        (with_part("word/styles.xml", "<w:styles", "<!DOCTYPE w:styles>"), "DTD"),
        (with_part("word/styles.xml", "<w:styles", "<"), "damaged"),
        (with_entry("../evil.xml"), "outside itself"),
        (with_entry("/etc/evil"), "outside itself"),
        (with_entry("C:\\evil"), "outside itself"),
        (with_entry("word\\..\\..\\evil"), "outside itself"),
        (with_entry("word/link", stat.S_IFLNK | 0o777), "outside itself"),
        (with_entry("WORD/Document.xml"), "damaged"),
        (rebuilt(word(), more={f"word/{n}.bin": b"" for n in range(2001)}), "too many parts"),
        (rebuilt(word(), more={"word/zeros.bin": bytes(20_000_000)}), "unpacks to far more"),
        (
            with_part("[Content_Types].xml", "</Types>", '<Default Extension="dat" ContentType="application/x+xml"/>'),
            "damaged",
        ),
        (word()[:-200], "damaged"),
        (OLE_MAGIC + bytes(600), "protected by a password"),
    ],
)
def test_a_word_document_that_acts_on_its_own_is_refused(data, said):
    assert said in refusal("letter.docx", data)


def test_a_word_document_with_a_locked_part_is_refused():
    data = bytearray(word())
    for mark, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(mark) + flags] |= 1
    assert "password" in refusal("letter.docx", bytes(data))


def test_a_word_document_whose_bytes_were_changed_is_refused():
    data = bytearray(word())
    data[data.index(b"word/document.xml") + 60] ^= 0xFF
    assert "damaged" in refusal("letter.docx", bytes(data))


def test_a_macro_document_by_name_says_how_to_save_it():
    assert "Save it as .docx" in refusal("letter.docm", word())


@pytest.mark.parametrize(("kind", "name"), [("PNG", "badge.png"), ("JPEG", "badge.jpg")])
def test_half_a_picture_is_refused(kind, name):
    data = saved(Image.effect_noise((200, 200), 80).save, kind)
    assert "damaged" in refusal(name, data[: len(data) // 2])


def test_a_small_file_that_unfolds_to_a_huge_picture_is_refused():
    data = saved(Image.new("1", (10_000, 10_000)).save, "PNG")
    assert len(data) < MEGABYTE
    assert "too large to open" in refusal("badge.png", data)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("letter.pdf", "letter.pdf"),
        ("../../etc/letter.pdf", "letter.pdf"),
        ("C:\\Users\\chief\\letter.pdf", "letter.pdf"),
        ('let"ter;\r\nX: y.pdf', "let_ter_X_ y.pdf"),
        ("\u202efdp.exe.pdf", "fdp.exe.pdf"),
        ("  Nuñez\u00a0resolution .pdf", "Nuñez resolution.pdf"),
        ("...", "file"),
        ("", "file"),
        ("x" * 300 + ".docx", "x" * 115 + ".docx"),
    ],
)
def test_a_name_is_kept_without_folders_and_hidden_characters(typed, kept):
    assert clean_name(typed) == kept


@given(st.text())
def test_any_name_becomes_one_that_can_be_kept_and_sent(typed):
    name = clean_name(typed)
    assert 0 < len(name) <= LONGEST_NAME
    assert not set(name) & set('/\\"\r\n;%')
    assert name.isprintable()
    assert clean_name(name) == name
    name.encode()


@given(st.sampled_from(["a.pdf", "a.docx", "a.png", "a.jpg"]), st.binary(min_size=1, max_size=300), st.data())
@settings(deadline=None, max_examples=150)
def test_any_bytes_are_kept_whole_or_refused(name, tail, data):
    start = data.draw(st.sampled_from([b"", pdf()[:200], word()[:2000], picture("PNG")[:50], picture("JPEG")[:200]]))
    with contextlib.suppress(BadFile):
        assert inspect(name, start + tail).size == len(start + tail)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("dde-test.docx", "DDE"),
        ("embedded-simple-2007.docx", "other files inside"),
        ("embedded-unicode-2007.docx", "other files inside"),
        ("encrypted.docx", "password"),
        ("harmless-clean.docm", "macros"),
        ("sample_with_external_link_to_doc.docx", "from outside"),
        ("excel4_sample_macro.xlsm", "macros"),
        ("dde-test.xlsx", "is something else"),
        ("embedded-simple-2007.odt", "is something else"),
        ("encrypted.xlsx", "password"),
        ("issue_251.rtf", "is something else"),
        ("dde-in-excel2003.xml", "is something else"),
        ("text", "is something else"),
    ],
)
def test_public_samples_of_dangerous_files_are_refused_even_when_named_docx(name, said):
    assert said in refusal("sample.docx", (OFFICE_FILES / name).read_bytes())


def test_a_public_sample_of_a_harmless_document_is_kept():
    path = OFFICE_FILES / "harmless-clean.docx"
    assert inspect(path.name, path.read_bytes()).kind == "docx"
