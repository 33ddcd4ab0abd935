"""Every PDF is made in one place: the same bytes for the same data, nothing read as layout, and a plain refusal."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

import app as product
from app import pdf
from app.agency_requests.sections import paper_form
from app.child_process.client import HelperUnavailableError
from app.pdf import PdfError, as_numbers, set_pdf
from tests.checked import CheckedClient

FOLDER = Path(product.__file__).parent
DAY = datetime(2026, 11, 24, tzinfo=UTC)
LAYOUT = '#let data = json(bytes(sys.inputs.data))\n#set document(title: "T", date: auto)\n#set text(lang: "en")\n'


@pytest.fixture
def layout(tmp_path: Path) -> Path:
    path = tmp_path / "page.typ"
    path.write_text(LAYOUT + "#data.words", encoding="utf-8")
    return path


def words(content: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


def test_the_same_data_and_moment_give_the_same_bytes(layout: Path) -> None:
    first = set_pdf(layout, {"words": "Alder"}, at=DAY)
    assert set_pdf(layout, {"words": "Alder"}, at=DAY) == first
    assert set_pdf(layout, {"words": "Alder"}, at=DAY.replace(year=2027)) != first


def test_a_pdf_is_tagged_and_made_to_last(layout: Path) -> None:
    with pikepdf.open(io.BytesIO(set_pdf(layout, {"words": "Alder"}, at=DAY))) as made, made.open_metadata() as said:
        assert made.Root.MarkInfo.Marked
        assert (said["pdfuaid:part"], said["pdfaid:part"], said["pdfaid:conformance"]) == ("1", "3", "A")


def test_data_is_never_layout(layout: Path) -> None:
    typed = '#read("/etc/passwd") *x* {{ 7 * 7 }}'
    assert typed in words(set_pdf(layout, {"words": typed}))


def test_a_character_that_no_font_has_stands_as_its_number(layout: Path) -> None:
    assert "A [U+4E2D] [U+1F9FF] B" in words(set_pdf(layout, {"words": "A \u4e2d \U0001f9ff B"}))
    assert as_numbers("O‘Brien, Söhne, ʻokina, ħ, Ω, ж") == "O‘Brien, Söhne, ʻokina, ħ, Ω, ж"


@pytest.mark.parametrize("typed", ["plain", "\u4e2d"])
@pytest.mark.parametrize("body", ["#panic(data.words)", '#read("/etc/passwd")', "#while data.words != [] { }"])
def test_a_layout_that_cannot_be_set_is_told(layout: Path, body: str, typed: str) -> None:
    layout.write_text(LAYOUT + body, encoding="utf-8")
    with pytest.raises(PdfError, match=r"page\.typ"):
        set_pdf(layout, {"words": typed})


@pytest.mark.parametrize("limit", [{"wall_seconds": 0.001}, {"memory": 1024**2}])
def test_a_document_that_takes_too_much_is_told(
    layout: Path, monkeypatch: pytest.MonkeyPatch, limit: dict[str, float]
) -> None:
    monkeypatch.setattr(pdf, "LIMITS", replace(pdf.LIMITS, **limit))
    with pytest.raises(PdfError, match="too long, or too much memory"):
        set_pdf(layout, {"words": "Alder"})


@pytest.mark.parametrize("layout_of_ours", sorted(FOLDER.rglob("*.typ")), ids=lambda path: path.name)
def test_a_layout_reads_its_data_and_nothing_else(layout_of_ours: Path) -> None:
    source = layout_of_ours.read_text(encoding="utf-8")
    assert source.count("sys.inputs") == 1
    assert "= json(bytes(sys.inputs.data))" in source
    assert not [word for word in ("#import", "#include", "read(", "eval(", "plugin(", "image(") if word in source]


def test_only_the_child_loads_the_typesetter() -> None:
    loading = [path.name for path in FOLDER.rglob("*.py") if "typst" in _imported(path)]
    assert loading == ["typesetter.py"]


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        (PdfError("page.typ: why, for operators"), 422, "We could not make this PDF"),
        (HelperUnavailableError("no child was started"), 503, "The service is busy"),
    ],
)
def test_a_page_says_plainly_that_there_is_no_pdf(
    client: CheckedClient, monkeypatch: pytest.MonkeyPatch, fault: Exception, code: int, said: str
) -> None:
    def fails(_: object) -> bytes:
        raise fault

    monkeypatch.setattr(paper_form, "render_paper_form", fails)
    answer = client.get("/request-form.pdf")
    assert answer.status_code == code
    assert said in answer.text
    assert str(fault) not in answer.text


def _imported(path: Path) -> set[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return {line.split()[1] for line in lines if line.startswith(("import ", "from "))}
