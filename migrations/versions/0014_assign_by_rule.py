"""Keep the rules by which requests are routed and assigned

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "assignment_rule",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("from_office_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=2), nullable=False),
        sa.Column("program", sa.String(length=60), nullable=False),
        sa.Column("to_office_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("role IN ('', 'coordinator', 'assessor')", name=op.f("ck_assignment_rule_role")),
        sa.ForeignKeyConstraint(
            ["from_office_id"], ["office.id"], name=op.f("fk_assignment_rule_from_office_id_office")
        ),
        sa.ForeignKeyConstraint(["to_office_id"], ["office.id"], name=op.f("fk_assignment_rule_to_office_id_office")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assignment_rule_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_rule")),
        sa.UniqueConstraint("name", name=op.f("uq_assignment_rule_name")),
    )


def downgrade():
    op.drop_table("assignment_rule")
