"""See who of a team has which page open, and who was given which section

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

from app.extensions import UTCDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "page_visit",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("page", sa.String(length=60), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_page_visit_person_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_page_visit_request_id_agency_request")
        ),
        sa.PrimaryKeyConstraint("request_id", "person_id", "section", name=op.f("pk_page_visit")),
    )
    op.create_table(
        "given_section",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_given_section_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_given_section_person_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_given_section_request_id_agency_request")
        ),
        sa.PrimaryKeyConstraint("request_id", "section", name=op.f("pk_given_section")),
    )
    with op.batch_alter_table("given_section", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_given_section_person_id"), ["person_id"], unique=False)


def downgrade():
    with op.batch_alter_table("given_section", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_given_section_person_id"))

    op.drop_table("given_section")
    op.drop_table("page_visit")
