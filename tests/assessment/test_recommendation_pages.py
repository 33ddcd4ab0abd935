"""Choosing programs, planning the action, and sending: drafts may have gaps, what is sent has none."""

import re
from typing import Any

import pytest
from flask import Flask

from app.assessment.queries import latest_recommendation
from app.assessment.recommendation.operations import ProgramChoice, choose_programs
from app.assessment.recommendation.snapshot import ranking_of
from app.extensions import db
from app.programs.catalog import CATALOG
from tests.assessment.assessed_request import CAP, JAIL, JAIL_COUNTY, Story, assessed, in_assessment, recommended
from tests.assessment.worksheet_forms import path, signed_in, words

LINE = {
    "program": JAIL, "objective": "Screen every booking", "measure": "Share screened", "unit": "percent",
    "baseline": "0", "target": "95", "owner": "Jail administrator", "due": "06/30/2027",
}  # fmt: skip


def programs_form(story: Story, **chosen: dict[str, str]) -> dict[str, str]:
    """The form as the page has it; `chosen` by entry key, ":" written as "__" and "-" as "_"."""
    keys = [str(entry.key) for entry in ranking_of(story.agency_request.id).entries]
    given = {name.replace("__", ":").replace("_", "-"): texts for name, texts in chosen.items()}
    form = {"summary": "Screen every booking."}
    for n, key in enumerate(keys):
        form[f"programs-{n}-key"] = key
        form |= {f"programs-{n}-{name}": text for name, text in given.get(key, {}).items()}
    return form


def plan_form(*lines: dict[str, str]) -> dict[str, str]:
    """Lines as the page sends them, and one left empty."""
    rows = [*lines, dict.fromkeys(LINE, "")]
    return {f"lines-{n}-{name}": text for n, row in enumerate(rows) for name, text in row.items()}


def save(app: Flask, story: Story, page: str, form: dict[str, str]) -> Any:
    return signed_in(app, story).post(path(story, page), data=form)


def test_programs_are_recommended_in_the_order_people_give_them(app: Flask) -> None:
    story = assessed(in_assessment())
    form = programs_form(
        story,
        criminal_alien_program={"place": "3", "reason": "Interviews wait."},
        **{"287g__jail": {"place": "1", "reason": "Most are not screened.", "agency_takes_on": "Six officers."}},
    )
    assert save(app, story, "recommendation", form).status_code == 303
    current = latest_recommendation(story.agency_request.id)
    assert current is not None
    assert [(p.program_key, p.place) for p in current.programs] == [(JAIL, 1), (CAP, 2)]
    assert current.programs[0].agency_takes_on == "Six officers."
    assert current.summary == "Screen every booking."


def test_a_draft_with_gaps_is_kept_and_its_departure_shown(app: Flask) -> None:
    story = assessed(in_assessment())
    assert save(app, story, "recommendation", programs_form(story, predator={"place": "1"})).status_code == 303
    page = words(signed_in(app, story).get(path(story, "recommendation")))
    assert "This departs from the computed order." in page
    assert "left out or placed after it" in page


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"predator": {"place": "1"}, "lesc": {"place": "1"}}, "Another program has this place"),
        ({"predator": {"place": "16"}}, "Choose one of the answers shown"),
        ({"predator": {"place": "first"}}, "Choose one of the answers shown"),
        ({"predator": {"reason": "Kept words"}}, "Give it a place, or clear what you wrote"),
        ({"predator": {"place": "1", "reason": "Kept\x00words"}}, "hidden character U+0000"),
        ({"predator": {"place": "1", "reason": "x" * 2001}}, "Shorten this to 2,000"),
    ],
)
def test_a_choice_that_cannot_be_kept_comes_back_with_everything_typed(
    app: Flask, chosen: dict[str, dict[str, str]], sentence: str
) -> None:
    story = assessed(in_assessment())
    response = save(app, story, "recommendation", programs_form(story, firewall={"reason": "Other words"}, **chosen))
    assert response.status_code == 422
    assert sentence in words(response)
    assert "Other words" in words(response)
    assert latest_recommendation(story.agency_request.id) is None


def test_a_program_that_does_not_exist_is_refused(app: Flask) -> None:
    story = assessed(in_assessment())
    for key in ("moon-base", "", "\x00", JAIL):
        form = programs_form(story)
        row = f"programs-{len(CATALOG.keys)}"
        form |= {f"{row}-key": key, f"{row}-place": "1"}
        response = save(app, story, "recommendation", form)
        assert response.status_code == 422
        assert "no such program" in words(response)


def test_a_program_that_a_gate_closes_is_explained_and_cannot_be_chosen(app: Flask) -> None:
    story = assessed(in_assessment(JAIL_COUNTY | {"jail_operated": "no"}))
    page = signed_in(app, story).get(path(story, "recommendation"))
    assert "so this program cannot be recommended" in words(page)
    response = save(app, story, "recommendation", programs_form(story, **{"287g__jail": {"place": "1"}}))
    assert response.status_code == 422
    assert "not available to the agency" in words(response)


def test_taking_a_program_out_may_drop_its_words(app: Flask) -> None:
    story = assessed(in_assessment())
    choose_programs(story.agency_request, story.assessor, [ProgramChoice("predator", "", "We wanted it.")], "")
    db.session.commit()
    form = programs_form(story, predator={"place": "", "reason": "We wanted it."})
    assert save(app, story, "recommendation", form).status_code == 303
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
    assert "Still without a line" in words(signed_in(app, story).get(path(story, "plan")))
    assert save(app, story, "plan", plan_form(LINE, LINE | {"program": CAP})).status_code == 303
    current = latest_recommendation(story.agency_request.id)
    assert current is not None
    assert [(item.program_key, item.baseline, item.due.isoformat()) for item in current.plan] == [
        (JAIL, "0", "2027-06-30"),
        (CAP, "0", "2027-06-30"),
    ]
    page = signed_in(app, story).get(path(story, "plan")).get_data(as_text=True)
    assert page.count("Screen every booking") > 1
    assert 'id="lines-4-objective"' in page
    save(app, story, "plan", plan_form(LINE, LINE | {"program": CAP, "remove": "y"}))
    db.session.expire_all()
    assert [item.program_key for item in current.plan] == [JAIL]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"owner": ""}, "Say who is responsible, by role"),
        ({"program": ""}, "Choose the program"),
        ({"program": "lesc"}, "Choose one of the answers shown"),
        ({"due": "soon"}, "Enter a date like"),
        ({"due": "2027-02-30"}, "no such day"),
        ({"unit": "x" * 81}, "Shorten this to 80"),
        ({"target": "9\x005"}, "hidden character"),
    ],
)
def test_a_line_that_is_begun_is_finished(app: Flask, change: dict[str, str], sentence: str) -> None:
    story = with_programs(in_assessment())
    response = save(app, story, "plan", plan_form(LINE | change))
    assert response.status_code == 422
    assert sentence in words(response)
    assert 'value="Screen every booking"' in response.get_data(as_text=True)


def test_sending_too_early_names_every_gap_with_the_way_there(app: Flask) -> None:
    story = in_assessment()
    client = signed_in(app, story)
    page = client.get(path(story, "recommend"))
    assert "Send to the agency" not in words(page)
    response = client.post(path(story, "recommend"), data={"expected_version": story.expected_version})
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
    response = signed_in(app, story).post(path(story, "recommend"), data={"expected_version": story.expected_version})
    assert response.status_code == 422
    assert "Write why you depart from the computed order for Operation Predator" in words(response)


def test_the_recommendation_is_sent_once_however_often_one_clicks(app: Flask) -> None:
    story = with_programs(in_assessment())
    save(app, story, "plan", plan_form(LINE, LINE | {"program": CAP}))
    client = signed_in(app, story)
    assert "Send to the agency" in words(client.get(path(story, "recommend")))
    expected_version = story.expected_version
    for _ in range(2):
        response = client.post(path(story, "recommend"), data={"expected_version": expected_version})
        assert response.status_code == 303
    db.session.expire_all()
    assert story.agency_request.status == "awaiting_concurrence"
    assert story.recommendation.version == 1


def test_a_page_seen_before_a_step_does_not_send(app: Flask) -> None:
    story = with_programs(in_assessment())
    assert (
        signed_in(app, story)
        .post(path(story, "recommend"), data={"expected_version": story.expected_version - 1})
        .status_code
        == 409
    )


def test_what_was_sent_is_not_edited(app: Flask) -> None:
    story = recommended(in_assessment())
    assert save(app, story, "recommendation", programs_form(story)).status_code == 409
    assert save(app, story, "plan", plan_form(LINE)).status_code == 409
    page = words(signed_in(app, story).get(path(story, "plan")))
    assert "Screen bookings" in page


def test_a_suggested_measure_fills_a_line_and_saves_nothing(app: Flask) -> None:
    story = recommended(in_assessment())
    story.agency_request.status = "in_assessment"
    db.session.commit()
    client, measure = signed_in(app, story), CATALOG.program(CAP).measures[0]
    before = client.get(path(story, "plan")).get_data(as_text=True)
    assert f'value="{CAP}/0"' in before
    typed = {"fill": "1", "picked": f"{CAP}/0", "lines-0-objective": "Typed <b>already</b>", "lines-1-program": ""}
    response = client.post(path(story, "plan"), data=typed)
    page = response.get_data(as_text=True)
    assert response.status_code == 200
    assert "Typed &lt;b&gt;already&lt;/b&gt;" in page
    assert 'name="lines-1-measure"' in page
    assert page.count(f'value="{measure}"') == 1
    db.session.expire_all()
    assert [item.objective for item in story.recommendation.plan] == ["Screen bookings"] * 2


def test_a_measure_that_nobody_suggested_fills_nothing(app: Flask) -> None:
    story = recommended(in_assessment())
    story.agency_request.status = "in_assessment"
    db.session.commit()
    response = signed_in(app, story).post(path(story, "plan"), data={"fill": "1", "picked": "best/0"})
    assert (response.status_code, "0 lines are filled in" in words(response)) == (200, True)


def test_each_program_leads_to_the_answers_it_rests_on(app: Flask) -> None:
    story = recommended(in_assessment())
    page = signed_in(app, story).get(path(story, "recommendation")).get_data(as_text=True)
    assert f'{path(story, "worksheet")}#row-jail_bookings"' in page or "#row-jail_screened_percent" in page
    sheet = signed_in(app, story).get(path(story, "worksheet")).get_data(as_text=True)
    for anchor in set(re.findall(r"#(row-[a-z_]+)", page)):
        assert f'id="{anchor}"' in sheet
