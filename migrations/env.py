"""Alembic's environment: the application's engine, and its tables as named by app.models."""

from logging.config import fileConfig
from pathlib import Path

from alembic import context
from flask import current_app

config = context.config
if config.config_file_name and Path(config.config_file_name).exists():
    fileConfig(config.config_file_name, disable_existing_loggers=False)

database = current_app.extensions["migrate"].db


def run() -> None:
    """Runs the migrations in one transaction where the engine can (both can)."""
    with database.engine.connect() as connection:
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


run()
