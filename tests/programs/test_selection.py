"""The filters of the programs: one match is enough among needs, and everything asked of an agency must hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.programs.catalog import CATALOG
from app.programs.selection import FILTERS, ProgramSelection, select_programs

OPTIONS = [(each.name, option) for each in FILTERS for option in each.options]


def chosen(text: str = "", **ticked: list[str]) -> ProgramSelection:
    return select_programs(lambda name: ticked.get(name, []), text)


def keys(selection: ProgramSelection) -> list[str]:
    return [program.key for program in selection.programs]


def test_nothing_ticked_shows_all_thirteen_in_order() -> None:
    assert chosen().programs == CATALOG.programs


def test_needs_widen_each_other() -> None:
    assert keys(chosen(need=["jail", "gangs"])) == ["criminal-alien-program", "287g", "community-shield"]


def test_what_it_must_not_ask_for_narrows() -> None:
    without = chosen(without=["full_time_officers", "new_authority"]).programs
    assert without
    assert not [program for program in without if {"full_time_officers", "new_authority"} & set(program.asks)]


def test_filters_narrow_each_other() -> None:
    assert keys(chosen(need=["jail"], without=["new_authority"])) == ["criminal-alien-program"]
    assert keys(chosen(need=["money"], component=["detention"])) == []


def test_every_word_must_stand_somewhere_on_the_page_whatever_its_case() -> None:
    assert keys(chosen("Nlets ANSWERS")) == ["lesc"]
    assert keys(chosen("title 19")) != []
    assert keys(chosen("zzz")) == []


@pytest.mark.parametrize("value", ["nonsense", "", "Jail", "\x00", "9" * 400])
def test_what_no_filter_offers_is_left_out(value: str) -> None:
    assert chosen(need=[value]).programs == CATALOG.programs


def test_each_box_says_how_many_programs_it_leaves() -> None:
    for each in FILTERS:
        for option in each.options:
            assert each.count(option) == len(chosen(**{each.name: [option]}).programs) > 0


def test_a_chip_takes_away_what_it_names_and_nothing_else() -> None:
    selection = chosen("money", need=["money", "border"], component=["investigations"])
    left = {words: parameters for words, parameters in selection.chips}
    assert left["Smuggling and the border"]["need"] == ["money"]
    assert left["Smuggling and the border"]["q"] == ["money"]
    assert left["“money”"] == {"need": ["money", "border"], "component": ["investigations"], "q": []}
    assert len(left) == 4


@given(st.lists(st.sampled_from(OPTIONS), max_size=8), st.text(max_size=120))
def test_any_selection_is_a_part_of_the_catalog_and_survives_its_own_address(
    boxes: list[tuple[str, str]], text: str
) -> None:
    ticked: dict[str, list[str]] = {}
    for name, option in boxes:
        ticked.setdefault(name, []).append(option)
    selection = chosen(text, **ticked)
    assert set(selection.programs) <= set(CATALOG.programs)
    parameters = selection.parameters
    again = select_programs(lambda name: parameters.get(name, []), "".join(parameters.get("q", [])))
    assert again.programs == selection.programs
