"""An agency fills in, checks, certifies and sends its request, once; nobody else's, and nothing incomplete."""

import gc
import io
import threading
from io import BytesIO

import pikepdf
import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from app.accounts.models import Person
from app.accounts.offices import load_offices
from app.extensions import db
from app.intake import filing
from app.intake.models import AgencyRequest, Answer
from app.notifications.models import OutboxMessage
from app.policy import Role
from app.workflow.refusals import Refused
from tests.builders import make_agency, make_person
from tests.checked import CheckedClient
from tests.intake.filled import fill

CERTIFIED = {"authority": "y", "truth": "y", "public": "y"}


@pytest.fixture
def head(app: Flask) -> Person:
    load_offices()
    db.session.commit()
    return make_person(Role.AGENCY_HEAD, agency=make_agency(state="GA"))


@pytest.fixture
def officer(head: Person) -> Person:
    return make_person(Role.AGENCY_OFFICER, agency=head.agency)


@pytest.fixture
def draft(officer: Person) -> AgencyRequest:
    found = filing.create(officer.actor, "GA")
    db.session.commit()
    return found


@pytest.fixture
def ready(draft: AgencyRequest, officer: Person) -> AgencyRequest:
    fill(draft, officer.actor)
    db.session.commit()
    return draft


def post(client: CheckedClient, draft: AgencyRequest, address: str, **typed: object):
    page = client.get(f"/requests/{draft.id}/sections/{address}").get_data(as_text=True)
    seen = page.split('name="seen"')[1].split('value="')[1].split('"')[0]
    return client.post(f"/requests/{draft.id}/sections/{address}", data={"seen": seen, "then": "next", **typed})


def test_a_request_begins_with_a_button_and_the_notices(client: CheckedClient, officer: Person) -> None:
    page = client.sign_in(officer).get("/requests/new").get_data(as_text=True)
    for words in ("OMB number: not assigned", "Privacy Act", "18 U.S.C. 1001", "Freedom of Information"):
        assert words in page
    response = client.post("/requests/new")
    assert response.status_code == 303
    assert client.get(response.location).status_code == 200


def test_a_number_and_how_it_is_known_are_saved(client: CheckedClient, officer: Person, draft: AgencyRequest) -> None:
    client.sign_in(officer)
    response = post(
        client, draft, "capacity/community-size",
        population_served="410,000", population_served_basis="measured",
        sworn_officers="", sworn_officers_basis="unknown",
    )  # fmt: skip
    assert response.status_code == 303, response.get_data(as_text=True)
    saved = filing.saved_answers(draft)
    assert (saved["population_served"].value, saved["population_served"].basis) == (410_000, "measured")
    assert (saved["sworn_officers"].value, saved["sworn_officers"].basis) == (None, "unknown")


def test_an_error_saves_nothing_and_keeps_everything_typed(
    client: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    client.sign_in(officer)
    response = post(
        client, draft, "capacity/community-size",
        population_served="1O21", population_served_basis="estimated", sworn_officers="420",
    )  # fmt: skip
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert "Did you mean 1,021?" in page
    assert "Say how you know this number." in page
    assert 'value="1O21"' in page
    assert "<title>Error:" in page
    assert filing.saved_answers(draft) == {}


def test_half_a_page_can_be_saved_to_go_on_later(client: CheckedClient, officer: Person, draft: AgencyRequest) -> None:
    client.sign_in(officer)
    response = post(
        client, draft, "capacity/community-size",
        then="back", population_served="410000", population_served_basis="measured",
    )  # fmt: skip
    assert response.location.endswith("/tasks")
    assert list(filing.saved_answers(draft)) == ["population_served"]


def test_two_people_on_one_page_see_both_values(client: CheckedClient, officer: Person, draft: AgencyRequest) -> None:
    client.sign_in(officer)
    address = f"/requests/{draft.id}/sections/capacity/community-size"
    old = client.get(address).get_data(as_text=True).split('name="seen"')[1].split('value="')[1].split('"')[0]
    db.session.add(Answer(request_id=draft.id, key="population_served", value=5000, basis="measured"))
    db.session.commit()
    typed = {
        "seen": old, "then": "next", "population_served": "7000", "population_served_basis": "measured",
        "sworn_officers": "12", "sworn_officers_basis": "measured",
    }  # fmt: skip
    response = client.post(address, data=typed)
    page = response.get_data(as_text=True)
    assert response.status_code == 409
    assert "5,000 people" in page
    assert 'value="7000"' in page


def test_everything_filled_in_can_be_certified_by_the_head(
    client: CheckedClient, head: Person, ready: AgencyRequest
) -> None:
    client.sign_in(head)
    page = client.get(f"/requests/{ready.id}/check").get_data(as_text=True)
    assert "Certify and send" in page
    response = client.post(f"/requests/{ready.id}/submit", data={"seen": ready.version, **CERTIFIED})
    assert response.status_code == 303
    db.session.refresh(ready)
    assert (ready.status, ready.number[:9], ready.office.name) == (
        "submitted",
        f"ACC-{ready.submitted_at.year}-",
        "Atlanta",
    )
    assert ready.certified_hash == filing.certified_content(ready)
    assert ready.number in client.get(response.location).get_data(as_text=True)


@pytest.mark.parametrize("left_out", CERTIFIED)
def test_each_statement_is_certified_on_its_own(
    client: CheckedClient, head: Person, ready: AgencyRequest, left_out: str
) -> None:
    ticked = {name: value for name, value in CERTIFIED.items() if name != left_out}
    response = client.sign_in(head).post(f"/requests/{ready.id}/submit", data={"seen": ready.version, **ticked})
    assert response.status_code == 422
    assert "Tick this box to certify" in response.get_data(as_text=True)


def test_an_officer_cannot_send(client: CheckedClient, officer: Person, ready: AgencyRequest) -> None:
    client.sign_in(officer)
    assert "Tell your agency head" in client.get(f"/requests/{ready.id}/check").get_data(as_text=True)
    assert client.post(f"/requests/{ready.id}/submit", data={"seen": 1, **CERTIFIED}).status_code == 403


def test_an_officer_asks_the_head_by_mail(
    client: CheckedClient, officer: Person, head: Person, ready: AgencyRequest
) -> None:
    assert client.sign_in(officer).post(f"/requests/{ready.id}/ask-head").status_code == 303
    (mail,) = db.session.scalars(select(OutboxMessage)).all()
    assert (mail.address, mail.notice) == (head.email, "ask_head")


def test_an_incomplete_request_names_the_open_sections(
    client: CheckedClient, head: Person, draft: AgencyRequest
) -> None:
    client.sign_in(head)
    page = client.get(f"/requests/{draft.id}/check").get_data(as_text=True)
    assert "Complete these sections first" in page
    response = client.post(f"/requests/{draft.id}/submit", data={"seen": draft.version, **CERTIFIED})
    assert response.status_code == 422
    assert "What you need" in response.get_data(as_text=True)


def test_a_second_click_leads_to_the_same_receipt(client: CheckedClient, head: Person, ready: AgencyRequest) -> None:
    client.sign_in(head)
    data = {"seen": ready.version, **CERTIFIED}
    first, second = (client.post(f"/requests/{ready.id}/submit", data=data) for _ in range(2))
    assert first.location == second.location
    received = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.notice == "received")
    assert db.session.scalar(received) == 2  # one each for the head and the officer


def test_clicks_at_the_same_moment_send_once(app: Flask, head: Person, ready: AgencyRequest) -> None:
    request_id, version = ready.id, ready.version
    client = app.test_client().sign_in(head)
    cookie = client.get_cookie("access_session")
    db.session.remove()
    together, answers = threading.Barrier(4), []

    def click() -> None:
        visitor = app.test_client()
        visitor.set_cookie("access_session", cookie.value)
        together.wait()
        answers.append(visitor.post(f"/requests/{request_id}/submit", data={"seen": version, **CERTIFIED}))

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1
    assert (
        db.session.scalar(select(func.count()).select_from(OutboxMessage).where(OutboxMessage.notice == "received"))
        == 2
    )


def test_two_requests_never_share_a_number(app: Flask, head: Person, officer: Person) -> None:
    numbers = []
    for _ in range(3):
        one = filing.create(officer.actor, "GA")
        fill(one, officer.actor)
        filing.submit(one, head.actor, certified=True, seen=one.version)
        db.session.commit()
        numbers.append(one.number)
    assert len(set(numbers)) == 3


def test_answers_that_no_longer_apply_are_not_sent(
    app: Flask, head: Person, officer: Person, ready: AgencyRequest
) -> None:
    filing.saved_answers(ready)["jail_operated"].value = "no"
    filing.submit(ready, head.actor, certified=True, seen=ready.version)
    assert "jail_bookings" not in filing.saved_answers(ready)


def test_a_request_that_was_sent_cannot_be_edited(client: CheckedClient, head: Person, ready: AgencyRequest) -> None:
    filing.submit(ready, head.actor, certified=True, seen=ready.version)
    db.session.commit()
    client.sign_in(head)
    assert client.get(f"/requests/{ready.id}/sections/else/more").status_code == 409
    assert client.post(f"/requests/{ready.id}/sections/else/more", data={}).status_code == 409
    with pytest.raises(Refused, match="can no longer be edited"):
        filing.save_answers(ready, head.actor, {})


def test_the_receipt_is_a_tagged_paper_with_what_was_sent(
    client: CheckedClient, head: Person, ready: AgencyRequest
) -> None:
    filing.submit(ready, head.actor, certified=True, seen=ready.version)
    db.session.commit()
    response = client.sign_in(head).get(f"/requests/{ready.id}/receipt.pdf")
    assert response.headers["Content-Disposition"].startswith("attachment")
    with pikepdf.open(BytesIO(response.data)) as paper:
        assert "/StructTreeRoot" in paper.Root
        assert str(paper.Root.Lang).startswith("en")


def test_no_address_of_a_draft_exists_for_another_agency(client: CheckedClient, ready: AgencyRequest) -> None:
    client.sign_in(make_person(Role.AGENCY_HEAD))
    for path in ("", "/tasks", "/check", "/receipt", "/receipt.pdf", "/withdraw", "/documents", "/sections/else/more"):
        assert client.get(f"/requests/{ready.id}{path}").status_code == 404, path
    for path in ("/submit", "/ask-head", "/withdraw", "/documents", "/sections/else/more"):
        assert client.post(f"/requests/{ready.id}{path}", data={"seen": "1"}).status_code == 404, path


def test_ice_does_not_see_a_draft(client: CheckedClient, ready: AgencyRequest) -> None:
    assert client.sign_in(make_person(Role.COORDINATOR)).get(f"/requests/{ready.id}").status_code == 404


def picture() -> BytesIO:
    made = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(made, "PNG")
    made.seek(0)
    return made


def test_a_file_is_attached_served_as_an_attachment_and_removed(
    client: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    client.sign_in(officer)
    address = f"/requests/{draft.id}/documents"
    sent = client.post(address, data={"kind": "letter", "file": (picture(), "../letter <1>.png")})
    assert sent.status_code == 303
    (found,) = filing.documents_of(draft)
    served = client.get(f"/documents/{found.id}")
    assert served.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in served.headers["Content-Security-Policy"]
    assert served.data == picture().getvalue()
    assert filing.has_letter(draft)
    assert client.sign_in(make_person(Role.AGENCY_HEAD)).get(f"/documents/{found.id}").status_code == 404
    assert client.sign_in(officer).post(f"{address}/{found.id}/remove").status_code == 303
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
    data = {"kind": "letter", "file": (BytesIO(content), name)}
    response = client.sign_in(officer).post(f"/requests/{draft.id}/documents", data=data)
    assert response.status_code == 422
    assert filing.documents_of(draft) == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the test client's own buffer
def test_a_file_of_thirty_megabytes_is_too_large(client: CheckedClient, officer: Person, draft: AgencyRequest) -> None:
    data = {"kind": "letter", "file": (BytesIO(b"0" * 30 * 1024 * 1024), "letter.pdf")}
    assert client.sign_in(officer).post(f"/requests/{draft.id}/documents", data=data).status_code == 413
    gc.collect()


@pytest.mark.parametrize("path", ["sections/nothing/x", "sections/else/nothing", "sections/capacity/jail-nothing"])
def test_an_unknown_page_is_not_found(client: CheckedClient, officer: Person, draft: AgencyRequest, path: str) -> None:
    assert client.sign_in(officer).get(f"/requests/{draft.id}/{path}").status_code == 404


@pytest.mark.parametrize("typed", ["\0", "9" * 400, "-1", "1e999", "NaN", "١٢٣", "x" * 20_000, "\u202e12"])
def test_no_number_that_anybody_types_breaks_a_page(
    client: CheckedClient, officer: Person, draft: AgencyRequest, typed: str
) -> None:
    client.sign_in(officer)
    response = post(
        client, draft, "capacity/community-size",
        population_served=typed, population_served_basis="measured",
        sworn_officers="1", sworn_officers_basis="measured",
    )  # fmt: skip
    assert response.status_code == 422
    assert filing.saved_answers(draft) == {}


def test_a_draft_that_is_withdrawn_was_never_seen_by_ice(
    client: CheckedClient, head: Person, ready: AgencyRequest
) -> None:
    client.sign_in(head)
    response = client.post(f"/requests/{ready.id}/withdraw", data={"seen": ready.version, "reason": "Not now."})
    assert response.status_code == 303
    assert client.get(f"/requests/{ready.id}").status_code == 200
    assert client.sign_in(make_person(Role.COORDINATOR)).get(f"/cases/{ready.id}").status_code == 404


def test_withdrawing_needs_a_reason(client: CheckedClient, head: Person, ready: AgencyRequest) -> None:
    response = client.sign_in(head).post(f"/requests/{ready.id}/withdraw", data={"seen": ready.version, "reason": " "})
    assert response.status_code == 422


def test_the_home_of_an_agency_shows_what_waits(client: CheckedClient, officer: Person, draft: AgencyRequest) -> None:
    page = client.sign_in(officer).get("/home").get_data(as_text=True)
    assert "Fill in your request" in page


def test_the_finders_answers_come_along_as_estimates(client: CheckedClient, officer: Person) -> None:
    client.sign_in(officer)
    address = "/requests/new?from=finder&jail_bookings=12000&jail_operated=yes&gang_crimes=lots&ice_training_seats=4"
    assert "2 answers" in client.get(address).get_data(as_text=True)
    client.post(address)
    found = db.session.scalar(select(AgencyRequest))
    saved = filing.saved_answers(found)
    assert {key: (answer.value, answer.basis) for key, answer in saved.items()} == {
        "jail_bookings": (12000, "estimated"),
        "jail_operated": ("yes", ""),
    }
