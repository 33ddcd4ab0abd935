"""The schematic map: every state is one square, no two meet, and nothing is told but what is given."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from app.accounts.place_names import STATE_NAMES
from app.agreements_in_force.tile_map import ARRANGED, PLACES, SIDE, StateCount, tile_map

STATES = st.sampled_from(sorted(STATE_NAMES))
SOME = st.frozensets(STATES)
COUNTS = st.dictionaries(STATES, st.integers(1, 5000))


def test_each_state_the_district_and_each_territory_has_exactly_one_square() -> None:
    assert sorted(word for word in ARRANGED.split() if word != "..") == sorted(STATE_NAMES)
    assert [tile.name for tile in tile_map({}).tiles] == sorted(STATE_NAMES.values())


def test_no_two_squares_meet_and_none_leaves_the_drawing() -> None:
    drawn = tile_map({})
    for one, other in combinations(drawn.tiles, 2):
        assert abs(one.left - other.left) > SIDE or abs(one.top - other.top) > SIDE
    for tile in drawn.tiles:
        assert 0 <= tile.left <= drawn.width - SIDE
        assert 0 <= tile.top <= drawn.height - SIDE


def test_neighbors_lie_to_the_side_where_they_are() -> None:
    for west, east in (("CA", "NV"), ("OR", "ID"), ("TX", "FL"), ("OH", "PA"), ("HI", "CA"), ("AK", "WA")):
        assert PLACES[west][0] < PLACES[east][0]
    for north, south in (("WA", "OR"), ("OK", "TX"), ("ME", "NH"), ("MI", "OH"), ("GA", "FL"), ("FL", "PR")):
        assert PLACES[north][1] < PLACES[south][1]


@given(COUNTS, SOME, SOME, STATES)
def test_the_map_tells_what_is_given_and_no_more(
    counts: dict[str, int], whole: frozenset[str], part: frozenset[str], own: str
) -> None:
    drawn = tile_map(counts, whole=whole, part=part, own=own)
    assert {tile.state: tile.count for tile in drawn.tiles if tile.count} == counts
    assert drawn.total == sum(counts.values())
    assert drawn.counted == len(counts)
    assert {tile.state for tile in drawn.tiles if tile.served is StateCount.WHOLE} == whole
    assert {tile.state for tile in drawn.tiles if tile.served is StateCount.PART} == part - whole
    assert [tile.state for tile in drawn.tiles if tile.is_own] == [own]
    assert {tile.state for tile in drawn.told} == counts.keys() | whole | part | {own}


@given(st.text(max_size=4).filter(lambda text: text not in STATE_NAMES))
def test_letters_of_no_state_are_left_out(letters: str) -> None:
    assert tile_map({letters: 3}, whole={letters}, part={letters}, own=letters).told == []
