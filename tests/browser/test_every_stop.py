"""Every stop of the pages used most, by keyboard at 400 % zoom: shown, in sight, nothing sideways, and a way out."""

import pytest

from app.demo import story as tell
from app.demo.agreement_story import draft
from tests.browser.conftest import LiveServer, Visitor
from tests.browser.journeys.input_devices import walk
from tests.browser.staged_request import Stage

ZOOMED = {"width": 320, "height": 237}  # what a window of 1280 by 950 has room for at 400 %
PROGRAM = "lesc"
OF_THE_OFFICER = ("/home", "{mine}", "/requests/new", "/team", "/account", "{agreement}")
OF_THE_ASSESSOR = (
    *("/queue?view=all", "/dashboard", "/reports", "/agreements", "{case}", "{agreement}"),
    *(f"{{case}}/{page}" for page in ("worksheet", "what-if", "recommendation", "survey", "meetings", "review")),
)
OF_A_DRAFT = tuple(
    f"{{mine}}/{page}" for page in ("tasks", "check", "sections/needs/problems", "sections/jail/jail-bookings")
)


@pytest.fixture
def stage(visitor: Visitor, live: LiveServer) -> Stage:
    visitor.page.set_viewport_size(ZOOMED)
    return Stage(live, visitor)


def go_through(stage: Stage, who: str, pages: tuple[str, ...], agreement: str = "") -> None:
    page, wrong = stage.enter(who).page, {}
    for path in (each.format(mine=stage.mine, case=stage.case, agreement=agreement) for each in pages):
        page.goto(stage.live.url + path)
        found = walk(page)
        if page.evaluate("document.documentElement.scrollWidth") > ZOOMED["width"]:
            found.append("scrolls sideways")
        if found:
            wrong[path] = found
    assert not wrong


def test_every_stop_of_a_draft(stage: Stage) -> None:
    go_through(stage.play(lambda story: tell.file_draft(story, complete=False)), "officer", OF_A_DRAFT)


@pytest.mark.parametrize(("who", "pages"), [("officer", OF_THE_OFFICER), ("assessor", OF_THE_ASSESSOR)])
def test_every_stop_of_a_case(stage: Stage, who: str, pages: tuple[str, ...]) -> None:
    stage.play(tell.file_draft, tell.submit, tell.take, tell.assess)
    stage.play(lambda story: tell.recommend(story, [PROGRAM]), tell.concurs, tell.reviews, tell.decides)
    stage.play(lambda story: draft(story, PROGRAM, "negotiation"))
    go_through(stage, who, pages, stage.agreement(PROGRAM))
