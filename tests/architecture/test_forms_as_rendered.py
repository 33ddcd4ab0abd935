"""Every form as a browser would send it: no control of it hides another of the same name."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import html5lib
import pytest
from flask import Flask

from app.demo.story import Story
from tests.architecture.test_hostile_input import WHO, pages
from tests.architecture.test_tenants import told
from tests.checked import HTML, CheckedClient

__all__ = ["told"]  # the case of the test of tenants, as a fixture here too

GROUPED = {"radio", "checkbox", "submit", "image"}  # one question or one choice of button, whatever it sends
LISTS = {"row"}  # names that a view reads as a list: the rows that a form of the worksheet holds


def twice(form: Any) -> list[str]:
    """Names that more than one control of this form has, of which a view would read the first only."""
    names = Counter(
        control.get("name")
        for control in form.iter()
        if control.tag in {f"{HTML}input", f"{HTML}select", f"{HTML}textarea"}
        and control.get("name")
        and control.get("type") not in GROUPED
    )
    return sorted(name for name, count in names.items() if count > 1 and name not in LISTS)


def shadowed(page: str) -> Iterator[str]:
    """What is wrong with the forms of a page, in words; also a name of a group that another control has as well."""
    for form in html5lib.parse(page).iter(f"{HTML}form"):
        grouped = {
            control.get("name") for control in form.iter(f"{HTML}input") if control.get("type") in {"radio", "checkbox"}
        }
        single = {
            control.get("name")
            for control in form.iter()
            if control.tag in {f"{HTML}select", f"{HTML}textarea"}
            or (control.tag == f"{HTML}input" and control.get("type") not in GROUPED)
        }
        for name in [*twice(form), *sorted((grouped & single) - {None})]:
            yield f"{form.get('action')}: {name}"


def test_a_hidden_field_beside_a_list_of_its_name_is_found() -> None:
    form = '<form action="/a"><input type="hidden" name="key"><select name="key"></select></form>'
    assert list(shadowed(form)) == ["/a: key"]
    assert not list(shadowed('<form><input type="radio" name="a"><input type="radio" name="a"></form>'))


@pytest.mark.parametrize("who", WHO)
def test_no_form_has_two_controls_of_one_name(client: CheckedClient, told: Story, app: Flask, who: str) -> None:
    client.sign_in(told.people[f"{who}:{told.place.ori}" if who in {"head", "officer"} else who])
    found = set()
    for address in pages(app):
        response = client.get(address)
        if response.mimetype == "text/html" and response.status_code == 200:
            found |= {f"{address}: {fault}" for fault in shadowed(response.get_data(as_text=True))}
    assert not found
