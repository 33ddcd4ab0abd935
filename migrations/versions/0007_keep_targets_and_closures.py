"""Keep the targets that administrators set, and the days on which offices are closed

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

from app.extensions import UTCDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "clock_target",
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("was", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("set_by", sa.String(length=200), nullable=False),
        sa.Column("set_at", UTCDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("days BETWEEN 1 AND 400", name=op.f("ck_clock_target_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_target")),
    )
    op.create_index("ix_clock_target_newest", "clock_target", ["set_at"])
    op.create_table(
        "office_closure",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_office_closure_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_closure")),
    )
    op.create_index("ix_office_closure_day", "office_closure", ["day", "office_id"])


def downgrade():
    op.drop_index("ix_office_closure_day", "office_closure")
    op.drop_table("office_closure")
    op.drop_index("ix_clock_target_newest", "clock_target")
    op.drop_table("clock_target")
