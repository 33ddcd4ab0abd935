"""Let roles that carry power be proposed by one administrator and confirmed by another

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

from app.extensions import UTCDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "role_proposal",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("grants", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", UTCDateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'confirmed', 'closed')", name=op.f("ck_role_proposal_state")),
        sa.CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name=op.f("ck_role_proposal_decided")),
        sa.CheckConstraint(
            "state <> 'confirmed' OR decided_by_id <> proposed_by_id", name=op.f("ck_role_proposal_two")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_proposal_person_id_person")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_role_proposal_proposed_by_id_person")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_role_proposal_decided_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_proposal")),
    )
    op.create_index("ix_role_proposal_person_id", "role_proposal", ["person_id"])
    op.create_index("ix_role_proposal_waiting", "role_proposal", ["state", "proposed_at"])


def downgrade():
    op.drop_index("ix_role_proposal_waiting", "role_proposal")
    op.drop_index("ix_role_proposal_person_id", "role_proposal")
    op.drop_table("role_proposal")
