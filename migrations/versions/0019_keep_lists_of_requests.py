"""Keep lists of requests

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

from app.extensions import UTCDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "saved_view",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("created_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_saved_view_owner_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("owner_id", "name", name=op.f("uq_saved_view_owner_id_name")),
    )
    op.create_index(op.f("ix_saved_view_owner_id"), "saved_view", ["owner_id"], unique=False)
    op.create_index(op.f("ix_saved_view_shared"), "saved_view", ["shared"], unique=False)
    op.create_table(
        "view_follower",
        sa.Column("view_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["view_id"], ["saved_view.id"], name=op.f("fk_view_follower_view_id_saved_view")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_view_follower_person_id_person")),
        sa.PrimaryKeyConstraint("view_id", "person_id", name=op.f("pk_view_follower")),
    )
    op.create_index(op.f("ix_view_follower_person_id"), "view_follower", ["person_id"], unique=False)
    op.create_table(
        "view_alert",
        sa.Column("view_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("at", UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["view_id", "person_id"],
            ["view_follower.view_id", "view_follower.person_id"],
            name=op.f("fk_view_alert_view_id_person_id_view_follower"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_view_alert_request_id_agency_request")
        ),
        sa.PrimaryKeyConstraint("view_id", "person_id", "request_id", name=op.f("pk_view_alert")),
    )
    op.create_index(op.f("ix_view_alert_request_id"), "view_alert", ["request_id"], unique=False)


def downgrade():
    for table in ("view_alert", "view_follower", "saved_view"):
        op.drop_table(table)
