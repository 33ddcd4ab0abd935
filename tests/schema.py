"""What a database holds, as the database itself says it: tables, columns, checks, keys, indexes and triggers."""

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Inspector, inspect, text

from app.extensions import SEARCH_INDEX

Facts = dict[str, list[Any]]
TRIGGERS = {
    "sqlite": "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT CAST(CAST(tgrelid AS regclass) AS text), tgname, pg_get_triggerdef(oid) FROM pg_trigger "
    "WHERE NOT tgisinternal",
}


def schema_of(connection: Connection) -> Facts:
    """Everything that the tables hold, by "table: kind of thing"; but for the table of the migrations themselves."""
    found = inspect(connection)
    facts = {}
    for table in found.get_table_names():
        if table != "alembic_version" and not table.startswith(SEARCH_INDEX):
            facts |= {f"{table}: {kind}": sorted(each) for kind, each in _parts(found, table)}
    triggers = connection.execute(text(TRIGGERS[connection.dialect.name]))
    return facts | {"triggers": sorted(" ".join(map(_plain, each)) for each in triggers)}


def differences(one: Facts, other: Facts) -> dict[str, tuple[Any, Any]]:
    """What the two do not say alike, with what each says."""
    names = sorted(one.keys() | other.keys())
    return {name: (one.get(name), other.get(name)) for name in names if one.get(name) != other.get(name)}


def _parts(found: Inspector, table: str) -> Iterable[tuple[str, Iterable[Any]]]:
    columns = found.get_columns(table)
    yield "columns", map(_column, columns)
    yield "checks", ((each["name"], _plain(each["sqltext"])) for each in found.get_check_constraints(table))
    yield "primary key", [found.get_pk_constraint(table)["constrained_columns"]]
    yield "unique", ((each["name"], each["column_names"]) for each in found.get_unique_constraints(table))
    yield "foreign keys", map(_reference, found.get_foreign_keys(table))
    yield "indexes", map(_index, found.get_indexes(table))


def _column(column: Any) -> tuple[Any, ...]:
    made = _plain(str(column.get("computed", "")))
    return column["name"], str(column["type"]), column["nullable"], column["default"] or "", made


def _reference(key: Any) -> tuple[Any, ...]:
    options = sorted(key["options"].items())
    return key["name"], key["constrained_columns"], key["referred_table"], key["referred_columns"], options


def _index(index: Any) -> tuple[Any, ...]:
    options = sorted((name, _plain(str(value))) for name, value in index.get("dialect_options", {}).items())
    return index["name"], index["column_names"], bool(index["unique"]), options


def _plain(statement: str) -> str:
    """The statement without its line breaks and quoted names, which are written differently to say the same."""
    return re.sub(r"\s+", " ", statement).replace('"', "").strip()
