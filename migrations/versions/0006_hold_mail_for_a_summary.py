"""Hold mail for a daily summary, as each person wishes

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mail_wish", sa.String(length=20), nullable=False, server_default="at_once"))
        batch_op.create_check_constraint(
            op.f("ck_person_mail_wish"), "mail_wish IN ('at_once', 'daily', 'no_messages')"
        )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.alter_column("mail_wish", server_default=None)
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("digest_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_outbox_message_digest_id_outbox_message"), "outbox_message", ["digest_id"], ["id"]
        )
        batch_op.create_index("ix_outbox_message_held", ["held", "sent_at", "created_at"])
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.alter_column("held", server_default=None)


def downgrade():
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_message_held")
        batch_op.drop_constraint(op.f("fk_outbox_message_digest_id_outbox_message"), type_="foreignkey")
        batch_op.drop_column("digest_id")
        batch_op.drop_column("held")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_person_mail_wish"), type_="check")
        batch_op.drop_column("mail_wish")
