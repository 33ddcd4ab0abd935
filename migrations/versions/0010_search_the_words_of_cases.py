"""Search the words of every case

`flask search-index` fills the table from what stands in the others.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

from app.cases.models import search_index
from app.extensions import SEARCH_INDEX

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "case_text",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source_key", sa.String(length=80), nullable=False),
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.CheckConstraint("audience IN ('both', 'staff')", name=op.f("ck_case_text_audience")),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["agency_request.id"],
            name=op.f("fk_case_text_request_id_agency_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_text")),
        sa.UniqueConstraint("request_id", "kind", "source_key", name=op.f("uq_case_text_request_id_kind_source_key")),
    )
    for statement in search_index(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade():
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TABLE {SEARCH_INDEX}")
    op.drop_table("case_text")
