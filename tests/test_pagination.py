"""A long list is shown page by page, whatever page the address asks for."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.accounts.models import Agency
from app.extensions import db
from app.pagination import SIZE, Page, page_address, page_number, page_of
from app.policy import Role
from tests.builders import make_agency, make_person
from tests.checked import CheckedClient

RUBBISH = ["0", "-3", "x", "", "%00", "1.5", "9" * 5000]  # the last has more digits than Python reads as a number
LISTS = ["/queue", "/messages", "/agreements", "/mail", "/in-numbers/agreements", "/admin/people", "/admin/agencies"]


def pages_of(*total_number_size: int) -> list[int | None]:
    return Page[object]((), *total_number_size).offered


def test_the_first_the_last_and_the_neighbors_are_linked() -> None:
    assert pages_of(0, 1, 10) == [1]
    assert pages_of(25, 2, 10) == [1, 2, 3]
    assert pages_of(90, 5, 10) == [1, None, 4, 5, 6, None, 9]
    assert pages_of(90, 9, 10) == [1, None, 8, 9]


@given(st.integers(0, 5000), st.integers(1, 60), st.data())
def test_every_row_stands_on_one_page(total: int, size: int, data: st.DataObject) -> None:
    pages = Page[object]((), total, 1, size).pages
    number = data.draw(st.integers(1, pages))
    page = Page[object]((), total, number, size)
    assert page.first == 1 + sum(size for _ in range(1, number))
    assert (pages - 1) * size < max(total, 1) <= pages * size
    linked = [n for n in page.offered if n]
    assert linked == sorted(set(linked))
    assert {1, number, pages} <= set(linked)


@pytest.mark.parametrize("asked", RUBBISH)
def test_what_is_no_page_is_the_first(app: Flask, asked: str) -> None:
    with app.test_request_context(f"/queue?page={asked}"):
        assert page_number() == 1


def test_the_address_of_another_page_keeps_all_that_was_asked_for(app: Flask) -> None:
    with app.test_request_context("/queue?view=all&q=a%26b&page=2&q=c"):
        assert page_address(3) == "?view=all&q=a%26b&q=c&page=3"


def test_the_last_page_stands_for_those_beyond_it(app: Flask) -> None:
    for n in range(SIZE + 1):
        make_agency(name=f"Agency {n:03d}")
    query = select(Agency).order_by(Agency.name)
    first, last = page_of(query, 1), page_of(query, 10**9)
    assert (first.total, first.pages, len(first.rows)) == (SIZE + 1, 2, SIZE)
    assert (last.number, [agency.name for agency in last.rows]) == (2, [f"Agency {SIZE:03d}"])


def test_several_columns_come_as_rows(app: Flask) -> None:
    make_agency(name="One")
    found = page_of(db.select(Agency, Agency.name).order_by(Agency.id), 1, counted=select(Agency))
    assert [name for _, name in found.rows] == ["One"]


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.usefixtures("demonstration")
def test_every_list_answers_every_page(client: CheckedClient, address: str) -> None:
    client.sign_in(make_person(Role.ADMINISTRATOR if "admin" in address else Role.COORDINATOR))
    for asked in (*RUBBISH, "99", str(10**18)):
        assert client.get(f"{address}?page={asked}").status_code == 200, asked
