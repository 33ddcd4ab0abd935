"""Nothing typed is lost: not to an error, a conflict, a session that ended, or a database that was away."""

import re
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
from app.agency_requests import operations
from app.agency_requests.models import AgencyRequest
from app.agency_requests.sections import views
from app.autosave import MOST_FORMS, SavedForm
from app.extensions import db, now
from app.policy import Role
from tests.agency_requests.filled_requests import fill, send
from tests.builders import make_person
from tests.checked import CheckedClient

SIZE = "sections/capacity/community-size"
TYPED = {"population_served": "about <7,000>", "sworn_officers": "12", "sworn_officers_basis": "measured"}
PASSWORD = "violet harbor tin 9 sparrow"


def keeps(person: Person) -> list[SavedForm]:
    return list(db.session.scalars(select(SavedForm).where(SavedForm.person_id == person.id)))


def test_what_is_typed_is_kept_as_it_is_typed_and_never_becomes_an_answer(
    client: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    client.sign_in(officer)
    response = client.post(f"/requests/{draft.id}/{SIZE}/keep", data={"expected_version": "x", **TYPED})
    assert re.fullmatch(r"\d{1,2}:\d\d [ap]\.m\.", response.json["at"])
    assert dict(keeps(officer)[0].pairs) == {"expected_version": "x", **TYPED}
    assert draft.answers == []
    client.post(f"/requests/{draft.id}/{SIZE}/keep", data={"expected_version": "x", "sworn_officers": "13"})
    assert [dict(each.pairs) for each in keeps(officer)] == [{"expected_version": "x", "sworn_officers": "13"}]


def test_the_page_offers_it_on_return_to_use_or_to_drop(
    client: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    client.sign_in(officer)
    client.post(f"/requests/{draft.id}/{SIZE}/keep", data={"expected_version": "x", **TYPED})
    page = client.get(f"/requests/{draft.id}/{SIZE}").get_data(as_text=True)
    assert "We kept what you typed on" in page
    assert "about &lt;7,000&gt;" not in page
    page = client.get(f"/requests/{draft.id}/{SIZE}?kept=use").get_data(as_text=True)
    assert "about &lt;7,000&gt;" in page
    client.post(f"/requests/{draft.id}/{SIZE}/drop")
    assert keeps(officer) == []
    assert "We kept" not in client.get(f"/requests/{draft.id}/{SIZE}").get_data(as_text=True)


def test_nobody_else_is_shown_what_a_colleague_types(
    client: CheckedClient, officer: Person, head: Person, draft: AgencyRequest
) -> None:
    client.sign_in(officer).post(f"/requests/{draft.id}/{SIZE}/keep", data=TYPED)
    key = keeps(officer)[0].id
    client.sign_in(head)
    assert "We kept" not in client.get(f"/requests/{draft.id}/{SIZE}").get_data(as_text=True)
    assert client.get(f"/kept/{key}").location == "/home"
    assert client.post(f"/kept/{key}/drop").location == "/home"
    assert len(keeps(officer)) == 1


def test_only_a_draft_of_ones_own_agency_is_typed_into(
    client: CheckedClient, ready: AgencyRequest, head: Person
) -> None:
    stranger = make_person(Role.AGENCY_OFFICER)
    assert client.sign_in(stranger).post(f"/requests/{ready.id}/{SIZE}/keep", data=TYPED).status_code == 404
    send(ready, head.actor)
    db.session.commit()
    assert client.sign_in(head).post(f"/requests/{ready.id}/{SIZE}/keep", data=TYPED).status_code == 409


def test_what_equals_the_saved_answers_is_not_offered(
    client: CheckedClient, officer: Person, ready: AgencyRequest
) -> None:
    client.sign_in(officer)
    page = client.get(f"/requests/{ready.id}/sections/else/more").get_data(as_text=True)
    expected_version = page.split('name="expected_version"')[1].split('value="')[1].split('"')[0]
    client.post(
        f"/requests/{ready.id}/sections/else/more/keep",
        data={"expected_version": expected_version, "anything_else": ""},
    )
    assert "We kept" not in client.get(f"/requests/{ready.id}/sections/else/more").get_data(as_text=True)


def test_a_page_with_an_error_is_kept_without_a_script_and_forgotten_once_saved(
    client: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    client.sign_in(officer)
    address = f"/requests/{draft.id}/sections/agency/contacts"
    assert client.post(address, data={"contact_name": "Pat Doe", "contact_email": "not one"}).status_code == 422
    page = client.get(f"{address}?kept=use").get_data(as_text=True)
    assert "Pat Doe" in page
    assert "not one" in page
    good = {"contact_name": "Pat Doe", "contact_email": "pat@example.gov", "contact_phone": "202-555-0143"}
    assert client.post(address, data=good).status_code == 303
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

    client.sign_in(officer)
    monkeypatch.setattr(views, "save_form", away)
    response = client.post(f"/requests/{draft.id}/sections/else/more", data={"anything_else": "Two <pages> of text"})
    page = response.get_data(as_text=True)
    assert response.status_code == 503
    assert "Nothing was saved" in page
    assert "Two &lt;pages&gt; of text" in page
    monkeypatch.undo()
    assert again(client, page).status_code == 303
    db.session.expire_all()
    assert draft.anything_else == "Two <pages> of text"


def again(client: CheckedClient, page: str) -> TestResponse:
    """Presses "Send it again", as a browser would."""
    form = page[page.rindex("<form", 0, page.index("Send it again")) : page.index("Send it again")]
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
    typed = [(name, value.replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'")) for name, value in fields]
    action = re.search(r'action="([^"]*)"', form)
    assert action
    return client.post(action[1].replace("&amp;", "&"), data=MultiDict(typed))


@pytest.fixture
def visitor(client: CheckedClient, officer: Person) -> CheckedClient:
    """The officer at a browser, who can sign in."""
    officer.password_hash = hash_password(PASSWORD)
    db.session.commit()
    return client


def token_of(page: str) -> str:
    return page.rsplit('name="csrf_token"', maxsplit=1)[-1].split('value="')[1].split('"', maxsplit=1)[0]


def sign_in(client: CheckedClient, person: Person, path: str) -> TestResponse:
    """Follows the page's own link to sign in, and signs in."""
    page = client.get(path.replace("&amp;", "&")).get_data(as_text=True)
    target = re.search(r'name="next"[^>]*value="([^"]*)"', page)
    assert target
    data = {"csrf_token": token_of(page), "email": person.email, "password": PASSWORD, "next": target[1]}
    return client.post("/sign-in", data=data)


def test_scenario_02_a_session_ends_mid_form_and_after_signing_in_the_input_is_still_there(
    visitor: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    visitor.sign_in(officer)
    address = f"/requests/{draft.id}/{SIZE}"
    page = visitor.get(address).get_data(as_text=True)
    visitor.delete_cookie("access_session")
    response = visitor.craft_post(
        address, data={"csrf_token": token_of(page), "expected_version": "x", **TYPED}, token=False
    )
    page = response.get_data(as_text=True)
    assert response.status_code == 400
    assert "We kept what you typed" in page
    link = re.search(r'href="(/sign-in[^"]*)"[^>]*>Sign in and go on', page)
    assert link
    after = sign_in(visitor, officer, link[1])
    back = visitor.get(after.location, follow_redirects=True).get_data(as_text=True)
    assert "about &lt;7,000&gt;" in back
    assert "It stands below and is not saved yet" in back


def test_somebody_else_who_signs_in_there_is_shown_nothing_of_it(
    visitor: CheckedClient, officer: Person, head: Person, draft: AgencyRequest
) -> None:
    head.password_hash = hash_password(PASSWORD)
    db.session.commit()
    visitor.sign_in(officer)
    address = f"/requests/{draft.id}/{SIZE}"
    visitor.get(address)
    visitor.delete_cookie("access_session")
    page = visitor.craft_post(address, data=TYPED, token=False).get_data(as_text=True)
    link = re.search(r'href="(/sign-in[^"]*)"[^>]*>Sign in and go on', page)
    assert link
    after = sign_in(visitor, head, link[1])
    assert "7,000" not in visitor.get(after.location, follow_redirects=True).get_data(as_text=True)
    assert "We kept" not in visitor.get(address).get_data(as_text=True)


def test_what_a_script_keeps_after_the_session_ended_is_kept_for_its_page(
    visitor: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    address = f"/requests/{draft.id}/{SIZE}"
    visitor.sign_in(officer).get(address)
    visitor.delete_cookie("access_session")
    response = visitor.craft_post(
        f"{address}/keep", data=TYPED, headers={"Referer": f"http://localhost{address}"}, token=False
    )
    assert response.status_code == 400
    assert [each.path for each in keeps(officer)] == [address]


def test_a_form_that_no_page_takes_back_is_sent_again_by_who_typed_it(
    visitor: CheckedClient, officer: Person, head: Person, ready: AgencyRequest
) -> None:
    head.password_hash = hash_password(PASSWORD)
    db.session.commit()
    visitor.sign_in(head).get(f"/requests/{ready.id}/check")
    visitor.delete_cookie("access_session")
    page = visitor.craft_post(
        f"/requests/{ready.id}/hand-back", data={"note": "Mend the letter."}, token=False
    ).get_data(as_text=True)
    link = re.search(r'href="(/sign-in[^"]*)"[^>]*>Sign in and go on', page)
    assert link
    page = visitor.get(sign_in(visitor, head, link[1]).location).get_data(as_text=True)
    assert "Mend the letter." in page
    form = page[: page.index("Send it again")]
    token = token_of(form)
    response = visitor.craft_post(
        f"/requests/{ready.id}/hand-back", data={"csrf_token": token, "note": "Mend the letter."}, token=False
    )
    assert response.status_code == 303
    db.session.expire_all()
    assert ready.head_note == "Mend the letter."


def test_a_stale_token_of_somebody_signed_in_costs_one_click(
    visitor: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    visitor.sign_in(officer).get("/home")
    response = visitor.craft_post(f"/requests/{draft.id}/{SIZE}", data={"csrf_token": "stale", **TYPED}, token=False)
    page = response.get_data(as_text=True)
    assert response.status_code == 400
    assert "about &lt;7,000&gt;" in page
    assert "Send it again" in page


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
    visitor.sign_in(officer).get("/home")
    visitor.delete_cookie("access_session")
    response = visitor.craft_post(
        "/account/password", data={"current": "x", "password": "secret one", "again": "secret two"}, token=False
    )
    assert "secret" not in response.get_data(as_text=True)
    assert keeps(officer) == []


def test_a_double_click_saves_once_and_asks_nothing(
    client: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    fill(draft, officer.actor)
    db.session.commit()
    client.sign_in(officer)
    page = client.get(f"/requests/{draft.id}/sections/else/more").get_data(as_text=True)
    expected_version = page.split('name="expected_version"')[1].split('value="')[1].split('"')[0]
    data = {"expected_version": expected_version, "anything_else": "One thing more.", "then": "next"}
    for _ in range(2):
        assert client.post(f"/requests/{draft.id}/sections/else/more", data=data).status_code == 303
    assert operations.documents_of(draft) == []


def test_every_box_for_a_password_is_known_as_a_secret() -> None:
    made = [form for form in vars(account_forms).values() if isinstance(form, type) and issubclass(form, FlaskForm)]
    fields = {name for form in made for name, field in vars(form).items() if "PasswordField" in repr(field)} - {
        "_unbound_fields"
    }
    assert fields == autosave.SECRETS
