"""The Flask extensions and the declarative base; imports no other module of the application."""

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from flask import Flask, g, has_request_context, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import DateTime, Dialect, Engine, Enum, MetaData, TypeDecorator, event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

READING = {"GET", "HEAD", "OPTIONS"}
SEARCH_INDEX = "case_words"  # made by statements of each engine, so that no migration compares it with a model


class UTCDateTime(TypeDecorator[datetime]):
    """A moment in UTC: aware in Python, the same on both engines (SQLite keeps no zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuses a moment without its zone rather than guessing one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Gives the moment back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def one_of(choices: type[StrEnum], name: str) -> Enum:
    """A column that holds one of these values, by a check of the database called `name`; read back as a member."""
    return Enum(
        choices,
        name=name,
        native_enum=False,
        create_constraint=True,
        values_callable=lambda kind: [member.value for member in kind],
        length=30,  # of all alike, so that a longer value to come changes the check alone
    )


NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table's base: constraint names by convention, so that migrations can name what they change."""

    registry = registry(metadata=MetaData(naming_convention=NAMES), type_annotation_map={datetime: UTCDateTime})


class UUIDPrimaryKey:
    """A random public key: an address tells nothing about how many others there are."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)


_told_at: ContextVar[datetime | None] = ContextVar("told_at", default=None)


def now() -> datetime:
    """This moment in UTC; the one clock of everything stored."""
    return _told_at.get() or datetime.now(UTC)


@contextmanager
def frozen_now(moment: datetime) -> Iterator[None]:
    """Within it, what happens is recorded as having happened then: the demonstration's story lies in the past."""
    token = _told_at.set(moment)
    try:
        yield
    finally:
        _told_at.reset(token)


_only_reads: ContextVar[bool] = ContextVar("only_reads", default=False)


@contextmanager
def only_reading() -> Iterator[None]:
    """Within it a command begins no transaction that holds up writers; it must not write."""
    token = _only_reads.set(True)
    try:
        yield
    finally:
        _only_reads.reset(token)


SQLITE_SETTINGS = (
    "foreign_keys=ON",
    "recursive_triggers=ON",  # what REPLACE INTO deletes counts as deleted, which the record's triggers refuse
    "busy_timeout=10000",
    "journal_mode=WAL",
    "synchronous=FULL",
)

db = SQLAlchemy(model_class=Base)
migrate = Migrate()
login_manager = LoginManager()
csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address)


@event.listens_for(Engine, "connect")
def _set_up_sqlite(connection: Any, _record: object) -> None:
    """SQLite keeps foreign keys, waits for a writer, and tells 'saved' only after the disk has it."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # we begin transactions ourselves, below
    cursor = connection.cursor()
    for pragma in SQLITE_SETTINGS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Any) -> None:
    """A writer takes SQLite's lock when it begins: what it read is then still true when it writes."""
    if connection.dialect.name != "sqlite":
        return
    reading = _only_reads.get() or (has_request_context() and request.method in READING and not g.get("writes"))
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _is_compared(name: str | None, _kind: str, _parents: object) -> bool:
    """Whether a migration compares what has this name in the database with the models."""
    return not (name or "").startswith(SEARCH_INDEX)


def init_app(app: Flask) -> None:
    """Ties the extensions to an application."""
    db.init_app(app)
    migrate.init_app(app, db, directory="migrations", render_as_batch=True, include_name=_is_compared)
    login_manager.init_app(app)
    csrf.init_app(app)
    limiter.init_app(app)
