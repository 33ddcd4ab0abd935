"""Make every table

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# What sqlite does beside its tables: it searches the words of cases, and keeps the record append-only.
ON_SQLITE = (
    """CREATE TRIGGER IF NOT EXISTS audit_chain_head_no_delete BEFORE DELETE ON audit_chain_head
BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END""",
    """CREATE TRIGGER IF NOT EXISTS audit_chain_head_no_replace BEFORE INSERT ON audit_chain_head
WHEN EXISTS (SELECT 1 FROM audit_chain_head WHERE chain = NEW.chain OR place = NEW.place)
BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END""",
    """CREATE TRIGGER IF NOT EXISTS audit_chain_head_moves_by_one BEFORE UPDATE ON audit_chain_head
WHEN NOT (
NEW.chain = OLD.chain AND NEW.place = OLD.place AND NEW.link = OLD.link AND NEW.count = OLD.count + 1 AND (
  EXISTS (SELECT 1 FROM audit_event e WHERE e.chain = NEW.chain AND e.seq = NEW.count AND e.hash = NEW.hash)
  OR NEW.chain = '00000000000000000000000000000001'
  AND EXISTS (SELECT 1 FROM audit_chain_head h WHERE h.place = NEW.count AND h.link = NEW.hash)
)
)
BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END""",
    """CREATE TRIGGER IF NOT EXISTS audit_event_no_UPDATE BEFORE UPDATE ON audit_event
BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END""",
    """CREATE TRIGGER IF NOT EXISTS audit_event_no_DELETE BEFORE DELETE ON audit_event
BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END""",
    """CREATE TRIGGER IF NOT EXISTS audit_event_no_replace BEFORE INSERT ON audit_event
WHEN EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id OR (chain = NEW.chain AND seq = NEW.seq))
BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END""",
    "CREATE VIRTUAL TABLE case_words USING fts5(text, content='case_text', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')",
    """CREATE TRIGGER case_text_inserted AFTER INSERT ON case_text BEGIN
    INSERT INTO case_words(rowid, text) VALUES (new.id, new.text); END""",
    """CREATE TRIGGER case_text_deleted AFTER DELETE ON case_text BEGIN
    INSERT INTO case_words(case_words, rowid, text) VALUES ('delete', old.id, old.text); END""",
    """CREATE TRIGGER case_text_updated AFTER UPDATE ON case_text BEGIN
    INSERT INTO case_words(case_words, rowid, text) VALUES ('delete', old.id, old.text);
    INSERT INTO case_words(rowid, text) VALUES (new.id, new.text); END""",
)
# What postgresql does beside its tables: it searches the words of cases, and keeps the record append-only.
ON_POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION refuse_audit_head_jump() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF 
NEW.chain = OLD.chain AND NEW.place = OLD.place AND NEW.link = OLD.link AND NEW.count = OLD.count + 1 AND (
  EXISTS (SELECT 1 FROM audit_event e WHERE e.chain = NEW.chain AND e.seq = NEW.count AND e.hash = NEW.hash)
  OR NEW.chain = '00000000-0000-0000-0000-000000000001'
  AND EXISTS (SELECT 1 FROM audit_chain_head h WHERE h.place = NEW.count AND h.link = NEW.hash)
)
 THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'the audit record is append-only';
END $$""",
    """CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit record is append-only'; END $$""",
    """CREATE OR REPLACE TRIGGER audit_chain_head_stays BEFORE DELETE OR TRUNCATE ON audit_chain_head
FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()""",
    """CREATE OR REPLACE TRIGGER audit_chain_head_moves_by_one BEFORE UPDATE ON audit_chain_head
FOR EACH ROW EXECUTE FUNCTION refuse_audit_head_jump()""",
    """CREATE OR REPLACE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()""",
    "ALTER TABLE case_text ADD COLUMN case_words tsvector GENERATED ALWAYS AS (to_tsvector('english', text)) STORED",
    "CREATE INDEX case_words ON case_text USING gin (case_words)",
)


def upgrade():
    op.create_table(
        "agency",
        sa.Column("ori", sa.String(length=9), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=2), nullable=False),
        sa.Column("county", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("officers", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("head_name", sa.String(length=200), nullable=False),
        sa.Column("head_title", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("listed_name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
    )
    with op.batch_alter_table("agency", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agency_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_agency_ori"), ["ori"], unique=False)
        batch_op.create_index("ix_agency_state_county", ["state", "county"], unique=False)

    op.create_table(
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
    op.create_table(
        "audit_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chain", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.String(length=200), nullable=False),
        sa.Column("actor_role", sa.String(length=30), nullable=False),
        sa.Column("actor_side", sa.String(length=10), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject_kind", sa.String(length=30), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("from_status", sa.String(length=30), nullable=False),
        sa.Column("to_status", sa.String(length=30), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum("both", "staff", "record", name="audience", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
        sa.UniqueConstraint("chain", "seq", name=op.f("uq_audit_event_chain_seq")),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index("ix_audit_event_actor", ["chain", "actor_id", "action"], unique=False)

    op.create_table(
        "clock_target",
        sa.Column(
            "kind",
            sa.Enum(
                "acknowledge",
                "intake",
                "assessment",
                "concurrence",
                "information_request",
                "review",
                "drafting",
                "signing",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("was", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("set_by", sa.String(length=200), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("days BETWEEN 1 AND 400", name=op.f("ck_clock_target_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_target")),
    )
    with op.batch_alter_table("clock_target", schema=None) as batch_op:
        batch_op.create_index("ix_clock_target_newest", ["set_at"], unique=False)

    op.create_table(
        "office",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("kind IN ('detention', 'investigations', 'headquarters')", name=op.f("ck_office_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
        sa.UniqueConstraint("kind", "name", name=op.f("uq_office_kind_name")),
    )
    op.create_table(
        "outbox_message",
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("notice", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dead_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fault", sa.String(length=300), nullable=False),
        sa.Column("calendar", sa.String(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("digest_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest_id"], ["outbox_message.id"], name=op.f("fk_outbox_message_digest_id_outbox_message")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_message_message_id")),
    )
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_message_address"), ["address"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_message_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_outbox_message_held", ["held", "sent_at", "created_at"], unique=False)
        batch_op.create_index("ix_outbox_message_waiting", ["sent_at", "dead_at", "next_try_at"], unique=False)

    op.create_table(
        "report_snapshot",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("payload", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_report_snapshot")),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("account", sa.String(length=254), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    with op.batch_alter_table("sign_in_failure", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_failure_account", ["account", "at"], unique=False)
        batch_op.create_index("ix_sign_in_failure_source", ["source", "at"], unique=False)

    op.create_table(
        "stage_clock",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "acknowledge",
                "intake",
                "assessment",
                "concurrence",
                "information_request",
                "review",
                "drafting",
                "signing",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("paused_on", sa.Date(), nullable=True),
        sa.Column("resumed_on", sa.Date(), nullable=True),
        sa.Column("cut_short", sa.Boolean(), nullable=False),
        sa.Column("used_days", sa.Integer(), nullable=False),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("extensions", sa.JSON(), nullable=False),
        sa.Column("reminded_for", sa.Date(), nullable=True),
        sa.Column("escalated_for", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_clock")),
    )
    with op.batch_alter_table("stage_clock", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stage_clock_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_stage_clock_finished", ["kind", "cut_short", "stopped_on", "used_days"], unique=False)
        batch_op.create_index("ix_stage_clock_late", ["stopped_on", "paused_on", "due"], unique=False)
        batch_op.create_index("ix_stage_clock_running", ["subject_id", "stopped_on"], unique=False)

    op.create_table(
        "agreement_in_force",
        sa.Column("state", sa.String(length=2), nullable=False),
        sa.Column("agency_name", sa.String(length=200), nullable=False),
        sa.Column("agency_kind", sa.String(length=60), nullable=False),
        sa.Column("county", sa.String(length=120), nullable=False),
        sa.Column("support_type", sa.String(length=60), nullable=False),
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("model", sa.String(length=40), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_agreement_in_force_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_in_force")),
        sa.UniqueConstraint(
            "state", "agency_name", "support_type", name=op.f("uq_agreement_in_force_state_agency_name_support_type")
        ),
    )
    with op.batch_alter_table("agreement_in_force", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_in_force_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_in_force_state"), ["state"], unique=False)

    op.create_table(
        "office_area",
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=2), nullable=False),
        sa.Column("county", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_office_area_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_area")),
        sa.UniqueConstraint("office_id", "state", "county", name=op.f("uq_office_area_office_id_state_county")),
    )
    with op.batch_alter_table("office_area", schema=None) as batch_op:
        batch_op.create_index("ix_office_area_place", ["state", "county"], unique=False)

    op.create_table(
        "office_closure",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_office_closure_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_closure")),
    )
    with op.batch_alter_table("office_closure", schema=None) as batch_op:
        batch_op.create_index("ix_office_closure_day", ["day", "office_id"], unique=False)

    op.create_table(
        "person",
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column(
            "mail_preference",
            sa.Enum(
                "at_once",
                "daily",
                "no_messages",
                name="mail_preference",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(agency_id IS NULL) <> (office_id IS NULL)", name=op.f("ck_person_one_side")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_person_agency_id_agency")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_person_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_office_id"), ["office_id"], unique=False)

    op.create_table(
        "access_application",
        sa.Column("ori", sa.String(length=9), nullable=False),
        sa.Column("agency_name", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=2), nullable=False),
        sa.Column("county", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("applicant_name", sa.String(length=200), nullable=False),
        sa.Column("applicant_title", sa.String(length=200), nullable=False),
        sa.Column("applicant_email", sa.String(length=254), nullable=False),
        sa.Column("head_name", sa.String(length=200), nullable=False),
        sa.Column("head_title", sa.String(length=200), nullable=False),
        sa.Column("head_email", sa.String(length=254), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("status IN ('waiting', 'approved', 'refused')", name=op.f("ck_access_application_status")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_access_application_agency_id_agency")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_access_application_decided_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_application")),
    )
    with op.batch_alter_table("access_application", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_access_application_status"), ["status"], unique=False)

    op.create_table(
        "agency_request",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "in_intake",
                "information_requested",
                "in_assessment",
                "awaiting_concurrence",
                "in_review",
                "deferred",
                "drafting",
                "agreement_drafted",
                "declined",
                "withdrawn",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "status_before",
            sa.Enum(
                "draft",
                "submitted",
                "in_intake",
                "information_requested",
                "in_assessment",
                "awaiting_concurrence",
                "in_review",
                "deferred",
                "drafting",
                "agreement_drafted",
                "declined",
                "withdrawn",
                name="status_before",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column(
            "withdrawn_from",
            sa.Enum(
                "draft",
                "submitted",
                "in_intake",
                "information_requested",
                "in_assessment",
                "awaiting_concurrence",
                "in_review",
                "deferred",
                "drafting",
                "agreement_drafted",
                "declined",
                "withdrawn",
                name="withdrawn_from",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rules_version", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=2), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("investigations_office_id", sa.Uuid(), nullable=True),
        sa.Column("coordinator_id", sa.Uuid(), nullable=True),
        sa.Column("assessor_id", sa.Uuid(), nullable=True),
        sa.Column("investigations_liaison_id", sa.Uuid(), nullable=True),
        sa.Column("detention_liaison_id", sa.Uuid(), nullable=True),
        sa.Column("contact_name", sa.String(length=200), nullable=False),
        sa.Column("contact_title", sa.String(length=200), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("contact_phone", sa.String(length=40), nullable=False),
        sa.Column("signatory_name", sa.String(length=200), nullable=False),
        sa.Column("signatory_title", sa.String(length=200), nullable=False),
        sa.Column("authority_basis", sa.String(), nullable=False),
        sa.Column("letter_text", sa.String(), nullable=False),
        sa.Column("wants_advice", sa.Boolean(), nullable=True),
        sa.Column("wanted_programs", sa.JSON(), nullable=False),
        sa.Column("objectives_text", sa.String(), nullable=False),
        sa.Column("anything_else", sa.String(), nullable=False),
        sa.Column("anything_else_seen", sa.Boolean(), nullable=False),
        sa.Column("documents_seen", sa.Boolean(), nullable=False),
        sa.Column("entered_by_id", sa.Uuid(), nullable=True),
        sa.Column("letter_signed_on", sa.Date(), nullable=True),
        sa.Column("letter_received_on", sa.Date(), nullable=True),
        sa.Column("head_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("head_note", sa.String(), nullable=False),
        sa.Column("certified_hash", sa.String(length=64), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by_id", sa.Uuid(), nullable=True),
        sa.Column("deferred_until", sa.Date(), nullable=True),
        sa.Column("look_announced_for", sa.Date(), nullable=True),
        sa.Column("look_rung_for", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "submitted_at IS NOT NULL OR status IN ('draft', 'withdrawn')", name=op.f("ck_agency_request_submitted")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_agency_request_agency_id_agency")),
        sa.ForeignKeyConstraint(["assessor_id"], ["person.id"], name=op.f("fk_agency_request_assessor_id_person")),
        sa.ForeignKeyConstraint(
            ["coordinator_id"], ["person.id"], name=op.f("fk_agency_request_coordinator_id_person")
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_agency_request_created_by_id_person")),
        sa.ForeignKeyConstraint(
            ["detention_liaison_id"], ["person.id"], name=op.f("fk_agency_request_detention_liaison_id_person")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["person.id"], name=op.f("fk_agency_request_entered_by_id_person")),
        sa.ForeignKeyConstraint(
            ["investigations_liaison_id"],
            ["person.id"],
            name=op.f("fk_agency_request_investigations_liaison_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["investigations_office_id"], ["office.id"], name=op.f("fk_agency_request_investigations_office_id_office")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_agency_request_office_id_office")),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["person.id"], name=op.f("fk_agency_request_submitted_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_request")),
        sa.UniqueConstraint("number", name=op.f("uq_agency_request_number")),
    )
    with op.batch_alter_table("agency_request", schema=None) as batch_op:
        batch_op.create_index("ix_agency_request_agency", ["agency_id", "created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_agency_request_assessor_id"), ["assessor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agency_request_coordinator_id"), ["coordinator_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agency_request_entered_by_id"), ["entered_by_id"], unique=False)
        batch_op.create_index(
            "ix_agency_request_office_queue", ["office_id", "status", "submitted_at", "id"], unique=False
        )
        batch_op.create_index("ix_agency_request_queue", ["status", "submitted_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agency_request_state"), ["state"], unique=False)

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
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assignment_rule_person_id_person")),
        sa.ForeignKeyConstraint(["to_office_id"], ["office.id"], name=op.f("fk_assignment_rule_to_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_rule")),
        sa.UniqueConstraint("name", name=op.f("uq_assignment_rule_name")),
    )
    op.create_table(
        "delegation",
        sa.Column("absent_id", sa.Uuid(), nullable=False),
        sa.Column("cover_id", sa.Uuid(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("absent_id <> cover_id", name=op.f("ck_delegation_another")),
        sa.CheckConstraint("first <= last", name=op.f("ck_delegation_days")),
        sa.ForeignKeyConstraint(["absent_id"], ["person.id"], name=op.f("fk_delegation_absent_id_person")),
        sa.ForeignKeyConstraint(["cover_id"], ["person.id"], name=op.f("fk_delegation_cover_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
    )
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.create_index("ix_delegation_absent", ["absent_id", "last"], unique=False)
        batch_op.create_index("ix_delegation_delegate", ["cover_id", "last"], unique=False)

    op.create_table(
        "export_job",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("list_key", sa.String(length=40), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "working",
                "done",
                "failed",
                "canceled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("storage_key", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_export_job_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_job")),
    )
    with op.batch_alter_table("export_job", schema=None) as batch_op:
        batch_op.create_index("ix_export_job_person", ["person_id", "created_at"], unique=False)
        batch_op.create_index("ix_export_job_queue", ["state", "created_at"], unique=False)

    op.create_table(
        "letter_template",
        sa.Column(
            "kind",
            sa.Enum(
                "acknowledgment",
                "information",
                "recommendation",
                "decision",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_letter_template_version")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_letter_template_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_template")),
        sa.UniqueConstraint("kind", "version", name=op.f("uq_letter_template_kind_version")),
    )
    op.create_table(
        "role_grant",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("scope", sa.String(length=60), nullable=False),
        sa.Column("granted_by_id", sa.Uuid(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["granted_by_id"], ["person.id"], name=op.f("fk_role_grant_granted_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint("person_id", "role", "scope", name=op.f("uq_role_grant_person_id_role_scope")),
    )
    op.create_table(
        "role_proposal",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("grants", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name=op.f("ck_role_proposal_decided")),
        sa.CheckConstraint(
            "state <> 'confirmed' OR decided_by_id <> proposed_by_id", name=op.f("ck_role_proposal_two")
        ),
        sa.CheckConstraint("state IN ('waiting', 'confirmed', 'closed')", name=op.f("ck_role_proposal_state")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_role_proposal_decided_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_proposal_person_id_person")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_role_proposal_proposed_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_proposal")),
    )
    with op.batch_alter_table("role_proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_proposal_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_role_proposal_waiting", ["state", "proposed_at"], unique=False)

    op.create_table(
        "saved_form",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("page", sa.String(length=300), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_saved_form_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_form")),
        sa.UniqueConstraint("person_id", "path", name=op.f("uq_saved_form_person_id_path")),
    )
    op.create_table(
        "saved_view",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_saved_view_owner_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("owner_id", "name", name=op.f("uq_saved_view_owner_id_name")),
    )
    with op.batch_alter_table("saved_view", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_view_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_saved_view_shared"), ["shared"], unique=False)

    op.create_table(
        "token",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("purpose IN ('invitation', 'reset')", name=op.f("ck_token_purpose")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_token_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token")),
        sa.UniqueConstraint("hash", name=op.f("uq_token_hash")),
    )
    with op.batch_alter_table("token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_token_person_id"), ["person_id"], unique=False)

    op.create_table(
        "agreement",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("model", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "drafting",
                "legal_review",
                "negotiation",
                "accepted",
                "drafted",
                "abandoned",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "status_before",
            sa.Enum(
                "drafting",
                "legal_review",
                "negotiation",
                "accepted",
                "drafted",
                "abandoned",
                name="status_before",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("template_version", sa.Integer(), nullable=False),
        sa.Column("library_version", sa.String(length=20), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("drafter_id", sa.Uuid(), nullable=False),
        sa.Column("cleared_by_id", sa.Uuid(), nullable=True),
        sa.Column("counsel_comment", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolution_body", sa.String(length=200), nullable=False),
        sa.Column("resolution_reference", sa.String(length=200), nullable=False),
        sa.Column("resolution_date", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["cleared_by_id"], ["person.id"], name=op.f("fk_agreement_cleared_by_id_person")),
        sa.ForeignKeyConstraint(["drafter_id"], ["person.id"], name=op.f("fk_agreement_drafter_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_agreement_request_id_agency_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("number", name=op.f("uq_agreement_number")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_request_id"), ["request_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_status"), ["status"], unique=False)
        batch_op.create_index(
            "uq_agreement_live",
            ["request_id", "program", "model"],
            unique=True,
            sqlite_where=sa.text("status <> 'abandoned'"),
            postgresql_where=sa.text("status <> 'abandoned'"),
        )

    op.create_table(
        "answer",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("basis", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("changed_by_id", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("basis IN ('', 'measured', 'estimated', 'unknown')", name=op.f("ck_answer_basis")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["person.id"], name=op.f("fk_answer_changed_by_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_answer_request_id_agency_request")
        ),
        sa.PrimaryKeyConstraint("request_id", "key", name=op.f("pk_answer")),
    )
    op.create_table(
        "answer_change",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("was", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("became", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_answer_change_by_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_answer_change_request_id_agency_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_change")),
    )
    with op.batch_alter_table("answer_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_change_request_id"), ["request_id"], unique=False)

    op.create_table(
        "case_link",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("kind IN ('related', 'duplicate')", name=op.f("ck_case_link_kind")),
        sa.CheckConstraint("request_id <> other_id", name=op.f("ck_case_link_another")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_case_link_by_id_person")),
        sa.ForeignKeyConstraint(["other_id"], ["agency_request.id"], name=op.f("fk_case_link_other_id_agency_request")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_case_link_request_id_agency_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_link")),
        sa.UniqueConstraint("request_id", "other_id", name=op.f("uq_case_link_request_id_other_id")),
    )
    with op.batch_alter_table("case_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_link_other_id"), ["other_id"], unique=False)

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
    op.create_table(
        "checklist_mark",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_checklist_mark_by_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_checklist_mark_request_id_agency_request")
        ),
        sa.PrimaryKeyConstraint("request_id", "key", name=op.f("pk_checklist_mark")),
    )
    op.create_table(
        "confirmed_answer",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("basis", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("basis IN ('', 'measured', 'estimated', 'unknown')", name=op.f("ck_confirmed_answer_basis")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_confirmed_answer_by_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_confirmed_answer_request_id_agency_request")
        ),
        sa.PrimaryKeyConstraint("request_id", "key", name=op.f("pk_confirmed_answer")),
    )
    op.create_table(
        "conflict_declaration",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("has_conflict", sa.Boolean(), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_conflict_declaration_person_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_conflict_declaration_request_id_agency_request")
        ),
        sa.PrimaryKeyConstraint("request_id", "person_id", name=op.f("pk_conflict_declaration")),
    )
    op.create_table(
        "consultation",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(ended_at IS NULL) = (outcome = '')", name=op.f("ck_consultation_ended")),
        sa.CheckConstraint("outcome IN ('', 'answered', 'recalled')", name=op.f("ck_consultation_outcome")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_consultation_asked_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consultation_person_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_consultation_request_id_agency_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
    )
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.create_index("ix_consultation_person", ["person_id", "ended_at"], unique=False)
        batch_op.create_index("ix_consultation_request", ["request_id", "asked_at"], unique=False)
        batch_op.create_index(
            "uq_consult_open",
            ["request_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "document",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("filename", sa.String(length=160), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=120), nullable=False),
        sa.Column("uploaded_by_id", sa.Uuid(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_document_request_id_agency_request")
        ),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["person.id"], name=op.f("fk_document_uploaded_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_request_id"), ["request_id"], unique=False)

    op.create_table(
        "information_request",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("outcome IN ('', 'answered', 'recalled')", name=op.f("ck_information_request_outcome")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_information_request_asked_by_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_information_request_request_id_agency_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information_request")),
    )
    with op.batch_alter_table("information_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_information_request_request_id"), ["request_id"], unique=False)

    op.create_table(
        "letter",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "acknowledgment",
                "information",
                "recommendation",
                "decision",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("template_version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.Column("sender", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("issued_by_id", sa.Uuid(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["issued_by_id"], ["person.id"], name=op.f("fk_letter_issued_by_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_letter_request_id_agency_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index("ix_letter_request", ["request_id", "issued_at"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("attendees", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_meeting_by_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_meeting_request_id_agency_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_request_id"), ["request_id"], unique=False)

    op.create_table(
        "no_partnership_finding",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_no_partnership_finding_by_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_no_partnership_finding_request_id_agency_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_no_partnership_finding")),
    )
    with op.batch_alter_table("no_partnership_finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_no_partnership_finding_request_id"), ["request_id"], unique=False)

    op.create_table(
        "page_visit",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("page", sa.String(length=60), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_page_visit_person_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_page_visit_request_id_agency_request")
        ),
        sa.PrimaryKeyConstraint("request_id", "person_id", "section", name=op.f("pk_page_visit")),
    )
    op.create_table(
        "planned_meeting",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("video", sa.String(length=500), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("canceled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("place <> '' OR video <> ''", name=op.f("ck_planned_meeting_somewhere")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_planned_meeting_minutes")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_planned_meeting_by_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_planned_meeting_request_id_agency_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_meeting")),
    )
    with op.batch_alter_table("planned_meeting", schema=None) as batch_op:
        batch_op.create_index("ix_planned_meeting_request", ["request_id", "starts_at"], unique=False)

    op.create_table(
        "ranked_problem",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_ranked_problem_request_id_agency_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranked_problem")),
        sa.UniqueConstraint("request_id", "rank", name=op.f("uq_ranked_problem_request_id_rank")),
    )
    op.create_table(
        "recommendation",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("ranking", sa.JSON(), nullable=False),
        sa.Column("catalogue_version", sa.String(length=20), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("issued_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["issued_by_id"], ["person.id"], name=op.f("fk_recommendation_issued_by_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_recommendation_request_id_agency_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint("request_id", "version", name=op.f("uq_recommendation_request_id_version")),
    )
    op.create_table(
        "section_assignment",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_section_assignment_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_section_assignment_person_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_section_assignment_request_id_agency_request")
        ),
        sa.PrimaryKeyConstraint("request_id", "section", name=op.f("pk_section_assignment")),
    )
    with op.batch_alter_table("section_assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_section_assignment_person_id"), ["person_id"], unique=False)

    op.create_table(
        "thread",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("anchor_kind", sa.String(length=20), nullable=False),
        sa.Column("anchor_key", sa.String(length=120), nullable=False),
        sa.Column("begun_by_id", sa.Uuid(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("anchor_kind IN ('', 'question', 'finding', 'clause')", name=op.f("ck_thread_anchor_kind")),
        sa.CheckConstraint("audience IN ('both', 'staff')", name=op.f("ck_thread_audience")),
        sa.CheckConstraint("(resolved_at IS NULL) = (resolved_by_id IS NULL)", name=op.f("ck_thread_resolved")),
        sa.ForeignKeyConstraint(["begun_by_id"], ["person.id"], name=op.f("fk_thread_begun_by_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_thread_request_id_agency_request")
        ),
        sa.ForeignKeyConstraint(["resolved_by_id"], ["person.id"], name=op.f("fk_thread_resolved_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
    )
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.create_index("ix_thread_request", ["request_id", "last_at"], unique=False)

    op.create_table(
        "view_follower",
        sa.Column("view_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_view_follower_person_id_person")),
        sa.ForeignKeyConstraint(["view_id"], ["saved_view.id"], name=op.f("fk_view_follower_view_id_saved_view")),
        sa.PrimaryKeyConstraint("view_id", "person_id", name=op.f("pk_view_follower")),
    )
    with op.batch_alter_table("view_follower", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_view_follower_person_id"), ["person_id"], unique=False)

    op.create_table(
        "agreement_version",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("html", sa.LargeBinary(), nullable=True),
        sa.Column("docx", sa.LargeBinary(), nullable=True),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_version_agreement_id_agreement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_version")),
        sa.UniqueConstraint(
            "agreement_id", "content_hash", "frozen", name=op.f("uq_agreement_version_agreement_id_content_hash_frozen")
        ),
    )
    with op.batch_alter_table("agreement_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_version_agreement_id"), ["agreement_id"], unique=False)

    op.create_table(
        "capacity",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("program_key", sa.String(length=60), nullable=False),
        sa.Column("supervisor", sa.String(length=200), nullable=False),
        sa.Column("supervisor_hours", sa.Integer(), nullable=False),
        sa.Column("training_seats", sa.Integer(), nullable=False),
        sa.Column("equipment_date", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_capacity_by_id_person")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_capacity_recommendation_id_recommendation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capacity")),
        sa.UniqueConstraint("recommendation_id", "program_key", name=op.f("uq_capacity_recommendation_id_program_key")),
    )
    op.create_table(
        "civil_rights_finding",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("program_key", sa.String(length=60), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("rests_on", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_civil_rights_finding_by_id_person")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_civil_rights_finding_recommendation_id_recommendation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_civil_rights_finding")),
        sa.UniqueConstraint(
            "recommendation_id", "program_key", name=op.f("uq_civil_rights_finding_recommendation_id_program_key")
        ),
    )
    op.create_table(
        "clause_edit",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("clause_key", sa.String(length=80), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("included", sa.Boolean(), nullable=True),
        sa.Column("alternate", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_clause_edit_agreement_id_agreement")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_clause_edit_by_id_person")),
        sa.PrimaryKeyConstraint("agreement_id", "clause_key", name=op.f("pk_clause_edit")),
    )
    op.create_table(
        "concurrence",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=False),
        sa.Column("void_changes", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_concurrence_by_id_person")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_concurrence_recommendation_id_recommendation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concurrence")),
        sa.UniqueConstraint("recommendation_id", name=op.f("uq_concurrence_recommendation_id")),
    )
    op.create_table(
        "information_item",
        sa.Column("information_request_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("anchor_kind", sa.String(length=20), nullable=False),
        sa.Column("anchor_key", sa.String(length=60), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("again_because", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("new_value", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("new_basis", sa.String(length=20), nullable=False),
        sa.Column("new_note", sa.String(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by_id", sa.Uuid(), nullable=True),
        sa.Column("asked_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("anchor_kind IN ('question', 'document')", name=op.f("ck_information_item_anchor_kind")),
        sa.ForeignKeyConstraint(
            ["accepted_by_id"], ["person.id"], name=op.f("fk_information_item_accepted_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_information_item_answered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["information_request_id"],
            ["information_request.id"],
            name=op.f("fk_information_item_information_request_id_information_request"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information_item")),
    )
    with op.batch_alter_table("information_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_information_item_information_request_id"), ["information_request_id"], unique=False
        )

    op.create_table(
        "meeting_file",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=160), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_file_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_file")),
    )
    with op.batch_alter_table("meeting_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_file_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "message",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column(
            "side",
            sa.Enum("agency", "ice", "system", name="side", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_message_by_id_person")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_message_thread_id_thread")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index("ix_message_thread", ["thread_id", "at"], unique=False)

    op.create_table(
        "opinion",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("seat", sa.String(length=40), nullable=False),
        sa.Column("position", sa.String(length=20), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("position IN ('support', 'neutral', 'oppose')", name=op.f("ck_opinion_position")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_opinion_by_id_person")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_opinion_recommendation_id_recommendation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
        sa.UniqueConstraint("recommendation_id", "by_id", name=op.f("uq_opinion_recommendation_id_by_id")),
        sa.UniqueConstraint("recommendation_id", "seat", name=op.f("uq_opinion_recommendation_id_seat")),
    )
    op.create_table(
        "plan_item",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("model", sa.String(length=40), nullable=False),
        sa.Column("objective", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("baseline", sa.String(length=80), nullable=False),
        sa.Column("target", sa.String(length=80), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_plan_item_recommendation_id_recommendation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_item")),
    )
    with op.batch_alter_table("plan_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_item_recommendation_id"), ["recommendation_id"], unique=False)

    op.create_table(
        "proposal",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("clause_key", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column(
            "side",
            sa.Enum("agency", "ice", "system", name="side", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counters_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("kind IN ('change', 'comment')", name=op.f("ck_proposal_kind")),
        sa.CheckConstraint(
            "status IN ('open', 'accepted', 'declined', 'countered', 'withdrawn', 'taken')",
            name=op.f("ck_proposal_status"),
        ),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_proposal_agreement_id_agreement")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_proposal_answered_by_id_person")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_proposal_by_id_person")),
        sa.ForeignKeyConstraint(["counters_id"], ["proposal.id"], name=op.f("fk_proposal_counters_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_agreement_id"), ["agreement_id"], unique=False)

    op.create_table(
        "read_mark",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_read_mark_person_id_person")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_read_mark_thread_id_thread")),
        sa.PrimaryKeyConstraint("thread_id", "person_id", name=op.f("pk_read_mark")),
    )
    op.create_table(
        "recommended_program",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("model", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("departure", sa.String(), nullable=False),
        sa.Column("confirmation", sa.String(), nullable=False),
        sa.Column("agency_takes_on", sa.String(), nullable=False),
        sa.Column("ice_takes_on", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_recommended_program_recommendation_id_recommendation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommended_program")),
        sa.UniqueConstraint(
            "recommendation_id", "program", "model", name=op.f("uq_recommended_program_recommendation_id_program_model")
        ),
    )
    op.create_table(
        "view_alert",
        sa.Column("view_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["agency_request.id"], name=op.f("fk_view_alert_request_id_agency_request")
        ),
        sa.ForeignKeyConstraint(
            ["view_id", "person_id"],
            ["view_follower.view_id", "view_follower.person_id"],
            name=op.f("fk_view_alert_view_id_person_id_view_follower"),
        ),
        sa.PrimaryKeyConstraint("view_id", "person_id", "request_id", name=op.f("pk_view_alert")),
    )
    with op.batch_alter_table("view_alert", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_view_alert_request_id"), ["request_id"], unique=False)

    op.create_table(
        "acceptance",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_acceptance_agreement_id_agreement")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_acceptance_by_id_person")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["agreement_version.id"], name=op.f("fk_acceptance_version_id_agreement_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptance")),
    )
    with op.batch_alter_table("acceptance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_acceptance_agreement_id"), ["agreement_id"], unique=False)

    op.create_table(
        "concurrence_answer",
        sa.Column("concurrence_id", sa.Uuid(), nullable=False),
        sa.Column("program_key", sa.String(length=60), nullable=False),
        sa.Column("answer", sa.String(length=30), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "answer IN ('concur', 'concur_with_comment', 'do_not_concur')", name=op.f("ck_concurrence_answer_answer")
        ),
        sa.ForeignKeyConstraint(
            ["concurrence_id"], ["concurrence.id"], name=op.f("fk_concurrence_answer_concurrence_id_concurrence")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concurrence_answer")),
        sa.UniqueConstraint(
            "concurrence_id", "program_key", name=op.f("uq_concurrence_answer_concurrence_id_program_key")
        ),
    )
    op.create_table(
        "decision",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("concurrence_id", sa.Uuid(), nullable=False),
        sa.Column("program_key", sa.String(length=60), nullable=False),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.Column("conditions", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "outcome <> 'approve_with_conditions' OR conditions <> ''", name=op.f("ck_decision_conditions")
        ),
        sa.CheckConstraint(
            "outcome IN ('approve', 'approve_with_conditions', 'decline')", name=op.f("ck_decision_outcome")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_decision_by_id_person")),
        sa.ForeignKeyConstraint(
            ["concurrence_id"], ["concurrence.id"], name=op.f("fk_decision_concurrence_id_concurrence")
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_decision_recommendation_id_recommendation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("recommendation_id", "program_key", name=op.f("uq_decision_recommendation_id_program_key")),
    )
    op.create_table(
        "item_document",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_item_document_document_id_document")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["information_item.id"], name=op.f("fk_item_document_item_id_information_item")
        ),
        sa.PrimaryKeyConstraint("item_id", "document_id", name=op.f("pk_item_document")),
    )
    with op.batch_alter_table("item_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_document_document_id"), ["document_id"], unique=False)

    op.create_table(
        "message_file",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=160), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_message_file_message_id_message")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_file")),
    )
    with op.batch_alter_table("message_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_file_message_id"), ["message_id"], unique=False)

    for statement in ON_SQLITE if op.get_bind().dialect.name == "sqlite" else ON_POSTGRESQL:
        op.execute(statement)


def downgrade():
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE case_words")
    with op.batch_alter_table("message_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_file_message_id"))

    op.drop_table("message_file")
    with op.batch_alter_table("item_document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_document_document_id"))

    op.drop_table("item_document")
    op.drop_table("decision")
    op.drop_table("concurrence_answer")
    with op.batch_alter_table("acceptance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_acceptance_agreement_id"))

    op.drop_table("acceptance")
    with op.batch_alter_table("view_alert", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_view_alert_request_id"))

    op.drop_table("view_alert")
    op.drop_table("recommended_program")
    op.drop_table("read_mark")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_agreement_id"))

    op.drop_table("proposal")
    with op.batch_alter_table("plan_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_item_recommendation_id"))

    op.drop_table("plan_item")
    op.drop_table("opinion")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index("ix_message_thread")

    op.drop_table("message")
    with op.batch_alter_table("meeting_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_file_meeting_id"))

    op.drop_table("meeting_file")
    with op.batch_alter_table("information_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_information_item_information_request_id"))

    op.drop_table("information_item")
    op.drop_table("concurrence")
    op.drop_table("clause_edit")
    op.drop_table("civil_rights_finding")
    op.drop_table("capacity")
    with op.batch_alter_table("agreement_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_version_agreement_id"))

    op.drop_table("agreement_version")
    with op.batch_alter_table("view_follower", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_view_follower_person_id"))

    op.drop_table("view_follower")
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.drop_index("ix_thread_request")

    op.drop_table("thread")
    with op.batch_alter_table("section_assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_section_assignment_person_id"))

    op.drop_table("section_assignment")
    op.drop_table("recommendation")
    op.drop_table("ranked_problem")
    with op.batch_alter_table("planned_meeting", schema=None) as batch_op:
        batch_op.drop_index("ix_planned_meeting_request")

    op.drop_table("planned_meeting")
    op.drop_table("page_visit")
    with op.batch_alter_table("no_partnership_finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_no_partnership_finding_request_id"))

    op.drop_table("no_partnership_finding")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_request_id"))

    op.drop_table("meeting")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index("ix_letter_request")

    op.drop_table("letter")
    with op.batch_alter_table("information_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_information_request_request_id"))

    op.drop_table("information_request")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_request_id"))

    op.drop_table("document")
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_consult_open", sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL")
        )
        batch_op.drop_index("ix_consultation_request")
        batch_op.drop_index("ix_consultation_person")

    op.drop_table("consultation")
    op.drop_table("conflict_declaration")
    op.drop_table("confirmed_answer")
    op.drop_table("checklist_mark")
    op.drop_table("case_text")
    with op.batch_alter_table("case_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_link_other_id"))

    op.drop_table("case_link")
    with op.batch_alter_table("answer_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_change_request_id"))

    op.drop_table("answer_change")
    op.drop_table("answer")
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_agreement_live",
            sqlite_where=sa.text("status <> 'abandoned'"),
            postgresql_where=sa.text("status <> 'abandoned'"),
        )
        batch_op.drop_index(batch_op.f("ix_agreement_status"))
        batch_op.drop_index(batch_op.f("ix_agreement_request_id"))

    op.drop_table("agreement")
    with op.batch_alter_table("token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_token_person_id"))

    op.drop_table("token")
    with op.batch_alter_table("saved_view", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_view_shared"))
        batch_op.drop_index(batch_op.f("ix_saved_view_owner_id"))

    op.drop_table("saved_view")
    op.drop_table("saved_form")
    with op.batch_alter_table("role_proposal", schema=None) as batch_op:
        batch_op.drop_index("ix_role_proposal_waiting")
        batch_op.drop_index(batch_op.f("ix_role_proposal_person_id"))

    op.drop_table("role_proposal")
    op.drop_table("role_grant")
    op.drop_table("letter_template")
    with op.batch_alter_table("export_job", schema=None) as batch_op:
        batch_op.drop_index("ix_export_job_queue")
        batch_op.drop_index("ix_export_job_person")

    op.drop_table("export_job")
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.drop_index("ix_delegation_delegate")
        batch_op.drop_index("ix_delegation_absent")

    op.drop_table("delegation")
    op.drop_table("assignment_rule")
    with op.batch_alter_table("agency_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agency_request_state"))
        batch_op.drop_index("ix_agency_request_queue")
        batch_op.drop_index("ix_agency_request_office_queue")
        batch_op.drop_index(batch_op.f("ix_agency_request_entered_by_id"))
        batch_op.drop_index(batch_op.f("ix_agency_request_coordinator_id"))
        batch_op.drop_index(batch_op.f("ix_agency_request_assessor_id"))
        batch_op.drop_index("ix_agency_request_agency")

    op.drop_table("agency_request")
    with op.batch_alter_table("access_application", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_access_application_status"))

    op.drop_table("access_application")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_office_id"))
        batch_op.drop_index(batch_op.f("ix_person_agency_id"))

    op.drop_table("person")
    with op.batch_alter_table("office_closure", schema=None) as batch_op:
        batch_op.drop_index("ix_office_closure_day")

    op.drop_table("office_closure")
    with op.batch_alter_table("office_area", schema=None) as batch_op:
        batch_op.drop_index("ix_office_area_place")

    op.drop_table("office_area")
    with op.batch_alter_table("agreement_in_force", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_in_force_state"))
        batch_op.drop_index(batch_op.f("ix_agreement_in_force_agency_id"))

    op.drop_table("agreement_in_force")
    with op.batch_alter_table("stage_clock", schema=None) as batch_op:
        batch_op.drop_index("ix_stage_clock_running")
        batch_op.drop_index("ix_stage_clock_late")
        batch_op.drop_index("ix_stage_clock_finished")
        batch_op.drop_index(batch_op.f("ix_stage_clock_case_id"))

    op.drop_table("stage_clock")
    with op.batch_alter_table("sign_in_failure", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_failure_source")
        batch_op.drop_index("ix_sign_in_failure_account")

    op.drop_table("sign_in_failure")
    op.drop_table("report_snapshot")
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_message_waiting")
        batch_op.drop_index("ix_outbox_message_held")
        batch_op.drop_index(batch_op.f("ix_outbox_message_case_id"))
        batch_op.drop_index(batch_op.f("ix_outbox_message_address"))

    op.drop_table("outbox_message")
    op.drop_table("office")
    with op.batch_alter_table("clock_target", schema=None) as batch_op:
        batch_op.drop_index("ix_clock_target_newest")

    op.drop_table("clock_target")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_event_actor")

    op.drop_table("audit_event")
    op.drop_table("audit_chain_head")
    with op.batch_alter_table("agency", schema=None) as batch_op:
        batch_op.drop_index("ix_agency_state_county")
        batch_op.drop_index(batch_op.f("ix_agency_ori"))
        batch_op.drop_index(batch_op.f("ix_agency_name"))

    op.drop_table("agency")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS refuse_audit_change() CASCADE")
        op.execute("DROP FUNCTION IF EXISTS refuse_audit_head_jump() CASCADE")
