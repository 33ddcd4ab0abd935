"""Files of a request: looked into before they are kept, handed out as attachments, to who sees the case only."""

import gc
import io
from io import BytesIO

import pytest
from PIL import Image

from app.accounts.models import Person
from app.agency_requests import operations
from app.agency_requests.models import AgencyRequest, Document
from app.agency_requests.sections import queries
from app.extensions import db
from app.policy import Role
from app.uploads.inspection import inspect
from tests.agency_requests.filled_requests import send
from tests.builders import make_person
from tests.checked import CheckedClient


def picture() -> BytesIO:
    made = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(made, "PNG")
    made.seek(0)
    return made


def test_a_file_is_attached_served_as_an_attachment_and_removed(
    client: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    address = f"/requests/{draft.id}/documents"
    page = client.sign_in(officer).get_page(address)
    page = page.submit("Attach", kind="letter", file=(picture(), "../letter <1>.png"))
    assert page.status_code == 200
    (found,) = queries.documents_of(draft)
    served = client.get(f"/documents/{found.id}")
    assert served.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in served.headers["Content-Security-Policy"]
    assert served.data == picture().getvalue()
    assert queries.has_letter(draft)
    assert client.sign_in(make_person(Role.AGENCY_HEAD)).get(f"/documents/{found.id}").status_code == 404
    page = client.sign_in(officer).get_page(address).submit(f"Remove {found.filename}")
    assert "Nothing is attached yet." in page.text
    assert client.get(f"/documents/{found.id}").status_code == 404


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "letter.pdf"),
        (b"MZ\x90", "letter.pdf"),
        (b"PK\x03\x04", "letter.docm"),
        (b"%PDF-1.7", "letter.png"),
        (b"x", ""),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_with_a_sentence(
    client: CheckedClient, officer: Person, draft: AgencyRequest, content: bytes, name: str
) -> None:
    page = client.sign_in(officer).get_page(f"/requests/{draft.id}/documents")
    assert page.submit("Attach", kind="letter", file=(BytesIO(content), name)).status_code == 422
    assert queries.documents_of(draft) == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the test client's own buffer
def test_a_file_of_thirty_megabytes_is_too_large(client: CheckedClient, officer: Person, draft: AgencyRequest) -> None:
    large = BytesIO(b"0" * 30 * 1024 * 1024)
    page = client.sign_in(officer).get_page(f"/requests/{draft.id}/documents")
    assert page.submit("Attach", kind="letter", file=(large, "letter.pdf")).status_code == 413
    gc.collect()


def attached(draft: AgencyRequest, officer: Person, kind: str = "letter", name: str = "letter.png") -> Document:
    found = operations.attach(draft, officer.actor, kind, inspect(name, picture().getvalue()))
    db.session.commit()
    return found


def test_a_name_in_any_script_arrives_as_it_is(client: CheckedClient, officer: Person, draft: AgencyRequest) -> None:
    found = attached(draft, officer, name="Résolution – comté.png")
    served = client.sign_in(officer).get(f"/documents/{found.id}")
    assert "filename*=UTF-8''R%C3%A9solution%20%E2%80%93%20comt%C3%A9.png" in served.headers["Content-Disposition"]
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert served.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_request_holds_at_most_twenty_files(client: CheckedClient, officer: Person, draft: AgencyRequest) -> None:
    for n in range(operations.MOST_DOCUMENTS):
        attached(draft, officer, "supporting", f"{n}.png")
    page = client.sign_in(officer).get_page(f"/requests/{draft.id}/documents")
    page = page.submit("Attach", kind="supporting", file=(picture(), "one-more.png"))
    assert page.status_code == 422
    assert "Remove a document first" in page.text


def test_a_file_without_its_kind_is_not_kept(client: CheckedClient, officer: Person, draft: AgencyRequest) -> None:
    page = client.sign_in(officer).get_page(f"/requests/{draft.id}/documents")
    page = page.submit("Attach", file=(picture(), "a.png"))
    assert page.status_code == 422
    assert "Say what kind of document it is" in page.text


def test_a_file_of_another_request_is_not_removed(client: CheckedClient, officer: Person, draft: AgencyRequest) -> None:
    other = operations.create_draft(officer.actor, "GA")
    found = attached(other, officer)
    assert client.sign_in(officer).craft_post(f"/requests/{draft.id}/documents/{found.id}/remove").status_code == 404
    assert queries.documents_of(other) == [found]


def test_a_file_of_a_sent_request_stays(
    client: CheckedClient, head: Person, officer: Person, ready: AgencyRequest
) -> None:
    found = attached(ready, officer)
    page = client.sign_in(head).get_page(f"/requests/{ready.id}/documents")
    send(ready, head.actor)
    db.session.commit()
    assert page.submit(f"Remove {found.filename}").status_code == 409
    assert page.submit("Attach", kind="letter", file=(picture(), "letter.png")).status_code == 409
    assert client.get(f"/documents/{found.id}").status_code == 200


def test_ice_gets_a_file_only_once_the_request_was_sent(
    client: CheckedClient, head: Person, officer: Person, ready: AgencyRequest
) -> None:
    found, coordinator = attached(ready, officer), make_person(Role.COORDINATOR)
    assert client.sign_in(coordinator).get(f"/documents/{found.id}").status_code == 404
    send(ready, head.actor)
    db.session.commit()
    assert client.get(f"/documents/{found.id}").status_code == 200


def test_scenario_05_a_refused_file_leaves_the_rest_and_another_one_is_taken(
    client: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    """Active content is refused by looking into the file; a virus scanner is not part of the service."""
    attached(draft, officer, "supporting", "first.png")
    page = client.sign_in(officer).get_page(f"/requests/{draft.id}/documents")
    refused = page.submit("Attach", kind="letter", file=(BytesIO(b"MZ\x90"), "letter.pdf"))
    assert refused.status_code == 422
    assert "usa-error-summary" in refused.text
    assert "first.png" in refused.text
    assert refused.submit("Attach", file=(picture(), "letter.png")).status_code == 200
    assert [found.filename for found in queries.documents_of(draft)] == ["first.png", "letter.png"]
