"""The public page of agreements in force: filter, pages, map, and the same as files."""

import csv
import re
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest
from flask import Flask

from app.agreements_in_force.models import AgreementInForce
from app.extensions import db
from app.pagination import SIZE
from tests.checked import CheckedClient


@pytest.fixture
def agreements(app: Flask) -> None:
    for n in range(SIZE + 5):
        db.session.add(AgreementInForce(
            state="TX" if n else "OH", agency_name=f"=Agency {n:03}", agency_kind="County", county="Brown",
            support_type="Jail Enforcement Model" if n % 2 else "Task Force Model", program="287g", model="jail",
            signed_on=date(2025, 9, 22),
        ))  # fmt: skip
    db.session.commit()


def test_agreements_in_force_page_by_page_and_filtered(client: CheckedClient, agreements: None) -> None:
    first = client.get("/in-numbers/agreements").get_data(as_text=True)
    assert f"{SIZE + 5} agreements" in first
    assert first.index("=Agency 000") < first.index("=Agency 001")
    assert "September 22, 2025" in first
    second = client.get("/in-numbers/agreements?page=2").get_data(as_text=True)
    assert second.partition("app-table--pairs")[2].count("<tr") == 1 + 5
    assert "1 agreement<" in client.get("/in-numbers/agreements?state=OH").get_data(as_text=True)
    assert "15 agreements" in client.get("/in-numbers/agreements?support=Jail+Enforcement+Model").get_data(as_text=True)
    assert "1 agreement<" in client.get("/in-numbers/agreements?words=brown+029").get_data(as_text=True)
    assert "No agreement matches" in client.get("/in-numbers/agreements?state=XX").get_data(as_text=True)


def test_the_map_of_agreements_in_force_follows_the_search_and_links_to_each_state(
    client: CheckedClient, agreements: None
) -> None:
    page = client.get("/in-numbers/agreements?state=OH&support=Task+Force+Model").get_data(as_text=True)
    tight = re.sub(r"\s*([<>])\s*", r"\1", page)
    figures = re.findall(r'state=(\w\w)">[^<]+</a>(\(chosen\))?</th><td[^>]*>(\d+)</td>', tight)
    assert figures == [("OH", "(chosen)", "1"), ("TX", "", str(SIZE // 2 + 2))]
    assert page.count("app-map__figure") == 2
    assert "app-map__figure" not in client.get("/in-numbers/agreements?words=nowhere").get_data(as_text=True)


def test_agreements_in_force_as_files_in_the_columns_ice_publishes(client: CheckedClient, agreements: None) -> None:
    text = client.get("/in-numbers/agreements.csv?state=OH").get_data(as_text=True).removeprefix("\ufeff")
    assert list(csv.reader(StringIO(text))) == [
        ["State", "Agency", "Type", "County", "Support type", "Signed"],
        ["OH", "'=Agency 000", "County", "Brown", "Task Force Model", "2025-09-22"],
    ]
    book = openpyxl.load_workbook(BytesIO(client.get("/in-numbers/agreements.xlsx").data))
    rows = list(book.worksheets[0].values)
    assert (len(rows), rows[1][1]) == (SIZE + 6, "=Agency 000")


@pytest.mark.parametrize(
    "query", ["page=-1", "page=9999999999999", "page=x", "words=%00%25_", "state=%00", "support=" + "x" * 999]
)
def test_nothing_that_anybody_types_breaks_it(client: CheckedClient, app: Flask, query: str) -> None:
    assert client.get(f"/in-numbers/agreements?{query}").status_code == 200
    assert client.get(f"/in-numbers/agreements.csv?{query}").status_code == 200
