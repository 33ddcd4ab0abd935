"""Choosing programs, planning the action, and sending: drafts may have gaps, what is sent has none."""

import re
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.assessment.queries import latest_recommendation
from app.assessment.recommendation.operations import ProgramChoice, choose_programs
from app.assessment.recommendation.snapshot import ranking_of
from app.extensions import db
from app.programs.catalog import CATALOG
from tests.assessment.assessed_request import CAP, JAIL, JAIL_COUNTY, Story, assessed, in_assessment, recommended
from tests.assessment.worksheet_forms import path, signed_in, words
from tests.page import Page

LINE = {
    "program": JAIL, "objective": "Screen every booking", "measure": "Share screened", "unit": "percent",
    "baseline": "0", "target": "95", "owner": "Jail administrator", "due": "2027-06-30",
}  # fmt: skip


Chosen = dict[str, dict[str, str]]  # by program key, what is typed for it


def programs_form(story: Story, chosen: Chosen) -> dict[str, str]:
    """What is typed on the page of programs, by the names of its fields."""
    keys = [str(entry.key) for entry in ranking_of(story.agency_request.id).entries]
    texts = {f"programs-{keys.index(key)}-{name}": text for key, row in chosen.items() for name, text in row.items()}
    return {"summary": "Screen every booking."} | texts


def choose(app: Flask, story: Story, chosen: Chosen) -> Page:
    page = signed_in(app, story).get_page(path(story, "recommendation"))
    return page.submit("Save the recommendation", programs_form(story, chosen))


def forge_choice(app: Flask, story: Story, chosen: Chosen, **rest: str) -> TestResponse:
    """Sends choices that the page does not offer."""
    keys = {f"programs-{n}-key": str(entry.key) for n, entry in enumerate(ranking_of(story.agency_request.id).entries)}
    data = keys | programs_form(story, chosen) | rest
    return signed_in(app, story).craft_post(path(story, "recommendation"), data=data)


def plan_form(*lines: dict[str, Any]) -> dict[str, Any]:
    """These lines, by the names of their fields."""
    return {f"lines-{n}-{name}": text for n, row in enumerate(lines) for name, text in row.items()}


def plan(app: Flask, story: Story, *lines: dict[str, Any]) -> Page:
    return signed_in(app, story).get_page(path(story, "plan")).submit("Save the plan", plan_form(*lines))


def send(app: Flask, story: Story) -> TestResponse:
    """Sends the recommendation where no page offers the button."""
    sent = {"expected_version": story.expected_version}
    return signed_in(app, story).craft_post(path(story, "recommend"), data=sent)


def test_programs_are_recommended_in_the_order_people_give_them(app: Flask) -> None:
    story = assessed(in_assessment())
    chosen = {
        CAP: {"place": "3", "reason": "Interviews wait."},
        JAIL: {"place": "1", "reason": "Most are not screened.", "agency_takes_on": "Six officers."},
    }
    assert choose(app, story, chosen).status_code == 200
    current = latest_recommendation(story.agency_request.id)
    assert current is not None
    assert [(p.program_key, p.place) for p in current.programs] == [(JAIL, 1), (CAP, 2)]
    assert current.programs[0].agency_takes_on == "Six officers."
    assert current.summary == "Screen every booking."


def test_a_draft_with_gaps_is_kept_and_its_departure_shown(app: Flask) -> None:
    story = assessed(in_assessment())
    choose(app, story, {"predator": {"place": "1"}})
    page = words(signed_in(app, story).get_page(path(story, "recommendation")))
    assert "This departs from the computed order." in page
    assert "left out or placed after it" in page


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"predator": {"place": "1"}, "lesc": {"place": "1"}}, "Another program has this place"),
        ({"predator": {"reason": "Kept words"}}, "Give it a place, or clear what you wrote"),
        ({"predator": {"place": "1", "reason": "Kept\x00words"}}, "hidden character U+0000"),
        ({"predator": {"place": "1", "reason": "x" * 2001}}, "Shorten this to 2,000"),
    ],
)
def test_a_choice_that_cannot_be_kept_comes_back_with_everything_typed(
    app: Flask, chosen: Chosen, sentence: str
) -> None:
    story = assessed(in_assessment())
    page = choose(app, story, {"firewall": {"reason": "Other words"}} | chosen)
    assert page.status_code == 422
    assert sentence in words(page)
    assert "Other words" in words(page)
    assert latest_recommendation(story.agency_request.id) is None


@pytest.mark.parametrize("place", ["16", "first"])
def test_a_place_that_the_page_does_not_offer_is_refused(app: Flask, place: str) -> None:
    story = assessed(in_assessment())
    response = forge_choice(app, story, {"predator": {"place": place}})
    assert response.status_code == 422
    assert "Choose one of the answers shown" in words(response)
    assert latest_recommendation(story.agency_request.id) is None


def test_a_program_that_does_not_exist_is_refused(app: Flask) -> None:
    story = assessed(in_assessment())
    for key in ("moon-base", "", "\x00", JAIL):
        row = f"programs-{len(CATALOG.keys)}"
        response = forge_choice(app, story, {}, **{f"{row}-key": key, f"{row}-place": "1"})
        assert response.status_code == 422
        assert "no such program" in words(response)


def test_a_program_that_a_gate_closes_is_explained_and_cannot_be_chosen(app: Flask) -> None:
    story = assessed(in_assessment(JAIL_COUNTY | {"jail_operated": "no"}))
    page = signed_in(app, story).get(path(story, "recommendation"))
    assert "so this program cannot be recommended" in words(page)
    response = forge_choice(app, story, {JAIL: {"place": "1"}})
    assert response.status_code == 422
    assert "not available to the agency" in words(response)


def test_taking_a_program_out_may_drop_its_words(app: Flask) -> None:
    story = assessed(in_assessment())
    choose_programs(story.agency_request, story.assessor, [ProgramChoice("predator", "", "We wanted it.")], "")
    db.session.commit()
    assert choose(app, story, {"predator": {"place": ""}}).status_code == 200  # the reason stands there still
    current = latest_recommendation(story.agency_request.id)
    assert current is not None
    assert current.programs == []


def with_programs(story: Story) -> Story:
    choices = [
        ProgramChoice("287g", "jail", "Most are not screened.", "Ready."),
        ProgramChoice(CAP, "", "Waits.", "Base."),
    ]
    choose_programs(assessed(story).agency_request, story.assessor, choices, "")
    db.session.commit()
    return story


def test_the_plan_keeps_the_lines_that_are_filled(app: Flask) -> None:
    story = with_programs(in_assessment())
    empty = signed_in(app, story).get_page(path(story, "plan"))
    assert "Still without a line" in words(empty)
    page = empty.submit("Save the plan", plan_form(LINE, LINE | {"program": CAP}))
    current = latest_recommendation(story.agency_request.id)
    assert current is not None
    assert [(item.program_key, item.baseline, item.due.isoformat()) for item in current.plan] == [
        (JAIL, "0", "2027-06-30"),
        (CAP, "0", "2027-06-30"),
    ]
    assert page.text.count("Screen every booking") > 1
    assert 'id="lines-4-objective"' in page.text
    page.submit("Save the plan", {"lines-1-remove": True})
    db.session.expire_all()
    assert [item.program_key for item in current.plan] == [JAIL]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"owner": ""}, "Say who is responsible, by role"),
        ({"program": ""}, "Choose the program"),
        ({"due": ""}, "Give the date by which it should be reached"),
        ({"unit": "x" * 81}, "Shorten this to 80"),
        ({"target": "9\x005"}, "hidden character"),
    ],
)
def test_a_line_that_is_begun_is_finished(app: Flask, change: dict[str, str], sentence: str) -> None:
    story = with_programs(in_assessment())
    page = plan(app, story, LINE | change)
    assert page.status_code == 422
    assert sentence in words(page)
    assert 'value="Screen every booking"' in page.text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"program": "lesc"}, "Choose one of the answers shown"),
        ({"due": "soon"}, "Enter a date like"),
        ({"due": "2027-02-30"}, "no such day"),
    ],
)
def test_what_the_boxes_of_a_line_do_not_take_is_refused(app: Flask, change: dict[str, str], sentence: str) -> None:
    """A program that is not recommended, and dates that a date field does not send."""
    story = with_programs(in_assessment())
    response = signed_in(app, story).craft_post(path(story, "plan"), data=plan_form(LINE | change))
    assert response.status_code == 422
    assert sentence in words(response)
    assert 'value="Screen every booking"' in response.text


def test_sending_too_early_names_every_gap_with_the_way_there(app: Flask) -> None:
    story = in_assessment()
    assert "Send to the agency" not in words(signed_in(app, story).get(path(story, "recommend")))
    response = send(app, story)
    assert response.status_code == 422
    said = words(response)
    for gap in ("Record a meeting", "Confirm or correct", "field survey", "Recommend at least one program"):
        assert gap in said
    for page_name in ("meetings", "worksheet", "survey", "recommendation"):
        assert f'href="{path(story, page_name)}' in response.get_data(as_text=True)
    db.session.expire_all()
    assert story.agency_request.status == "in_assessment"


def test_a_departure_without_its_reason_is_a_gap(app: Flask) -> None:
    story = assessed(in_assessment())
    choose_programs(story.agency_request, story.assessor, [ProgramChoice("predator", "", "We want it.")], "")
    db.session.commit()
    response = send(app, story)
    assert response.status_code == 422
    assert "Write why you depart from the computed order for Operation Predator" in words(response)


def test_the_recommendation_is_sent_once_however_often_one_clicks(app: Flask) -> None:
    story = with_programs(in_assessment())
    plan(app, story, LINE, LINE | {"program": CAP})
    page = signed_in(app, story).get_page(path(story, "recommend"))
    for _ in range(2):
        assert page.submit("Send to the agency").status_code == 200
    db.session.expire_all()
    assert story.agency_request.status == "awaiting_concurrence"
    assert story.recommendation.version == 1


def test_a_page_seen_before_a_step_does_not_send(app: Flask) -> None:
    story = with_programs(in_assessment())
    plan(app, story, LINE, LINE | {"program": CAP})
    page = signed_in(app, story).get_page(path(story, "recommend"))
    story.agency_request.version += 1
    db.session.commit()
    assert page.submit("Send to the agency").status_code == 409


def test_what_was_sent_is_not_edited(app: Flask) -> None:
    story = recommended(in_assessment())
    assert forge_choice(app, story, {}).status_code == 409
    assert signed_in(app, story).craft_post(path(story, "plan"), data=plan_form(LINE)).status_code == 409
    page = words(signed_in(app, story).get(path(story, "plan")))
    assert "Screen bookings" in page


def test_a_suggested_measure_fills_a_line_and_saves_nothing(app: Flask) -> None:
    story = recommended(in_assessment())
    story.agency_request.status = "in_assessment"
    db.session.commit()
    measure = CATALOG.program(CAP).measures[0]
    page = signed_in(app, story).get_page(path(story, "plan"))
    typed = {"picked": f"{CAP}/0", "lines-0-objective": "Typed <b>already</b>"}
    page = page.submit("Put them into empty lines", typed)
    assert page.status_code == 200
    assert "Typed &lt;b&gt;already&lt;/b&gt;" in page.text
    assert page.text.count(f'value="{measure}"') == 1
    db.session.expire_all()
    assert [item.objective for item in story.recommendation.plan] == ["Screen bookings"] * 2


def test_a_measure_that_nobody_suggested_fills_nothing(app: Flask) -> None:
    story = recommended(in_assessment())
    story.agency_request.status = "in_assessment"
    db.session.commit()
    forged = {"fill": "1", "picked": "best/0"}
    response = signed_in(app, story).craft_post(path(story, "plan"), data=forged)
    assert (response.status_code, "0 lines are filled in" in words(response)) == (200, True)


def test_each_program_leads_to_the_answers_it_rests_on(app: Flask) -> None:
    story = recommended(in_assessment())
    page = signed_in(app, story).get(path(story, "recommendation")).get_data(as_text=True)
    assert f'{path(story, "worksheet")}#row-jail_bookings"' in page or "#row-jail_screened_percent" in page
    sheet = signed_in(app, story).get(path(story, "worksheet")).get_data(as_text=True)
    for anchor in set(re.findall(r"#(row-[a-z_]+)", page)):
        assert f'id="{anchor}"' in sheet
