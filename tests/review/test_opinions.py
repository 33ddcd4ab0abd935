"""Opinions of the board: a draft is its writer's alone, seats may disagree, and the official decides."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Person
from app.extensions import db
from app.policy import Actor, Seat
from app.review import evidence
from app.review.models import Opinion
from app.review.queries import decisions_on, findings_of, under_review
from tests.assessment.assessed_request import CAP, JAIL, Story, concurred, in_assessment
from tests.assessment.worksheet_forms import path, signed_in, words
from tests.checked import CheckedClient
from tests.page import Page
from tests.page import words as text_of

DOUBT = "The plan does not say who watches the data."
RECORD, KEEP = "Record my opinion", "Keep as a draft"
FINDING = "Record the finding on"


def reviewer(app: Flask, actor: Actor) -> CheckedClient:
    person = db.session.get(Person, actor.id)
    assert person is not None
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    return client.sign_in(person)


def say(app: Flask, story: Story, seat: Seat, sentence: str, *, position: str = "oppose", press: str = RECORD) -> Page:
    page = reviewer(app, story.reviewers[seat]).get_page(path(story, "review"))
    answered = page.submit(press, seat=seat.value, position=position, sentence=sentence)
    assert answered.path == path(story, "review")
    assert answered.status_code == 200
    return answered


def test_scenario_21_a_draft_opinion_is_invisible_to_everybody_else(app: Flask) -> None:
    story = concurred(in_assessment())
    say(app, story, Seat.PRIVACY, DOUBT, press=KEEP)
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


def test_each_program_that_needs_a_finding_gets_its_own(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    story = concurred(in_assessment())
    monkeypatch.setattr(evidence, "needs_finding", lambda recommendation: [JAIL, CAP])
    page = reviewer(app, story.reviewers[Seat.CIVIL_RIGHTS]).get_page(path(story, "review"))
    for number in (1, 2):
        button = next(each for form in page.forms for each in form.buttons if text_of(each).startswith(FINDING))
        page = page.submit(text_of(button), text=f"Finding {number}.", rests_on="The decree's report")
        assert page.status_code == 200
    found = findings_of(under_review(story.agency_request))
    assert {key: finding.text for key, finding in found.items()} == {JAIL: "Finding 1.", CAP: "Finding 2."}
    assert FINDING not in page.text


def test_another_seat_records_no_finding(app: Flask) -> None:
    story = concurred(in_assessment())
    client = reviewer(app, story.reviewers[Seat.PRIVACY])
    assert FINDING not in client.get_page(path(story, "review")).text
    assert client.craft_post(path(story, "finding")).status_code == 403


def test_scenario_21_a_draft_is_gone_once_the_opinion_is_given(app: Flask) -> None:
    story = concurred(in_assessment())
    say(app, story, Seat.PRIVACY, "First thought.", press=KEEP)
    page = say(app, story, Seat.PRIVACY, DOUBT).text
    assert "First thought." not in page
    assert DOUBT in page


def test_scenario_21_two_seats_disagree_both_positions_stand_and_the_official_decides(app: Flask) -> None:
    story = concurred(in_assessment())
    for seat in Seat:
        position, sentence = ("oppose", DOUBT) if seat is Seat.PRIVACY else ("support", f"Sound, says {seat.value}.")
        say(app, story, seat, sentence, position=position)
    for key in (JAIL, CAP):
        capacity = {"supervisor": "Field supervisor 1", "supervisor_hours": "20", "training_seats": "6"}
        page = signed_in(app, story, "coordinator").get_page(path(story, "review"))
        page.submit("Confirm the capacity", program_key=key, **capacity)
    page = signed_in(app, story, "official").get_page(path(story, "review"))
    for shown in ("The seats disagree. 4 in support, 1 opposed.", DOUBT, "Sound, says legal."):
        assert shown in words(page.response)
    page.submit("Record the decision", program_key=CAP, outcome="decline", reason="Privacy is right.")
    db.session.expire_all()
    assert decisions_on(story.recommendation)[CAP].outcome == "decline"


def test_what_no_page_can_hold_is_kept_in_a_draft_and_shown_as_a_mark(app: Flask) -> None:
    story = concurred(in_assessment())
    page = say(app, story, Seat.LEGAL, "Half \x01 a <i>sentence", press=KEEP)
    assert "Half \ufffd a &lt;i&gt;sentence" in page.text


def test_capacity_is_confirmed_only_for_a_program_that_is_recommended(app: Flask) -> None:
    story = concurred(in_assessment())
    client = reviewer(app, story.reviewers[Seat.LEGAL])
    sent = {"program_key": "lesc", "supervisor": "A. Ortiz", "supervisor_hours": "8", "training_seats": "2"}
    refused = client.craft_post(path(story, "capacity"), data=sent)
    assert refused.status_code == 422
    assert "Choose one of the programs that are recommended." in refused.text
