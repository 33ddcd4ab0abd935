"""What ICE asks back is settled item by item: files and new values wait until they are sent, then staff accept."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import audit
from app.accounts.models import Person
from app.agency_requests.models import AgencyRequest, Answer, Document
from app.data_files import DataFileError
from app.extensions import db
from app.intake import operations as intake_operations
from app.intake.canned_texts import CANNED_TEXTS, chosen_texts, load_canned_texts
from app.intake.information_requests import acceptance, operations
from app.intake.information_requests.operations import NewItem
from app.intake.models import InformationItem
from app.notifications.models import OutboxMessage
from app.policy import Role
from app.workflow.refusals import RefusalKind, StepRefused
from tests.agency_requests.test_documents import picture
from tests.builders import make_agency, make_office, make_person, make_request
from tests.checked import CheckedClient
from tests.page import Page

DUE = date(2027, 1, 15)


@pytest.fixture
def coordinator(app: Flask) -> Person:
    return make_person(Role.COORDINATOR)


@pytest.fixture
def in_intake(coordinator: Person) -> AgencyRequest:
    found = make_request(make_agency(), status="in_intake", coordinator_id=coordinator.id)
    db.session.add(Answer(request_id=found.id, key="jail_bookings", value=1000, basis="estimated"))
    db.session.add(Answer(request_id=found.id, key="sworn_officers", value=40, basis="measured"))
    intake_operations.declare_interests(found, coordinator.actor, has_conflict=False, sentence="")
    db.session.commit()
    return found


@pytest.fixture
def officer(in_intake: AgencyRequest) -> Person:
    return make_person(Role.AGENCY_OFFICER, agency=in_intake.agency)


def ask(agency_request: AgencyRequest, coordinator: Person) -> list[InformationItem]:
    """A number, and a document that is wanted sooner."""
    items = [
        NewItem("question", "jail_bookings", "Is this a year or a month?"),
        NewItem("document", "letter", "Sign it.", due=date(2027, 1, 8)),
    ]
    asked = operations.ask_information(
        agency_request, coordinator.actor, items, DUE, expected_version=agency_request.version
    )
    assert asked is not None
    db.session.commit()
    return asked.items


def save(page: Page, item: InformationItem, **parts: Any) -> Page:
    """Saves the answer to this item on the agency's page."""
    address = page.path.removesuffix(f"/{item.id}")
    return page.submit(
        "Save this answer", {f"{item.id.hex}-{part}": value for part, value in parts.items()}, to=f"{address}/{item.id}"
    )


def answer_all(client: CheckedClient, officer: Person, agency_request: AgencyRequest, *items: InformationItem) -> None:
    """A new number, and the letter as a picture, both sent."""
    number, letter = items
    page = client.sign_in(officer).get_page(f"/requests/{agency_request.id}/answer")
    page = save(page, number, text="A month.", value="12,000", basis="measured")
    page = save(page, letter, files=[(picture(), "signed.png"), (picture(), "second page.png")])
    assert page.submit("Send all answers").path == f"/requests/{agency_request.id}"
    db.session.refresh(agency_request)


def test_scenario_18_only_what_was_asked_is_open_and_the_answers_go_back_to_the_same_person(
    in_intake: AgencyRequest, coordinator: Person, officer: Person, client: CheckedClient
) -> None:
    sent_on = in_intake.submitted_at
    number, letter = ask(in_intake, coordinator)
    with pytest.raises(StepRefused, match="Only what was asked"):
        operations.change_answer(in_intake, officer.actor, letter, 3, basis="measured", note="")
    stray = f"/requests/{in_intake.id}"
    visitor = client.sign_in(officer)
    assert visitor.get(f"{stray}/sections/agency/profile").status_code in {404, 409}
    assert visitor.craft_post(f"{stray}/documents", data={"kind": "letter"}).status_code == 409
    forged = {f"{number.id.hex}-text": "A month.", "sworn_officers": "99"}
    assert visitor.craft_post(f"{stray}/answer/{number.id}", data=forged).status_code == 303
    assert db.session.get(Answer, (in_intake.id, "sworn_officers")).value == 40
    answer_all(client, officer, in_intake, number, letter)
    assert (in_intake.status, in_intake.coordinator_id, in_intake.submitted_at) == (
        "in_intake",
        coordinator.id,
        sent_on,
    )


def test_scenario_13_what_changed_since_it_was_sent_is_marked_for_both_sides(
    in_intake: AgencyRequest, coordinator: Person, officer: Person, client: CheckedClient
) -> None:
    old = Document(
        request_id=in_intake.id, kind="letter", filename="old.pdf", media_type="application/pdf", size=1, sha256="0",
        storage_key="0", uploaded_by_id=officer.id,
    )  # fmt: skip
    db.session.add(old)
    db.session.commit()
    answer_all(client, officer, in_intake, *ask(in_intake, coordinator))
    pages = (
        client.sign_in(coordinator).get(f"/cases/{in_intake.id}"),
        client.sign_in(officer).get(f"/requests/{in_intake.id}"),
    )
    for page in (response.get_data(as_text=True) for response in pages):
        assert "was 1,000" in page
        assert "12,000" in page
        assert "Replaced by second page.png" in page
        assert "New since the request was sent" in page


def test_nothing_of_an_answer_counts_or_is_seen_by_staff_before_it_is_sent(
    in_intake: AgencyRequest, coordinator: Person, officer: Person, client: CheckedClient
) -> None:
    number, letter = ask(in_intake, coordinator)
    page = client.sign_in(officer).get_page(f"/requests/{in_intake.id}/answer")
    page = save(page, number, text="A whole month.", value="12000")
    page = save(page, letter, files=(picture(), "signed.png"))
    assert "signed.png" in page.text
    assert "12,000" in page.text
    theirs = client.sign_in(coordinator).get(f"/cases/{in_intake.id}").get_data(as_text=True)
    for words in ("signed.png", "A whole month.", "12,000"):
        assert words not in theirs
    (document,) = db.session.get(InformationItem, letter.id).attached
    assert client.get(f"/documents/{document.id}").status_code == 404
    assert client.sign_in(officer).get(f"/documents/{document.id}").status_code == 200
    assert db.session.get(Answer, (in_intake.id, "jail_bookings")).value == 1000


def test_a_file_is_taken_off_and_its_item_is_open_again(
    in_intake: AgencyRequest, coordinator: Person, officer: Person, client: CheckedClient
) -> None:
    _, letter = ask(in_intake, coordinator)
    page = client.sign_in(officer).get_page(f"/requests/{in_intake.id}/answer")
    page = save(page, letter, files=(picture(), "signed.png"))
    (document,) = db.session.get(InformationItem, letter.id).attached
    assert document.kind == "letter"
    assert "signed.png is removed." in page.submit("Remove signed.png").text
    db.session.expire_all()
    assert letter.state == "open"
    assert page.submit("Remove signed.png").status_code == 404  # the page of before has the file still


def test_a_file_that_is_not_fit_is_refused_and_what_was_typed_stays(
    in_intake: AgencyRequest, coordinator: Person, officer: Person, client: CheckedClient
) -> None:
    _, letter = ask(in_intake, coordinator)
    page = client.sign_in(officer).get_page(f"/requests/{in_intake.id}/answer")
    page = save(page, letter, text="Here it is.", files=(picture(), "letter.pdf"))
    assert page.status_code == 422
    assert "Here it is." in page.text
    assert db.session.get(InformationItem, letter.id).state == "open"


def test_an_answer_that_a_colleague_saved_meanwhile_is_shown_and_not_overwritten(
    in_intake: AgencyRequest, coordinator: Person, officer: Person, client: CheckedClient
) -> None:
    number, _ = ask(in_intake, coordinator)
    colleague = make_person(Role.AGENCY_OFFICER, agency=in_intake.agency, name="Kit Lane")
    address = f"/requests/{in_intake.id}/answer"
    shown_before = client.sign_in(officer).get_page(address)
    save(client.sign_in(colleague).get_page(address), number, text="It is a whole year.")
    client.sign_in(officer)
    page = save(shown_before, number, text="It is a month.")
    assert page.status_code == 409
    for words in ("Kit Lane saved another answer meanwhile.", "It is a whole year.", "It is a month."):
        assert words in page.text
    db.session.expire_all()
    assert number.answer == "It is a whole year."
    assert save(page, number).status_code == 200  # what was typed stands there still
    db.session.expire_all()
    assert number.answer == "It is a month."


def test_saving_one_answer_saves_what_was_typed_into_the_others(
    in_intake: AgencyRequest, coordinator: Person, officer: Person, client: CheckedClient
) -> None:
    number, letter = ask(in_intake, coordinator)
    address, texts = f"/requests/{in_intake.id}/answer", [f"{item.id.hex}-text" for item in (number, letter)]
    page = client.sign_in(officer).get_page(address)
    page = page.submit("Save this answer", {texts[0]: "One.", texts[1]: "Two."}, to=f"{address}/{number.id}")
    db.session.expire_all()
    assert [number.answer, letter.answer] == ["One.", "Two."]
    page = page.submit("Save this answer", {texts[0]: "", texts[1]: "Rewritten."}, to=f"{address}/{number.id}")
    assert page.status_code == 422
    assert "Rewritten." in page.text
    db.session.expire_all()
    assert letter.answer == "Two."


def test_an_answer_that_a_colleague_saved_and_i_left_alone_does_not_stand_in_the_way_of_mine(
    in_intake: AgencyRequest, coordinator: Person, officer: Person, client: CheckedClient
) -> None:
    number, letter = ask(in_intake, coordinator)
    colleague = make_person(Role.AGENCY_OFFICER, agency=in_intake.agency)
    address = f"/requests/{in_intake.id}/answer"
    mine = client.sign_in(officer).get_page(address)
    theirs = client.sign_in(colleague).get_page(address)
    theirs.submit("Save this answer", {f"{number.id.hex}-text": "A whole year."}, to=f"{address}/{number.id}")
    client.sign_in(officer)
    page = mine.submit("Save this answer", {f"{letter.id.hex}-text": "By mail."}, to=f"{address}/{letter.id}")
    assert page.status_code == 200
    db.session.expire_all()
    assert [number.answer, letter.answer] == ["A whole year.", "By mail."]
    assert number.answered_by_id == colleague.id


def test_staff_accept_item_by_item(
    in_intake: AgencyRequest, coordinator: Person, officer: Person, client: CheckedClient
) -> None:
    number, letter = ask(in_intake, coordinator)
    answer_all(client, officer, in_intake, number, letter)
    case = f"/cases/{in_intake.id}"
    address = f"{case}/items/{number.id}/accept"
    assert client.sign_in(officer).craft_post(address).status_code == 403
    assert client.sign_in(make_person(Role.COORDINATOR, office=make_office())).craft_post(address).status_code == 404
    page = client.sign_in(coordinator).get_page(case)
    assert "The answer is accepted." in page.submit("Accept", to=address).text
    assert page.submit("Accept", to=address).status_code == 409  # the second click
    db.session.expire_all()
    assert (number.state, letter.state) == ("accepted", "answered")
    assert audit.history(in_intake.id, [audit.Audience.BOTH])[0].action == "accept_answer"
    assert "Accepted" in client.sign_in(officer).get(f"/requests/{in_intake.id}").get_data(as_text=True)


def test_an_item_asked_again_makes_a_round_of_its_own_with_the_reason(
    in_intake: AgencyRequest, coordinator: Person, officer: Person, client: CheckedClient
) -> None:
    number, letter = ask(in_intake, coordinator)
    answer_all(client, officer, in_intake, number, letter)
    page = client.sign_in(coordinator).get_page(f"/cases/{in_intake.id}/items/{letter.id}/ask-again")
    unsaid = page.submit("Ask again", due="2027-02-01")
    assert unsaid.status_code == 422
    assert "has been asked again" in unsaid.submit("Ask again", reason="The second page is cut off.").text
    db.session.expire_all()
    assert letter.state == "asked_again"
    (again,) = intake_operations.open_information_request(in_intake.id).items
    assert (again.sentence, again.again_because) == ("Sign it.", "The second page is cut off.")
    page = client.sign_in(officer).get(f"/requests/{in_intake.id}/answer").get_data(as_text=True)
    assert "The second page is cut off." in page
    mail = db.session.scalars(db.select(OutboxMessage).where(OutboxMessage.notice == "information_requested")).all()
    assert any("The second page is cut off." in each.body for each in mail)


def test_an_item_nobody_answered_is_neither_accepted_nor_asked_again(
    in_intake: AgencyRequest, coordinator: Person
) -> None:
    number, _ = ask(in_intake, coordinator)
    with pytest.raises(StepRefused) as refused:
        acceptance.find_answered(in_intake, coordinator.actor, number.id)
    assert refused.value.kind is RefusalKind.TOO_LATE


def test_who_declared_a_conflict_settles_nothing(
    in_intake: AgencyRequest, coordinator: Person, officer: Person, client: CheckedClient
) -> None:
    number, letter = ask(in_intake, coordinator)
    answer_all(client, officer, in_intake, number, letter)
    intake_operations.declare_interests(
        in_intake, coordinator.actor, has_conflict=True, sentence="My sister works there."
    )
    db.session.commit()
    with pytest.raises(StepRefused):
        acceptance.find_answered(in_intake, coordinator.actor, number.id)


def test_an_item_is_due_on_its_own_day_but_never_after_the_whole(
    in_intake: AgencyRequest, coordinator: Person, client: CheckedClient
) -> None:
    typed = {
        "due": "2027-01-15",
        "items-0-anchor": "document:letter",
        "items-0-sentence": "Sign it.",
        "items-0-due": "2027-01-20",
    }
    page = client.sign_in(coordinator).get_page(f"/cases/{in_intake.id}/ask")
    late = page.submit("Send to the agency", typed)
    assert late.status_code == 422
    assert "on or before the date for the whole" in late.text
    assert "The agency has been asked." in late.submit("Send to the agency", {"items-0-due": "2027-01-08"}).text
    (item,) = intake_operations.open_information_request(in_intake.id).items
    assert item.due_by == date(2027, 1, 8)


def test_ready_sentences_begin_several_items_at_once(
    in_intake: AgencyRequest, coordinator: Person, client: CheckedClient
) -> None:
    page = client.sign_in(coordinator).get(
        f"/cases/{in_intake.id}/ask?ready=letter_unsigned&ready=number_source&ready=x"
    )
    text = page.get_data(as_text=True)
    assert text.count("The request letter has no signature.") == 2  # in the list, and in the first item
    assert '<option value="document:letter" selected>' in text
    assert len(chosen_texts(["letter_unsigned", "number_source", "x"])) == 2


def test_ready_sentences_have_a_key_each_and_are_tied_to_what_exists(tmp_path: Path) -> None:
    assert CANNED_TEXTS
    file, sentence = tmp_path / "texts.toml", '[[gap.sentence]]\nkey = "a"\nabout = "{about}"\ntext = "Words."\n'
    file.write_text('[[gap]]\ntitle = "T"\n' + sentence.format(about="") * 2)
    with pytest.raises(DataFileError, match="same key"):
        load_canned_texts(file)
    file.write_text('[[gap]]\ntitle = "T"\n' + sentence.format(about="question:nothing"))
    with pytest.raises(DataFileError, match="does not exist"):
        load_canned_texts(file)
