"""A request is checked, certified by the agency head alone, and sent once; its receipt says what was sent."""

import hashlib
import re
import threading
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app import audit
from app.accounts.models import Person
from app.agency_requests import operations
from app.agency_requests.models import AgencyRequest, Document
from app.agency_requests.receipt import receipt_pdf
from app.agency_requests.sections import queries
from app.extensions import db
from app.needs.questions import QUESTIONS
from app.notifications.models import OutboxMessage
from app.policy import Role
from app.storage import store
from app.workflow.journey.journeys import JOURNEYS
from app.workflow.journey.request_journey import Action, Status
from app.workflow.journey.statuses import Machine
from app.workflow.refusals import RefusalKind, StepRefused
from tests.agency_requests.filled_requests import fill, send
from tests.builders import make_person, make_request
from tests.checked import CheckedClient
from tests.page import Page

CERTIFIED = {"authority": True, "truth": True, "public": True}
SEND, GIVE_BACK, ASK = "Certify and send the request", "Give it back", "Tell your agency head that it is ready"
WITHDRAW = "Withdraw the request"


def certified(draft: AgencyRequest) -> dict[str, object]:
    """What is sent by an agency head who read the request as it stands: for who may not, and for several at once."""
    statements = dict.fromkeys(CERTIFIED, "y")
    return {"expected_version": draft.version, "shown": queries.certified_content(draft), **statements}


def check_page(client: CheckedClient, draft: AgencyRequest) -> Page:
    """Every answer on one page, as the person signed in has it."""
    return client.get_page(f"/requests/{draft.id}/check")


def mails(notice: str) -> int:
    return db.session.scalar(select(func.count()).select_from(OutboxMessage).where(OutboxMessage.notice == notice)) or 0


def test_everything_filled_in_can_be_certified_by_the_head(
    client: CheckedClient, head: Person, ready: AgencyRequest
) -> None:
    receipt_page = check_page(client.sign_in(head), ready).submit(SEND, CERTIFIED)
    assert receipt_page.path == f"/requests/{ready.id}/receipt"
    db.session.refresh(ready)
    assert (ready.status, ready.number[:9], ready.office.name) == (
        "submitted",
        f"ACC-{ready.submitted_at.year}-",
        "Atlanta",
    )
    assert ready.certified_hash == queries.certified_content(ready)
    assert ready.number in receipt_page.text


@pytest.mark.parametrize("left_out", CERTIFIED)
def test_each_statement_is_certified_on_its_own(
    client: CheckedClient, head: Person, ready: AgencyRequest, left_out: str
) -> None:
    page = check_page(client.sign_in(head), ready).submit(SEND, CERTIFIED | {left_out: False})
    assert page.status_code == 422
    assert "Tick the box to" in page.text
    assert page.submit(SEND, {left_out: True}).path == f"/requests/{ready.id}/receipt"


def test_an_officer_cannot_send(client: CheckedClient, officer: Person, ready: AgencyRequest) -> None:
    assert ASK in check_page(client.sign_in(officer), ready).text
    assert client.craft_post(f"/requests/{ready.id}/submit", data=certified(ready)).status_code == 403


def test_an_officer_asks_the_head_by_mail_once(
    client: CheckedClient, officer: Person, head: Person, ready: AgencyRequest
) -> None:
    page = check_page(client.sign_in(officer), ready)
    for _ in range(2):
        assert "was told on" in page.submit(ASK).text
    (mail,) = db.session.scalars(select(OutboxMessage)).all()
    assert (mail.address, mail.notice) == (head.email, "ask_head")
    assert ASK not in check_page(client, ready).text


def test_the_head_gives_a_draft_back_with_a_note(
    client: CheckedClient, officer: Person, head: Person, ready: AgencyRequest
) -> None:
    refused = check_page(client.sign_in(head), ready).submit(GIVE_BACK, note=" ")
    assert refused.status_code == 422
    after = refused.submit(GIVE_BACK, note="Ask the jail for the real number.")
    assert after.path == f"/requests/{ready.id}/tasks"
    (mail,) = db.session.scalars(select(OutboxMessage)).all()
    assert (mail.address, mail.notice) == (officer.email, "handed_back")
    assert "Ask the jail for the real number." in mail.body
    tasks = client.sign_in(officer).get(f"/requests/{ready.id}/tasks").get_data(as_text=True)
    assert "Ask the jail for the real number." in tasks
    assert ASK in check_page(client, ready).text


def test_only_the_head_gives_a_draft_back(client: CheckedClient, officer: Person, ready: AgencyRequest) -> None:
    assert GIVE_BACK not in check_page(client.sign_in(officer), ready).text
    assert client.craft_post(f"/requests/{ready.id}/hand-back", data={"note": "No."}).status_code == 403


def test_an_incomplete_request_links_every_open_page(client: CheckedClient, head: Person, draft: AgencyRequest) -> None:
    page = check_page(client.sign_in(head), draft).text
    assert SEND not in page
    assert "Complete these pages first" in page
    assert f"/requests/{draft.id}/sections/capacity/community-size#population_served" in page
    assert f"/requests/{draft.id}/sections/jail/jail-jail#jail_operated-0" in page
    response = client.craft_post(f"/requests/{draft.id}/submit", data=certified(draft))
    assert response.status_code == 422
    assert "Community and staff" in response.get_data(as_text=True)


def leave_out(draft: AgencyRequest, what: str) -> None:
    if what == "an answer":
        db.session.delete(queries.saved_answers(draft)["sworn_officers"])
    elif what == "a confirmation":
        queries.saved_answers(draft)["sworn_officers"].changed_by_id = None
    elif what == "ori":
        draft.agency.ori = "TX99"
    elif what == "problems":
        draft.problems.clear()
    elif what in {"authority_basis", "contact_name", "letter_text"}:
        setattr(draft, what, "")
    else:
        setattr(draft, what, False if what.endswith("_seen") else None)
    db.session.commit()


@pytest.mark.parametrize(
    "what",
    [
        "an answer", "a confirmation", "ori", "problems", "authority_basis", "contact_name", "letter_text",
        "documents_seen", "anything_else_seen", "wants_advice",
    ],
)  # fmt: skip
def test_nothing_is_sent_when_one_thing_is_missing(head: Person, ready: AgencyRequest, what: str) -> None:
    leave_out(ready, what)
    with pytest.raises(StepRefused) as refused:
        send(ready, head.actor)
    assert refused.value.kind is RefusalKind.INCOMPLETE
    assert len(refused.value.sentences) in {1, 2}  # a missing letter is also an open section
    db.session.rollback()
    assert (ready.status, ready.number, ready.submitted_at, mails("received")) == ("draft", None, None, 0)


def test_the_head_certifies_what_the_page_showed_and_nothing_else(
    client: CheckedClient, head: Person, officer: Person, ready: AgencyRequest
) -> None:
    read = check_page(client.sign_in(head), ready)
    ready.anything_else = "Written while the agency head was reading."
    db.session.commit()
    page = read.submit(SEND, CERTIFIED)
    assert page.status_code == 409
    assert "Somebody changed an answer" in page.text
    assert "Written while the agency head was reading." in page.text
    assert "checked" not in page.text
    assert page.submit(SEND, CERTIFIED).path == f"/requests/{ready.id}/receipt"


def test_a_second_click_leads_to_the_same_receipt(client: CheckedClient, head: Person, ready: AgencyRequest) -> None:
    page = check_page(client.sign_in(head), ready)
    assert {page.submit(SEND, CERTIFIED).path for _ in range(2)} == {f"/requests/{ready.id}/receipt"}
    assert mails("received") == 2  # one each for the head and the officer


def at_once(app: Flask, head: Person, posts: list[tuple[str, dict[str, object]]]) -> list[TestResponse]:
    """What the posts of one person answer who sends them all at the same moment."""
    cookie = app.test_client().sign_in(head).get_cookie("access_session")
    assert cookie is not None
    db.session.remove()
    together, answers = threading.Barrier(len(posts)), []

    def click(address: str, data: dict[str, object]) -> None:
        visitor = app.test_client()
        visitor.set_cookie("access_session", cookie.value)
        together.wait()
        answers.append(visitor.craft_post(address, data=data))

    threads = [threading.Thread(target=click, args=post) for post in posts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_clicks_at_the_same_moment_send_once(app: Flask, head: Person, ready: AgencyRequest) -> None:
    answers = at_once(app, head, [(f"/requests/{ready.id}/submit", certified(ready))] * 4)
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1
    assert mails("received") == 2
    assert len(db.session.scalars(select(AgencyRequest.number)).all()) == 1


def test_requests_sent_at_the_same_moment_get_a_number_each(app: Flask, head: Person, officer: Person) -> None:
    drafts = [operations.create_draft(officer.actor, "GA") for _ in range(4)]
    for draft in drafts:
        fill(draft, officer.actor)
    db.session.commit()
    answers = at_once(app, head, [(f"/requests/{draft.id}/submit", certified(draft)) for draft in drafts])
    assert {answer.status_code for answer in answers} == {303}
    numbers = db.session.scalars(select(AgencyRequest.number).order_by(AgencyRequest.number)).all()
    assert [number[-6:] for number in numbers] == ["000001", "000002", "000003", "000004"]
    assert all(re.fullmatch(r"ACC-20[0-9]{2}-[0-9]{6}", number) for number in numbers)


def test_a_state_that_two_offices_share_waits_in_the_pool(app: Flask, officer: Person, head: Person) -> None:
    head.agency.state = "TX"
    one = operations.create_draft(officer.actor, "TX")
    fill(one, officer.actor)
    send(one, head.actor)
    assert one.office_id is None


def test_an_open_request_about_the_same_problem_is_pointed_out(
    client: CheckedClient, officer: Person, ready: AgencyRequest
) -> None:
    client.sign_in(officer)
    address = f"/requests/{ready.id}/check"
    assert "open request about the same problem" not in client.get(address).get_data(as_text=True)
    other = operations.create_draft(officer.actor, "GA")
    operations.rank_problems(other, officer.actor, [("jail", "")])
    db.session.commit()
    assert "open request about the same problem" in client.get(address).get_data(as_text=True)


def test_answers_that_no_longer_apply_are_neither_shown_nor_sent(
    client: CheckedClient, head: Person, officer: Person, ready: AgencyRequest
) -> None:
    queries.saved_answers(ready)["jail_operated"].value = "no"
    db.session.commit()
    page = client.sign_in(head).get(f"/requests/{ready.id}/check").get_data(as_text=True)
    assert QUESTIONS["jail_bookings"].text not in page
    send(ready, head.actor)
    assert "jail_bookings" not in queries.saved_answers(ready)


def test_a_request_that_was_sent_cannot_be_edited(client: CheckedClient, head: Person, ready: AgencyRequest) -> None:
    send(ready, head.actor)
    db.session.commit()
    client.sign_in(head)
    assert client.get(f"/requests/{ready.id}/sections/else/more").status_code == 409
    assert client.craft_post(f"/requests/{ready.id}/sections/else/more", data={}).status_code == 409
    with pytest.raises(StepRefused, match="can no longer be edited"):
        operations.save_answers(ready, head.actor, {})


def test_the_receipt_is_a_tagged_paper_with_what_was_sent(
    client: CheckedClient, head: Person, ready: AgencyRequest
) -> None:
    send(ready, head.actor)
    db.session.commit()
    response = client.sign_in(head).get(f"/requests/{ready.id}/receipt.pdf")
    assert response.headers["Content-Disposition"].startswith("attachment")
    with pikepdf.open(BytesIO(response.data)) as paper:
        assert "/StructTreeRoot" in paper.Root
        assert str(paper.Root.Lang).startswith("en")
    words = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(response.data))
    assert ready.number in words
    assert ready.certified_hash[:32] in words
    assert "12,000 bookings per year" in words
    assert receipt_pdf.render_receipt(ready) == response.data


def test_what_people_type_is_printed_as_it_is(head: Person, ready: AgencyRequest) -> None:
    ready.anything_else = '#read("/etc/passwd") $x$ *bold* <script>'
    send(ready, head.actor)
    db.session.commit()
    paper = pypdfium2.PdfDocument(receipt_pdf.render_receipt(ready))
    words = "".join(page.get_textpage().get_text_range() for page in paper)
    assert '#read("/etc/passwd") $x$ *bold* <script>' in words


def test_a_draft_that_is_withdrawn_was_never_seen_by_ice(
    client: CheckedClient, head: Person, ready: AgencyRequest
) -> None:
    page = client.sign_in(head).get_page(f"/requests/{ready.id}/withdraw").submit(WITHDRAW, reason="Not now.")
    assert page.path == f"/requests/{ready.id}"
    assert client.sign_in(make_person(Role.COORDINATOR)).get(f"/cases/{ready.id}").status_code == 404


OPEN_STATUSES = sorted(step.source for step in JOURNEYS[Machine.REQUEST] if step.action is Action.WITHDRAW)


@pytest.mark.parametrize("status", OPEN_STATUSES)
def test_the_head_withdraws_from_every_open_status(
    client: CheckedClient, head: Person, officer: Person, status: str
) -> None:
    one = make_request(head.agency, status=status, created_by=officer)
    page = client.sign_in(head).get_page(f"/requests/{one.id}/withdraw")
    assert "What this does" in page.text
    for _ in range(2):
        assert page.submit(WITHDRAW, reason="Our board decided otherwise.").path == f"/requests/{one.id}"
    db.session.refresh(one)
    assert (one.status, one.closed_at is not None) == ("withdrawn", True)


@pytest.mark.parametrize("status", sorted({each.value for each in Status} - set(OPEN_STATUSES) - {"withdrawn"}))
def test_what_has_ended_is_not_withdrawn(client: CheckedClient, head: Person, officer: Person, status: str) -> None:
    one = make_request(head.agency, status=status, created_by=officer)
    client.sign_in(head)
    assert client.get(f"/requests/{one.id}/withdraw").status_code == 409
    data = {"expected_version": one.version, "reason": "Too late."}
    assert client.craft_post(f"/requests/{one.id}/withdraw", data=data).status_code == 409


def test_an_officer_does_not_withdraw(client: CheckedClient, officer: Person, ready: AgencyRequest) -> None:
    data = {"expected_version": ready.version, "reason": "Not mine to do."}
    assert client.sign_in(officer).craft_post(f"/requests/{ready.id}/withdraw", data=data).status_code == 403


def test_withdrawing_needs_a_reason(client: CheckedClient, head: Person, ready: AgencyRequest) -> None:
    page = client.sign_in(head).get_page(f"/requests/{ready.id}/withdraw")
    assert page.submit(WITHDRAW, reason=" ").status_code == 422


def test_a_document_that_is_not_what_was_sent_is_found(head: Person, ready: AgencyRequest) -> None:
    content = b"a letter"
    document = Document(
        request_id=ready.id, kind="supporting", filename="a.pdf", media_type="application/pdf", size=len(content),
        sha256=hashlib.sha256(content).hexdigest(), storage_key=store().put(content), uploaded_by_id=head.id,
    )  # fmt: skip
    db.session.add(document)
    send(ready, head.actor)
    db.session.commit()
    assert list(audit.verify()) == []
    document.storage_key = store().put(b"another letter")
    db.session.commit()
    assert [fault.partition(": ")[2] for fault in audit.verify()] == [f"the file {document.id} was changed"]
