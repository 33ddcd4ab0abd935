"""A card of figures: a title, a finding in one sentence, and one table that is both drawn and read. Pure."""

from dataclasses import dataclass
from enum import StrEnum

Cell = str | int | float | None


class ChartShape(StrEnum):
    """How the second column of a card (for pairs also the third) is drawn."""

    COLUMNS = "columns"
    PAIRS = "pairs"
    PARTS = "parts"  # one bar of all parts
    BARS = "bars"  # a bar in each row of the table
    TARGETS = "targets"  # a bar in each row, and the third column as its target
    GROUPS = "groups"  # three thin bars in each row, for the first three figures
    NONE = "none"  # figures that are only read


@dataclass(frozen=True, kw_only=True)
class FigureCard:
    """The rows begin with a label; the columns after it are figures, the same in chart, table and download."""

    key: str
    title: str
    finding: str
    shape: ChartShape
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    late: frozenset[str] = frozenset()  # labels that are worse than they should be; words say it too
    note: str = ""
    is_wide: bool = False  # for long labels

    @property
    def is_empty(self) -> bool:
        """Whether every figure is nothing."""
        return not any(cell for row in self.rows for cell in row[1:] if not isinstance(cell, str))

    @property
    def total(self) -> int | float:
        """What the drawn parts come to together."""
        return sum(row[1] for row in self.rows if isinstance(row[1], int | float))

    @property
    def highest(self) -> int | float:
        """The largest figure that is drawn, at least 1, so that a scale can be made of it."""
        drawn = slice(1, {ChartShape.PAIRS: 3, ChartShape.TARGETS: 3, ChartShape.GROUPS: 4}.get(self.shape, 2))
        return max([cell for row in self.rows for cell in row[drawn] if isinstance(cell, int | float)] + [1])
