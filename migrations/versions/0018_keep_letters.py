"""Keep letters and their templates

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

from app.extensions import UTCDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

KINDS = "kind IN ('acknowledgement', 'information', 'recommendation', 'decision')"


def upgrade():
    op.create_table(
        "letter_template",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_letter_template_kind")),
        sa.CheckConstraint("version > 0", name=op.f("ck_letter_template_version")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_letter_template_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_template")),
        sa.UniqueConstraint("kind", "version", name=op.f("uq_letter_template_kind_version")),
    )
    op.create_table(
        "letter",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("template_version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.Column("sender", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("issued_by_id", sa.Uuid(), nullable=False),
        sa.Column("issued_at", UTCDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_letter_kind")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["person.id"], name=op.f("fk_letter_issued_by_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_letter_request_id_agency_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    op.create_index("ix_letter_request", "letter", ["request_id", "issued_at"])


def downgrade():
    op.drop_index("ix_letter_request", "letter")
    op.drop_table("letter")
    op.drop_table("letter_template")
