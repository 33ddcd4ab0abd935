"""Link requests that overlap, and duplicates with the one that goes on

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

from app.extensions import UTCDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "case_link",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("kind IN ('related', 'duplicate')", name=op.f("ck_case_link_kind")),
        sa.CheckConstraint("request_id <> other_id", name=op.f("ck_case_link_another")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_case_link_request_id_agency_request")
        ),
        sa.ForeignKeyConstraint(["other_id"], ["agency_request.id"], name=op.f("fk_case_link_other_id_agency_request")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_case_link_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_link")),
        sa.UniqueConstraint("request_id", "other_id", name=op.f("uq_case_link_request_id_other_id")),
    )
    op.create_index("ix_case_link_other_id", "case_link", ["other_id"])


def downgrade():
    op.drop_table("case_link")
