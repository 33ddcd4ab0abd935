"""Enter letters on paper

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("agency_request") as batch:
        batch.add_column(sa.Column("entered_by_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("letter_signed_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("letter_received_on", sa.Date(), nullable=True))
        batch.create_foreign_key(batch.f("fk_agency_request_entered_by_id_person"), "person", ["entered_by_id"], ["id"])
        batch.create_index(batch.f("ix_agency_request_entered_by_id"), ["entered_by_id"])


def downgrade():
    with op.batch_alter_table("agency_request") as batch:
        batch.drop_index(batch.f("ix_agency_request_entered_by_id"))
        batch.drop_constraint(batch.f("fk_agency_request_entered_by_id_person"), type_="foreignkey")
        for column in ("letter_received_on", "letter_signed_on", "entered_by_id"):
            batch.drop_column(column)
