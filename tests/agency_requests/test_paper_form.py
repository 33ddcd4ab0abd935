"""The request on paper has every question of the catalog, blank or with what was saved."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from app.accounts.models import Person
from app.agency_requests.models import AgencyRequest, Answer
from app.extensions import db
from app.needs.questions import GROUPS
from app.policy import Role
from tests.builders import make_person
from tests.checked import CheckedClient


def text_of(pdf: bytes) -> str:
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return " ".join("\n".join(pages).replace("\ufffe", "").split())


def test_the_blank_form_asks_every_question_of_the_agency(client: CheckedClient) -> None:
    page = client.get("/request-form").get_data(as_text=True)
    paper_form = client.get("/request-form.pdf").data
    said = text_of(paper_form).replace(" ", "")
    asked = [q for group in GROUPS if group.asked_of == "agency" for page in group.pages for q in page.questions]
    assert asked
    for question in asked:
        assert question.text.replace(" ", "") in said
    assert page.count("<dt ") >= len(asked)
    with pikepdf.open(BytesIO(paper_form)) as found:
        assert "/StructTreeRoot" in found.Root
        assert str(found.docinfo.Title) == "Request for ICE ACCESS assistance"


def test_what_was_saved_stands_in_the_form(client: CheckedClient, officer: Person, ready: AgencyRequest) -> None:
    row = db.session.get(Answer, (ready.id, "sworn_officers"))
    row.value, row.basis = 4321, "estimated"
    ready.contact_name = "#strong[Pat] $x$"
    db.session.commit()
    visitor = client.sign_in(officer)
    said = text_of(visitor.get(f"/requests/{ready.id}/form.pdf").data)
    page = visitor.get(f"/requests/{ready.id}/form").get_data(as_text=True)
    for text in (said, page):
        assert "4,321" in text
        assert "Citation:" in text
        assert "[X] Estimated" in text
        assert "#strong[Pat] $x$" in text


@pytest.mark.parametrize("name", ["form", "form.pdf"])
def test_another_agencys_form_does_not_exist(client: CheckedClient, draft: AgencyRequest, name: str) -> None:
    for stranger in (make_person(Role.AGENCY_HEAD), make_person(Role.COORDINATOR)):
        assert client.sign_in(stranger).get(f"/requests/{draft.id}/{name}").status_code == 404
