"""A coordinator asks back; two editors of the agency answer, meet in one answer, and one of them sends them all."""

import re
from pathlib import Path

from playwright.sync_api import Locator

from app.demo import story as tell
from tests.agency_requests.test_documents import picture
from tests.browser.conftest import LiveServer
from tests.browser.journeys.conftest import Meet, Traveler
from tests.browser.staged_request import Stage


def test_an_information_request_and_its_answers_by_two_editors(meet: Meet, live: LiveServer, tmp_path: Path) -> None:
    coordinator, officer, head = meet(), meet(), meet()
    stage = Stage(live, coordinator).play(tell.file_draft, tell.submit, tell.take)
    for visitor, who in ((coordinator, "coordinator"), (officer, "officer"), (head, "head")):
        stage.visitor = visitor
        stage.enter(who)
    ask(coordinator, stage)
    for editor in (officer, head):
        editor.open(stage.mine)
        editor.press("Answer")
    they_meet_in_one_answer(officer, head)
    attach_the_letter(head, tmp_path / "letter.png")
    they_both_send(officer, head)
    assert stage.status == "in_intake"
    page = coordinator.open(stage.case)
    assert page.get_by_text("All posts are filled.").count()
    assert page.get_by_text("letter.png").count()


def ask(coordinator: Traveler, stage: Stage) -> None:
    """About a number and a document; the first time without a date."""
    coordinator.open(stage.case)
    coordinator.press("Ask the agency")
    coordinator.pick("It is about", "Sworn officers")
    coordinator.fill("What you ask for", "Is this the number of posts filled, or of all posts?")
    coordinator.press("Send to the agency")
    coordinator.is_told("Set the date by which the agency should answer.")
    coordinator.fill("Answer by", "2027-01-29")
    second = coordinator.page.get_by_role("group", name=re.compile("Item 2"))
    coordinator.hand.pick(second.get_by_label("It is about"), "Signed request letter")
    coordinator.hand.fill(second.get_by_label("What you ask for"), "Please send the page with the signature.")
    coordinator.press("Send to the agency")
    assert stage.status == "information_requested"


def they_meet_in_one_answer(officer: Traveler, head: Traveler) -> None:
    """The head saves first; the officer, who forgot the words at first, reads the head's and keeps their own."""
    save(officer, "Item 1", "")
    officer.is_told("Write your answer.")
    save(head, "Item 1", "I do not know.")
    save(officer, "Item 1", "All posts are filled.")
    page = officer.is_told("Dana Whitfield saved another answer meanwhile.")
    assert part(officer, "Item 1").get_by_text("I do not know.").count()
    save(officer, "Item 1", "All posts are filled.")
    assert page.get_by_text("Your answer is saved.").count()


def attach_the_letter(head: Traveler, path: Path) -> None:
    path.write_bytes(picture().getvalue())
    letter = part(head, "Item 2")
    with head.page.expect_file_chooser() as chooser:
        head.hand.press(letter.get_by_label("Attach files"))
    chooser.value.set_files(path)
    head.use(letter.get_by_role("button", name="Save this answer"))


def they_both_send(officer: Traveler, head: Traveler) -> None:
    """The second is told that it is done, and sends nothing twice."""
    officer.press(re.compile("^ACC-"))
    officer.press("Answer")
    officer.press("Send all answers")
    page = head.press("Send all answers")
    assert page.get_by_role("heading", name="Somebody was faster").count()
    head.press("Go to the home page")


def part(editor: Traveler, item: str) -> Locator:
    return editor.page.locator("section").filter(has=editor.page.get_by_role("heading", name=item))


def save(editor: Traveler, item: str, words: str) -> None:
    editor.hand.fill(part(editor, item).get_by_label("Your answer"), words)
    editor.use(part(editor, item).get_by_role("button", name="Save this answer"))
