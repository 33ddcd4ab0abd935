"""Keep where each chain of the record ends

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

from app.audit.models import GENESIS, REGISTER, link_after
from app.audit.protection import against_replacing, head_protection

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

# the last event of each chain, in the order in which the chains began
ENDS = """
SELECT ends.chain, ends.count, last.hash FROM (
  SELECT chain, MIN(id) AS began, MAX(seq) AS count FROM audit_event GROUP BY chain
) AS ends JOIN audit_event AS last ON last.chain = ends.chain AND last.seq = ends.count
ORDER BY ends.began
"""


def upgrade():
    head = op.create_table(
        "audit_chain_head",
        sa.Column("chain", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_audit_chain_head_count")),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_audit_chain_head")),
        sa.UniqueConstraint("place", name=op.f("uq_audit_chain_head_place")),
    )
    connection = op.get_bind()
    place, link = 0, GENESIS
    ends = sa.text(ENDS).columns(chain=sa.Uuid(), count=sa.Integer(), hash=sa.String())
    for chain, count, last in connection.execute(ends).all():
        place, link = place + 1, link_after(link, chain)
        row = {"chain": chain, "place": place, "link": link, "count": count, "hash": last}
        connection.execute(head.insert().values(row))
    if place:
        register = {"chain": REGISTER, "place": 0, "link": GENESIS, "count": place, "hash": link}
        connection.execute(head.insert().values(register))
    for statement in [*against_replacing(connection.dialect.name), *head_protection(connection.dialect.name)]:
        op.execute(statement)


def downgrade():
    op.drop_table("audit_chain_head")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS refuse_audit_head_jump()")
    else:
        op.execute("DROP TRIGGER IF EXISTS audit_event_no_replace")
