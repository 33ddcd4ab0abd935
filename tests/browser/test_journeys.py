"""Two agencies on the whole way from the first page to the frozen agreement, seen in a browser."""

import re
import uuid
from datetime import date

import pytest
from sqlalchemy import select

from app.agreements.models import Agreement
from app.assessment.recommendation.operations import PlanLine, ProgramChoice, choose_programs, write_plan
from app.demo import story as tell
from app.demo.agreement_story import draft
from app.demo.story import Story
from app.extensions import db
from app.intake import operations
from app.policy import Seat
from app.review.opinions import give_opinion
from tests.agency_requests.filled_requests import fill
from tests.agreements.approved_request import fill as fill_facts
from tests.assessment.assessed_request import Story as Assessment
from tests.assessment.assessed_request import assessed
from tests.browser.conftest import LiveServer, Visitor
from tests.browser.staged_request import CITY, JAIL_COUNTY, Stage, words
from tests.published import publish

PROGRAMS = ("287g:jail", "lesc")
CROSS_DESIGNATION = ("customs-cross-designation", "best")


@pytest.fixture
def stage(visitor: Visitor, live: LiveServer) -> Stage:
    return Stage(live, visitor)


def test_a_jail_county_goes_from_its_first_page_to_a_frozen_agreement(stage: Stage) -> None:
    assert stage.place is JAIL_COUNTY
    the_whole_way(stage)


def test_a_county_as_published_goes_the_same_way(visitor: Visitor, live: LiveServer) -> None:
    """What it answers is made up, and so are its people."""
    with live.app.app_context():
        place = publish("county")
    the_whole_way(Stage(live, visitor, place))


def the_whole_way(stage: Stage) -> None:
    the_officer_begins(stage)
    the_head_certifies_and_sends(stage)
    the_coordinator_opens_the_assessment(stage)
    stage.play(everything_is_assessed)
    the_assessor_recommends(stage)
    the_head_decides(stage)
    a_reviewer_gives_an_opinion(stage)
    stage.play(the_other_seats_speak)
    the_coordinator_confirms_capacity(stage)
    the_official_decides(stage)
    the_assessor_drafts(stage)
    counsel_the_head_and_the_official_finish_it(stage)
    stage.play(lambda story: draft(story, "lesc", "drafted"))
    assert stage.status == "agreement_drafted"
    stage.enter("head").open(stage.mine)
    assert stage.page.get_by_text("Agreement drafted").count()


def the_officer_begins(stage: Stage) -> None:
    visitor, page = stage.enter("officer"), stage.page
    visitor.open("/requests/new")
    visitor.press("Start the request")
    match = re.search(r"/requests/([0-9a-f-]{36})", page.url)
    assert match
    stage.request_id = uuid.UUID(match.group(1))
    visitor.open(f"{stage.mine}/sections/agency/contacts")
    page.get_by_label("Name", exact=True).fill("Luis Prado")
    page.get_by_label("Work e-mail address").fill("luis.prado@example.gov")
    page.get_by_label("Telephone").fill("(202) 555-0101")
    visitor.press("Save and continue")
    visitor.open(f"{stage.mine}/sections/needs/problems")
    page.get_by_label("Your most pressing problem").select_option(index=1)
    page.locator("label", has_text="Advise us").click()
    visitor.press("Save and continue")
    visitor.open(f"{stage.mine}/sections/jail/jail-jail")
    stage.choose("Does your agency run a jail?", "Yes")
    visitor.press("Save and continue")
    assert page.url.endswith("/jail/jail-bookings")
    visitor.press("Save and go to the section list")
    assert page.url.endswith("/tasks")
    stage.play(lambda story: fill(story.request, story.who("officer"), stage.place.answers))
    visitor.open(f"{stage.mine}/check")
    visitor.press("Tell your agency head that it is ready")


def the_head_certifies_and_sends(stage: Stage) -> None:
    visitor = stage.enter("head")
    visitor.open(f"{stage.mine}/tasks")
    visitor.press("Check and certify")
    stage.tick_all("#certify")
    visitor.press("Certify and send the request")
    assert re.search(r"Request ACC-\d{4}-\d+ is sent", stage.page.title())


def the_coordinator_opens_the_assessment(stage: Stage) -> None:
    visitor = stage.enter("coordinator")
    visitor.open("/queue")
    visitor.open(f"{stage.case}/intake")
    visitor.press("Take the request")
    visitor.open(f"{stage.case}/intake")
    visitor.press("I have no interest in it")
    stage.tick_all("#checklist")
    visitor.press("Save the check")
    visitor.open(f"{stage.case}/intake")
    stage.pick("Detention office", "Houston")
    visitor.press("Save the routing")
    visitor.open(f"{stage.case}/intake")
    for label, who in (
        ("Investigations liaison", "Jamie Lind"),
        ("Detention liaison", "Casey Ortiz"),
        ("Assessor", "Taylor Okafor"),
    ):
        stage.pick(label, who)
    visitor.press("Save the people")
    stage.play(both_liaisons_declare)
    visitor.open(f"{stage.case}/intake")
    visitor.press("Open the needs assessment")
    assert stage.status == "in_assessment"


def both_liaisons_declare(story: Story) -> None:
    for name in ("assessor2", "coordinator"):
        operations.declare_interests(story.request, story.who(name), has_conflict=False, sentence="")


def everything_is_assessed(story: Story) -> None:
    """All that stands before the recommendation; the programs and the plan are written, and not sent yet."""
    operations.declare_interests(story.request, story.who("assessor"), has_conflict=False, sentence="")
    names = ("head", "officer", "coordinator", "assessor", "official")
    actors = {name: story.who(name) for name in names}
    assessed(Assessment(story.request, story.request.agency, reviewers={}, people={}, **actors))
    choices = [
        ProgramChoice(
            "287g", "jail", "Most bookings are not screened.", "The jail is ready.", "Legal confirms the rest."
        ),
        ProgramChoice("lesc", "", "Every patrol can ask at night.", "It costs nothing.", "Legal confirms the rest."),
    ]
    choose_programs(story.request, story.who("assessor"), choices, "Screen every booking, and ask at any hour.")
    write_plan(story.request, story.who("assessor"), [_line(choice) for choice in choices])


def _line(choice: ProgramChoice) -> PlanLine:
    return PlanLine(
        program=choice.program, model=choice.model, objective="Screen bookings", measure="Share screened",
        unit="percent", baseline="35", target="95", owner="Jail commander", due=date(2027, 6, 30),
    )  # fmt: skip


def the_assessor_recommends(stage: Stage) -> None:
    visitor = stage.enter("assessor")
    visitor.open(f"{stage.case}/worksheet")
    page = visitor.open(f"{stage.case}/recommend")
    assert page.get_by_text("Every departure from the computed order is justified").count()
    visitor.press("Send to the agency")
    assert stage.status == "awaiting_concurrence"


def the_head_decides(stage: Stage) -> None:
    visitor = stage.enter("head")
    visitor.open(stage.mine)
    visitor.press("Read and decide")
    stage.choose(f"Your answer on {words(PROGRAMS[0])}", "Concur")
    stage.choose(f"Your answer on {words(PROGRAMS[1])}", "Concur, with a comment")
    stage.page.get_by_label("Your comment or reason").last.fill("We ask for a line at night.")
    visitor.press("Record your decision")
    assert stage.status == "in_review"


def a_reviewer_gives_an_opinion(stage: Stage) -> None:
    visitor = stage.enter("program")
    page = visitor.open(f"{stage.case}/review")
    stage.page.locator("#opinions label", has_text=re.compile("^Program")).first.click()
    stage.choose("Your opinion", "Supports")
    page.get_by_label("Why, in a sentence").fill("The plan names who supervises, and by when.")
    visitor.press("Record my opinion")
    assert page.get_by_text("The plan names who supervises, and by when.").count()


def the_other_seats_speak(story: Story) -> None:
    for seat, name in tell.SEATS.items():
        if seat is not Seat.PROGRAM:
            give_opinion(
                story.request, story.who(name), seat, "support", "Sound.", expected_version=story.expected_version
            )


def the_coordinator_confirms_capacity(stage: Stage) -> None:
    visitor, page = stage.enter("coordinator"), stage.page
    for key in PROGRAMS:
        visitor.open(f"{stage.case}/review")
        page.get_by_label("For which program").select_option(key)
        page.get_by_label("Who supervises").fill("Field supervisor, seat 3")
        page.get_by_label("Hours a week on site").fill("20")
        page.get_by_label("Training seats").fill("6")
        page.get_by_label("Equipment ready by").fill("2027-03-01")
        visitor.press("Confirm the capacity")


def the_official_decides(stage: Stage) -> None:
    visitor, page = stage.enter("official"), stage.page
    for key in PROGRAMS:
        visitor.open(f"{stage.case}/review")
        page.get_by_label("On which program").select_option(key)
        stage.choose("Your decision", "Approved with conditions")
        page.get_by_label("Conditions, one a line").fill("Report the first quarter first.")
        page.get_by_label("Your reason").fill("The need is shown and the plan is sound.")
        visitor.press("Record the decision")
    assert stage.status == "drafting"


def the_assessor_drafts(stage: Stage) -> None:
    visitor, page = stage.enter("assessor"), stage.page
    visitor.open(f"{stage.case}/drafting")
    visitor.press(f"Start the agreement on {words(PROGRAMS[0])}")
    address = stage.agreement(PROGRAMS[0])
    assert page.url.endswith(address)
    visitor.press("Facts of the text")
    stage.play(the_facts_are_written)
    visitor.open(address)
    visitor.press("Send to counsel")  # leads to the page of the step
    visitor.press("Send to counsel")


def the_facts_are_written(story: Story) -> None:
    agreement = db.session.scalars(select(Agreement).where(Agreement.request_id == story.request.id)).one()
    fill_facts(agreement, story.who("assessor"))


def counsel_the_head_and_the_official_finish_it(stage: Stage) -> None:
    address = stage.agreement(PROGRAMS[0])
    for who, *labels in (
        ("counsel", "Clear the text", "Clear the text"),  # the link to the page of the step, and its button
        ("head", "Accept this text"),
        ("official", "Finalize the agreement"),
    ):
        visitor = stage.enter(who)
        visitor.open(address)
        for label in labels:
            visitor.press(label)
    assert stage.page.get_by_text("Fingerprint:").count()
    assert stage.page.get_by_role("link", name="PDF, tagged").get_attribute("href") == f"{address}.pdf"
    assert stage.page.request.get(f"{stage.live.url}{address}.pdf").body().startswith(b"%PDF-")


def test_a_city_reads_the_same_case_from_its_decision_to_its_agreement(visitor: Visitor, live: LiveServer) -> None:
    the_way_of_a_city(Stage(live, visitor, CITY))


def test_a_city_as_published_goes_the_same_way(visitor: Visitor, live: LiveServer) -> None:
    """What it answers is made up, and so are its people."""
    with live.app.app_context():
        place = publish("city")
    the_way_of_a_city(Stage(live, visitor, place))


def the_way_of_a_city(stage: Stage) -> None:
    stage.play(tell.file_draft, tell.submit, tell.take, tell.assess)
    stage.play(lambda story: tell.recommend(story, CROSS_DESIGNATION))
    page = stage.enter("head").open(f"{stage.mine}/decision")
    for key in CROSS_DESIGNATION:
        assert page.get_by_role("heading", name=words(key)).count()
    stage.play(tell.concurs, tell.reviews)
    page = stage.enter("official").open(f"{stage.case}/review")
    assert page.get_by_text("The plan names who supervises").count() == len(Seat)
    stage.play(tell.decides, lambda story: draft(story, CROSS_DESIGNATION[0], "negotiation"))
    page = stage.enter("head").open(stage.agreement(CROSS_DESIGNATION[0]))
    assert page.get_by_role("button", name="Accept this text").count()
    assert page.get_by_text("Report the first quarter before the second class of training.").count()
