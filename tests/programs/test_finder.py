"""The public finder: it ranks as staff do, shows every reason, loses nothing typed, and keeps nothing."""

import re
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from app.extensions import db
from app.needs.finder_questions import TOPICS, questions_for
from app.needs.gates import Availability
from app.needs.questions import QUESTIONS
from app.programs.catalog import CATALOG
from app.programs.finder_result import grouped_result
from tests.checked import CheckedClient
from tests.needs.scored import SCORES, rank

TYPED = {
    "topic": ["jail", "encounters"],
    "jail_operated": "yes",
    "jail_bookings": "12,000",
    "jail_foreign_born_bookings": "2300",
    "jail_screened_percent": "35%",
    "state_law_immigration": "permits",
    "sworn_officers": "140",
    "unidentified_encounters": "600",
    "nlets_access": "yes",
}
VALUES = {
    "jail_operated": "yes",
    "jail_bookings": 12000,
    "jail_foreign_born_bookings": 2300,
    "jail_screened_percent": 35,
    "state_law_immigration": "permits",
    "sworn_officers": 140,
    "unidentified_encounters": 600,
    "nlets_access": "yes",
}
NASTY = ["9" * 400, "\x00", "-1", "NaN", "1e999", "💩", "<b>", "12.5.3", " "]


def address(**typed: object) -> str:
    return f"/finder/result?{urlencode(typed, doseq=True)}"


def page(client: CheckedClient, where: str, status: int = 200) -> str:
    response = client.get(where)
    assert response.status_code == status
    return unescape(response.get_data(as_text=True))


def test_the_first_step_offers_every_problem_and_ticks_none(client: CheckedClient) -> None:
    text = page(client, "/finder")
    assert all(f'value="{topic.key}"' in text for topic in TOPICS)
    assert "checked" not in text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "Choose at least one problem."),
        ("topic=nothing", "Choose among the answers shown"),
        ("topic=jail&topic=gangs&topic=money&topic=border", "Choose at most 3 problems."),
        ("topic=%00", "Choose among the answers shown"),
    ],
)
def test_one_to_three_problems_are_chosen(client: CheckedClient, query: str, sentence: str) -> None:
    text = page(client, f"/finder/questions?{query}", 422)
    assert "<title>Error:" in text
    assert text.count(sentence) == 2, "in the summary and beside the boxes"


def test_the_problems_chosen_stay_chosen_after_an_error(client: CheckedClient) -> None:
    text = page(client, "/finder/questions?topic=jail&topic=gangs&topic=money&topic=border", 422)
    assert len(re.findall(r"\bchecked\b", text)) == 4


@pytest.mark.parametrize("topics", [("jail",), ("gangs", "money"), ("border", "documents", "counterfeit")])
def test_only_the_questions_of_the_problems_are_asked(client: CheckedClient, topics: tuple[str, ...]) -> None:
    text = page(client, f"/finder/questions?{urlencode({'topic': topics}, doseq=True)}")
    asked = set(re.findall(r'name="(\w+)"', text)) & set(QUESTIONS)
    assert asked == {question.key for question in questions_for(topics, SCORES)}
    assert len(asked) <= 17


def test_the_finder_ranks_by_the_same_rules_as_staff(client: CheckedClient) -> None:
    text = page(client, address(**TYPED))
    ranking = rank(VALUES)
    shown = re.findall(r'class="app-ranked(?:-line)?__place">(\d+)<.*?__name"[^>]*>(?:<a[^>]*>)?([^<]+)<', text, re.S)
    open_entries = [e for e in ranking.entries if e.availability is not Availability.NOT_AVAILABLE]
    names = [CATALOG.label(entry.key) for entry in open_entries]
    assert [name for _, name in shown] == names
    assert [int(place) for place, _ in shown] == list(range(1, len(names) + 1))
    assert f"{ranking.entries[0].score} <small>of 100</small>" in text


def test_the_points_shown_add_up_to_the_score_shown(client: CheckedClient) -> None:
    text = page(client, address(**TYPED))
    entries = re.split(r'<li class="app-ranked ', text)[1:]
    assert entries
    for entry in entries:
        score = float(re.search(r"([\d.]+) <small>of 100", entry)[1])  # type: ignore[index] # every entry has one
        points = [
            float(each) for each in re.findall(r"<b>\+([\d.]+)</b>", entry.split('</li>\n  <li class="app-ranked-')[0])
        ]
        assert round(sum(points), 1) == score


def test_entries_stand_in_three_groups_and_count_through() -> None:
    ranking = rank(VALUES | {"miles_to_border_or_port": 400})
    groups = grouped_result(ranking)
    assert [group.heading for group in groups] == [
        "Open to you now",
        "Possible, with something to confirm",
        "Not available to you",
    ]
    assert [shown.place for group in groups for shown in group.entries] == list(range(1, len(CATALOG.keys) + 1))
    assert [sum(shown.is_in_full for shown in group.entries) for group in groups] == [2, 1, 0]


def test_a_program_without_need_is_never_shown_in_full() -> None:
    assert not [shown for group in grouped_result(rank({})) for shown in group.entries if shown.is_in_full]


def test_a_gate_that_waits_comes_before_answers_that_would_add_points() -> None:
    group = next(each for each in grouped_result(rank(VALUES)) if each.availability is Availability.NEEDS_CONFIRMATION)
    customs = next(shown for shown in group.entries if shown.entry.key.program == "customs-cross-designation")
    assert customs.line == customs.open_gates[0].change
    assert any("civil-rights finding" in sentence for sentence in group.intro)


def test_what_stands_in_the_way_is_said_with_what_would_change_it(client: CheckedClient) -> None:
    text = page(client, address(topic="jail", jail_operated="no", jail_bookings="5"))
    assert "Not available to you" in text
    assert "The agency that runs the jail you use could ask for it." in text


def test_each_number_has_its_coverage_and_how_far_it_could_go(client: CheckedClient) -> None:
    text = page(client, address(**TYPED)).lower()
    numbers = re.findall(r"([\d.]+) <small>of 100|class=\"app-ranked-line__score\">", text)
    assert text.count("coverage") >= len(numbers)
    assert text.count("up to") >= len(numbers)


@pytest.mark.parametrize("typed", [{}, {"topic": ["jail"], "jail_bookings": "", "jail_operated": "unknown"}])
def test_without_an_answer_there_are_no_numbers(client: CheckedClient, typed: dict[str, object]) -> None:
    text = page(client, address(**typed))
    assert "coverage is 0%" in text
    assert "of 100" not in text
    assert text.count("Points to it:") == text.count("Asks of you:") == len(CATALOG.keys)


def test_answers_that_contradict_each_other_are_told(client: CheckedClient) -> None:
    text = page(client, address(topic="jail", jail_bookings="10", jail_foreign_born_bookings="20"))
    assert "Check your answers." in text


@pytest.mark.parametrize("key", ["jail_bookings", "jail_operated", "jail_screened_percent", "offence_focus"])
def test_a_wrong_answer_comes_back_with_a_sentence_beside_the_question(client: CheckedClient, key: str) -> None:
    text = page(client, address(topic="jail", **{key: "lots"}), 422)
    assert "<title>Error:" in text
    anchor = f"{key}-0" if QUESTIONS[key].choices else key
    assert f'href="#{anchor}"' in text
    assert f'id="{anchor}"' in text


def test_nothing_typed_is_lost_when_one_answer_is_wrong(client: CheckedClient) -> None:
    text = page(
        client, address(topic="jail", jail_bookings="lots", jail_foreign_born_bookings="12", jail_operated="yes"), 422
    )
    assert 'value="lots"' in text
    assert 'value="12"' in text
    assert re.search(r'name="jail_operated"\s+type="radio"\s+value="yes"\s+checked', text)
    assert re.search(r'type="hidden" name="topic" value="jail"', text)


def test_answers_beyond_the_chosen_problems_are_kept_and_asked_again(client: CheckedClient) -> None:
    assert 'name="gang_crimes"' in page(client, address(topic="jail", gang_crimes="many"), 422)
    assert 'name="gang_crimes"' in page(client, address(gang_crimes="many"), 422)


def test_an_empty_field_is_the_way_to_say_that_nobody_knows(client: CheckedClient) -> None:
    text = page(client, address(topic="jail", jail_bookings="lots"), 422)
    assert "leave it empty" in text
    assert "choose “We do not know”" not in text


@pytest.mark.parametrize("typed", NASTY)
@pytest.mark.parametrize("key", ["jail_bookings", "jail_operated", "topic", "more", "offence_focus"])
def test_nothing_typed_into_the_address_breaks_the_finder(client: CheckedClient, key: str, typed: str) -> None:
    given_ = {"topic": "jail"} | {key: typed}
    for path in ("/finder/questions", "/finder/result", "/finder"):
        assert client.get(f"{path}?{urlencode(given_)}").status_code in {200, 422}


@given(answers=st.dictionaries(st.sampled_from(sorted(QUESTIONS)), st.text(max_size=20), max_size=6))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_typed_answers_give_a_result_or_questions(client: CheckedClient, answers: dict[str, str]) -> None:
    assert client.get(address(topic="jail", **answers)).status_code in {200, 422}


def test_questions_for_staff_are_neither_asked_nor_read(client: CheckedClient) -> None:
    text = page(client, address(topic="jail", ice_task_force_seats="9", jail_bookings="10"))
    assert "ice_task_force_seats" not in text


def test_what_to_add_leads_to_its_question_with_everything_filled_in(client: CheckedClient) -> None:
    links = re.findall(r'href="(/finder/questions\?[^"]+)">Add:', page(client, address(**TYPED)))
    assert links
    for link in links:
        where = urlsplit(link)
        text = page(client, link.split("#")[0])
        assert f'id="{where.fragment}"' in text
        assert 'value="12000"' in text


def test_the_answers_come_along_into_a_request(client: CheckedClient) -> None:
    text = page(client, address(**TYPED))
    link = re.search(r'href="(/requests/new\?[^"]+)"', text)
    assert link
    carried = parse_qs(urlsplit(link[1]).query)
    assert carried == {"from": ["finder"]} | {key: [str(value)] for key, value in VALUES.items()}


def test_a_question_with_several_answers_is_carried_with_each(client: CheckedClient) -> None:
    text = page(client, address(topic="jail", offence_focus=["serious_violent", "drug"], jail_bookings="1"))
    link = re.search(r'href="(/requests/new\?[^"]+)"', text)
    assert link
    assert parse_qs(urlsplit(link[1]).query)["offence_focus"] == ["serious_violent", "drug"]


def test_the_finder_stores_nothing(client: CheckedClient) -> None:
    written: list[str] = []

    def watch(conn, cursor, statement, *rest) -> None:  # type: ignore[no-untyped-def] # SQLAlchemy's own signature
        if not statement.lstrip().upper().startswith(("SELECT", "PRAGMA", "BEGIN")):
            written.append(statement)

    event.listen(db.engine, "before_cursor_execute", watch)
    try:
        response = client.get(address(**TYPED))
        client.get(address(topic="jail", jail_bookings="lots"))
    finally:
        event.remove(db.engine, "before_cursor_execute", watch)
    assert written == []
    assert "Set-Cookie" not in response.headers


def test_every_weight_low_and_high_is_shown_with_the_version(client: CheckedClient) -> None:
    text = page(client, "/finder/weights")
    assert f"Version {SCORES.version}" in text
    assert SCORES.rules.inferred in text
    for program in SCORES.programs:
        table = text.split(f'id="{program.key.slug}"')[1].split("</table>")[0]
        assert table.count('<tr role="row">') == len(program.items) + 1
