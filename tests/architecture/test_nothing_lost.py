"""What somebody typed is there afterwards, whatever became of the form: on every page that is written into.

The pages are those of the browser tests, with the demonstration in them. What the script does in a browser is done here
as it does it (app/assets/js/keeping.js): it keeps a form at an address of ours, and fills it in from what a page says.
tests/browser/test_keeping.py holds the script to that.
"""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from app.autosave import SavedForm
from app.extensions import db
from tests.architecture.test_every_form import filled, place_of, pressed
from tests.browser.places import PAGES
from tests.checked import CheckedClient
from tests.demonstration import Demonstration
from tests.page import HTML, URLENCODED, Form, Page, kind_of, words

TEXTS = {"text", "textarea", "email", "tel", "url"}
LIMIT = 100_000  # bytes of a form, so that a large file is made quickly
TOO_LONG = 21_000  # characters, more than any field takes
NOBODY = "/kept/00000000-0000-0000-0000-000000000000"  # an address that costs little
OPENED: dict[str, Page] = {}


def opened(shown: Demonstration, name: str) -> Page:
    """A page, looked at by who looks at it; once for all tests, since everything is put back after each."""
    if name not in OPENED:
        address, mail = place_of(shown, name)
        OPENED[name] = shown.visitor(mail).get_page(address)
    return OPENED[name]


def boxes(form: Form) -> dict[str, list[str]]:
    """The kinds of the boxes of a form that take words or figures, by name."""
    found: dict[str, list[str]] = {}
    for control in form.controls:
        if control.get("name") and kind_of(control) in TEXTS and "readonly" not in control.attrib:
            found.setdefault(control.get("name") or "", []).append(kind_of(control))
    return found


def with_text(page: Page) -> list[Form]:
    """The forms that somebody writes into, as the script finds them."""
    sent = [form for form in page.forms if form.method == "post" and boxes(form)]
    return [form for form in sent if not any(kind_of(control) == "password" for control in form.controls)]


def typed_into(form: Form, words: str = "Typed and not to be lost") -> dict[str, Any]:
    """Something typed into each box, one unlike the others."""
    values: dict[str, Any] = {}
    for number, (name, kinds) in enumerate(boxes(form).items()):
        texts = [f"{words} {number}-{place}" for place, _ in enumerate(kinds)]
        values[name] = texts if len(texts) > 1 else texts[0]
    return values


def texts_of(values: dict[str, Any]) -> list[str]:
    return [text for value in values.values() for text in (value if isinstance(value, list) else [value])]


def path_of(page: Page, form: Form) -> str:
    """Where a form is sent, as the script names it."""
    return urlsplit(page.leads_to(form, None)).path


def keep(page: Page, form: Form, values: dict[str, Any]) -> None:
    """Sends what is typed while it is typed, as the script does."""
    shown_on = page.tree.find(f"{HTML}body").get("data-page")  # type: ignore[union-attr] # every page has one
    address = "/kept?" + urlencode({"path": path_of(page, form), "page": shown_on})
    sent = [(name, value) for name, value in form.sent(None, values) if isinstance(value, str)]
    answer = page.client.craft_post(address, data=MultiDict(sent), content_type=URLENCODED, token=False)
    assert answer.status_code == 200


def filled_in(page: Page) -> Iterator[str]:
    """What the script fills in on a page, and what stands in its boxes already."""
    forms = {path_of(page, form): form for form in with_text(page)}
    for saved in page.tree.iter(f"{HTML}p"):
        if form := forms.get(saved.get("data-saved") or ""):
            yield from (value for name, value in json.loads(saved.get("data-typed") or "") if name in boxes(form))
    yield from (str(value) for form in with_text(page) for _, value in form.sent(None, {}))


def come_back(page: Page) -> Page:
    """The page as it is opened later; a page that offers what it kept shows it on demand."""
    again = page.client.get_page(page.address)
    return again.follow("Use what I typed") if "Use what I typed" in again.text else again


def missing(values: dict[str, Any], page: Page) -> list[str]:
    standing = set(filled_in(page))
    return [text for text in texts_of(values) if text not in standing]


def unkept(values: dict[str, Any]) -> list[str]:
    """What a person does not find where what was kept is read, as when the form is no longer offered."""
    kept = {value for row in db.session.scalars(select(SavedForm)) for _, value in row.pairs}
    return [text for text in texts_of(values) if text not in kept]


def send(page: Page, form: Form, sent: list[tuple[str, Any]], client: CheckedClient | None = None) -> Page:
    """Sends a form as somebody did who opened it earlier, and returns the page that answers."""
    client, encoding = client or page.client, form.element.get("enctype") or URLENCODED
    address, data = page.leads_to(form, first_button(form)), MultiDict(sent)
    answer = client.craft_post(address, token=False, data=data, content_type=encoding, headers=page._headers)
    return client.arrive(answer)


def first_button(form: Form) -> Any:
    """What the Enter key presses."""
    return next(iter(form.buttons), None)


WRITTEN_INTO = [name for name in PAGES if PAGES[name].who and name != "components.show"]


def forms_of(shown: Demonstration, name: str) -> tuple[Page, list[Form]]:
    page = opened(shown, name)
    return page, with_text(page)


@pytest.mark.parametrize("name", WRITTEN_INTO)
def test_who_leaves_and_comes_back_finds_it(shown: Demonstration, name: str) -> None:
    page, forms = forms_of(shown, name)
    for number, form in enumerate(forms):
        values = typed_into(form, f"Kept of form {number}")
        keep(page, form, values)
        assert not missing(values, come_back(page)), f"{name}: {path_of(page, form)}"


def others(page: Page, form: Form) -> list[tuple[Form, Any]]:
    """What else somebody can press on the page."""
    sent = [each for each in pressed(page) if each[0].method == "post" and each[0].element is not form.element]
    return [each for each in sent if path_of(page, each[0]) != "/sign-out" and words(each[1]) != "Drop what I typed"]


SEVERAL_FORMS = {
    "meetings.meetings": "a meeting to come is planned, and one that was held is recorded",
    "offices.show": "the office itself is changed, and areas are added one by one",
}


def test_what_is_written_on_a_page_stands_in_one_form(shown: Demonstration) -> None:
    assert {name for name in WRITTEN_INTO if len(forms_of(shown, name)[1]) > 1} == SEVERAL_FORMS.keys()


@pytest.mark.parametrize("name", WRITTEN_INTO)
def test_the_script_tells_the_forms_of_a_page_apart(shown: Demonstration, name: str) -> None:
    page, forms = forms_of(shown, name)
    for form in forms:
        assert path_of(page, form) not in {path_of(page, other) for other, _ in others(page, form)}


@pytest.mark.parametrize("name", WRITTEN_INTO)
def test_another_form_of_the_page_is_saved(shown: Demonstration, name: str) -> None:
    page, forms = forms_of(shown, name)
    for form in [form for form in forms if others(page, form)]:
        values = typed_into(form)
        keep(page, form, values)
        other, button = others(page, form)[0]
        page.send(other, button, filled(other))
        again = come_back(page)
        has_form = path_of(page, form) in {path_of(again, each) for each in with_text(again)}
        assert not (missing(values, again) if has_form else unkept(values)), f"{name}: {words(button)!r}"
        shown.restore()


@pytest.mark.parametrize("name", WRITTEN_INTO)
def test_a_button_within_the_form_does_something_else(shown: Demonstration, name: str) -> None:
    page, forms = forms_of(shown, name)
    aside = [(form, button) for form in forms for button in form.buttons if "beside=" in page.leads_to(form, button)]
    for form, button in aside:
        own = page.leads_to(form, button).partition("beside=")[2]
        values = {key: text for key, text in typed_into(form).items() if not (own and key.startswith(own))}
        assert not missing(values, page.send(form, button, values)), f"{name}: {words(button)!r}"
        assert not missing(values, come_back(page)), f"{name}: {words(button)!r}"
        shown.restore()


@pytest.mark.parametrize("name", WRITTEN_INTO)
def test_the_session_ends(shown: Demonstration, name: str) -> None:
    page, forms = forms_of(shown, name)
    if not forms:
        return
    visitor = shown.visitor(place_of(shown, name)[1])
    visitor.get(NOBODY)
    visitor.delete_cookie(shown.app.config["SESSION_COOKIE_NAME"])
    for form in forms:
        values = typed_into(form)
        answer = send(page, form, form.sent(None, values), client=visitor)
        assert answer.status_code in {400, 401}
        assert all(text in answer.text for text in texts_of(values))
        assert not unkept(values)


@pytest.mark.parametrize("name", WRITTEN_INTO)
def test_the_form_is_not_valid(shown: Demonstration, name: str) -> None:
    page, forms = forms_of(shown, name)
    for form in forms:
        values = typed_into(form, "x" * TOO_LONG)
        answer = send(page, form, form.sent(None, values))
        assert answer.status_code == 422, f"{name}: {path_of(page, form)}"
        assert all(text in answer.text for text in texts_of(values)), f"{name}: {path_of(page, form)}"
        assert not missing(values, come_back(page))


@pytest.mark.parametrize("name", WRITTEN_INTO)
def test_another_tab_was_saved(shown: Demonstration, name: str) -> None:
    page, forms = forms_of(shown, name)
    for form in forms:
        values = typed_into(form)
        sent = form.sent(None, filled(form) | values)
        if "expected_version" not in dict(sent):
            continue
        answer = send(page, form, [(key, "0" if key == "expected_version" else value) for key, value in sent])
        if not answer.came_by:  # taken where the version says what was asked, not what is written over
            assert answer.status_code in {409, 422}
            assert all(text in answer.text for text in texts_of(values)), f"{name}: {path_of(page, form)}"
            assert not missing(values, come_back(page)), f"{name}: {path_of(page, form)}"
        shown.restore()


@pytest.mark.parametrize("name", WRITTEN_INTO)
def test_a_file_is_too_large(shown: Demonstration, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(shown.app.config, "MAX_CONTENT_LENGTH", LIMIT)
    page, forms = forms_of(shown, name)
    for form in forms:
        file = next((control.get("name") for control in form.controls if kind_of(control) == "file"), None)
        if not file:
            continue
        values = typed_into(form)
        answer = send(page, form, form.sent(None, values | {file: (BytesIO(bytes(LIMIT)), "large.pdf")}))
        assert answer.status_code == 413
        assert all(text in answer.text for text in texts_of(values))
        assert not missing(values, come_back(page))
