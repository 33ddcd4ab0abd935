"""Whatever is typed into any form, and whoever types it: a page, a refusal or a clear error, never a crash."""

import itertools
import re
from collections.abc import Iterator, Mapping

import html5lib
import pytest
from flask import Flask

from app.demo.story import Story
from tests.architecture.test_tenants import keyed, plain, told
from tests.checked import HTML, CheckedClient
from tests.realdata import realdata

__all__ = ["told"]  # the case of the test of tenants, as a fixture here too

WHO = ("head", "officer", "coordinator", "atlanta", "atlanta2", "program", "official", "counsel", "auditor", "admin")
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
WITHOUT_KEY = re.compile(r"<")


def forms(page: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each form that posts: its address and its fields with what stands in them."""
    tree = html5lib.parse(page)
    for form in tree.iter(f"{HTML}form"):
        if (form.get("method") or "").casefold() != "post":
            continue
        fields = []
        for element in form.iter():
            if not (name := element.get("name")):
                continue
            chosen = next((o.get("value") or "" for o in element.iter(f"{HTML}option") if o.get("value")), "")
            fields.append((name, element.get("value") or chosen))
        yield form.get("action") or "", fields


def pages(app: Flask) -> list[str]:
    """Every address that can be read, those of the case filled in."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and rule.endpoint != "static"]
    bare = [rule.rule for rule in rules if not WITHOUT_KEY.search(rule.rule)]
    return [*bare, *(plain(address) for rule, address in keyed(app) if "GET" in (rule.methods or ()))]


def naughty() -> Iterator[str]:
    """What is typed, over and over; the Big List of Naughty Strings where it is beside the checkout."""
    found = realdata("sec/blns")
    lists = sorted(found.glob("*.txt")) if found else []
    more = [
        line for path in lists for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")
    ]
    return itertools.cycle([*TYPED, *more])


@pytest.mark.parametrize("who", WHO)
def test_no_form_and_no_address_crashes(client: CheckedClient, told: Story, who: str) -> None:
    client.sign_in(told.people[f"{who}:{told.place.ori}" if who in {"head", "officer"} else who])
    typed, tried = naughty(), 0
    for address in pages(client.application):
        assert client.get(address, query_string=junk(typed)).status_code < 500, address
        response = client.get(address)
        assert response.status_code < 500, address
        if response.mimetype != "text/html" or response.status_code != 200:
            continue
        for action, fields in forms(response.get_data(as_text=True)):
            tried += 1
            for value in itertools.islice(typed, 3):
                sent = {name: kept if name in {"seen", "shown"} else value for name, kept in fields}
                answer = client.post(action or address, data=sent)
                assert answer.status_code < 500, (address, action, value[:80])
    assert tried


def junk(typed: Iterator[str]) -> Mapping[str, str]:
    """Parameters that pages take, with something nobody means."""
    return {name: next(typed)[:500] for name in ("page", "q", "status", "office", "program", "sort", "topic", "from")}
