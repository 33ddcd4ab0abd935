"""Migrations make what the models say, protect the record, and can be taken back, on the engine under test."""

import uuid
from collections.abc import Iterator

import pytest
from flask import Flask
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from app import audit, create_app
from app.extensions import SEARCH_INDEX, db
from app.policy import SYSTEM
from tests.conftest import SETTINGS
from tests.schema import differences, schema_of


@pytest.fixture
def bare(the_app: Flask, database_url: str, tmp_path) -> Iterator[Flask]:
    """An application over a database without a single table."""
    if database_url.startswith("sqlite"):
        url = f"sqlite:///{tmp_path / 'bare.db'}"
    else:
        name = make_url(database_url).database + "_bare"
        server = create_engine(database_url, isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            connection.execute(text(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"))
        server.dispose()
        url = make_url(database_url).set(database=name).render_as_string(hide_password=False)
    app = create_app(SETTINGS | {"SQLALCHEMY_DATABASE_URI": url, "STORAGE_DIR": str(tmp_path)})
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def tables() -> set[str]:
    with db.engine.connect() as connection:
        found = set(inspect(connection).get_table_names()) - {"alembic_version"}
        return {name for name in found if not name.startswith(SEARCH_INDEX)}


def test_up_down_and_up_again(bare: Flask) -> None:
    upgrade()
    assert tables() == {table.name for table in db.metadata.sorted_tables}
    check()  # raises when a model says something that no migration made
    downgrade(revision="base")
    assert tables() == set()
    upgrade()
    assert tables()


def test_a_migrated_database_holds_what_a_created_one_holds(bare: Flask, the_app: Flask) -> None:
    upgrade()
    with db.engine.connect() as connection:
        migrated = schema_of(connection)
    with the_app.app_context(), db.engine.connect() as connection:
        created = schema_of(connection)
    assert differences(migrated, created) == {}


def test_notes_of_staff_become_a_conversation_of_staff_and_are_notes_again_on_the_way_back(bare: Flask) -> None:
    upgrade(revision="0001")
    keys = dict.fromkeys(("office", "agency", "person", "request", "first", "second"))
    keys = {name: uuid.uuid4().hex for name in keys}
    for statement in OF_NOTES:
        db.session.execute(text(statement), keys)
    db.session.commit()
    upgrade()
    found = db.session.execute(text("SELECT audience, text, role FROM thread JOIN message ON thread_id = thread.id"))
    assert sorted(found) == [("staff", "Called them", "assessor"), ("staff", "Called again", "assessor")][::-1]
    db.session.commit()
    downgrade(revision="0001")
    assert sorted(db.session.scalars(text("SELECT text FROM staff_note"))) == ["Called again", "Called them"]


OF_NOTES = (
    "INSERT INTO office (id, kind, name, address) VALUES (:office, 'headquarters', 'HQ', '')",
    "INSERT INTO agency (id, ori, name, state, county, kind, address, phone, head_name, head_title, source, "
    "listed_name) VALUES (:agency, 'TX9999999', 'A', 'TX', '', 'other', '', '', '', '', 'joined', '')",
    "INSERT INTO person (id, email, name, title, phone, password_hash, office_id, active, epoch, created_at) "
    "VALUES (:person, 'a@example.gov', 'A', '', '', '', :office, true, 0, '2026-11-01 10:00:00')",
    "INSERT INTO role_grant (id, person_id, role, scope, granted_at) "
    "VALUES (:first, :person, 'assessor', '', '2026-11-01 10:00:00')",
    "INSERT INTO agency_request (id, agency_id, status, version, rules_version, state, contact_name, contact_title, "
    "contact_email, contact_phone, signatory_name, signatory_title, authority_basis, letter_text, wanted_programs, "
    "objectives_text, anything_else, anything_else_seen, documents_seen, head_note, certified_hash, created_by_id, "
    "created_at, updated_at) VALUES (:request, :agency, 'draft', 1, '', 'TX', '', '', '', '', '', '', '', '', '[]', "
    "'', '', false, false, '', '', :person, '2026-11-01 10:00:00', '2026-11-01 10:00:00')",
    "INSERT INTO staff_note (id, request_id, text, by_id, at) VALUES (:first, :request, 'Called them', :person, "
    "'2026-11-02 10:00:00')",
    "INSERT INTO staff_note (id, request_id, text, by_id, at) VALUES (:second, :request, 'Called again', :person, "
    "'2026-11-03 10:00:00')",
)


def test_the_migrated_record_is_append_only(bare: Flask) -> None:
    upgrade()
    audit.record("imported", SYSTEM)
    db.session.commit()
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text("UPDATE audit_event SET reason = 'x'"))
    db.session.rollback()


def test_chains_that_were_there_get_their_heads(bare: Flask) -> None:
    upgrade(revision="0024")
    values = {"chain": uuid.uuid4().hex, "other": uuid.uuid4().hex, "hash": "1" * 64, "last": "2" * 64}
    for chain, seq, digest in (("chain", 1, "hash"), ("other", 1, "hash"), ("chain", 2, "last")):
        db.session.execute(text(OF_EVENTS.format(chain, seq, digest)), values)
    db.session.commit()
    upgrade()
    assert [(line.split()[1], line.split()[2]) for line in audit.heads()][1:] == [("2", "2" * 64), ("1", "1" * 64)]
    faults = list(audit.verify())
    assert not [fault for fault in faults if "register" in fault or "head" in fault]
    audit.record("imported", SYSTEM, case_id=uuid.UUID(values["chain"]))
    audit.record("imported", SYSTEM)
    db.session.commit()
    assert list(audit.verify()) == faults


OF_EVENTS = (
    "INSERT INTO audit_event (chain, seq, at, actor_name, actor_role, actor_side, action, subject_kind, from_status, "
    "to_status, sentence, reason, details, audience, prev_hash, hash) VALUES (:{0}, {1}, '2026-11-01 10:00:00', '', "
    "'', '', 'x', '', '', '', '', '', '{{}}', 'both', '', :{2})"
)


@pytest.mark.parametrize("statement", ["DELETE FROM audit_chain_head", "UPDATE audit_chain_head SET count = count + 1"])
def test_the_migrated_heads_only_move_on(bare: Flask, statement: str) -> None:
    upgrade()
    audit.record("imported", SYSTEM)
    db.session.commit()
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text(statement))
    db.session.rollback()


def test_a_migrated_record_has_the_triggers_of_a_created_one(bare: Flask) -> None:
    upgrade()
    migrated = triggers()
    db.session.remove()
    downgrade(revision="base")
    db.create_all()
    assert triggers() == migrated
    assert {table for _, table in migrated} == {"audit_event", "audit_chain_head"}


def triggers() -> set[tuple[str, str]]:
    """Each trigger of the record: its name and its table."""
    if db.engine.dialect.name == "sqlite":
        query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit%'"
    else:
        query = "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
    with db.engine.connect() as connection:
        return {(name, table) for name, table in connection.execute(text(query)) if table.startswith("audit")}
