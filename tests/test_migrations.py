"""Migrations make what the models say, protect the record, and can be taken back, on the engine under test."""

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


def test_the_migrated_record_is_append_only(bare: Flask) -> None:
    upgrade()
    audit.record("imported", SYSTEM)
    db.session.commit()
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text("UPDATE audit_event SET reason = 'x'"))
    db.session.rollback()


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
