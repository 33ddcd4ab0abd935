"""The worksheet and the survey: both values side by side, none confirmed without a source, nothing typed lost."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.test import TestResponse

from app.agency_requests.models import Answer, AnswerChange
from app.assessment.models import ConfirmedAnswer, Meeting, NoPartnershipFinding
from app.assessment.queries import assessed_values
from app.assessment.worksheet.operations import confirm_answer
from app.extensions import db
from app.needs.questions import GROUPS
from app.policy import Role
from app.review.queries import concurrence_of
from tests.assessment.assessed_request import SURVEYED, Story, assessed, concurred, in_assessment, recommended
from tests.assessment.worksheet_forms import GETS, Rows, path, signed_in, texts, typed, words
from tests.builders import make_office, make_person
from tests.page import Page

KEYS = {group.key: [question.key for question in group.questions] for group in GROUPS}
MOVED_DOWN = "app-move--down"
BOOKINGS = {"value": "11,400", "basis": "measured", "source": "Booking report"}


def confirmed(story: Story, key: str) -> ConfirmedAnswer | None:
    db.session.expire_all()
    return db.session.get(ConfirmedAnswer, (story.agency_request.id, key))


def save(page: Page, story: Story, rows: Rows, group: str = "jail") -> Page:
    """Types these rows into the worksheet and presses the button of this group."""
    return page.submit("Save", texts(rows), to=path(story, f"worksheet/{group}"))


def sheet(app: Flask, story: Story) -> Page:
    return signed_in(app, story).get_page(path(story, "worksheet"))


def forge(app: Flask, story: Story, rows: Rows, group: str = "jail") -> TestResponse:
    """Sends rows that the worksheet does not offer."""
    return signed_in(app, story).craft_post(path(story, f"worksheet/{group}"), data=typed(story, group, rows))


@pytest.mark.parametrize("page", GETS)
def test_every_page_of_the_assessment_opens_for_its_assessor(app: Flask, page: str) -> None:
    story = in_assessment()
    assert signed_in(app, story).get(path(story, page)).status_code == 200


@pytest.mark.parametrize("page", GETS)
def test_other_staff_of_the_case_read_without_boxes_to_fill(app: Flask, page: str) -> None:
    story = recommended(in_assessment())
    response = signed_in(app, story, "coordinator").get(path(story, page))
    assert response.status_code == 200
    main = response.get_data(as_text=True).partition("<main")[2].partition("</main>")[0]
    assert "<form" not in main
    assert "<textarea" not in main


@pytest.mark.parametrize("page", [*GETS, "memo.pdf"])
def test_the_agency_and_other_offices_do_not_reach_the_assessors_pages(app: Flask, page: str) -> None:
    story = recommended(in_assessment())
    stranger = make_person(Role.ASSESSOR, office=make_office())
    assert signed_in(app, story, "head").get(path(story, page)).status_code == 403
    assert app.test_client().sign_in(stranger).get(path(story, page)).status_code == 404
    assert app.test_client().get(path(story, page)).status_code == 302


@pytest.mark.parametrize("page", ["worksheet", "worksheet/jail", "survey", "meetings", "recommendation", "plan"])
def test_only_an_assessor_who_sees_the_case_edits_it(app: Flask, page: str) -> None:
    story = in_assessment()
    stranger = make_person(Role.ASSESSOR, office=make_office())
    assert signed_in(app, story, "coordinator").craft_post(path(story, page)).status_code == 403
    assert app.test_client().sign_in(stranger).craft_post(path(story, page)).status_code == 404


def test_a_corrected_answer_is_kept_beside_the_agencys_and_moves_the_order(app: Flask) -> None:
    story = in_assessment()
    page = sheet(app, story)
    assert MOVED_DOWN not in page.text
    page = save(page, story, {"jail_bookings": BOOKINGS | {"value": "60,000"}})
    assert "Differs from the agency" in words(page)
    assert "12,000 bookings per year" in words(page)
    assert MOVED_DOWN in page.text


def test_the_survey_is_no_correction_of_the_agency_so_it_moves_no_arrow(app: Flask) -> None:
    story = in_assessment()
    rows = {key: {"value": str(value), "basis": "measured", "source": "Plan"} for key, value in SURVEYED.items()}
    page = signed_in(app, story).get_page(path(story, "survey")).submit("Save", texts(rows))
    assert "5 of 5 confirmed" in words(page)
    assert MOVED_DOWN not in page.text


def test_rows_nobody_touched_stay_open(app: Flask) -> None:
    story = in_assessment()
    assert "Nothing was saved" in save(sheet(app, story), story, {}).text
    assert confirmed(story, "jail_bookings") is None


def test_a_source_alone_confirms_what_the_agency_says(app: Flask) -> None:
    story = in_assessment()
    save(sheet(app, story), story, {"jail_bookings": {"source": "Booking report"}})
    row = confirmed(story, "jail_bookings")
    assert row is not None
    assert (row.value, row.basis, row.source) == (12_000, "measured", "Booking report")


def test_an_empty_value_with_a_source_confirms_that_nobody_knows(app: Flask) -> None:
    story = in_assessment()
    unknown = {"value": "", "basis": "unknown", "source": "Asked at the meeting"}
    save(sheet(app, story), story, {"jail_bookings": unknown})
    row = confirmed(story, "jail_bookings")
    assert row is not None
    assert (row.value, row.basis) == (None, "unknown")


def test_several_choices_are_ticked_and_taken_back(app: Flask) -> None:
    story = in_assessment()
    page = sheet(app, story)
    for picked in (["serious_violent", "drug"], ["drug"]):
        page = save(page, story, {"offence_focus": {"value": picked, "source": "Policy"}}, "oversight")
        assert list(assessed_values(story.agency_request.id)["offence_focus"]) == picked
    assert re.findall(r'name="value-offence_focus"\s+type="checkbox"\s+value="(\w+)"\s+checked', page.text) == ["drug"]


@pytest.mark.parametrize(
    ("key", "group", "row", "sentence"),
    [
        ("jail_bookings", "jail", BOOKINGS | {"source": ""}, "Say where this value comes from"),
        ("jail_bookings", "jail", BOOKINGS | {"basis": ""}, "measured or estimated"),
        ("jail_bookings", "jail", BOOKINGS | {"value": "12\x000"}, "Enter a whole number"),
        ("jail_bookings", "jail", BOOKINGS | {"value": "1" + "0" * 400}, "Enter a number from 0"),
        ("jail_bookings", "jail", BOOKINGS | {"value": "1e9"}, "Enter a whole number"),
        ("jail_bookings", "jail", BOOKINGS | {"source": "Log\x00book"}, "hidden character U+0000"),
        ("jail_bookings", "jail", BOOKINGS | {"source": "x" * 201}, "Shorten this to 200"),
        ("jail_screened_percent", "jail", BOOKINGS | {"value": "-3"}, "Enter a number"),
        ("jail_screened_percent", "jail", BOOKINGS | {"value": "101"}, "from 0 to 100"),
        ("governing_body_date", "agency", {"value": "02/30/2027", "source": "Board"}, "Enter a date that exists"),
    ],
)
def test_what_cannot_be_an_answer_comes_back_with_its_sentence_and_everything_typed(
    app: Flask, key: str, group: str, row: dict[str, Any], sentence: str
) -> None:
    story = in_assessment()
    other = next(each for each in KEYS[group] if each != key)
    page = save(sheet(app, story), story, {key: row, other: {"source": "Another source"}}, group)
    assert page.status_code == 422
    assert "<title>Error:" in page.text
    assert sentence in words(page)
    assert 'value="Another source"' in page.text
    if row["value"] == "11,400":
        assert 'value="11,400"' in page.text
    assert confirmed(story, key) is None
    assert confirmed(story, other) is None


@pytest.mark.parametrize(
    ("key", "group", "row", "sentence"),
    [
        ("jail_bookings", "jail", BOOKINGS | {"basis": "guessed"}, "measured or estimated"),
        ("jail_operated", "jail", {"value": "perhaps", "source": "Visit"}, "Choose one of the answers"),
        ("offence_focus", "oversight", {"value": "everybody", "source": "Policy"}, "Choose one of"),
    ],
)
def test_an_answer_that_no_page_offers_is_refused_with_a_sentence(
    app: Flask, key: str, group: str, row: dict[str, Any], sentence: str
) -> None:
    story = in_assessment()
    response = forge(app, story, {key: row}, group)
    assert response.status_code == 422
    assert sentence in words(response)
    assert confirmed(story, key) is None


def test_a_question_of_no_such_key_is_refused(app: Flask) -> None:
    story = in_assessment()
    for stray in ("no_such_question", "\x00"):
        response = forge(app, story, {"jail_bookings": BOOKINGS, stray: {"value": "1", "source": "x"}})
        assert response.status_code == 422
        assert "no such question" in words(response)
        assert 'value="11,400"' in response.get_data(as_text=True)
    assert signed_in(app, story).craft_post(path(story, "worksheet/nothing")).status_code == 404


def test_answers_saved_by_somebody_else_meanwhile_are_not_overwritten(app: Flask) -> None:
    story = in_assessment()
    stale = sheet(app, story)
    confirm_answer(
        story.agency_request, story.assessor, "jail_bookings", 11_000, basis="measured", source="Booking log"
    )
    db.session.commit()
    page = save(stale, story, {"jail_bookings": BOOKINGS})
    assert page.status_code == 422
    assert "after you opened it" in words(page)
    assert assessed_values(story.agency_request.id)["jail_bookings"] == 11_000


def test_a_confirmed_answer_does_not_lose_its_source(app: Flask) -> None:
    story = in_assessment()
    page = save(sheet(app, story), story, {"jail_bookings": BOOKINGS})
    assert save(page, story, {"jail_bookings": {"source": " "}}).status_code == 422


def test_all_measured_answers_are_confirmed_at_once_and_estimates_are_not(app: Flask) -> None:
    story = in_assessment()
    estimate = db.session.get(Answer, (story.agency_request.id, "sworn_officers"))
    assert estimate is not None
    estimate.basis = "estimated"
    db.session.commit()
    save(sheet(app, story), story, {"jail_bookings": BOOKINGS}).submit("Confirm all measured answers")
    assert confirmed(story, "population_served") is not None
    assert confirmed(story, "sworn_officers") is None
    assert assessed_values(story.agency_request.id)["jail_bookings"] == 11_400


def test_the_list_can_be_narrowed(app: Flask) -> None:
    story = in_assessment()
    save(sheet(app, story), story, {"jail_bookings": BOOKINGS})
    page = signed_in(app, story).get(path(story, "worksheet?show=differing")).get_data(as_text=True)
    assert 'name="row" value="jail_bookings"' in page
    assert page.count('name="row"') == 1
    page = signed_in(app, story).get(path(story, "worksheet?show=nonsense")).get_data(as_text=True)
    assert page.count('name="row"') > 60


def test_an_answer_changed_since_it_was_sent_shows_what_it_was(app: Flask) -> None:
    story = in_assessment()
    change = AnswerChange(
        request_id=story.agency_request.id, key="jail_bookings", was=14_500, became=12_000, by_id=story.head.id
    )
    db.session.add(change)
    db.session.commit()
    assert "was 14,500 bookings per year" in words(signed_in(app, story).get(path(story, "worksheet")))


def test_the_chosen_entry_is_opened_with_its_gates_and_reasons(app: Flask) -> None:
    story = in_assessment()
    page = words(signed_in(app, story).get(path(story, "worksheet?entry=best")))
    assert "We do not know how far" in page
    for wrong in ("nothing", "%00", "x" * 5000):
        assert signed_in(app, story).get(path(story, f"worksheet?entry={wrong}")).status_code == 200


def test_the_worksheet_asks_the_database_no_more_for_more_answers(app: Flask) -> None:
    few, many = in_assessment({"jail_operated": "no"}), assessed(in_assessment())
    assert _statements(app, few) == _statements(app, many)


def _statements(app: Flask, story: Story) -> int:
    client, engine = signed_in(app, story), db.engine
    statements: list[str] = []

    def hear(*args: Any) -> None:
        statements.append(args[2])

    event.listen(engine, "before_cursor_execute", hear)
    client.get(path(story, "worksheet"))
    event.remove(engine, "before_cursor_execute", hear)
    return len(statements)


def test_a_change_in_review_voids_the_agencys_concurrence(app: Flask) -> None:
    story = concurred(in_assessment())
    assert save(sheet(app, story), story, {"jail_bookings": BOOKINGS}).path == path(story, "worksheet")
    db.session.expire_all()
    answered = concurrence_of(story.recommendation)
    assert answered is not None
    assert answered.voided_at is not None


def test_after_the_recommendation_the_worksheet_is_closed(app: Flask) -> None:
    story = recommended(in_assessment())
    assert forge(app, story, {"jail_bookings": BOOKINGS}).status_code == 409
    assert signed_in(app, story).craft_post(path(story, "worksheet")).status_code == 409


def test_a_meeting_is_recorded_with_roles_and_not_before_it_was_held(app: Flask) -> None:
    story = in_assessment()
    record = "Record the meeting"
    form = {"held_on": "2026-11-02", "place": "By video", "attendees": "Sheriff, assessor", "summary": "We met."}
    page = signed_in(app, story).get_page(path(story, "meetings"))
    early = page.submit(record, form | {"held_on": "2099-01-01"})
    assert early.status_code == 422
    assert "not in the future" in words(early)
    empty = page.submit(record, summary="Kept words")
    assert empty.status_code == 422
    assert "by role" in words(empty)
    assert "Kept words" in words(empty)
    assert "Sheriff, assessor" in words(empty.submit(record, form))
    assert db.session.query(Meeting).filter_by(request_id=story.agency_request.id).count() == 1


def test_the_finding_that_nothing_fits_is_written_not_left_blank(app: Flask) -> None:
    story = in_assessment()
    page = signed_in(app, story).get_page(path(story, "no-partnership")).submit("Record the finding", text="  ")
    assert page.status_code == 422
    page.submit("Record the finding", text="Little need.")
    assert db.session.query(NoPartnershipFinding).one().text == "Little need."


def test_any_save_button_saves_what_was_typed_into_every_group(app: Flask) -> None:
    story = in_assessment()
    sources = {"jail_bookings": {"source": "Booking report"}, "sworn_officers": {"source": "Budget"}}
    save(sheet(app, story), story, sources)
    assert confirmed(story, "jail_bookings").source == "Booking report"
    assert confirmed(story, "sworn_officers").source == "Budget"
    assert db.session.query(ConfirmedAnswer).count() == 2


def test_what_was_typed_into_another_group_comes_back_with_an_error_and_is_not_half_saved(app: Flask) -> None:
    story = in_assessment()
    both = {"sworn_officers": {"source": "Budget"}, "jail_bookings": {"value": "many"}}
    page = save(sheet(app, story), story, both)
    assert page.status_code == 422
    assert confirmed(story, "sworn_officers") is None
    save(page, story, {"jail_bookings": {"value": "11,400", "source": "Booking report"}})
    assert confirmed(story, "sworn_officers").source == "Budget"


def test_a_group_that_nobody_touched_keeps_what_a_colleague_saved_meanwhile(app: Flask) -> None:
    story = in_assessment()
    page = sheet(app, story)
    confirm_answer(story.agency_request, story.assessor, "sworn_officers", 77, basis="measured", source="Budget")
    db.session.commit()
    save(page, story, {"jail_bookings": {"source": "Booking report"}})
    assert confirmed(story, "jail_bookings").source == "Booking report"
    assert confirmed(story, "sworn_officers").value == 77
