"""An agency fills in its request page by page: saved as it goes, by several people, and by nobody else."""

import pytest
from sqlalchemy import func, select

from app.accounts.models import Person
from app.agency_requests import operations
from app.agency_requests.models import AgencyRequest
from app.agency_requests.sections import queries
from app.agency_requests.sections.page_forms import form_version
from app.agency_requests.sections.question_forms import GivenAnswer
from app.agency_requests.sections.section_list import NEEDS, SECTIONS
from app.extensions import Base, db, now
from app.policy import Role
from tests.builders import make_person
from tests.checked import CheckedClient
from tests.page import Page

ONWARD, LATER = "Save and continue", "Save and go to the section list"
START = "Start the request"


def opened(client: CheckedClient, draft: AgencyRequest, address: str) -> Page:
    """A page of a section, as somebody has it who just opened it."""
    return client.get_page(f"/requests/{draft.id}/sections/{address}")


def send(client: CheckedClient, draft: AgencyRequest, address: str, button: str = ONWARD, **typed: object) -> Page:
    """Opens a page of a section, fills it in and presses a button; the page that follows."""
    return opened(client, draft, address).submit(button, typed)


def test_a_request_begins_with_a_button_and_the_notices(client: CheckedClient, officer: Person) -> None:
    page = client.sign_in(officer).get_page("/requests/new")
    for words in ("OMB number: not assigned", "Privacy Act", "18 U.S.C. 1001", "Freedom of Information"):
        assert words in page.text
    assert page.submit(START).path.endswith("/tasks")


def test_the_page_of_a_program_leads_to_a_request_for_it(client: CheckedClient, officer: Person) -> None:
    page = client.sign_in(officer).get_page("/programs/best").follow("Start a request")
    assert "You want Border Enforcement Security Task Forces." in page.text
    page.submit(START)
    begun = db.session.scalars(select(AgencyRequest)).one()
    assert (begun.wants_advice, begun.wanted_programs) == (False, ["best"])


def test_a_program_that_does_not_exist_comes_along_with_nobody(client: CheckedClient, officer: Person) -> None:
    client.sign_in(officer).get_page("/requests/new?program=nosuch").submit(START)
    begun = db.session.scalars(select(AgencyRequest)).one()
    assert (begun.wants_advice, begun.wanted_programs) == (None, [])


def test_a_number_and_how_it_is_known_are_saved(client: CheckedClient, officer: Person, draft: AgencyRequest) -> None:
    client.sign_in(officer)
    page = send(
        client, draft, "capacity/community-size",
        population_served="410,000", population_served_basis="measured",
        sworn_officers="", sworn_officers_basis="unknown",
    )  # fmt: skip
    assert page.status_code == 200
    answers = queries.saved_answers(draft)
    assert (answers["population_served"].value, answers["population_served"].basis) == (410_000, "measured")
    assert (answers["sworn_officers"].value, answers["sworn_officers"].basis) == (None, "unknown")


def test_an_error_saves_nothing_and_keeps_everything_typed(
    client: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    client.sign_in(officer)
    page = send(
        client, draft, "capacity/community-size",
        population_served="1O21", population_served_basis="estimated", sworn_officers="420",
    )  # fmt: skip
    assert page.status_code == 422
    assert "Did you mean 1,021?" in page.text
    assert "Say how you know this number." in page.text
    assert 'value="1O21"' in page.text
    assert "<title>Error:" in page.text
    assert queries.saved_answers(draft) == {}


def test_half_a_page_can_be_saved_to_go_on_later(client: CheckedClient, officer: Person, draft: AgencyRequest) -> None:
    client.sign_in(officer)
    typed = {"population_served": "410000", "population_served_basis": "measured"}
    assert send(client, draft, "capacity/community-size", LATER, **typed).path.endswith("/tasks")
    assert list(queries.saved_answers(draft)) == ["population_served"]


def test_an_answer_taken_out_to_go_on_later_is_gone(
    client: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    client.sign_in(officer)
    typed = {"population_served": "410000", "population_served_basis": "measured"}
    send(client, draft, "capacity/community-size", LATER, **typed)
    send(client, draft, "capacity/community-size", LATER, population_served="", sworn_officers="")
    assert queries.saved_answers(draft) == {}


def test_a_number_beside_we_do_not_know_is_not_dropped(
    client: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    client.sign_in(officer)
    page = send(
        client, draft, "capacity/community-size",
        population_served="410000", population_served_basis="unknown",
        sworn_officers="", sworn_officers_basis="unknown",
    )  # fmt: skip
    assert page.status_code == 422
    assert "Remove one of them" in page.text


def test_a_date_may_be_unknown(client: CheckedClient, officer: Person, draft: AgencyRequest) -> None:
    client.sign_in(officer)
    address = "agency/agency-approval"
    page = send(client, draft, address, governing_body="county_board")
    assert page.status_code == 422
    assert page.submit(ONWARD, governing_body_date_unknown=True).status_code == 200
    answer = queries.saved_answers(draft)["governing_body_date"]
    assert (answer.value, answer.basis) == (None, "unknown")


@pytest.mark.parametrize("says", ["permits", "limits", "bars"])
def test_what_the_law_says_needs_its_citation(
    client: CheckedClient, officer: Person, draft: AgencyRequest, says: str
) -> None:
    client.sign_in(officer)
    typed = {"state_law_immigration": says, "state_law_customs": "unknown"}
    page = send(client, draft, "agency/agency-law", **typed)
    assert page.status_code == 422
    assert "Give the citation" in page.text
    assert page.submit(ONWARD, state_law_immigration_note="Example Code 1.01").status_code == 200


SIZE = "capacity/community-size"
MINE = {
    "population_served": "7,000", "population_served_basis": "estimated",
    "sworn_officers": "12", "sworn_officers_basis": "measured",
}  # fmt: skip
CHOOSE = "Save what you chose"


@pytest.fixture
def outdated(client: CheckedClient, officer: Person, head: Person, draft: AgencyRequest) -> Page:
    """The page of an officer who opened it before the head saved it."""
    page = opened(client.sign_in(officer), draft, SIZE)
    theirs = {"population_served": GivenAnswer(5000, "measured", ""), "sworn_officers": GivenAnswer(12, "measured", "")}
    operations.save_answers(draft, head.actor, theirs)
    db.session.commit()
    return page


def test_two_people_on_one_page_see_both_answers(head: Person, draft: AgencyRequest, outdated: Page) -> None:
    page = outdated.submit(ONWARD, MINE)
    assert page.status_code == 409
    assert "5,000 people. Measured" in page.text
    assert "7,000 people. Estimated" in page.text
    assert head.name in page.text
    assert "12 officers" not in page.text  # both say the same
    assert queries.saved_answers(draft)["population_served"].value == 5000


@pytest.mark.parametrize(("keep", "kept"), [("mine", (7000, "estimated")), ("theirs", (5000, "measured"))])
def test_of_two_answers_the_chosen_one_is_kept_whole(
    draft: AgencyRequest, outdated: Page, keep: str, kept: tuple[int, str]
) -> None:
    page = outdated.submit(ONWARD, MINE)
    assert page.submit(CHOOSE, {"keep-population_served": keep}).status_code == 200
    answers = queries.saved_answers(draft)
    assert (answers["population_served"].value, answers["population_served"].basis) == kept
    assert answers["sworn_officers"].value == 12


def test_of_two_answers_one_must_be_chosen(draft: AgencyRequest, outdated: Page) -> None:
    page = outdated.submit(ONWARD, MINE).submit(CHOOSE)
    assert page.status_code == 422
    assert "Choose one answer for each question" in page.text
    assert queries.saved_answers(draft)["population_served"].value == 5000
    assert page.submit(CHOOSE, {"keep-population_served": "mine"}).status_code == 200
    assert queries.saved_answers(draft)["population_served"].value == 7000


def test_two_people_who_typed_the_same_are_not_bothered(outdated: Page) -> None:
    same = {"population_served": "5000", "population_served_basis": "measured"}
    assert outdated.submit(ONWARD, MINE | same).status_code == 200


def test_a_page_of_words_that_two_people_wrote_shows_both(
    client: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    page = opened(client.sign_in(officer), draft, "else/more")
    draft.anything_else = "Theirs."
    db.session.commit()
    page = page.submit(ONWARD, anything_else="Mine.")
    assert page.status_code == 409
    assert "Theirs." in page.text
    assert "Mine." in page.text


def test_problems_are_ranked_and_each_is_named_once(
    client: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    client.sign_in(officer)
    twice = send(client, draft, "needs/problems", topic_1="gangs", topic_2="gangs", wants="advice")
    assert twice.status_code == 422
    assert "You named this problem above" in twice.text
    assert twice.submit(ONWARD, sentence_1="Two gangs.", topic_2="money").status_code == 200
    db.session.refresh(draft)
    assert [(p.rank, p.topic, p.sentence) for p in draft.problems] == [(1, "gangs", "Two gangs."), (2, "money", "")]
    assert draft.wants_advice is True


def test_who_wants_programs_names_them(client: CheckedClient, officer: Person, draft: AgencyRequest) -> None:
    client.sign_in(officer)
    page = send(client, draft, "needs/problems", topic_1="gangs", wants="programs")
    assert page.status_code == 422
    assert page.submit(ONWARD, wanted_programs=["287g:jail", "best"]).status_code == 200
    db.session.refresh(draft)
    assert (draft.wants_advice, set(draft.wanted_programs)) == (False, {"287g:jail", "best"})


def test_a_program_nobody_offers_is_refused(client: CheckedClient, officer: Person, draft: AgencyRequest) -> None:
    client.sign_in(officer)
    typed = {"topic_1": "gangs", "wants": "programs", "wanted_programs": ["287g:everything"], "then": "next"}
    typed["expected_version"] = form_version(NEEDS, draft)
    assert client.craft_post(f"/requests/{draft.id}/sections/needs/problems", data=typed).status_code == 422


def test_a_section_opens_where_work_is_left(client: CheckedClient, officer: Person, draft: AgencyRequest) -> None:
    client.sign_in(officer)
    draft.contact_name, draft.contact_email = "Alex Doe", "alex@example.gov"
    db.session.commit()
    response = client.get(f"/requests/{draft.id}/sections/agency")
    assert response.location.endswith("/sections/agency/agency-kind")


def test_the_task_list_says_what_comes_next(
    client: CheckedClient, officer: Person, draft: AgencyRequest, ready: AgencyRequest
) -> None:
    page = client.sign_in(officer).get(f"/requests/{ready.id}/tasks").get_data(as_text=True)
    assert "then tell your agency head" in page


def test_looking_changes_nothing(client: CheckedClient, officer: Person, ready: AgencyRequest) -> None:
    client.sign_in(officer)
    addresses = ["/home", "/requests/new", f"/requests/{ready.id}/tasks", f"/requests/{ready.id}/check"]
    for each in SECTIONS:
        addresses += [f"/requests/{ready.id}/sections/{each.key}/{page.slug}" for page in each.pages]
    before = everything()
    for address in addresses:
        assert client.get(address).status_code == 200, address
    assert everything() == before


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, but for who has which page open."""
    db.session.rollback()
    tables = [table for table in Base.metadata.sorted_tables if table.name != "page_visit"]
    return {table.name: sorted(map(repr, db.session.execute(select(table)))) for table in tables}


def test_no_address_of_a_draft_exists_for_another_agency(client: CheckedClient, ready: AgencyRequest) -> None:
    client.sign_in(make_person(Role.AGENCY_HEAD))
    for path in ("", "/tasks", "/check", "/receipt", "/receipt.pdf", "/withdraw", "/documents", "/sections/else/more"):
        assert client.get(f"/requests/{ready.id}{path}").status_code == 404, path
    for path in ("/submit", "/ask-head", "/withdraw", "/documents", "/sections/else/more"):
        assert client.craft_post(f"/requests/{ready.id}{path}", data={"expected_version": "1"}).status_code == 404, path


def test_ice_does_not_see_a_draft(client: CheckedClient, ready: AgencyRequest) -> None:
    assert client.sign_in(make_person(Role.COORDINATOR)).get(f"/requests/{ready.id}").status_code == 404


@pytest.mark.parametrize("path", ["sections/nothing/x", "sections/else/nothing", "sections/capacity/jail-nothing"])
def test_an_unknown_page_is_not_found(client: CheckedClient, officer: Person, draft: AgencyRequest, path: str) -> None:
    assert client.sign_in(officer).get(f"/requests/{draft.id}/{path}").status_code == 404


@pytest.mark.parametrize("typed", ["\0", "9" * 400, "-1", "1e999", "NaN", "١٢٣", "x" * 20_000, "\u202e12"])
def test_no_number_that_anybody_types_breaks_a_page(
    client: CheckedClient, officer: Person, draft: AgencyRequest, typed: str
) -> None:
    client.sign_in(officer)
    page = send(
        client, draft, "capacity/community-size",
        population_served=typed, population_served_basis="measured",
        sworn_officers="1", sworn_officers_basis="measured",
    )  # fmt: skip
    assert page.status_code == 422
    assert queries.saved_answers(draft) == {}


def test_the_home_of_an_agency_shows_what_waits(client: CheckedClient, officer: Person, draft: AgencyRequest) -> None:
    page = client.sign_in(officer).get("/home").get_data(as_text=True)
    assert "Finish your request" in page


def test_the_finders_answers_come_along_for_an_officer_to_confirm(client: CheckedClient, officer: Person) -> None:
    client.sign_in(officer)
    address = "/requests/new?from=finder&jail_bookings=12000&jail_operated=yes&gang_crimes=lots&ice_training_seats=4"
    start = client.get_page(address)
    assert "2 answers" in start.text
    start.submit(START)
    found = db.session.scalar(select(AgencyRequest))
    answers = queries.saved_answers(found)
    assert {key: (answer.value, answer.basis) for key, answer in answers.items()} == {
        "jail_bookings": (12000, ""),
        "jail_operated": ("yes", ""),
    }
    page = opened(client, found, "jail/jail-bookings")
    assert "12,000 bookings per year. Check it" in page.text
    assert "checked" not in page.text
    opened(client, found, "jail/jail-jail").submit(ONWARD)
    assert queries.saved_content(found).unconfirmed == {"jail_bookings"}


def test_what_the_finder_sends_must_be_an_answer(client: CheckedClient, officer: Person) -> None:
    address = "/requests/new?from=finder&population_served=-5&jail_operated=%00&offence_focus=all&sworn_officers=1e30"
    client.sign_in(officer).get_page(address).submit(START)
    assert queries.saved_answers(db.session.scalar(select(AgencyRequest))) == {}


def test_a_double_click_opens_one_draft(client: CheckedClient, officer: Person) -> None:
    page = client.sign_in(officer).get_page("/requests/new")
    first, second = (page.submit(START).path for _ in range(2))
    assert first == second
    assert db.session.scalar(select(func.count()).select_from(AgencyRequest)) == 1
    assert client.get_page("/requests/new").submit(START).path != first


def test_what_is_no_key_opens_a_draft(client: CheckedClient, officer: Person) -> None:
    assert client.sign_in(officer).craft_post("/requests/new", data={"key": "x"}).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(AgencyRequest)) == 1


def test_a_key_that_somebody_elses_draft_has_opens_a_draft_of_ones_own(
    client: CheckedClient, officer: Person, draft: AgencyRequest
) -> None:
    stranger = make_person(Role.AGENCY_OFFICER)
    answer = client.sign_in(stranger).craft_post("/requests/new", data={"key": str(draft.id)})
    assert answer.status_code == 303
    assert str(draft.id) not in answer.location


def test_a_double_click_copies_once(client: CheckedClient, officer: Person, draft: AgencyRequest) -> None:
    draft.status, draft.submitted_at, draft.number = "in_intake", now(), "ACC-2026-900001"
    db.session.commit()
    page = client.sign_in(officer).get_page(f"/requests/{draft.id}")
    assert len({page.submit("Copy into a new request").path for _ in range(2)}) == 1
    assert db.session.scalar(select(func.count()).select_from(AgencyRequest)) == 2
