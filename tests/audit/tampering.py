"""What somebody with the keys to the machine does: changes the tables around the triggers."""

from sqlalchemy import text

from app.extensions import db

TRIGGERS = (
    "audit_event_no_UPDATE",
    "audit_event_no_DELETE",
    "audit_event_no_replace",
    "audit_chain_head_no_delete",
    "audit_chain_head_no_replace",
    "audit_chain_head_moves_by_one",
)


def unprotected(statement: str, **values: object) -> int:
    """Runs one statement with every trigger out of the way; how many rows it changed."""
    db.session.commit()
    if db.engine.dialect.name == "sqlite":
        for name in TRIGGERS:
            db.session.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
    else:
        db.session.execute(text("SET LOCAL session_replication_role = replica"))
    changed = db.session.execute(text(statement), values).rowcount  # type: ignore[attr-defined] # it writes
    db.session.commit()
    db.session.expire_all()
    return changed
