"""Where a journey does not go straight on: incomplete, refused, withdrawn, not theirs, not offered."""

import uuid

import pytest

from app.demo import story as tell
from app.demo.agreement_story import draft
from app.demo.story import Story
from tests.browser.conftest import LiveServer, Visitor
from tests.browser.staged_request import PLACES, Stage, words

POST = """async address => {
    const token = document.querySelector("input[name=csrf_token]").value;
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams({ csrf_token: token, seen: 1 }) });
    return answer.status;
}"""
PROGRAM = "lesc"


@pytest.fixture
def stage(visitor: Visitor, live: LiveServer) -> Stage:
    return Stage(live, visitor)


def begun(story: Story) -> None:
    tell.file_draft(story, complete=False)


def received(story: Story) -> None:
    tell.file_draft(story)
    tell.submit(story)


def in_intake(story: Story) -> None:
    received(story)
    tell.take(story)


def recommended(story: Story) -> None:
    in_intake(story)
    tell.assess(story)
    tell.recommend(story, [PROGRAM])


def negotiated(story: Story) -> None:
    recommended(story)
    tell.concurs(story)
    tell.reviews(story)
    tell.decides(story)
    draft(story, PROGRAM, "negotiation")


def test_an_incomplete_request_leads_to_what_is_missing_instead_of_being_sent(stage: Stage) -> None:
    stage.play(begun)
    visitor = stage.enter("head")
    page = visitor.open(f"{stage.mine}/check")
    assert page.get_by_role("heading", name="Complete these pages first").count()
    assert not page.get_by_role("button", name="Certify and send the request").count()
    visitor.use(page.locator("#certify a").first)
    assert f"{stage.mine}/sections/" in page.url


def test_a_head_sends_the_recommendation_back_and_the_assessor_reads_why(stage: Stage) -> None:
    stage.play(recommended)
    visitor = stage.enter("head")
    page = visitor.open(f"{stage.mine}/decision")
    page.get_by_label("Why you send it back").fill("We asked for help in the jail.")
    visitor.press("Send the recommendation back")
    assert stage.status == "in_assessment"
    page = stage.enter("assessor").open(stage.case)
    assert page.get_by_text("We asked for help in the jail.").count()


def test_a_decision_without_an_answer_leads_to_the_program(stage: Stage) -> None:
    stage.play(recommended)
    visitor = stage.enter("head")
    page = visitor.open(f"{stage.mine}/decision")
    visitor.press("Record your decision")
    assert page.get_by_role("link", name=f"Answer for {words(PROGRAM)}").count()
    assert stage.status == "awaiting_concurrence"


def test_an_official_declines_and_the_agency_reads_why(stage: Stage) -> None:
    stage.play(in_intake)
    visitor = stage.enter("official")
    page = visitor.open(f"{stage.case}/decline")
    page.get_by_label("The reason that fits best").select_option("better_elsewhere")
    page.get_by_label("Your reason").fill("The state's own task force serves this need.")
    visitor.press("Decline")
    assert stage.status == "declined"
    page = stage.enter("head").open(stage.mine)
    assert page.get_by_text("The state's own task force serves this need.").count()


def test_an_agency_withdraws_and_can_still_read_its_request(stage: Stage) -> None:
    stage.play(in_intake)
    visitor = stage.enter("head")
    page = visitor.open(f"{stage.mine}/withdraw")
    page.get_by_label("Your reason").fill("Our council wants to look at it first.")
    visitor.press("Withdraw the request")
    assert stage.status == "withdrawn"
    assert visitor.open(stage.mine).get_by_text("Withdrawn").count()


def test_another_agencys_request_looks_like_one_that_does_not_exist(stage: Stage) -> None:
    stage.play(received)
    visitor = stage.enter("head", PLACES[1].ori)
    theirs = visitor.open(stage.mine).locator("main").inner_text()
    nowhere = visitor.open(f"/requests/{uuid.uuid4()}").locator("main").inner_text()
    assert "There is no such page" in theirs
    assert theirs == nowhere


@pytest.mark.parametrize(
    ("who", "step", "refused"),
    [
        ("officer", "/requests/{}/decision", 403),
        ("head", "/requests/{}/decision", 409),
        ("head", "/cases/{}/take", 403),
    ],
)
def test_a_step_that_is_not_offered_is_refused_whoever_posts_it(
    stage: Stage, who: str, step: str, refused: int
) -> None:
    stage.play(in_intake)
    page = stage.enter(who).open("/account")
    assert page.evaluate(POST, step.format(stage.request_id)) == refused
    assert stage.status == "in_intake"


def test_the_pages_read_most_hold_on_a_telephone(stage: Stage) -> None:
    stage.play(begun)
    stage.enter("officer").open(f"{stage.mine}/tasks")
    stage.visitor.look(at_both_widths=True)
    stage.request_id = None
    stage.play(negotiated)
    stage.enter("assessor").open(stage.case)
    stage.visitor.look(at_both_widths=True)
    for who in ("head", "assessor"):
        stage.enter(who).open(stage.agreement(PROGRAM))
        stage.visitor.look(at_both_widths=True)
