"""Tell clocks that were cut short

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

# a request that is withdrawn or deferred now ended its last clock that way
MARK = """
UPDATE stage_clock SET cut_short = :yes
WHERE stopped_on IS NOT NULL
  AND case_id IN (SELECT id FROM agency_request WHERE status IN ('withdrawn', 'deferred'))
  AND stopped_on = (SELECT MAX(last.stopped_on) FROM stage_clock AS last WHERE last.case_id = stage_clock.case_id)
"""


def upgrade():
    with op.batch_alter_table("stage_clock") as batch:
        batch.add_column(sa.Column("cut_short", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.get_bind().execute(sa.text(MARK), {"yes": True})
    with op.batch_alter_table("stage_clock") as batch:
        batch.alter_column("cut_short", server_default=None)


def downgrade():
    with op.batch_alter_table("stage_clock") as batch:
        batch.drop_column("cut_short")
