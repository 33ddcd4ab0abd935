"""Migrations make what the models say, protect the record, and can be taken back, on the engine under test."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from app import audit, create_app
from app.extensions import db
from app.policy import SYSTEM
from tests.conftest import SETTINGS


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
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_up_down_and_up_again(bare: Flask) -> None:
    upgrade()
    assert tables() == {table.name for table in db.metadata.sorted_tables}
    check()  # raises when a model says something that no migration made
    downgrade(revision="base")
    assert tables() == set()
    upgrade()
    assert tables()


def test_the_migrated_record_is_append_only(bare: Flask) -> None:
    upgrade()
    audit.record("imported", SYSTEM)
    db.session.commit()
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text("UPDATE audit_event SET reason = 'x'"))
    db.session.rollback()
