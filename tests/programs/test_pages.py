"""The public pages: complete for every program, and a finder that ranks as staff do and keeps nothing."""

from urllib.parse import parse_qs, urlsplit

import pytest

from app.needs.catalogue import CATALOGUE as SCORES
from app.needs.finder import TOPICS
from app.needs.scoring import rank
from app.programs.catalogue import CATALOGUE, BadCatalogue, read
from tests.checked import CheckedClient

PAGES = (
    "/",
    "/programs",
    "/finder",
    "/finder/weights",
    "/how-it-works",
    "/about",
    "/privacy",
    "/accessibility",
    "/journey",
)


def test_programs_and_scores_are_about_the_same_fifteen_in_the_same_order() -> None:
    assert list(CATALOGUE.entries) == [(program.key, program.model) for program in SCORES.programs]


def test_every_problem_has_a_program_that_helps() -> None:
    assert {topic.key for topic in TOPICS} <= {key for program in CATALOGUE.programs for key in program.problems}


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"key": "x"}, "x: name is missing"),
        ({"key": "x", "component": "sales"}, "component is none of"),
        ({"key": "x", "fits": []}, "x: fits is empty"),
    ],
)
def test_a_program_that_is_not_complete_stops_the_start(entry: dict[str, object], fault: str) -> None:
    with pytest.raises(BadCatalogue, match=fault):
        read({"version": "1", "program": [entry]})


def test_a_program_stands_once() -> None:
    with pytest.raises(BadCatalogue, match="stands twice"):
        read({"version": "1", "program": [{"key": "x"}, {"key": "x"}]})


@pytest.mark.parametrize("path", PAGES)
def test_public_pages_need_no_account(client: CheckedClient, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("program", CATALOGUE.programs, ids=lambda program: program.key)
def test_each_program_has_its_page(client: CheckedClient, program) -> None:
    page = client.get(f"/programs/{program.key}").get_data(as_text=True)
    assert "Look at something else first" in page
    assert "Inferred" in page


@pytest.mark.parametrize("slug", ["nothing", "287G", "%00", "..%2f", "x" * 3000])
def test_an_unknown_program_is_not_found(client: CheckedClient, slug: str) -> None:
    assert client.get(f"/programs/{slug}").status_code == 404


def test_filters_are_or_within_and_and_between(client: CheckedClient) -> None:
    def count(query: str) -> int:
        return client.get(f"/programs?{query}").get_data(as_text=True).count("usa-collection__item")

    money, jail = count("need=money"), count("need=jail")
    assert count("need=money&need=jail") == money + jail
    assert count("need=money&component=detention") == 0
    assert count("need=nonsense") == 13
    assert "Show all thirteen" in client.get("/programs?q=zzz").get_data(as_text=True)


def test_the_finder_asks_about_a_dozen_questions(client: CheckedClient) -> None:
    page = client.get("/finder/questions?topic=jail&topic=gangs").get_data(as_text=True)
    assert "jail_bookings" in page


@pytest.mark.parametrize("query", ["", "topic=nothing", "topic=jail&topic=gangs&topic=money&topic=border"])
def test_one_to_three_problems_are_chosen(client: CheckedClient, query: str) -> None:
    response = client.get(f"/finder/questions?{query}")
    assert response.status_code == 422
    assert "<title>Error:" in response.get_data(as_text=True)


ANSWERS = (
    "topic=jail&jail_operated=yes&jail_bookings=12,000&jail_foreign_born_bookings=2300"
    "&jail_screened_percent=35%25&state_law_immigration=permits"
)


def test_the_finder_ranks_by_the_same_rules_as_staff(client: CheckedClient) -> None:
    page = client.get(f"/finder/result?{ANSWERS}").get_data(as_text=True)
    values = {
        "jail_operated": "yes", "jail_bookings": 12000, "jail_foreign_born_bookings": 2300,
        "jail_screened_percent": 35, "state_law_immigration": "permits",
    }  # fmt: skip
    first = rank(values).entries[0]
    assert f"{first.score} <small>of 100</small>" in page


def test_without_an_answer_there_are_no_numbers(client: CheckedClient) -> None:
    page = client.get("/finder/result").get_data(as_text=True)
    assert "coverage is 0%" in page
    assert "of 100</small>" not in page
    assert page.count("app-ranked-line__name") == 15


def test_a_bad_answer_keeps_everything_typed(client: CheckedClient) -> None:
    response = client.get("/finder/result?topic=jail&jail_bookings=lots&jail_foreign_born_bookings=12")
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert 'value="lots"' in page
    assert 'value="12"' in page


@pytest.mark.parametrize("typed", ["9" * 400, "%00", "-1", "NaN", "1e999", "%F0%9F%92%A9"])
def test_nothing_typed_into_the_address_breaks_the_finder(client: CheckedClient, typed: str) -> None:
    assert client.get(f"/finder/result?topic=jail&jail_bookings={typed}").status_code in {200, 422}


def test_the_finder_stores_nothing_and_carries_the_answers_on(client: CheckedClient) -> None:
    response = client.get(f"/finder/result?{ANSWERS}")
    assert "Set-Cookie" not in response.headers or "jail" not in response.headers["Set-Cookie"]
    link = response.get_data(as_text=True).split('href="/requests/new?')[1].split('"')[0].replace("&amp;", "&")
    carried = parse_qs(urlsplit(f"?{link}").query)
    assert carried["jail_bookings"] == ["12000"]
    assert carried["from"] == ["finder"]
