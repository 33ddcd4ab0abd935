"""Keep what people typed and could not save yet

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

from app.extensions import UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "kept_page",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("page", sa.String(length=300), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_kept_page_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_page")),
        sa.UniqueConstraint("person_id", "path", name=op.f("uq_kept_page_person_id_path")),
    )


def downgrade():
    op.drop_table("kept_page")
