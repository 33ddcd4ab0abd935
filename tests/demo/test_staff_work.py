"""What the demonstration has beside its steps: every list of the service finds something to show."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import autosave
from app.accounts.models import AccessApplication, Delegation, Person, RoleProposal
from app.agency_requests.assignment_models import AssignmentRule, Consultation
from app.agency_requests.models import AgencyRequest, ConflictDeclaration, Document, SectionAssignment
from app.agreements.models import Agreement, ClauseEditRecord, Proposal
from app.assessment.models import ConfirmedAnswer, NoPartnershipFinding
from app.cases.models import CaseLink
from app.cases.queue.saved_view_models import SavedView, ViewFollower
from app.demo import conversations, office_work, staff_work
from app.demo import story as tell
from app.demo.agreement_story import draft
from app.demo.offices import ASKED_AGAIN, NOTHING_FITS, REVIEWED
from app.demo.people import PLACES, make_people
from app.demo.stories import of_an_office, scenes
from app.demo.story import Story
from app.extensions import db
from app.intake.models import ChecklistMark, InformationItem, InformationRequest
from app.letters.models import Letter
from app.reports.exports.models import ExportJob
from app.review.models import CivilRightsFinding
from app.workflow.clocks.operations import today
from app.workflow.models import ClockTarget, OfficeClosure, StageClock


@pytest.fixture
def people(app: Flask) -> dict[str, Person]:
    return make_people()


def count(table: type, *where: object) -> int:
    return db.session.scalar(select(func.count()).select_from(table).where(*where)) or 0  # type: ignore[arg-type] # conditions of any kind


def the_request() -> AgencyRequest:
    return db.session.scalars(select(AgencyRequest)).one()


def test_a_draft_is_shared_out_with_papers_and_words_not_yet_saved(people: dict[str, Person]) -> None:
    scenes(people)[0]()
    draft = the_request()
    assert count(Document) == 2 and {row.section for row in db.session.scalars(select(SectionAssignment))} == {
        "authority", "jail", "oversight",
    }  # fmt: skip
    assert autosave.saved_form_at(people["head:TX9990100"].id, f"/requests/{draft.id}/sections/authority/signatory")


def test_a_request_in_intake_is_acknowledged_and_overdue_and_somebody_stepped_aside(people: dict[str, Person]) -> None:
    scenes(people)[2]()
    assert count(Letter, Letter.kind == "acknowledgment") == 1
    assert count(ConflictDeclaration, ConflictDeclaration.has_conflict) == 1
    assert people["privacy"].id in the_request().recused_ids
    assert count(StageClock, StageClock.stopped_on.is_(None), StageClock.due < today()) == 1


def test_questions_asked_of_an_agency_wait_longer_and_pause_the_review(people: dict[str, Person]) -> None:
    scenes(people)[3]()
    asked = db.session.scalars(select(StageClock).where(StageClock.kind == "information_request")).one()
    assert [move.reason for move in asked.moves] == ["The agency asked for a week more: its board meets first."]
    assert db.session.scalars(select(InformationRequest.due)).one() == asked.due
    assert count(StageClock, StageClock.paused_on.is_not(None)) == 1


def test_an_assessment_under_way_has_opinions_checks_confirmed_numbers_and_a_moved_date(
    people: dict[str, Person],
) -> None:
    scenes(people)[4]()
    assert sorted(asked.outcome for asked in db.session.scalars(select(Consultation))) == ["", "answered"]
    assert count(ChecklistMark, ChecklistMark.key.startswith("assessment-"), ChecklistMark.held) >= 3
    found = db.session.scalars(select(ConfirmedAnswer).where(ConfirmedAnswer.key == "sworn_officers")).one()
    assert found.value != PLACES[0].officers
    assert db.session.scalars(select(StageClock).where(StageClock.kind == "assessment")).one().moves


def test_the_answers_to_questions_are_accepted_or_asked_again(people: dict[str, Person]) -> None:
    of_an_office(people, "SC9990960", ASKED_AGAIN, 20)()
    items = db.session.scalars(select(InformationItem).order_by(InformationItem.position))
    assert sorted(item.state for item in items) == ["accepted", "asked_again", "open"]


def test_a_review_has_a_finding_and_an_assessment_may_find_that_nothing_fits(people: dict[str, Person]) -> None:
    of_an_office(people, "TX9990930", REVIEWED, 60)()
    of_an_office(people, "CO9990910", NOTHING_FITS, 44)()
    assert count(CivilRightsFinding) == 1 and count(NoPartnershipFinding) == 1
    assert count(ChecklistMark, ChecklistMark.key.startswith("review-"), ChecklistMark.held) >= 3


@pytest.mark.parametrize(("status", "changes", "proposals"), [("legal_review", 1, 0), ("negotiation", 0, 3)])
def test_both_sides_talk_about_a_text(people: dict[str, Person], status: str, changes: int, proposals: int) -> None:
    story = Story(PLACES[3], people, datetime.now(UTC) - timedelta(days=60))
    for step in (tell.file_draft, tell.submit, tell.take, tell.assess):
        step(story)
    entries = ["287g:jail", "lesc"]
    tell.recommend(story, entries)
    for step in (tell.concurs, tell.reviews, tell.decides):
        step(story)
    conversations.about_text(story, [draft(story, entry, status) for entry in entries], status)
    assert count(Agreement, Agreement.status == status) == 2
    assert (count(ClauseEditRecord), count(Proposal)) == (changes, proposals)


def test_requests_are_linked_and_a_duplicate_is_merged(people: dict[str, Person]) -> None:
    told = scenes(people)
    for place in (PLACES[0], PLACES[1], PLACES[3]):
        submitted(Story(place, people, datetime.now(UTC) - timedelta(days=9)))
    for ori in ("FL9990710", "FL9990720", "TX9990930"):
        of_an_office(people, ori, 1, 9)()
    of_an_office(people, "LA9990940", 2, 15)()
    of_an_office(people, "LA9990940", 5, 75)()
    told[-2]()
    assert sorted(link.kind for link in db.session.scalars(select(CaseLink))) == ["duplicate", *["related"] * 3]
    assert count(AgencyRequest, AgencyRequest.status == "declined") == 1


def submitted(story: Story) -> None:
    tell.file_draft(story)
    tell.submit(story)


def test_offices_keep_rules_absences_lists_and_closed_days(people: dict[str, Person]) -> None:
    office_work.make_surroundings(people)
    for table in (AssignmentRule, Delegation, SavedView, ViewFollower, OfficeClosure, AccessApplication):
        assert 2 <= count(table) <= 6, table.__tablename__
    assert {view.shared for view in db.session.scalars(select(SavedView))} == {True, False}
    assert count(ClockTarget) == count(RoleProposal) == count(ExportJob, ExportJob.state == "done") == 1
    assert count(AgencyRequest, AgencyRequest.entered_by_id == people["coordinator"].id) == 2
    assert sorted(db.session.scalars(select(AccessApplication.status))) == ["refused", "waiting", "waiting"]


def test_a_paper_is_made_up_and_says_so() -> None:
    assert staff_work.paper("bookings.pdf", "Bookings by month, totals").kind == "pdf"
    assert "Made up for the demonstration." in staff_work.PAPER.read_text()
