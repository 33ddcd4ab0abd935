"""A schematic map of the states: each is one square of the same size, near where it lies. Pure.

The service holds no coordinates and no borders, so the map says no more than which states lie roughly where; it gives
no distance and no area. The arrangement is the common one of newspapers, with the territories below.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.accounts.place_names import STATE_NAMES

ARRANGED: Final = """
AK .. .. .. .. .. .. .. .. .. .. ME
.. .. .. .. .. .. WI .. .. .. VT NH
.. WA ID MT ND MN IL MI .. NY MA ..
.. OR NV WY SD IA IN OH PA NJ CT RI
.. CA UT CO NE MO KY WV VA MD DE ..
.. .. AZ NM KS AR TN NC SC DC .. ..
.. .. .. .. OK LA MS AL GA .. .. ..
HI .. .. .. TX .. .. .. .. FL .. ..
GU MP AS .. .. .. .. .. .. .. PR VI
"""
PLACES: Final = {
    state: (column, row)
    for row, line in enumerate(ARRANGED.split("\n")[1:-1])
    for column, state in enumerate(line.split())
    if state != ".."
}
COLUMNS: Final = 1 + max(column for column, _ in PLACES.values())
ROWS: Final = 1 + max(row for _, row in PLACES.values())
STEP: Final = 40  # from one square to the next, in the drawing's units
SIDE: Final = 36


class StateCount(StrEnum):
    """How much of a state the offices shown serve."""

    WHOLE = "whole"
    PART = "part"
    NOT = "not"


@dataclass(frozen=True)
class Tile:
    """One state: where its square stands, how far it is served, whether it is the agency's, and its figure."""

    state: str
    served: StateCount
    is_own: bool
    count: int

    @property
    def name(self) -> str:
        """The state's name."""
        return STATE_NAMES[self.state]

    @property
    def left(self) -> int:
        """Where the square begins, from the left."""
        return PLACES[self.state][0] * STEP + (STEP - SIDE) // 2

    @property
    def top(self) -> int:
        """Where the square begins, from above."""
        return PLACES[self.state][1] * STEP + (STEP - SIDE) // 2

    @property
    def is_told(self) -> bool:
        """Whether there is something to say of it in a table."""
        return bool(self.count or self.is_own or self.served is not StateCount.NOT)


@dataclass(frozen=True)
class TileMap:
    """The squares of all states in the order of their names, each exactly one, and how large the drawing is."""

    tiles: tuple[Tile, ...]
    side: int = SIDE
    width: int = COLUMNS * STEP
    height: int = ROWS * STEP

    @property
    def told(self) -> list[Tile]:
        """Those that the table names: the agency's, those served, and those with a figure."""
        return [tile for tile in self.tiles if tile.is_told]

    @property
    def total(self) -> int:
        """The figures of all states together."""
        return sum(tile.count for tile in self.tiles)

    @property
    def counted(self) -> int:
        """How many states have a figure."""
        return sum(1 for tile in self.tiles if tile.count)


def tile_map(
    counts: Mapping[str, int], *, whole: Collection[str] = (), part: Collection[str] = (), own: str = ""
) -> TileMap:
    """The map of a figure for each state; what is served both whole and in part is served whole.

    `counts`, `whole`, `part` and `own` name states by their two letters; letters of no state are left out.
    """

    def served(state: str) -> StateCount:
        return StateCount.WHOLE if state in whole else StateCount.PART if state in part else StateCount.NOT

    names = sorted(PLACES, key=lambda state: STATE_NAMES[state])
    return TileMap(tuple(Tile(state, served(state), state == own, counts.get(state, 0)) for state in names))
