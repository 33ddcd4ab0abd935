"""The public pages: complete for every program, filtered as ticked, and unmoved by whatever an address says."""

import re

import pytest

from app.deadlines.clocks import TARGETS, ClockKind
from app.programs.catalog import CATALOG
from app.programs.program import MODEL_ROWS, Program
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
NASTY = ("nothing", "287G", "%00", "..%2f", "%F0%9F%92%A9", "x" * 3000)


def page(client: CheckedClient, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.get_data(as_text=True)


def shown(client: CheckedClient, query: str) -> list[str]:
    """The keys of the programs that a list shows."""
    return re.findall(r'<h2><a class="usa-link" href="/programs/([^"]+)"', page(client, f"/programs?{query}"))


@pytest.mark.parametrize("path", PAGES)
def test_public_pages_need_no_account(client: CheckedClient, path: str) -> None:
    page(client, path)


def test_the_first_page_shows_each_program_once_by_need(client: CheckedClient) -> None:
    text = page(client, "/")
    for program in CATALOG.programs:
        assert text.count(f'href="/programs/{program.key}"') == 1
    assert [group.title in text for group in CATALOG.groups] == [True] * 3


def test_the_first_page_tells_the_targets_of_the_clocks_and_that_they_are_inferred(client: CheckedClient) -> None:
    text = page(client, "/")
    for clock in (ClockKind.INTAKE, ClockKind.ASSESSMENT, ClockKind.CONCURRENCE, ClockKind.DRAFTING):
        assert f"{TARGETS[clock]} business days" in text
    assert "inferred" in text


def test_the_first_page_asks_only_state_and_county_to_find_an_office(client: CheckedClient) -> None:
    form = page(client, "/").split('action="/offices" method="get"')[1].split("</form>")[0]
    assert re.findall(r'name="([a-z]+)"', form) == ["state", "county"]
    assert '<option value="TX">Texas</option>' in " ".join(form.split()).replace(" >", ">")


@pytest.mark.parametrize("program", CATALOG.programs, ids=lambda program: program.key)
def test_each_program_has_its_page_with_every_fact(client: CheckedClient, program: Program) -> None:
    text = page(client, f"/programs/{program.key}").replace("&#39;", "'").replace("&amp;", "&")
    facts = (program.name, program.lead, program.eligible, program.instrument, program.costs, program.training)
    lists = (*program.purpose, *program.prerequisites, *program.measures, *program.fits, *program.inferred)
    missing = [fact for fact in (*facts, *lists, *program.authority) if fact not in text]
    assert missing == []
    assert f"<title>{program.name}" in text


@pytest.mark.parametrize("program", CATALOG.programs, ids=lambda program: program.key)
def test_each_source_is_named_and_linked_where_an_address_was_kept(client: CheckedClient, program: Program) -> None:
    text = page(client, f"/programs/{program.key}").replace("&amp;", "&")
    for source in program.sources:
        assert source.title in text
        assert source.address in text


def test_the_three_models_are_compared_fact_by_fact(client: CheckedClient) -> None:
    text = page(client, "/programs/287g").replace("&#39;", "'")
    for heading, fact in MODEL_ROWS:
        assert f">{heading}</th>" in text
        assert all(getattr(model, fact) in text for model in CATALOG.program("287g").models)


def test_a_page_leads_to_the_program_to_look_at_first(client: CheckedClient) -> None:
    text = page(client, "/programs/287g")
    assert 'You need answers, not new authority: see <a class="usa-link" href="/programs/lesc"' in text


def test_a_program_that_gives_authority_tells_of_the_reviewer(client: CheckedClient) -> None:
    assert "a named reviewer" in page(client, "/programs/customs-cross-designation")
    assert "a named reviewer" not in page(client, "/programs/lesc")


@pytest.mark.parametrize("slug", NASTY)
def test_an_unknown_program_is_not_found(client: CheckedClient, slug: str) -> None:
    page(client, f"/programs/{slug}", 404)


def test_filters_of_the_list_work_by_address(client: CheckedClient) -> None:
    assert shown(client, "") == [program.key for program in CATALOG.programs]
    assert shown(client, "need=jail") == ["criminal-alien-program", "287g"]
    assert shown(client, "need=jail&approver=director") == ["287g"]
    found = shown(client, "need=jail&need=counterfeit&without=new_authority")
    assert {"criminal-alien-program", "ipr-center"} <= set(found)
    assert "287g" not in found
    assert shown(client, "q=bulk+cash") != []


def test_chips_show_what_is_on_and_take_it_away(client: CheckedClient) -> None:
    text = page(client, "/programs?need=jail&q=letter")
    chips = re.findall(r'<a href="([^"]+)"><span class="usa-sr-only">Remove:', text)
    assert chips == ["/programs?q=letter", "/programs?need=jail"]


def test_no_match_says_what_to_do(client: CheckedClient) -> None:
    text = page(client, "/programs?q=zzz&need=jail")
    assert f"0 of {len(CATALOG.programs)} programs" in text
    assert f"Show all {len(CATALOG.programs)}" in text


@pytest.mark.parametrize("query", [f"q={nasty}&need={nasty}&approver={nasty}" for nasty in NASTY])
def test_the_list_takes_any_address(client: CheckedClient, query: str) -> None:
    page(client, f"/programs?{query}")


def test_the_privacy_page_has_the_four_parts_of_the_statement_and_invents_no_number(client: CheckedClient) -> None:
    text = page(client, "/privacy")
    for part in ("Authority", "Purpose", "Routine uses", "Disclosure"):
        assert f'<dt class="app-summary__question">{part}</dt>' in text
    assert "not assigned" in text
    assert "Freedom of Information Act" in text


def test_the_about_page_names_everything_inferred(client: CheckedClient) -> None:
    text = page(client, "/about").replace("&#39;", "'")
    assert [each for program in CATALOG.programs for each in program.inferred if each not in text] == []
    assert CATALOG.version in text
