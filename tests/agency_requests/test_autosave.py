"""Nothing typed is lost: not to an error, a conflict, a session that ended, or a database that was away."""

import re
from collections.abc import Mapping
from datetime import timedelta

import pytest
import time_machine
from flask_wtf import FlaskForm
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from app import autosave
from app.accounts import forms as account_forms
from app.accounts.models import Person
from app.accounts.sign_in.passwords import hash_password
from app.agency_requests.models import AgencyRequest
from app.agency_requests.sections import views
from app.autosave import MOST_FORMS, SavedForm
from app.extensions import db, now
from tests.agency_requests.filled_requests import fill, send
from tests.checked import CheckedClient
from tests.page import Page, words

ONWARD = "Save and continue"
SIZE = "sections/capacity/community-size"
TYPED = {"population_served": "about <7,000>", "sworn_officers": "12", "sworn_officers_basis": "measured"}
PASSWORD = "violet harbor tin 9 sparrow"


def keeps(person: Person) -> list[SavedForm]:
    return list(db.session.scalars(select(SavedForm).where(SavedForm.person_id == person.id)))


def keep(page: Page, **typed: object) -> TestResponse:
    """What the script of a page does while somebody types into its form: it sends the form to where it is kept."""
    form = next(each for each in page.forms if ONWARD in [words(button) for button in each.buttons])
    return keep_at(page.client, page.path, MultiDict(form.sent(None, typed)))


def keep_at(client: CheckedClient, path: str, sent: Mapping[str, str]) -> TestResponse:
    """Has a form kept that is sent to this path, with its token or without."""
    return client.craft_post("/kept", query_string={"path": path, "page": path}, data=sent, token=False)


def kept_of(person: Person) -> list[dict[str, str]]:
    """What is kept of the fields that this person sees."""
    return [{name: value for name, value in each.pairs if name != "expected_version"} for each in keeps(person)]


def test_what_is_typed_is_kept_as_it_is_typed_and_never_becomes_an_answer(
    client: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    page = client.sign_in(officer).get_page(f"/requests/{draft.id}/{SIZE}")
    assert re.fullmatch(r"\d{1,2}:\d\d [ap]\.m\.", keep(page, **TYPED).json["at"])
    assert kept_of(officer) == [TYPED]
    assert draft.answers == []
    keep(page, sworn_officers="13")
    assert kept_of(officer) == [{"population_served": "", "sworn_officers": "13"}]


def test_the_page_offers_it_on_return_to_use_or_to_drop(
    client: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    address = f"/requests/{draft.id}/{SIZE}"
    keep(client.sign_in(officer).get_page(address), **TYPED)
    page = client.get_page(address)
    assert "We kept what you typed on" in page.text
    assert "about &lt;7,000&gt;" not in page.text
    page = page.follow("Use what I typed")
    assert "about &lt;7,000&gt;" in page.text
    page = page.submit("Drop what I typed")
    assert keeps(officer) == []
    assert (page.path, "We kept" in page.text) == (address, False)


def test_nobody_else_is_shown_what_a_colleague_types(
    client: CheckedClient, officer: Person, head: Person, draft: AgencyRequest
) -> None:
    keep(client.sign_in(officer).get_page(f"/requests/{draft.id}/{SIZE}"), **TYPED)
    key = keeps(officer)[0].id
    client.sign_in(head)
    assert "We kept" not in client.get(f"/requests/{draft.id}/{SIZE}").get_data(as_text=True)
    assert client.get(f"/kept/{key}").location == "/home"
    assert client.craft_post(f"/kept/{key}/drop").location == "/home"
    assert len(keeps(officer)) == 1


@pytest.mark.parametrize("path", ["", "nowhere", "//elsewhere.example/", "https://elsewhere.example/", f"/{'x' * 400}"])
def test_only_a_form_of_ours_is_kept(client: CheckedClient, officer: Person, path: str) -> None:
    client.sign_in(officer)
    assert keep_at(client, path, {"csrf_token": client.token(), **TYPED}).status_code == 400
    assert keeps(officer) == []


def test_what_was_cleared_again_is_forgotten(client: CheckedClient, officer: Person, draft: AgencyRequest) -> None:
    page = client.sign_in(officer).get_page(f"/requests/{draft.id}/{SIZE}")
    keep(page, **TYPED)
    keep(page, population_served=" ", sworn_officers="")
    assert keeps(officer) == []


def test_what_equals_the_saved_answers_is_not_offered(
    client: CheckedClient, officer: Person, ready: AgencyRequest
) -> None:
    page = client.sign_in(officer).get_page(f"/requests/{ready.id}/{SIZE}")
    keep(page)
    assert len(keeps(officer)) == 1
    assert "We kept" not in client.get_page(page.address).text


def test_a_page_with_an_error_is_kept_without_a_script_and_forgotten_once_saved(
    client: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    address = f"/requests/{draft.id}/sections/agency/contacts"
    page = client.sign_in(officer).get_page(address)
    assert page.submit(ONWARD, contact_name="Pat Doe", contact_email="not one").status_code == 422
    page = client.get_page(address).follow("Use what I typed")
    assert "Pat Doe" in page.text
    assert "not one" in page.text
    page = page.submit(ONWARD, contact_email="pat@example.gov", contact_phone="202-555-0143")
    assert (page.status_code, page.path != address) == (200, True)
    assert keeps(officer) == []


def test_what_can_no_longer_be_sent_is_forgotten(ready: AgencyRequest, officer: Person, head: Person) -> None:
    for person in (officer, head):
        autosave.save_form(person.id, f"/requests/{ready.id}/{SIZE}", [("x", "typed")])
    other = autosave.save_form(officer.id, "/requests/another/sections/x/y", [("x", "typed")])
    send(ready, head.actor)
    db.session.commit()
    assert db.session.scalars(select(SavedForm)).all() == [other]


def test_what_was_kept_is_old_after_a_fortnight_and_nobody_keeps_without_end(officer: Person) -> None:
    for number in range(MOST_FORMS + 5):
        autosave.save_form(officer.id, f"/somewhere/{number}", [("x", "typed")])
    db.session.commit()
    assert db.session.scalar(select(func.count()).select_from(SavedForm)) == MOST_FORMS
    assert autosave.saved_form_at(officer.id, f"/somewhere/{MOST_FORMS + 4}")
    with time_machine.travel(now() + timedelta(days=15)):
        autosave.save_form(officer.id, "/somewhere/else", [("x", "typed")])
        db.session.commit()
    assert len(keeps(officer)) == 1


def test_scenario_06_a_save_that_the_database_refuses_loses_nothing_and_says_so(
    client: CheckedClient, officer: Person, draft: AgencyRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: object) -> None:
        raise OperationalError("", {}, Exception())

    page = client.sign_in(officer).get_page(f"/requests/{draft.id}/sections/else/more")
    monkeypatch.setattr(views, "save_form", away)
    refused = page.submit(ONWARD, anything_else="Two <pages> of text")
    assert refused.status_code == 503
    assert "Nothing was saved" in refused.text
    assert "Two &lt;pages&gt; of text" in refused.text
    monkeypatch.undo()
    assert refused.submit("Send it again").path == f"/requests/{draft.id}/tasks"
    db.session.expire_all()
    assert draft.anything_else == "Two <pages> of text"


@pytest.fixture
def visitor(client: CheckedClient, officer: Person) -> CheckedClient:
    """The officer at a browser, who can sign in."""
    officer.password_hash = hash_password(PASSWORD)
    db.session.commit()
    return client


def back_in(page: Page, person: Person) -> Page:
    """Signs in from the page that says who was signed out; the page that this leads to."""
    return page.follow("Sign in and go on").submit("Sign in", email=person.email, password=PASSWORD)


def test_scenario_02_a_session_ends_mid_form_and_after_signing_in_the_input_is_still_there(
    visitor: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    page = visitor.sign_in(officer).get_page(f"/requests/{draft.id}/{SIZE}")
    visitor.delete_cookie("access_session")
    refused = page.submit(ONWARD, TYPED)
    assert refused.status_code == 400
    assert "We kept what you typed" in refused.text
    back = back_in(refused, officer)
    assert back.path == page.path
    assert "about &lt;7,000&gt;" in back.text
    assert "It stands below and is not saved yet" in back.text


def test_somebody_else_who_signs_in_there_is_shown_nothing_of_it(
    visitor: CheckedClient, officer: Person, head: Person, draft: AgencyRequest
) -> None:
    head.password_hash = hash_password(PASSWORD)
    db.session.commit()
    page = visitor.sign_in(officer).get_page(f"/requests/{draft.id}/{SIZE}")
    visitor.delete_cookie("access_session")
    assert "7,000" not in back_in(page.submit(ONWARD, TYPED), head).text
    assert "We kept" not in visitor.get_page(page.path).text


def test_what_a_script_keeps_after_the_session_ended_is_kept_for_its_page(
    visitor: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    page = visitor.sign_in(officer).get_page(f"/requests/{draft.id}/{SIZE}")
    visitor.delete_cookie("access_session")
    assert keep(page, **TYPED).status_code == 400
    assert [each.path for each in keeps(officer)] == [page.path]


def test_a_form_that_no_page_takes_back_is_sent_again_by_who_typed_it(
    visitor: CheckedClient, head: Person, ready: AgencyRequest
) -> None:
    head.password_hash = hash_password(PASSWORD)
    db.session.commit()
    page = visitor.sign_in(head).get_page(f"/requests/{ready.id}/check")
    visitor.delete_cookie("access_session")
    page = back_in(page.submit("Give it back", note="Mend the letter."), head)
    assert "Mend the letter." in page.text
    assert page.submit("Send it again").path == f"/requests/{ready.id}/tasks"
    db.session.expire_all()
    assert ready.head_note == "Mend the letter."


def test_a_form_of_an_earlier_session_costs_one_click(
    visitor: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    page = visitor.sign_in(officer).get_page(f"/requests/{draft.id}/{SIZE}")
    visitor.delete_cookie("access_session")
    visitor.sign_in(officer)
    refused = page.submit(ONWARD, TYPED | {"population_served": "7,000"})
    assert refused.status_code == 400
    assert "7,000" in refused.text
    again = refused.submit("Send it again", within="What you typed")
    assert (again.status_code, "Say how you know this number." in again.text) == (422, True)


def test_nothing_is_kept_for_a_stranger_or_from_another_site(
    visitor: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    address = f"/requests/{draft.id}/{SIZE}"
    assert visitor.craft_post(address, data=TYPED, token=False).status_code == 400
    visitor.sign_in(officer).get("/home")
    visitor.delete_cookie("access_session")
    visitor.craft_post(address, data=TYPED, headers={"Sec-Fetch-Site": "cross-site"}, token=False)
    visitor.set_cookie("access_session_last", "made up")
    visitor.craft_post(address, data=TYPED, token=False)
    assert keeps(officer) == []


def test_no_password_is_kept(visitor: CheckedClient, officer: Person) -> None:
    page = visitor.sign_in(officer).get_page("/account")
    visitor.delete_cookie("access_session")
    typed = {"current": "x", "password": "secret one", "again": "secret two"}
    assert "secret" not in page.submit("Change the password", typed).text
    assert keeps(officer) == []


def test_a_double_click_saves_once_and_asks_nothing(
    client: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    fill(draft, officer.actor)
    db.session.commit()
    page = client.sign_in(officer).get_page(f"/requests/{draft.id}/sections/else/more")
    for _ in range(2):
        assert page.submit(ONWARD, anything_else="One thing more.").path == f"/requests/{draft.id}/tasks"
    db.session.refresh(draft)
    assert draft.anything_else == "One thing more."


def test_every_box_for_a_password_is_known_as_a_secret() -> None:
    made = [form for form in vars(account_forms).values() if isinstance(form, type) and issubclass(form, FlaskForm)]
    fields = {name for form in made for name, field in vars(form).items() if "PasswordField" in repr(field)} - {
        "_unbound_fields"
    }
    assert fields == autosave.SECRETS
