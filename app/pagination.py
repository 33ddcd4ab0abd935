"""One page of a long list: which one is asked for, its rows, and the addresses of the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Generic, TypeVar
from urllib.parse import urlencode

from flask import Flask, request
from sqlalchemy import Select, func, select

from app.extensions import db

SIZE: Final = 25
Row = TypeVar("Row")
Shown = TypeVar("Shown")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list that has `total`; pages count from 1."""

    rows: Sequence[Row]
    total: int
    number: int = 1
    size: int = SIZE

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The place in the whole list of the first row, from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def offered(self) -> list[int | None]:
        """The pages to link to: the first, the last and those beside this one; None for what is left out between."""
        near = sorted({1, self.pages, *(n for n in range(self.number - 1, self.number + 2) if 1 <= n <= self.pages)})
        shown: list[int | None] = [1]
        for before, after in pairwise(near):
            shown += [None, after] if after - before > 1 else [after]
        return shown

    def showing(self, rows: Sequence[Shown]) -> "Page[Shown]":
        """The same page with other rows, made from these."""
        return Page(rows, self.total, self.number, self.size)


def init_app(app: Flask) -> None:
    """Lets templates address the other pages of a list."""
    app.jinja_env.globals["page_address"] = page_address


def page_number() -> int:
    """The page that the address asks for; the first one for anything that is no page."""
    return max(1, request.args.get("page", 1, type=int))


def page_address(number: int) -> str:
    """This address with another page, and all else it asks for."""
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != "page"]
    return "?" + urlencode([*asked, ("page", number)])


def page_of(query: Select[Any], number: int, *, counted: Select[Any] | None = None, size: int = SIZE) -> Page[Any]:
    """One page of what the query finds: things, or rows where it names several columns.

    The last page stands for those beyond it. `counted` finds as many and is quicker to count.
    """
    countable = (query if counted is None else counted).order_by(None).subquery()
    total = db.session.scalar(select(func.count()).select_from(countable)) or 0
    page = Page[Any]((), total, number, size)
    page = Page[Any]((), total, min(max(number, 1), page.pages), size)
    found = db.session.execute(query.limit(size).offset(page.first - 1)).unique()
    return page.showing(found.scalars().all() if len(query.column_descriptions) == 1 else found.all())
