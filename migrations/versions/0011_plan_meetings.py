"""Plan meetings, and let a mail carry one as a file

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

from app.extensions import UTCDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "planned_meeting",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", UTCDateTime(), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("video", sa.String(length=500), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.Column("cancelled_at", UTCDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_planned_meeting_minutes")),
        sa.CheckConstraint("place <> '' OR video <> ''", name=op.f("ck_planned_meeting_somewhere")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_planned_meeting_request_id_agency_request")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_planned_meeting_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_meeting")),
    )
    op.create_index("ix_planned_meeting_request", "planned_meeting", ["request_id", "starts_at"])
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("calendar", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.alter_column("calendar", server_default=None)


def downgrade():
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.drop_column("calendar")
    op.drop_table("planned_meeting")
