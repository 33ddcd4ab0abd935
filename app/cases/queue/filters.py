"""Which list of requests somebody asks for: a view, filters and an order, as the address says them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from app.text import clean_filter

VIEWS: Final = {"mine": "For me", "all": "All", "unassigned": "Not taken yet"}
FILTERS: Final = ("status", "office", "program", "state", "assignee", "waiting", "due", "q")
SORTS: Final = {
    "agency": "Agency",
    "status": "Where it is",
    "waiting": "Waiting on",
    "due": "Due first",
    "age": "Youngest first",
    "assignee": "Assigned to",
}


@dataclass(frozen=True)
class QueueFilters:
    """A list of requests: which, and in which order. "-" before a sort turns it around."""

    view: str = "mine"
    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str = "due"

    @property
    def parameters(self) -> dict[str, str]:
        """What an address carries to ask for it again; nothing that goes without saying."""
        sort = {"sort": self.sort} if self.sort != "due" else {}
        return {"view": self.view, **{name: value for name, value in self.filters.items() if value}, **sort}

    @property
    def kept(self) -> dict[str, str]:
        """The filters that are on."""
        return {name: value for name, value in self.filters.items() if value}

    def sorted_by(self, sort: str) -> "QueueFilters":
        """The same list in this order; once more, and it is turned around."""
        return replace(self, sort=f"-{sort}" if self.sort == sort else sort)

    def direction(self, sort: str) -> str:
        """How a column is sorted now, as a table's head says it; "" when by another."""
        if self.sort.removeprefix("-") != sort:
            return ""
        return "descending" if self.sort.startswith("-") else "ascending"


def parse_filters(parameters: MultiDict[str, str] | Mapping[str, Any]) -> QueueFilters:
    """The list that these parameters ask for; what is none of ours is left out."""
    view, sort = str(parameters.get("view") or ""), str(parameters.get("sort") or "")
    filters = {name: clean_filter(str(parameters.get(name) or "")) for name in FILTERS}
    return QueueFilters(
        view=view if view in VIEWS else "mine",
        filters=filters,
        sort=sort if sort.removeprefix("-") in SORTS else "due",
    )
