"""The triggers that make the record append-only on both engines; migrations and the tests run the same statements."""

from sqlalchemy import DDL, Table, event

from app.audit.models import REGISTER, ChainHead, Event

REFUSE_SQLITE = """
CREATE TRIGGER IF NOT EXISTS audit_event_no_{verb} BEFORE {verb} ON audit_event
BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END
"""
# REPLACE INTO deletes without the trigger of deleting, unless the connection asks for it: see app/extensions.py.
REFUSE_REPLACING_SQLITE = """
CREATE TRIGGER IF NOT EXISTS audit_event_no_replace BEFORE INSERT ON audit_event
WHEN EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id OR (chain = NEW.chain AND seq = NEW.seq))
BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END
"""
REFUSE_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit record is append-only'; END $$
"""
REFUSE_POSTGRESQL = """
CREATE OR REPLACE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()
"""
# A head moves by one, to an event that is there; the register's moves to a head that is there.
IS_MOVE = """
NEW.chain = OLD.chain AND NEW.place = OLD.place AND NEW.link = OLD.link AND NEW.count = OLD.count + 1 AND (
  EXISTS (SELECT 1 FROM audit_event e WHERE e.chain = NEW.chain AND e.seq = NEW.count AND e.hash = NEW.hash)
  OR NEW.chain = '{register}'
  AND EXISTS (SELECT 1 FROM audit_chain_head h WHERE h.place = NEW.count AND h.link = NEW.hash)
)
"""
HEAD_DELETE_SQLITE = """
CREATE TRIGGER IF NOT EXISTS audit_chain_head_no_delete BEFORE DELETE ON audit_chain_head
BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END
"""
HEAD_REPLACE_SQLITE = """
CREATE TRIGGER IF NOT EXISTS audit_chain_head_no_replace BEFORE INSERT ON audit_chain_head
WHEN EXISTS (SELECT 1 FROM audit_chain_head WHERE chain = NEW.chain OR place = NEW.place)
BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END
"""
HEAD_MOVE_SQLITE = f"""
CREATE TRIGGER IF NOT EXISTS audit_chain_head_moves_by_one BEFORE UPDATE ON audit_chain_head
WHEN NOT ({IS_MOVE.format(register=REGISTER.hex)})
BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END
"""
HEAD_POSTGRESQL = """
CREATE OR REPLACE TRIGGER audit_chain_head_stays BEFORE DELETE OR TRUNCATE ON audit_chain_head
FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()
"""
HEAD_MOVE_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION refuse_audit_head_jump() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {IS_MOVE.format(register=REGISTER)} THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'the audit record is append-only';
END $$
"""
HEAD_MOVE_POSTGRESQL = """
CREATE OR REPLACE TRIGGER audit_chain_head_moves_by_one BEFORE UPDATE ON audit_chain_head
FOR EACH ROW EXECUTE FUNCTION refuse_audit_head_jump()
"""


def protection(dialect: str) -> list[str]:
    """The statements that make the events append-only on this engine."""
    if dialect == "sqlite":
        return [REFUSE_SQLITE.format(verb=verb) for verb in ("UPDATE", "DELETE")]
    return [REFUSE_POSTGRESQL_FUNCTION, REFUSE_POSTGRESQL]


def against_replacing(dialect: str) -> list[str]:
    """The statements that refuse an event in the place of another where the engine would replace it silently."""
    return [REFUSE_REPLACING_SQLITE] if dialect == "sqlite" else []


def head_protection(dialect: str) -> list[str]:
    """The statements that let heads only move on, by one event at a time."""
    if dialect == "sqlite":
        return [HEAD_DELETE_SQLITE, HEAD_REPLACE_SQLITE, HEAD_MOVE_SQLITE]
    return [HEAD_POSTGRESQL, HEAD_MOVE_POSTGRESQL_FUNCTION, HEAD_MOVE_POSTGRESQL]


def _on_create(table: Table, dialect: str, statements: list[str]) -> None:
    for statement in statements:
        event.listen(table, "after_create", DDL(statement.replace("%", "%%")).execute_if(dialect=dialect))


for _dialect in ("sqlite", "postgresql"):
    _on_create(Event.__table__, _dialect, protection(_dialect) + against_replacing(_dialect))
    _on_create(ChainHead.__table__, _dialect, head_protection(_dialect))
