"""Ask somebody of another office for an opinion on one case

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

from app.extensions import UTCDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "consult",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("outcome IN ('', 'answered', 'recalled')", name=op.f("ck_consult_outcome")),
        sa.CheckConstraint("(ended_at IS NULL) = (outcome = '')", name=op.f("ck_consult_ended")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_consult_request_id_agency_request")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consult_person_id_person")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_consult_asked_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consult")),
    )
    op.create_index("ix_consult_request", "consult", ["request_id", "asked_at"])
    op.create_index("ix_consult_person", "consult", ["person_id", "ended_at"])
    op.create_index(
        "uq_consult_open",
        "consult",
        ["request_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def downgrade():
    op.drop_table("consult")
