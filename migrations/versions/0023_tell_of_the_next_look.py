"""Tell once of the next look at a deferred request

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("agency_request") as batch:
        batch.add_column(sa.Column("look_announced_for", sa.Date(), nullable=True))
        batch.add_column(sa.Column("look_rung_for", sa.Date(), nullable=True))


def downgrade():
    with op.batch_alter_table("agency_request") as batch:
        batch.drop_column("look_rung_for")
        batch.drop_column("look_announced_for")
