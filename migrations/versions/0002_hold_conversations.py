"""Hold conversations, and make staff's notes the first of them

Revision ID: 0002
Revises: 0001
"""

import uuid

import sqlalchemy as sa
from alembic import op

from app.extensions import UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NOTES = "Notes for staff"
ROLES = ("coordinator", "assessor", "reviewer", "counsel", "approving_official", "auditor", "administrator")


def upgrade():
    op.create_table(
        "thread",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("anchor_kind", sa.String(length=20), nullable=False),
        sa.Column("anchor_key", sa.String(length=120), nullable=False),
        sa.Column("begun_by_id", sa.Uuid(), nullable=False),
        sa.Column("begun_at", UTCDateTime(), nullable=False),
        sa.Column("last_at", UTCDateTime(), nullable=False),
        sa.Column("resolved_at", UTCDateTime(), nullable=True),
        sa.Column("resolved_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("audience IN ('both', 'staff')", name=op.f("ck_thread_audience")),
        sa.CheckConstraint("anchor_kind IN ('', 'question', 'finding', 'clause')", name=op.f("ck_thread_anchor_kind")),
        sa.CheckConstraint("(resolved_at IS NULL) = (resolved_by_id IS NULL)", name=op.f("ck_thread_resolved")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_thread_request_id_agency_request")
        ),
        sa.ForeignKeyConstraint(["begun_by_id"], ["person.id"], name=op.f("fk_thread_begun_by_id_person")),
        sa.ForeignKeyConstraint(["resolved_by_id"], ["person.id"], name=op.f("fk_thread_resolved_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
    )
    op.create_index("ix_thread_request", "thread", ["request_id", "last_at"])
    op.create_table(
        "message",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("side IN ('agency', 'ice')", name=op.f("ck_message_side")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_message_thread_id_thread")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_message_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    op.create_index("ix_message_thread", "message", ["thread_id", "at"])
    op.create_table(
        "message_file",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=160), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_message_file_message_id_message")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_file")),
    )
    op.create_index(op.f("ix_message_file_message_id"), "message_file", ["message_id"])
    op.create_table(
        "thread_read",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("read_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_thread_read_thread_id_thread")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_thread_read_person_id_person")),
        sa.PrimaryKeyConstraint("thread_id", "person_id", name=op.f("pk_thread_read")),
    )
    _take_over_notes()
    op.drop_index(op.f("ix_staff_note_request_id"), table_name="staff_note")
    op.drop_table("staff_note")


def _take_over_notes():
    """One conversation of staff for the notes of each request, in the order they were written."""
    bind = op.get_bind()
    note, thread, message, grant = (_rows(name) for name in ("staff_note", "thread", "message", "role_grant"))
    held = {}
    for row in bind.execute(sa.select(grant.c.person_id, grant.c.role)):
        held.setdefault(row.person_id, set()).add(row.role)
    threads = {}
    for row in bind.execute(sa.select(note).order_by(note.c.at, note.c.id)).all():
        key = threads.get(row.request_id)
        if key is None:
            key = threads[row.request_id] = uuid.uuid4()
            bind.execute(
                thread.insert().values(
                    id=key, request_id=row.request_id, audience="staff", title=NOTES, anchor_kind="", anchor_key="",
                    begun_by_id=row.by_id, begun_at=row.at, last_at=row.at,
                )
            )  # fmt: skip
        role = next((role for role in ROLES if role in held.get(row.by_id, ())), "coordinator")
        bind.execute(
            message.insert().values(
                id=row.id, thread_id=key, text=row.text, by_id=row.by_id, side="ice", role=role, at=row.at
            )
        )
        bind.execute(thread.update().where(thread.c.id == key).values(last_at=row.at))


COLUMNS = {
    "staff_note": ("request_id", "text", "by_id", "at", "id"),
    "thread": (
        "id",
        "request_id",
        "audience",
        "title",
        "anchor_kind",
        "anchor_key",
        "begun_by_id",
        "begun_at",
        "last_at",
    ),
    "message": ("id", "thread_id", "text", "by_id", "side", "role", "at"),
    "role_grant": ("person_id", "role"),
}


def _rows(name):
    kinds = {"at": UTCDateTime(), "begun_at": UTCDateTime(), "last_at": UTCDateTime()}
    columns = [
        sa.column(c, sa.Uuid() if c == "id" or c.endswith("_id") else kinds.get(c, sa.String())) for c in COLUMNS[name]
    ]
    return sa.table(name, *columns)


def downgrade():
    """Back to notes: what staff wrote among themselves is kept; conversations with agencies go."""
    op.create_table(
        "staff_note",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_staff_note_by_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_staff_note_request_id_agency_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_note")),
    )
    op.create_index(op.f("ix_staff_note_request_id"), "staff_note", ["request_id"])
    note, thread, message = (_rows(name) for name in ("staff_note", "thread", "message"))
    written = (
        sa.select(thread.c.request_id, message.c.text, message.c.by_id, message.c.at, message.c.id)
        .join_from(message, thread, message.c.thread_id == thread.c.id)
        .where(thread.c.audience == "staff")
    )
    op.get_bind().execute(note.insert().from_select(list(COLUMNS["staff_note"]), written))
    for name in ("thread_read", "message_file", "message", "thread"):
        op.drop_table(name)
