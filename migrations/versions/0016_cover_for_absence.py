"""Cover for colleagues who are away

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

from app.extensions import UTCDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "cover",
        sa.Column("absent_id", sa.Uuid(), nullable=False),
        sa.Column("cover_id", sa.Uuid(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("named_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("absent_id <> cover_id", name=op.f("ck_cover_another")),
        sa.CheckConstraint("first <= last", name=op.f("ck_cover_days")),
        sa.ForeignKeyConstraint(["absent_id"], ["person.id"], name=op.f("fk_cover_absent_id_person")),
        sa.ForeignKeyConstraint(["cover_id"], ["person.id"], name=op.f("fk_cover_cover_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover")),
    )
    op.create_index("ix_cover_cover", "cover", ["cover_id", "last"])
    op.create_index("ix_cover_absent", "cover", ["absent_id", "last"])


def downgrade():
    op.drop_table("cover")
