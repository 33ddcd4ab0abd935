"""Staff find a request by any word of it and see where it stands; an agency never finds a word of staff's own."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Person
from app.agency_requests.assignment_models import Consultation
from app.agency_requests.models import AgencyRequest, Answer, Document, RankedProblem
from app.cases.models import CaseText
from app.cases.search.indexing import rebuild_index
from app.cases.search.queries import for_sqlite, marked, requests_with, where_found
from app.extensions import db, now
from app.intake.models import ChecklistMark, InformationItem, InformationRequest
from app.messages import operations
from app.policy import Role, Side
from app.workflow.clocks.operations import today
from tests.builders import make_agency, make_office, make_person, make_request
from tests.cases.test_queue import MOST_QUERIES, counted
from tests.checked import CheckedClient


@pytest.fixture
def coordinator(app: Flask) -> Person:
    return make_person(Role.COORDINATOR)


@pytest.fixture
def asked(app: Flask) -> AgencyRequest:
    """A request with a word of its own in each of its texts."""
    found = make_request(
        make_agency(name="Perch County Sheriff's Office", county="Perch"),
        status="in_intake",
        letter_text="We write because of zanderletter crews on the interstate.",
        objectives_text="Stop the bream",
        anything_else="The pike bridge is closed",
        contact_name="Robin Gudgeon",
    )
    by = make_person(Role.COORDINATOR)
    db.session.add(Answer(request_id=found.id, key="objectives", value=["serve_ice_warrants"]))
    db.session.add(Answer(request_id=found.id, key="jail_bookings", value=4321, note="From our roach system"))
    db.session.add(RankedProblem(request_id=found.id, rank=1, topic="gangs", sentence="Tench recruit in schools"))
    db.session.add(
        Document(
            request_id=found.id, kind="supporting", filename="sturgeon-map.pdf", media_type="application/pdf", size=1,
            sha256="", storage_key="", uploaded_by_id=found.created_by_id, uploaded_at=now() - timedelta(days=1),
        )
    )  # fmt: skip
    back = InformationRequest(request_id=found.id, asked_by_id=by.id, due=today())
    back.items = [InformationItem(position=1, anchor_kind="question", anchor_key="x", sentence="How many eels?")]
    db.session.add(back)
    db.session.add(
        Consultation(request_id=found.id, person_id=by.id, question="Is it goby?", due=today(), asked_by_id=by.id)
    )
    db.session.add(
        ChecklistMark(request_id=found.id, key="needs", held=False, note="Ask about the minnow", by_id=by.id)
    )
    db.session.commit()
    return found


def keys(words: str, side: Side = Side.ICE) -> set[object]:
    return set(db.session.scalars(requests_with(words, side)))


@pytest.mark.parametrize(
    ("words", "kind"),
    [("zanderletter", "Letter"), ("bream", "What they want to achieve"), ("warrants", "What they want to achieve"),
     ("pike", "Anything else"), ("Gudgeon", "Contact"), ("roach", "Answer"), ("tench", "Problem"), ("gangs", "Problem"),
     ("sturgeon", "Document"), ("eels", "Asked back"), ("minnow", "Completeness check"),
     ("goby", "Opinion of another office"), ("texas perch", "Request")],
)  # fmt: skip
def test_every_text_of_a_request_is_found_and_named(asked: AgencyRequest, words: str, kind: str) -> None:
    found = where_found(words, Side.ICE, [asked.id])[asked.id]
    assert found.kind == kind
    assert any(searched for _, searched in found.pieces)


def test_a_word_is_found_in_its_other_forms(asked: AgencyRequest) -> None:
    assert keys("recruiting school") == {asked.id}
    assert keys('"closed bridge"') == set()
    assert keys('"bridge is closed"') == {asked.id}
    assert keys("nowhere or tench") == {asked.id}
    assert keys("tench -schools") == set()


def test_what_is_changed_or_taken_away_is_found_no_more(asked: AgencyRequest) -> None:
    asked.letter_text = "Now about carp"
    db.session.delete(db.session.scalars(select(RankedProblem)).one())
    db.session.commit()
    assert keys("zanderletter") == keys("tench") == set()
    assert keys("carp") == {asked.id}
    asked.agency.name = "Trout County Sheriff's Office"
    db.session.commit()
    assert keys("trout") == {asked.id}


def test_what_is_not_committed_is_not_found(asked: AgencyRequest) -> None:
    asked.letter_text = "Now about carp"
    db.session.flush()
    db.session.rollback()
    assert keys("carp") == set()


def test_messages_are_found_and_those_of_staff_never_by_an_agency(asked: AgencyRequest, coordinator: Person) -> None:
    operations.begin_thread(asked, coordinator.actor, shared=True, text="Bring the lamprey figures")
    operations.begin_thread(asked, coordinator.actor, shared=False, text="The burbot beds are short")
    db.session.commit()
    assert keys("lamprey") == keys("lamprey", Side.AGENCY) == {asked.id}
    assert where_found("burbot", Side.ICE, [asked.id])[asked.id].staff_only
    assert keys("burbot", Side.AGENCY) == keys("minnow", Side.AGENCY) == keys("goby", Side.AGENCY) == set()
    assert where_found("burbot", Side.AGENCY, [asked.id]) == {}


def test_the_queue_shows_the_match_and_nothing_runs(client: CheckedClient, coordinator: Person) -> None:
    make_request(status="submitted", letter_text="See <script>alert(1)</script> jails & the walleye files")
    page = client.sign_in(coordinator).get("/queue?view=all&q=walleye").get_data(as_text=True)
    assert "<mark>walleye</mark>" in page
    assert "jails &amp; the <mark>walleye</mark> files" in page
    assert "<script>alert" not in page


def test_the_search_stays_within_what_one_sees(client: CheckedClient, app: Flask) -> None:
    ours, theirs = make_office(), make_office()
    make_request(make_agency(name="Our Agency"), status="submitted", office_id=ours.id, letter_text="the grayling")
    make_request(make_agency(name="Their Agency"), status="submitted", office_id=theirs.id, letter_text="the grayling")
    make_request(make_agency(name="Draft Agency"), office_id=ours.id, letter_text="the grayling")
    client.sign_in(make_person(Role.COORDINATOR, office=ours))
    page = client.get("/queue?view=all&q=grayling").get_data(as_text=True)
    assert "Our Agency" in page
    assert "Their Agency" not in page
    assert "Draft Agency" not in page


NONSENSE = ('"', '""', "-", "-x", "or", "or or", "a AND", "NOT", "(", ")", "NEAR(a b)", "a*", "*", "text:x", "^a",
            "'", "a'b", ";", "\\", "%", "_", "<->", "a & | !", "🐟", "\ue000", "a\tb\nc", '"a "b', "{a}",
            "--", '-"a b"')  # fmt: skip


@pytest.mark.parametrize("typed", NONSENSE)
def test_nothing_typed_is_an_error(client: CheckedClient, coordinator: Person, typed: str) -> None:
    make_request(status="submitted", letter_text="a b x text \ue000 end")
    client.sign_in(coordinator)
    assert client.get("/queue", query_string={"view": "all", "q": typed}).status_code == 200


def test_words_are_read_as_words_never_as_commands() -> None:
    assert (
        for_sqlite('jail AND "two words" -not or other')
        == '(("jail" AND "AND" AND "two words") NOT ("not")) OR ("other")'
    )
    assert for_sqlite("acc-2026-000123") == '("acc 2026 000123")'
    assert for_sqlite('-x "" *') == ""
    assert marked("a \ue000b\ue001 c") == [("a ", False), ("b", True), (" c", False)]
    assert marked("cut \ue000off") == [("cut ", False), ("off", True)]


def test_reading_everything_again_finds_the_same(asked: AgencyRequest, app: Flask) -> None:
    before = db.session.scalar(select(func.count()).select_from(CaseText))
    result = app.test_cli_runner().invoke(args=["search-index"])
    assert result.exit_code == 0, result.output
    assert db.session.scalar(select(func.count()).select_from(CaseText)) == before
    assert rebuild_index() >= before
    db.session.commit()
    assert keys("tench") == {asked.id}


@pytest.mark.parametrize("many", [10, 200])
def test_a_search_takes_as_many_queries_for_ten_as_for_two_hundred(
    client: CheckedClient, coordinator: Person, many: int
) -> None:
    agency, by = make_agency(), make_person(Role.COORDINATOR)
    for _ in range(many):
        db.session.add(
            AgencyRequest(
                agency=agency, state="TX", status="submitted", created_by_id=by.id, submitted_at=by.created_at,
                letter_text="the sauger",
            )
        )  # fmt: skip
    db.session.commit()
    client.sign_in(coordinator)
    with counted() as sent:
        page = client.get("/queue?view=all&q=sauger").get_data(as_text=True)
    assert page.count("<mark>") == min(many, 25)
    assert len([s for s in sent if s.lstrip().startswith(("SELECT", "WITH"))]) <= MOST_QUERIES, sent


def test_an_answer_and_its_file_are_found_once_they_are_sent(asked: AgencyRequest) -> None:
    back = db.session.scalars(select(InformationRequest)).one()
    item = back.items[0]
    item.answer, item.answered_at = "About ninety lampern", now()
    item.documents.append(
        Document(
            request_id=asked.id, kind="supporting", filename="brill_count.pdf", media_type="application/pdf", size=1,
            sha256="", storage_key="", uploaded_by_id=asked.created_by_id,
        )
    )  # fmt: skip
    db.session.commit()
    assert keys("lampern") == keys("brill") == set(), "the agency has not sent it"
    assert keys("eels") == {asked.id}
    back.closed_at, back.outcome = now(), "recalled"
    db.session.commit()
    assert keys("lampern") == keys("brill") == set(), "what was recalled was never sent"
    back.outcome = "answered"
    db.session.commit()
    assert keys("lampern") == keys("brill") == {asked.id}
    rebuild_index()
    assert keys("lampern") == keys("brill") == {asked.id}
    back.outcome = "recalled"
    db.session.flush()
    rebuild_index()
    assert keys("lampern") == keys("brill") == set()


def test_an_agency_renamed_while_its_request_begins_is_found_once(app: Flask) -> None:
    agency, by = make_agency(), make_person(Role.COORDINATOR)
    agency.name = "Chub County Sheriff's Office"
    db.session.add(AgencyRequest(agency=agency, state="TX", created_by_id=by.id, letter_text="the dace"))
    db.session.commit()
    assert len(keys("chub")) == len(keys("dace")) == 1
