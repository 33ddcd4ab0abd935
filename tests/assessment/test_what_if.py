"""What other values would make of the order: live in the worksheet and on a page of its own, and never kept."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.extensions import Base, db
from app.needs.keys import ProgramKey
from app.policy import Role
from app.programs.catalog import CATALOG
from tests.assessment.assessed_request import JAIL_COUNTY, Story, assessed, in_assessment
from tests.assessment.worksheet_forms import path, signed_in, words
from tests.builders import make_office, make_person
from tests.page import Page

LIVE, WHAT_IF = "worksheet/order", "what-if"
ENTRY = re.compile(r'app-order__name"[^>]*>([^<]+)<.*?app-order__score">([\d.]+)<', re.DOTALL)


def counts() -> dict[str, int]:
    """How many rows each table has."""
    db.session.expire_all()
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.tables.values()
    }


def boxes(**values: str) -> dict[str, Any]:
    return {f"value-{key}": text for key, text in values.items()}


def send(app: Flask, story: Story, page: str, *, who: str = "assessor", **values: str) -> TestResponse:
    """Sends these values as the worksheet's script does while somebody types, or as a crafted request."""
    return signed_in(app, story, who).craft_post(path(story, page), data={"row": list(values)} | boxes(**values))


def order_in(html: str) -> list[tuple[str, float]]:
    return [(name, float(score)) for name, score in ENTRY.findall(html)]


def ranked_by_command(app: Flask, folder: Path, answers: dict[str, Any]) -> list[tuple[str, float]]:
    """What `flask rank` says for these answers."""
    file = folder / "agency.json"
    file.write_text(json.dumps({"agency": {"name": "Example"}, "answers": answers}))
    result = app.test_cli_runner().invoke(args=["rank", str(file), "--json"])
    found = json.loads(result.stdout)["programs"]
    return [(CATALOG.label(ProgramKey(each["program"], each["model"])), each["score"]) for each in found]


def test_the_order_as_one_types_is_what_the_command_ranks_for_the_same_answers(app: Flask, tmp_path: Path) -> None:
    story = in_assessment()
    answer = send(app, story, LIVE, jail_bookings="60,000", secure_room="no")
    typed = JAIL_COUNTY | {"jail_bookings": 60_000, "secure_room": "no"}
    assert answer.json is not None
    assert order_in(answer.json["html"]) == ranked_by_command(app, tmp_path, typed)
    assert (answer.json["name"], float(answer.json["score"])) == order_in(answer.json["html"])[0]


def test_a_value_that_cannot_be_read_yet_counts_as_the_one_before(app: Flask, tmp_path: Path) -> None:
    story = in_assessment()
    answer = send(app, story, LIVE, jail_bookings="-")
    assert answer.json is not None
    assert answer.json["unread"] == 1
    assert order_in(answer.json["html"]) == ranked_by_command(app, tmp_path, JAIL_COUNTY)


@pytest.mark.parametrize("page", [LIVE, WHAT_IF])
def test_trying_values_stores_nothing(app: Flask, page: str) -> None:
    story = assessed(in_assessment())
    before = counts()
    assert send(app, story, page, jail_bookings="60,000", ice_supervisors_free_fte="0").status_code == 200
    assert counts() == before


@pytest.mark.parametrize("page", [LIVE, WHAT_IF])
def test_who_does_not_see_the_case_tries_nothing_on_it(app: Flask, page: str) -> None:
    story = in_assessment()
    stranger = make_person(Role.ASSESSOR, office=make_office())
    assert app.test_client().sign_in(stranger).craft_post(path(story, page)).status_code == 404
    assert send(app, story, page, who="head").status_code == 403
    assert send(app, story, page, who="coordinator").status_code == 200


def what_if(app: Flask, story: Story, **values: str) -> Page:
    return signed_in(app, story).get_page(path(story, WHAT_IF)).submit("Show the order", boxes(**values))


def test_what_if_says_in_words_what_moves_and_why(app: Flask) -> None:
    page = words(what_if(app, in_assessment(), jail_screened_percent="95"))
    assert "Nothing is saved." in page
    assert re.search(r"[\d.]+ points fewer", page)
    assert re.search(r"\w: -[\d.]+", page)


def test_a_field_survey_value_can_be_tried_before_anybody_surveys(app: Flask) -> None:
    page = words(what_if(app, in_assessment(), ice_supervisors_free_fte="2"))
    assert "now tried as" in page


def test_what_if_has_an_address_that_shows_the_same_to_who_sees_the_case(app: Flask) -> None:
    story = in_assessment()
    posted = what_if(app, story, jail_bookings="60,000").text
    address = re.search(r'href="(http[^"]*what-if\?[^"]*)"', posted)
    assert address
    again = signed_in(app, story, "coordinator").get(address[1].replace("&amp;", "&"))
    assert "60,000 bookings per year" in words(again)


def test_what_cannot_be_read_is_told_beside_its_box_and_kept(app: Flask) -> None:
    page = what_if(app, in_assessment(), jail_bookings="<b>many</b>")
    assert page.status_code == 422
    assert 'href="#value-jail_bookings"' in page.text
    assert "&lt;b&gt;many&lt;/b&gt;" in page.text


def test_nothing_typed_is_the_worksheets_order(app: Flask) -> None:
    page = words(what_if(app, in_assessment()))
    assert "You have not changed a value yet" in page
