"""Say once that a clock is late

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("stage_clock", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reminded_for", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("escalated_for", sa.Date(), nullable=True))
        batch_op.create_index("ix_stage_clock_late", ["stopped_on", "paused_on", "due"], unique=False)
        batch_op.create_index("ix_stage_clock_finished", ["kind", "stopped_on"], unique=False)


def downgrade():
    with op.batch_alter_table("stage_clock", schema=None) as batch_op:
        batch_op.drop_index("ix_stage_clock_finished")
        batch_op.drop_index("ix_stage_clock_late")
        batch_op.drop_column("escalated_for")
        batch_op.drop_column("reminded_for")
