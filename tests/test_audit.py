"""The record cannot be changed, and a change made around it shows."""

import uuid

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app import audit
from app.audit import OUTSIDE_CASES, Event
from app.extensions import db
from app.policy import Actor, Role, Side

OFFICER = Actor(id=uuid.uuid4(), name="Pat Doe", roles=frozenset({Role.AGENCY_OFFICER}), agency_id=uuid.uuid4())


def record_three(case_id: uuid.UUID) -> None:
    for action in ("submit", "take", "answer"):
        audit.record(action, OFFICER, case_id=case_id, reason="O’Brien & Söhne")
    db.session.commit()


def unprotected(statement: str) -> None:
    """Changes the table as somebody with the keys to the machine could: around the triggers."""
    if db.engine.dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            db.session.execute(text(f"DROP TRIGGER audit_event_no_{verb}"))
    else:
        db.session.execute(text("SET LOCAL session_replication_role = replica"))
    db.session.execute(text(statement))
    db.session.commit()


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET reason = 'x'", "DELETE FROM audit_event"])
def test_the_database_refuses_to_change_the_record(app: Flask, statement: str) -> None:
    record_three(uuid.uuid4())
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text(statement))
    db.session.rollback()


def test_an_untouched_record_verifies(app: Flask) -> None:
    record_three(uuid.uuid4())
    record_three(OUTSIDE_CASES)
    assert audit.verify() == (6, [])


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE audit_event SET reason = 'because' WHERE seq = 2", "its content was changed"),
        ("DELETE FROM audit_event WHERE seq = 2", "are missing"),
        ("DELETE FROM audit_event WHERE seq = 1", "does not continue"),
    ],
)
def test_a_change_made_around_the_triggers_is_found(app: Flask, statement: str, fault: str) -> None:
    record_three(uuid.uuid4())
    unprotected(statement)
    count, faults = audit.verify()
    assert count > 0
    assert any(fault in found for found in faults)


def test_each_case_has_its_own_chain(app: Flask) -> None:
    one, other = uuid.uuid4(), uuid.uuid4()
    for case_id in (one, other, one):
        audit.record("take", OFFICER, case_id=case_id)
    db.session.commit()
    sequence = [(event.chain, event.seq) for event in db.session.query(Event).order_by(Event.id)]
    assert sequence == [(one, 1), (other, 1), (one, 2)]


def test_refused_attempts_are_no_acts_of_a_person(app: Flask) -> None:
    case_id = uuid.uuid4()
    audit.record("take", OFFICER, case_id=case_id)
    audit.record("refused", OFFICER, case_id=case_id, audience=audit.Audience.RECORD)
    assert OFFICER.id is not None
    assert audit.acts_of(case_id, OFFICER.id) == {("take", None, Side.AGENCY.value)}
