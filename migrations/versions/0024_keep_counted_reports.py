"""Keep counted reports, and read the clocks of a stage from their index alone

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "report_snapshot",
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("payload", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_report_snapshot"),
    )
    op.drop_index("ix_stage_clock_finished", "stage_clock")
    op.create_index("ix_stage_clock_finished", "stage_clock", ["kind", "cut_short", "stopped_on", "used_days"])


def downgrade():
    op.drop_index("ix_stage_clock_finished", "stage_clock")
    op.create_index("ix_stage_clock_finished", "stage_clock", ["kind", "stopped_on"])
    op.drop_table("report_snapshot")
