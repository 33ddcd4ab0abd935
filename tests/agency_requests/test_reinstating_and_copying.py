"""A withdrawal is taken back within thirty days, and an old request copied into a new one."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.agency_requests.copying import copy_into_draft
from app.agency_requests.models import AgencyRequest
from app.agency_requests.sections.queries import saved_content
from app.demo import story as tell
from app.demo.people import PLACES, make_people
from app.demo.story import Story
from app.extensions import db, frozen_now, now
from app.intake import operations as intake_operations
from app.intake.information_requests import operations
from app.policy import Role
from app.workflow import engine
from app.workflow.clocks.operations import clocks_of
from app.workflow.journey.facts import Inputs
from app.workflow.journey.request_journey import Action, Status
from app.workflow.refusals import RefusalKind, StepRefused
from tests.builders import make_agency, make_person
from tests.checked import CheckedClient

TAKE_BACK = "Take the withdrawal back"


@pytest.fixture
def story(app: Flask) -> Story:
    told = Story(PLACES[0], make_people(), now() - timedelta(days=60))
    tell.file_draft(told)
    return told


REACHED: dict[str, tuple[Callable[[Story], object], ...]] = {
    "draft": (),
    "submitted": (tell.submit,),
    "in_intake": (tell.submit, tell.take),
    "information_requested": (tell.submit, tell.take, tell.ask),
    "in_assessment": (tell.submit, tell.take, tell.assess),
    "awaiting_concurrence": (tell.submit, tell.take, tell.assess, lambda s: tell.recommend(s, ["lesc"])),
}


def withdrawn(story: Story, *steps: Callable[[Story], object]) -> AgencyRequest:
    for step in steps:
        step(story)
    with story.after(1):
        engine.take_step(
            Action.WITHDRAW,
            story.request,
            story.who("head"),
            expected_version=story.expected_version,
            inputs=Inputs(reason="We wait for our council."),
        )
    return story.request


def taken_back(story: Story, days: int = 2) -> None:
    with story.after(days):
        engine.take_step(
            Action.REINSTATE,
            story.request,
            story.who("head"),
            expected_version=story.expected_version,
            inputs=Inputs(reason="It agreed."),
        )


@pytest.mark.parametrize("status", REACHED)
def test_scenario_12_a_request_goes_on_where_it_was_withdrawn(story: Story, status: str) -> None:
    agency_request = withdrawn(story, *REACHED[status])
    assert agency_request.status == Status.WITHDRAWN
    taken_back(story)
    assert (agency_request.status, agency_request.closed_at) == (status, None)
    assert len(clocks_of([agency_request.id])) == (0 if status == "draft" else 1)


def test_scenario_12_thirty_days_later_it_is_too_late(story: Story) -> None:
    withdrawn(story, tell.submit)
    with pytest.raises(StepRefused, match="within 30 days") as refused:
        taken_back(story, days=31)
    assert refused.value.kind is RefusalKind.INCOMPLETE
    taken_back(story, days=-1)  # the thirtieth
    assert story.request.status == "submitted"


def test_after_questions_were_taken_back_up_an_answer_still_leads_on(story: Story) -> None:
    withdrawn(story, *REACHED["information_requested"])
    taken_back(story)
    asked = intake_operations.open_information_request(story.request.id)
    assert asked
    for item in asked.items:
        operations.answer_item(story.request, story.who("officer"), item, "Here it is.")
    operations.send_answers(story.request, story.who("officer"), expected_version=story.expected_version)
    assert story.request.status == "in_intake"


def test_a_recommendation_taken_back_up_can_still_be_recalled(story: Story) -> None:
    withdrawn(story, *REACHED["awaiting_concurrence"])
    taken_back(story)
    engine.take_step(
        Action.RECALL,
        story.request,
        story.who("assessor"),
        expected_version=story.expected_version,
        inputs=Inputs(reason="A number was wrong."),
    )
    assert story.request.status == "in_assessment"


def test_an_officer_does_not_take_a_withdrawal_back(story: Story) -> None:
    withdrawn(story, tell.submit)
    with pytest.raises(StepRefused) as refused:
        engine.take_step(
            Action.REINSTATE,
            story.request,
            story.who("officer"),
            expected_version=story.expected_version,
            inputs=Inputs(reason="Go on."),
        )
    assert refused.value.kind is RefusalKind.NOT_YOUR_JOB


def test_the_head_is_offered_it_and_gives_a_reason(client: CheckedClient, story: Story) -> None:
    agency_request = withdrawn(story, tell.submit)
    agency_request.closed_at = now()
    db.session.commit()
    client.sign_in(story.people[f"head:{story.place.ori}"])
    page = client.get_page(f"/requests/{agency_request.id}").follow(TAKE_BACK)
    refused = page.submit(TAKE_BACK, reason="")
    assert refused.status_code == 422
    assert refused.submit(TAKE_BACK, reason="It agreed.").path == f"/requests/{agency_request.id}"
    assert db.session.get_one(AgencyRequest, agency_request.id, populate_existing=True).status == "submitted"


def test_a_copy_has_the_answers_and_nobody_has_confirmed_them(story: Story) -> None:
    tell.submit(story)
    new = copy_into_draft(story.request, story.who("officer"))
    db.session.commit()
    assert {a.key: a.value for a in new.answers} == {a.key: a.value for a in story.request.answers}
    assert saved_content(new).unconfirmed == {a.key for a in new.answers}
    assert [p.topic for p in new.problems] == [p.topic for p in story.request.problems]
    assert (new.status, new.number, new.letter_text, new.documents) == ("draft", None, "", [])


def test_an_agency_copies_its_own_only(client: CheckedClient, story: Story) -> None:
    tell.submit(story)
    client.sign_in(make_person(Role.AGENCY_OFFICER, agency=make_agency()))
    assert client.craft_post(f"/requests/{story.request.id}/copy").status_code == 404
    client.sign_in(story.people[f"officer:{story.place.ori}"])
    page = client.get_page(f"/requests/{story.request.id}").submit("Copy into a new request")
    assert "Look at each answer" in page.text
    assert len(db.session.scalars(select(AgencyRequest)).all()) == 2


def test_a_draft_is_gone_on_with_instead_of_copied(story: Story) -> None:
    with pytest.raises(StepRefused, match="a draft already"), frozen_now(now()):
        copy_into_draft(story.request, story.who("officer"))
