"""Alembic's environment: the application's engine, and its tables as named by app.models."""

from collections.abc import Iterator
from contextlib import contextmanager
from logging.config import fileConfig
from pathlib import Path

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

config = context.config
if config.config_file_name and Path(config.config_file_name).exists():
    fileConfig(config.config_file_name, disable_existing_loggers=False)

database = current_app.extensions["migrate"].db


def run() -> None:
    """Runs the migrations in one transaction where the engine can (both can)."""
    with database.engine.connect() as connection, references_kept(connection):
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=True,
            compare_type=True,
            **{
                k: v
                for k, v in current_app.extensions["migrate"].configure_args.items()
                if k not in {"render_as_batch", "compare_type"}
            },
        )
        with context.begin_transaction():
            context.run_migrations()


@contextmanager
def references_kept(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by dropping and making it anew, which its references forbid: they are checked after."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")  # only outside of a transaction
    try:
        yield
        broken = connection.execute(text("PRAGMA foreign_key_check")).all()
        connection.rollback()
        if broken:
            raise RuntimeError(f"the migration broke references: {broken[:3]}")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


run()
