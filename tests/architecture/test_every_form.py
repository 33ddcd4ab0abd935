"""Every form of every page, filled in and sent as rendered, is taken or comes back whole; every link leads somewhere.

The pages are those that the browser tests look at, with the demonstration in them. Nothing here knows any form: what is
typed follows from the kind of the field, and what became of it is looked up in whatever rows the form changed.
"""

import itertools
import re
import uuid
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.browser.places import NO_PAGE, PAGES, address_of, endpoint_of
from tests.checked import CheckedClient
from tests.demonstration import Demonstration, Rows
from tests.page import HTML, Form, Page, kind_of, option_value, words
from tests.rendering import no_statements_while_rendering
from tests.uploads.samples import pdf

TAKEN = 200
KEEPS = {200, 409, 422}  # shown again: to be looked at once more, or refused
LINKS_OF_A_KIND = 2  # of one page: the rows of a long list lead to the same place
NUMERIC = {"numeric", "decimal"}
SPECIMENS = {"components.show"}  # shows what fields look like, to developers; its forms lead nowhere
TYPED_KINDS = {"text", "textarea", "search"}


def place_of(shown: Demonstration, name: str) -> tuple[str, str]:
    """Where a page is, and the mail address of who looks at it."""
    rules = shown.app.url_map.iter_rules(endpoint_of(name))
    return address_of(next(rule for rule in rules if "GET" in (rule.methods or ())), name, PAGES[name])


def endpoint_at(app: Flask, address: str, method: str = "GET") -> str:
    """What answers there; the address itself where nothing does."""
    try:
        return str(app.url_map.bind("localhost").match(urlsplit(address).path, method=method)[0])
    except HTTPException:
        return address


PLAUSIBLE = {
    "time": "10:30",
    "email": "pat.doe{number}@example.gov",
    "tel": "202-555-0143",
    "url": "https://example.gov/{number}",
    "password": "Plausible words 17",
}


def plausible(control: Any, number: int) -> Any:
    """What somebody might type into this field or choose in it; None where they would leave it as it is."""
    kind = kind_of(control)
    if kind == "select":
        offered = [option_value(each) for each in control.iter(f"{HTML}option") if "disabled" not in each.attrib]
        return next((value for value in reversed(offered) if value), None)
    if kind == "date":
        later = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
        return max(min(later, control.get("max") or later), control.get("min") or "")
    if kind == "file":
        return (BytesIO(pdf()), f"paper-{number}.pdf")
    if kind == "number" or control.get("inputmode") in NUMERIC:
        return control.get("value") or str(10 + number)
    return PLAUSIBLE.get(kind, "Typed words {number} end").format(number=number)


def filled(form: Form) -> dict[str, Any]:
    """Something plausible for every field of a form, every text unlike the others."""
    numbers, values = itertools.count(1), {}
    for name in dict.fromkeys(control.get("name") for control in form.controls):
        controls = form.named(name) if name else []
        if not controls or "readonly" in controls[0].attrib or name.endswith("remove"):
            continue  # nobody fills in a line to take it away
        if kind_of(controls[0]) in {"radio", "checkbox"}:
            marks = [control.get("value") or "on" for control in controls]
            values[name] = marks[-1] if kind_of(controls[0]) == "radio" else marks[:1]
        else:
            typed = [plausible(control, next(numbers)) for control in controls]
            values[name] = typed if len(typed) > 1 else typed[0]
    return {name: value for name, value in values.items() if value is not None}


def standing_in(page: Page) -> dict[str, str]:
    """What stands in the forms of a page by the name of the field, or is given back to be read.

    The addresses that forms are sent to count, for they carry rows that were chosen.
    """
    given_back = [words(each) for each in page.tree.iter() if "app-typed" in (each.get("class") or "").split()]
    standing: dict[str, str] = defaultdict(lambda: "\n".join(given_back))
    for form in page.forms:
        for name, value in form.sent(None, {}):
            standing[name] += f"{value}\n"
        for name, several in parse_qs(urlsplit(page.leads_to(form, None)).query).items():
            standing[name] += "\n".join(several)
    return standing


def typed_in(form: Form, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What was typed or chosen, that must come back or be kept: not files, and no password."""
    for name, value in values.items():
        if kind_of(form.named(name)[0]) not in {"file", "password"}:
            yield from ((name, each) for each in (value if isinstance(value, list) else [value]))


def told_apart(form: Form, name: str, value: str) -> bool:
    """Whether a value can be recognized in a row: words that were typed, or the key of something chosen."""
    return (kind_of(form.named(name)[0]) in TYPED_KINDS and "Typed words" in value) or _is_key(value)


def _is_key(value: str) -> bool:
    try:
        return bool(uuid.UUID(value))
    except ValueError:
        return False


def stands_in(value: str, rows: Rows) -> bool:
    """Whether any of these rows holds the value, within a text too."""
    spellings = (value, value.replace("-", "")) if _is_key(value) else (value,)
    return any(spelling in str(column) for row in rows for column in row for spelling in spellings)


def pressed(page: Page) -> Iterator[tuple[Form, Any]]:
    """Each form with each of its buttons; of forms that differ only in their row, the first."""
    known = set()
    for form in page.forms:
        for button in form.buttons:
            target = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+", "", page.leads_to(form, button))
            label = re.sub(r"\d+", "", words(button, visible_only=True))
            if (target, label) not in known:
                known.add((target, label))
                yield form, button


def tried(shown: Demonstration, page: Page, form: Form, button: Any) -> str:
    """Sends the form, and says what was wrong with what came of it; nothing if all was well."""
    values, before = filled(form), shown.rows()
    try:
        answer = page.send(form, button, values)
    except AssertionError as error:
        return f"fails: {error}"
    changed = shown.rows() - before
    if answer.status_code == TAKEN and (form.method == "get" or answer.response.mimetype != "text/html"):
        return ""
    if answer.came_by or (changed and answer.status_code == TAKEN):
        return lost_in(changed, form, values)
    if answer.status_code not in KEEPS:
        return f"answers {answer.status_code}"
    if answer.status_code == TAKEN:
        values = {name: value for name, value in values.items() if kind_of(form.named(name)[0]) in TYPED_KINDS}
    standing = standing_in(answer)
    lost = [each for each in typed_in(form, values) if each[1] not in standing[each[0]]]
    return f"comes back with {answer.status_code} without {sorted(lost)}" if lost else ""


def lost_in(changed: Rows, form: Form, values: dict[str, Any]) -> str:
    """What was typed or chosen and stands in no row that was written."""
    lost = {each for each in typed_in(form, values) if told_apart(form, *each) and not stands_in(each[1], changed)}
    return f"is taken and loses {sorted(lost)}" if lost else ""


@pytest.mark.parametrize("name", [name for name in PAGES if name not in SPECIMENS])
def test_every_form_is_taken_or_comes_back_whole(shown: Demonstration, name: str) -> None:
    address, mail = place_of(shown, name)
    faults = []
    for number, (form, button) in enumerate(pressed(shown.visitor(mail).get_page(address))):
        page = shown.visitor(mail).get_page(address)
        again, pushed = list(pressed(page))[number]
        fault = tried(shown, page, again, pushed)
        if fault:
            faults.append(f"{words(button)!r} to {page.leads_to(form, button)} {fault}")
        shown.restore()
    assert not faults, f"{name} at {address}:\n" + "\n".join(faults)


def led_to(page: Page, app: Flask) -> Iterator[str]:
    """Where the links of a page lead within the service, a few of each kind."""
    of_a_kind: dict[str, set[str]] = {}
    for link in page.links:
        target = page.target_of(link)
        if not target.startswith("/"):
            continue
        kind = endpoint_at(app, target)
        met = of_a_kind.setdefault(kind, set())
        if target not in met and len(met) < (1 if kind in NO_PAGE else LINKS_OF_A_KIND):
            met.add(target)
            yield target


FOLLOWED: set[tuple[str, str]] = set()


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_where_its_reader_may_go(shown: Demonstration, name: str) -> None:
    address, mail = place_of(shown, name)
    client: CheckedClient = shown.visitor(mail)
    for target in led_to(client.get_page(address), shown.app):
        if (mail, target) not in FOLLOWED:
            FOLLOWED.add((mail, target))
            answer = client.get_page(target)
            assert answer.status_code == TAKEN, f"{name} at {address} leads to {target}: {answer.status_code}"


@pytest.mark.parametrize("name", sorted(PAGES))
def test_no_page_asks_the_database_while_it_renders(shown: Demonstration, name: str) -> None:
    address, mail = place_of(shown, name)
    with no_statements_while_rendering(shown.app):
        shown.visitor(mail).get(address)
