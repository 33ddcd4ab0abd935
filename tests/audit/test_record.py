"""The record cannot be changed, and everything that an event says is inside its hash."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app import audit
from app.audit import ChainHead, Event
from app.audit.models import GENESIS, REGISTER
from app.extensions import db
from app.policy import Actor, Role, Side

OFFICER = Actor(id=uuid.uuid4(), name="Pat Doe", roles=frozenset({Role.AGENCY_OFFICER}), agency_id=uuid.uuid4())
REPLACE = {
    ("audit_event", "sqlite"): "REPLACE INTO audit_event SELECT * FROM audit_event",
    ("audit_chain_head", "sqlite"): "REPLACE INTO audit_chain_head SELECT * FROM audit_chain_head",
    ("audit_event", "postgresql"): "INSERT INTO audit_event SELECT * FROM audit_event "
    "ON CONFLICT (id) DO UPDATE SET reason = 'x'",
    ("audit_chain_head", "postgresql"): "INSERT INTO audit_chain_head SELECT * FROM audit_chain_head "
    "ON CONFLICT (chain) DO UPDATE SET hash = 'x'",
}


def record_three(case_id: uuid.UUID) -> None:
    for action in ("submit", "take", "answer"):
        audit.record(action, OFFICER, case_id=case_id, reason="O’Brien & Söhne", details={"files": {}})
    db.session.commit()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET reason = 'x'",
        "UPDATE audit_event SET reason = 'x' WHERE seq = 2",
        "DELETE FROM audit_event",
        "DELETE FROM audit_chain_head",
        "UPDATE audit_chain_head SET count = count - 1 WHERE count = 3",
        "UPDATE audit_chain_head SET count = count + 1 WHERE count = 3",
        "UPDATE audit_chain_head SET hash = 'x' WHERE count = 3",
        "UPDATE audit_chain_head SET link = 'x' WHERE count = 3",
        "UPDATE audit_chain_head SET place = 7 WHERE count = 3",
    ],
)
def test_the_database_refuses_to_change_the_record(app: Flask, statement: str) -> None:
    record_three(uuid.uuid4())
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text(statement))
    db.session.rollback()
    assert list(audit.verify()) == []


@pytest.mark.parametrize("table", ["audit_event", "audit_chain_head"])
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_to_replace_a_row_is_to_change_the_record(app: Flask, table: str, recursive: str) -> None:
    record_three(uuid.uuid4())
    engine = db.engine.dialect.name
    if engine == "sqlite":
        db.session.execute(text(f"PRAGMA recursive_triggers={recursive}"))
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text(REPLACE[table, engine]))
    db.session.rollback()
    db.session.remove()
    db.engine.dispose()  # the connection keeps the setting


def test_connections_count_what_is_replaced_as_deleted(app: Flask) -> None:
    if db.engine.dialect.name == "sqlite":
        assert db.session.scalar(text("PRAGMA recursive_triggers")) == 1


def test_each_case_has_its_own_chain_and_head(app: Flask) -> None:
    one, other = uuid.uuid4(), uuid.uuid4()
    for case_id in (one, other, one):
        audit.record("take", OFFICER, case_id=case_id)
    db.session.commit()
    events = db.session.query(Event).order_by(Event.id).all()
    assert [(event.chain, event.seq) for event in events] == [(one, 1), (other, 1), (one, 2)]
    heads = {head.chain: head for head in db.session.query(ChainHead)}
    assert (heads[one].place, heads[one].count, heads[one].hash) == (1, 2, events[2].hash)
    assert (heads[other].place, heads[other].count, heads[other].hash) == (2, 1, events[1].hash)
    assert (heads[REGISTER].count, heads[REGISTER].hash) == (2, heads[other].link)


def test_what_is_rolled_back_moves_no_head(app: Flask) -> None:
    case_id = uuid.uuid4()
    audit.record("submit", OFFICER, case_id=case_id)
    db.session.commit()
    audit.record("take", OFFICER, case_id=case_id)
    audit.record("take", OFFICER, case_id=uuid.uuid4())
    db.session.rollback()
    assert [head.count for head in db.session.query(ChainHead)] == [1, 1]
    assert list(audit.verify()) == []


CHANGED: dict[str, Any] = {
    "chain": uuid.uuid4(),
    "seq": 2,
    "at": None,
    "actor_id": None,
    "actor_name": "Sam Doe",
    "actor_role": "assessor",
    "actor_side": "ice",
    "action": "withdraw",
    "subject_kind": "agreement",
    "subject_id": uuid.uuid4(),
    "from_status": "draft",
    "to_status": "declined",
    "sentence": "sent it",
    "reason": "Because.",
    "details": {"number": "ACC-2026-000002"},
    "audience": "staff",
    "prev_hash": "1" * 64,
}


def test_every_field_of_an_event_is_tried() -> None:
    assert set(CHANGED) == {column.key for column in Event.__table__.columns} - {"id", "hash"}


@pytest.mark.parametrize("field", CHANGED)
def test_every_field_of_an_event_is_inside_its_hash(app: Flask, field: str) -> None:
    happened = audit.record(
        "submit", OFFICER, case_id=uuid.uuid4(), details={"number": "ACC-2026-000001"}, sentence="sent the request"
    )
    assert happened.prev_hash == GENESIS
    before = happened.computed_hash()
    db.session.commit()
    value = happened.at + timedelta(microseconds=1) if field == "at" else CHANGED[field]
    with db.session.no_autoflush:
        setattr(happened, field, value)
        assert happened.computed_hash() != before
    db.session.rollback()


def test_refused_attempts_are_no_acts_of_a_person(app: Flask) -> None:
    case_id = uuid.uuid4()
    audit.record("take", OFFICER, case_id=case_id)
    audit.record("refused", OFFICER, case_id=case_id, audience=audit.Audience.RECORD)
    assert OFFICER.id is not None
    assert audit.acts_of(case_id, OFFICER.id) == {("take", None, Side.AGENCY.value)}
