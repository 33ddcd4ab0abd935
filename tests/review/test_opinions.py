"""Opinions of the board: a draft is its writer's alone, seats may disagree, and the official decides."""

from typing import Any

from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Person
from app.extensions import db
from app.policy import Actor, Seat
from app.review.models import Opinion
from app.review.queries import decisions_on
from tests.assessment.assessed_request import CAP, JAIL, Story, concurred, in_assessment
from tests.assessment.worksheet_forms import path, signed_in, words
from tests.checked import CheckedClient

DOUBT = "The plan does not say who watches the data."


def reviewer(app: Flask, actor: Actor) -> CheckedClient:
    person = db.session.get(Person, actor.id)
    assert person is not None
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    return client.sign_in(person)


def say(app: Flask, story: Story, seat: Seat, position: str, sentence: str, **rest: str) -> Any:
    db.session.refresh(story.agency_request)
    typed = {
        "seat": seat.value,
        "position": position,
        "sentence": sentence,
        "expected_version": str(story.expected_version),
    } | rest
    return reviewer(app, story.reviewers[seat]).post(path(story, "opinion"), data=typed)


def test_scenario_21_a_draft_opinion_is_invisible_to_everybody_else(app: Flask) -> None:
    story = concurred(in_assessment())
    assert say(app, story, Seat.PRIVACY, "oppose", DOUBT, draft="1").status_code == 303
    assert db.session.scalar(select(func.count()).select_from(Opinion)) == 0
    own = words(reviewer(app, story.reviewers[Seat.PRIVACY]).get(path(story, "review")))
    assert DOUBT in own
    assert "Nobody else sees it" in own
    others = [reviewer(app, story.reviewers[Seat.LEGAL])]
    others += [signed_in(app, story, who) for who in ("official", "assessor", "coordinator")]
    for other in others:
        for page in (path(story, "review"), f"/cases/{story.agency_request.id}"):
            assert DOUBT not in words(other.get(page))
    assert DOUBT not in words(signed_in(app, story, "head").get(f"/requests/{story.agency_request.id}"))


def test_scenario_21_a_draft_is_gone_once_the_opinion_is_given(app: Flask) -> None:
    story = concurred(in_assessment())
    say(app, story, Seat.PRIVACY, "oppose", "First thought.", draft="1")
    assert say(app, story, Seat.PRIVACY, "oppose", DOUBT).status_code == 303
    page = words(reviewer(app, story.reviewers[Seat.PRIVACY]).get(path(story, "review")))
    assert "First thought." not in page
    assert DOUBT in page


def test_scenario_21_two_seats_disagree_both_positions_stand_and_the_official_decides(app: Flask) -> None:
    story = concurred(in_assessment())
    for seat in Seat:
        position, sentence = ("oppose", DOUBT) if seat is Seat.PRIVACY else ("support", f"Sound, says {seat.value}.")
        assert say(app, story, seat, position, sentence).status_code == 303
    for key in (JAIL, CAP):
        capacity = {
            "program_key": key,
            "supervisor": "Field supervisor 1",
            "supervisor_hours": "20",
            "training_seats": "6",
        }
        assert signed_in(app, story, "coordinator").post(path(story, "capacity"), data=capacity).status_code == 303
    page = words(signed_in(app, story, "official").get(path(story, "review")))
    assert "The seats disagree. 4 in support, 1 opposed." in page
    assert DOUBT in page
    assert "Sound, says legal." in page
    db.session.refresh(story.agency_request)
    decided = {
        "program_key": CAP,
        "outcome": "decline",
        "reason": "Privacy is right.",
        "expected_version": str(story.expected_version),
    }
    assert signed_in(app, story, "official").post(path(story, "decide"), data=decided).status_code == 303
    db.session.expire_all()
    assert decisions_on(story.recommendation)[CAP].outcome == "decline"


def test_what_no_page_can_hold_is_kept_in_a_draft_and_shown_as_a_mark(app: Flask) -> None:
    story = concurred(in_assessment())
    assert say(app, story, Seat.LEGAL, "<b>", "Half \x01 a <i>sentence", draft="1").status_code == 303
    page = reviewer(app, story.reviewers[Seat.LEGAL]).get(path(story, "review"))
    assert "Half \ufffd a &lt;i&gt;sentence" in page.get_data(as_text=True)
