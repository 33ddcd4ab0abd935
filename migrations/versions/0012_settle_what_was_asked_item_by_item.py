"""Settle what was asked back item by item, each with its own date, documents and new value

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

from app.extensions import UTCDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "item_document",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["information_item.id"], name=op.f("fk_item_document_item_id_information_item")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_item_document_document_id_document")),
        sa.PrimaryKeyConstraint("item_id", "document_id", name=op.f("pk_item_document")),
    )
    op.create_index("ix_item_document_document_id", "item_document", ["document_id"])
    op.execute(
        "INSERT INTO item_document (item_id, document_id) "
        "SELECT id, document_id FROM information_item WHERE document_id IS NOT NULL"
    )
    with op.batch_alter_table("information_item") as item:
        item.drop_constraint("fk_information_item_document_id_document", type_="foreignkey")
        item.drop_column("document_id")
        item.add_column(sa.Column("due", sa.Date(), nullable=True))
        item.add_column(sa.Column("again_because", sa.String(), nullable=False, server_default=""))
        item.add_column(sa.Column("new_value", sa.JSON(none_as_null=True), nullable=True))
        item.add_column(sa.Column("new_basis", sa.String(length=20), nullable=False, server_default=""))
        item.add_column(sa.Column("new_note", sa.String(), nullable=False, server_default=""))
        item.add_column(sa.Column("accepted_at", UTCDateTime(), nullable=True))
        item.add_column(sa.Column("accepted_by_id", sa.Uuid(), nullable=True))
        item.add_column(sa.Column("asked_again_at", UTCDateTime(), nullable=True))
        item.create_foreign_key("fk_information_item_accepted_by_id_person", "person", ["accepted_by_id"], ["id"])
    with op.batch_alter_table("information_item") as item:
        for column in ("again_because", "new_basis", "new_note"):
            item.alter_column(column, server_default=None)


def downgrade():
    with op.batch_alter_table("information_item") as item:
        item.drop_constraint("fk_information_item_accepted_by_id_person", type_="foreignkey")
        for column in (
            "asked_again_at",
            "accepted_by_id",
            "accepted_at",
            "new_note",
            "new_basis",
            "new_value",
            "again_because",
            "due",
        ):
            item.drop_column(column)
        item.add_column(sa.Column("document_id", sa.Uuid(), nullable=True))
        item.create_foreign_key("fk_information_item_document_id_document", "document", ["document_id"], ["id"])
    op.execute(
        "UPDATE information_item SET document_id = (SELECT d.document_id FROM item_document d "
        "WHERE d.item_id = information_item.id ORDER BY d.document_id LIMIT 1)"
    )
    op.drop_index("ix_item_document_document_id", "item_document")
    op.drop_table("item_document")
