"""Lists as files: as filtered and sorted, only what the person sees; large ones are prepared, for them alone."""

import csv
import uuid
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO, StringIO

import openpyxl
import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app import audit
from app.accounts.models import Person
from app.agency_requests.models import AgencyRequest
from app.cases.queue.bulk_assignment import MOST
from app.extensions import db, now
from app.policy import Role
from app.reports.exports import operations
from app.reports.exports.exported_lists import BATCH, LISTS, in_batches
from app.reports.exports.models import ExportJob, ExportState
from app.reports.exports.operations import AT_ONCE, KEPT
from app.storage import store
from tests.builders import make_agency, make_office, make_person, make_request
from tests.cases.test_queue import fill
from tests.checked import CheckedClient
from tests.page import Page
from tests.reports.counted_requests import NOW, World, tell
from tests.reports.test_csv_and_xlsx import HOSTILE

REQUESTS = "/exports/lists/requests"
DOWNLOAD = {"csv": "Download CSV", "xlsx": "Download Excel"}


@pytest.fixture
def at_the_time() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world(app: Flask, at_the_time: None) -> World:
    return tell()


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rows are many, and are read one by one."""
    monkeypatch.setattr("app.reports.exports.operations.AT_ONCE", 2)
    monkeypatch.setattr("app.reports.exports.exported_lists.BATCH", 1)


def read(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline="")))[1:]


def csv_of(client: CheckedClient, path: str, **filters: str) -> list[list[str]]:
    return read(client.get_page(path, query_string=filters).submit("Download CSV").text)


def sheet_of(data: bytes) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(BytesIO(data), read_only=True).worksheets[0].values)[1:]


def asked_for(client: CheckedClient, path: str = REQUESTS, **filters: str) -> ExportJob:
    answer = client.get_page(path, query_string=filters).submit("Prepare an Excel workbook")
    return db.session.get_one(ExportJob, uuid.UUID(answer.path.rsplit("/", 1)[1]))


def test_the_queue_comes_as_filtered_and_sorted(client: CheckedClient, world: World) -> None:
    client.sign_in(world.people["Hq"])
    rows = csv_of(client, REQUESTS, view="all", due="late")
    assert [row[1] for row in rows] == ["Houston agency submitted", "Houston agency in_intake"]
    assert rows[0][5:] == ["Received", "ICE", "Houston", "", "", "2026-11-16", "2026-11-20", "6"]
    assert len(csv_of(client, REQUESTS, view="all")) == 7
    assert len(csv_of(client, REQUESTS, view="unassigned")) == 1
    page = client.get("/queue?view=all&due=late").get_data(as_text=True)
    assert f"{REQUESTS}?view=all&amp;due=late" in page
    assert "2 rows, as filtered." in client.get(f"{REQUESTS}?view=all&due=late").get_data(as_text=True)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_another_offices_cases_are_never_in_a_field_offices_file(
    client: CheckedClient, world: World, kind: str
) -> None:
    for filters in ({}, {"view": "all"}, {"office": str(world.offices["Houston"].id)}, {"q": "agency"}):
        page = client.sign_in(world.people["Ben"]).get_page(REQUESTS, query_string=filters)
        data = page.submit(DOWNLOAD[kind]).response.data
        rows = read(data.decode()) if kind == "csv" else sheet_of(data)
        assert all("Dallas" in str(row[1]) for row in rows)
    assert len(csv_of(client, REQUESTS)) == 3


def test_scenario_64_what_people_typed_is_no_formula_in_any_file(client: CheckedClient, app: Flask) -> None:
    office = make_office()
    for name in HOSTILE:
        make_request(make_agency(name=name), status="submitted", office=office)
    client.sign_in(make_person(Role.COORDINATOR))
    cells = {row[1] for row in csv_of(client, REQUESTS)}
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    book = openpyxl.load_workbook(BytesIO(client.get_page(REQUESTS).submit("Download Excel").response.data))
    kept = {str(cell.value) for cell in next(iter(book.worksheets[0].iter_cols(2, 2)))}
    assert {name for name in HOSTILE if "\r" not in name} <= kept
    assert not [cell for row in book.worksheets[0] for cell in row if cell.data_type == "f" or cell.hyperlink]


def test_a_large_workbook_is_prepared_and_waits(client: CheckedClient, world: World, many: None) -> None:
    client.sign_in(world.people["Ada"])
    job = asked_for(client, view="all")
    key = job.id
    assert "We are preparing your file" in client.get(f"/exports/{key}").get_data(as_text=True)
    assert client.get(f"/exports/{key}/file").status_code == 404
    assert operations.work_on_exports()
    job = db.session.get_one(ExportJob, key, populate_existing=True)
    assert (job.state, job.done, job.total) == (ExportState.DONE, 4, 4)
    page = client.get(f"/exports/{key}").get_data(as_text=True)
    assert "Your file is ready" in page
    rows = sheet_of(client.get(f"/exports/{key}/file").data)
    assert [row[1] for row in rows] == [row[1] for row in csv_of(client, REQUESTS, view="all")]
    assert "Ready" in client.get("/exports").get_data(as_text=True)
    assert not operations.work_on_exports()


def test_only_who_asked_sees_and_cancels(client: CheckedClient, world: World, many: None) -> None:
    job = asked_for(client.sign_in(world.people["Ada"]))
    key = job.id
    client.sign_in(world.people["Hq"])
    for answer in (
        client.get(f"/exports/{key}"),
        client.get(f"/exports/{key}/file"),
        client.craft_post(f"/exports/{key}/cancel"),
    ):
        assert answer.status_code == 404
    client.sign_in(world.people["Ada"])
    client.get_page(f"/exports/{key}").submit("Cancel")
    assert db.session.get_one(ExportJob, key, populate_existing=True).state == ExportState.CANCELED
    assert not operations.work_on_exports()


def test_canceled_while_it_is_prepared_it_stops(
    client: CheckedClient, world: World, many: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = asked_for(client.sign_in(world.people["Hq"]), view="all").id
    batches = operations.in_batches

    def then_cancel(*args) -> Iterator[list[tuple]]:  # type: ignore[no-untyped-def,type-arg] # as in_batches
        for rows in batches(*args):
            operations.cancel_export(db.session.get_one(ExportJob, key))
            db.session.commit()
            yield rows

    monkeypatch.setattr("app.reports.exports.operations.in_batches", then_cancel)
    assert operations.work_on_exports()
    job = db.session.get_one(ExportJob, key, populate_existing=True)
    assert (job.state, job.done, job.storage_key) == (ExportState.CANCELED, 0, "")


def test_what_somebody_may_see_is_asked_again_when_it_is_prepared(
    client: CheckedClient, world: World, many: None
) -> None:
    key = asked_for(client.sign_in(world.people["Ada"]), view="all").id
    ada = db.session.get_one(Person, world.people["Ada"].id)
    ada.office_id = world.offices["Dallas"].id
    db.session.commit()
    operations.work_on_exports()
    rows = sheet_of(client.get(f"/exports/{key}/file").data)
    assert {str(row[1]).split()[0] for row in rows} == {"Dallas"}


@pytest.mark.parametrize("change", ["deactivated", "without the role"])
def test_who_may_no_longer_read_the_list_gets_no_file(
    client: CheckedClient, world: World, many: None, change: str
) -> None:
    key = asked_for(client.sign_in(world.people["Ada"]), view="all").id
    ada = db.session.get_one(Person, world.people["Ada"].id)
    if change == "deactivated":
        ada.active = False
    else:
        ada.grants = []
    db.session.commit()
    operations.work_on_exports()
    job = db.session.get_one(ExportJob, key, populate_existing=True)
    assert (job.state, job.fault) == (ExportState.FAILED, "You may no longer read this list.")


def test_a_fault_is_said_and_the_next_file_is_prepared(
    client: CheckedClient, world: World, many: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = asked_for(client.sign_in(world.people["Ada"]), view="all").id
    with time_machine.travel(NOW + timedelta(seconds=1), tick=False):
        second = asked_for(client.sign_in(world.people["Hq"]), view="all").id
    with monkeypatch.context() as broken:
        broken.setattr("app.reports.exports.operations.in_batches", lambda *_: 1 / 0)
        assert operations.work_on_exports()
    assert operations.work_on_exports()
    states = {key: db.session.get_one(ExportJob, key, populate_existing=True).state for key in (first, second)}
    assert states == {first: ExportState.FAILED, second: ExportState.DONE}
    page = client.sign_in(world.people["Ada"]).get(f"/exports/{first}").get_data(as_text=True)
    assert "Something went wrong on our side" in page


def test_a_file_whose_worker_went_away_is_taken_up_again(client: CheckedClient, world: World, many: None) -> None:
    key = asked_for(client.sign_in(world.people["Hq"]), view="all").id
    job = db.session.get_one(ExportJob, key)
    job.state, job.claimed_until = ExportState.WORKING, now() + timedelta(minutes=1)
    db.session.commit()
    assert not operations.work_on_exports()
    job = db.session.get_one(ExportJob, key)
    job.claimed_until = now() - timedelta(minutes=1)
    db.session.commit()
    assert operations.work_on_exports()
    assert db.session.get_one(ExportJob, key, populate_existing=True).state == ExportState.DONE


def test_asking_twice_prepares_once(client: CheckedClient, world: World, many: None) -> None:
    client.sign_in(world.people["Hq"])
    assert asked_for(client, view="all").id == asked_for(client, view="all").id
    assert asked_for(client, view="all", due="late").id != asked_for(client, view="all").id


def test_files_are_forgotten_after_a_week(client: CheckedClient, world: World, many: None) -> None:
    key = asked_for(client.sign_in(world.people["Hq"]), view="all").id
    operations.work_on_exports()
    job = db.session.get_one(ExportJob, key, populate_existing=True)
    kept = job.storage_key
    assert operations.delete_old_exports() == 0
    job.created_at = now() - KEPT - timedelta(days=1)
    db.session.commit()
    assert operations.delete_old_exports() == 1
    assert not store().exists(kept)
    assert db.session.get(ExportJob, key) is None


def test_only_the_rows_that_were_chosen_come_and_only_those_one_sees(client: CheckedClient, world: World) -> None:
    keys = {each.agency.name: str(each.id) for each in db.session.scalars(select(AgencyRequest)).unique()}
    names = ["Houston agency submitted", "Houston agency in_intake"]
    hidden = next(key for name, key in keys.items() if not name.startswith("Houston"))
    client.sign_in(world.people["Ada"])
    mine = [keys[name] for name in names]
    page = client.get_page("/queue?view=all").submit("Take away what I chose", chosen=mine)
    assert "2 rows, as chosen." in page.text
    assert sorted(row[1] for row in read(page.submit("Download CSV").text)) == sorted(names)
    crafted = {"chosen": [*mine, hidden, str(uuid.uuid4()), "x'"]}
    page = Page(client, client.craft_post("/exports/chosen", data=crafted))
    assert "2 rows, as chosen." in page.text
    assert "3 of those you chose are not yours to see any more." in page.text
    assert sorted(row[1] for row in read(page.submit("Download CSV").text)) == sorted(names)
    assert csv_of(client, REQUESTS, view="all", chosen=uuid.UUID(hidden).hex) == []


def test_nothing_chosen_is_said(client: CheckedClient, world: World) -> None:
    client.sign_in(world.people["Hq"])
    nothing = client.get_page("/queue?view=all&due=late").submit("Take away what I chose")
    assert nothing.address == "/queue?view=all&due=late"  # back to the list that was open
    assert "Choose a request first." in nothing.text
    crafted = {"chosen": [str(uuid.uuid4()) for _ in range(MOST + 1)]}
    answer = client.craft_post("/exports/chosen", data=crafted, follow_redirects=True)
    assert "At most 200 requests go at once." in answer.get_data(as_text=True)


def test_taking_a_list_away_is_on_the_record(client: CheckedClient, world: World) -> None:
    csv_of(client.sign_in(world.people["Hq"]), REQUESTS, due="late", view="all")
    event = db.session.scalars(select(audit.Event).where(audit.Event.action == "exported")).one()
    assert (event.actor_name, event.sentence) == ("Hq", "exported 2 requests as CSV")
    assert event.details["filters"] == {"due": "late", "view": "all"}


LISTED = {"requests": Role.COORDINATOR, "agreements-in-force": Role.AUDITOR, "agencies": Role.ADMINISTRATOR,
          "people": Role.ADMINISTRATOR, "notices": Role.ADMINISTRATOR}  # fmt: skip


def test_every_list_is_tried() -> None:
    assert set(LISTED) == set(LISTS)


@pytest.mark.parametrize("key", LISTED)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_each_list_comes_whole_for_who_may(client: CheckedClient, app: Flask, key: str, kind: str) -> None:
    make_request(status="submitted")
    client.sign_in(make_person(LISTED[key]))
    answer = client.get_page(f"/exports/lists/{key}").submit(DOWNLOAD[kind]).response
    assert answer.headers["Content-Disposition"].startswith(f"attachment; filename={key}-")
    rows = read(answer.get_data(as_text=True)) if kind == "csv" else sheet_of(answer.data)
    assert all(len(row) == len(LISTS[key].heads) for row in rows)
    assert bool(rows) is (key in {"requests", "agencies", "people"})


@pytest.mark.parametrize(
    ("role", "keys"), [(Role.COORDINATOR, {"agencies", "people", "notices"}), (Role.ADMINISTRATOR, {"requests"})]
)
def test_a_list_that_is_not_theirs_does_not_exist(
    client: CheckedClient, app: Flask, role: Role, keys: set[str]
) -> None:
    client.sign_in(make_person(role))
    for key in (*keys, "nothing"):
        assert client.get(f"/exports/lists/{key}").status_code == 404
        assert client.craft_post(f"/exports/lists/{key}", data={"kind": "csv"}).status_code == 404


def test_an_agency_takes_no_lists_away(client: CheckedClient, app: Flask) -> None:
    client.sign_in(make_person(Role.AGENCY_HEAD))
    assert client.get("/exports").status_code == 403
    assert client.craft_post(REQUESTS, data={"kind": "csv"}).status_code == 403


def test_batches_keep_the_order_and_leave_nothing_out(client: CheckedClient, app: Flask) -> None:
    fill(3, 800)
    actor = make_person(Role.COORDINATOR).actor
    batches = list(in_batches(LISTS["requests"], actor, {}))
    assert [len(rows) for rows in batches] == [BATCH, BATCH, 400]
    dues = [row[11] for rows in batches for row in rows]
    dated = [due for due in dues if due]
    assert dated == sorted(dated)  # type: ignore[type-var] # dates
    assert dues[len(dated) :] == [None] * (len(dues) - len(dated))
    assert 2 * AT_ONCE > 2400 > AT_ONCE


@pytest.mark.parametrize(
    "filters", [{"office": "x"}, {"q": "\0%_"}, {"status": "'"}, {"view": "nothing"}, {"due": "x" * 999}]
)
def test_no_filter_that_anybody_types_breaks_a_file(client: CheckedClient, app: Flask, filters: dict[str, str]) -> None:
    client.sign_in(make_person(Role.COORDINATOR))
    page = client.get_page(REQUESTS, query_string=filters)
    assert page.submit("Download CSV").status_code == 200
    crafted = client.craft_post(REQUESTS, data={"kind": "csv"} | filters)
    assert crafted.status_code == 200
