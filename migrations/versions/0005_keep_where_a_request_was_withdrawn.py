"""Keep where a request was withdrawn from

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("agency_request", sa.Column("withdrawn_from", sa.String(length=30), nullable=True))
    # until now a withdrawal kept it as the status before
    op.execute("UPDATE agency_request SET withdrawn_from = status_before WHERE status = 'withdrawn'")


def downgrade():
    op.drop_column("agency_request", "withdrawn_from")  # in place: a rebuilt table would lose what refers to it
