"""Whatever is changed around the triggers is found, what was cut off and taken away included."""

import uuid
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, text

from app import audit
from app.audit import OUTSIDE_CASES, verification
from app.audit.models import REGISTER
from app.extensions import db
from app.policy import SYSTEM
from tests.audit.tampering import unprotected

FIRST, SECOND, THIRD = (uuid.UUID(int=n, version=4) for n in (11, 12, 13))


def key(chain: uuid.UUID) -> str:
    """The chain as this engine stores it, quoted for a statement."""
    return f"'{chain.hex if db.engine.dialect.name == 'sqlite' else chain}'"


@pytest.fixture
def recorded(app: Flask) -> None:
    """Three cases of three events each, and one outside of cases."""
    for chain in (FIRST, SECOND, THIRD):
        for action in ("submit", "take", "answer"):
            audit.record(action, SYSTEM, case_id=chain, details={"n": [1, 2.5, "Söhne"]})
    audit.record("imported", SYSTEM)
    db.session.commit()


def faults(kept: list[str] | None = None) -> str:
    return "\n".join(audit.verify(kept or []))


@pytest.mark.usefixtures("recorded")
class TestTampering:
    """One change each."""

    def test_an_untouched_record_has_no_fault(self) -> None:
        assert faults() == ""
        assert audit.size() == 10

    @pytest.mark.parametrize(
        ("statement", "fault"),
        [
            ("UPDATE audit_event SET reason = 'because' WHERE chain = {0} AND seq = 2", "its content was changed"),
            ("UPDATE audit_event SET hash = prev_hash WHERE chain = {0} AND seq = 2", "its content was changed"),
            ("DELETE FROM audit_event WHERE chain = {0} AND seq = 2", "event 3: 1 event(s) before it are missing"),
            ("DELETE FROM audit_event WHERE chain = {0} AND seq = 1", "does not continue the event before it"),
            ("DELETE FROM audit_event WHERE chain = {0} AND seq = 3", "it ends at event 2"),
            ("DELETE FROM audit_event WHERE chain = {0} AND seq > 1", "it ends at event 1"),
            ("DELETE FROM audit_event WHERE chain = {0}", "all 3 event(s) are missing"),
            ("DELETE FROM audit_chain_head WHERE chain = {0}", "its head is missing"),
            ("UPDATE audit_chain_head SET count = 2 WHERE chain = {0}", "it ends at event 3"),
            ("UPDATE audit_chain_head SET link = hash WHERE chain = {0}", "does not continue the register"),
        ],
    )
    @pytest.mark.parametrize("chain", [FIRST, SECOND, THIRD])
    def test_a_change_is_found_in_whichever_chain(self, chain: uuid.UUID, statement: str, fault: str) -> None:
        assert unprotected(statement.format(key(chain)))
        assert fault in faults()

    @pytest.mark.parametrize("chain", [FIRST, THIRD, OUTSIDE_CASES])
    def test_a_chain_taken_away_with_its_head_is_found(self, chain: uuid.UUID) -> None:
        assert unprotected(f"DELETE FROM audit_event WHERE chain = {key(chain)}")
        assert unprotected(f"DELETE FROM audit_chain_head WHERE chain = {key(chain)}")
        assert "register: " in faults()

    @pytest.mark.parametrize("where", ["1 = 1", "place = 0"])
    def test_heads_taken_away_are_found(self, where: str) -> None:
        assert unprotected(f"DELETE FROM audit_chain_head WHERE {where}")
        assert faults()

    def test_two_events_that_changed_places_are_found(self) -> None:
        for before, after in ((2, 99), (3, 2), (99, 3)):
            assert unprotected(f"UPDATE audit_event SET seq = {after} WHERE chain = {key(FIRST)} AND seq = {before}")
        assert "does not continue" in faults()

    def test_an_event_put_in_at_the_end_is_found(self) -> None:
        columns = (
            "at, actor_name, actor_role, actor_side, action, subject_kind, from_status, to_status, sentence, reason"
        )
        rest = f"{columns}, details, audience"
        assert unprotected(
            f"INSERT INTO audit_event (id, chain, seq, {rest}, prev_hash, hash) "
            f"SELECT 999, chain, 4, {rest}, hash, hash FROM audit_event WHERE chain = {key(SECOND)} AND seq = 3"
        )
        assert "its content was changed" in faults()

    def test_an_end_cut_off_and_its_head_set_back_is_found_by_what_was_kept_elsewhere(self) -> None:
        kept = list(audit.heads())
        cut_off_whole(THIRD)
        assert faults() == "", "the machine alone cannot tell"
        assert f"chain {THIRD}: event 3 is not the one that was kept elsewhere" in faults(kept)

    def test_what_was_kept_holds_while_the_record_goes_on(self) -> None:
        kept = list(audit.heads())
        audit.record("withdraw", SYSTEM, case_id=FIRST)
        audit.record("submit", SYSTEM, case_id=uuid.uuid4())
        db.session.commit()
        assert faults(kept) == ""

    def test_a_register_that_names_other_chains_than_what_was_kept_is_found(self) -> None:
        kept = list(audit.heads())
        assert unprotected("UPDATE audit_chain_head SET link = hash WHERE place = 4")
        assert f"chain {REGISTER}: event 4 is not the one that was kept elsewhere" in faults(kept)

    @pytest.mark.parametrize("line", ["", "x", f"{FIRST} three {'0' * 64}", f"{FIRST} 3"])
    def test_a_kept_line_that_cannot_be_read_is_a_fault(self, line: str) -> None:
        assert "a line is not of this form" in faults([line])


def cut_off_whole(chain: uuid.UUID) -> None:
    """Cuts the last event off, and sets the head back as if it never was."""
    assert unprotected(f"DELETE FROM audit_event WHERE chain = {key(chain)} AND seq = 3")
    assert unprotected(
        f"UPDATE audit_chain_head SET count = 2, hash = (SELECT hash FROM audit_event WHERE chain = {key(chain)} "
        f"AND seq = 2) WHERE chain = {key(chain)}"
    )


def test_an_empty_record_has_no_fault(app: Flask) -> None:
    assert faults() == ""


def test_batches_take_a_constant_number_of_statements(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice as many chains in the same number of batches cost no statement more."""
    monkeypatch.setattr(verification, "BATCH", 50)
    counts = []
    for _ in range(2):
        for _ in range(10):
            audit.record("submit", SYSTEM, case_id=uuid.uuid4())
        db.session.commit()
        kept, expected_version = list(audit.heads()), []

        def count(*_: object, expected_version: list[int] = expected_version) -> None:
            expected_version.append(1)

        event.listen(db.engine, "before_cursor_execute", count)
        assert faults(kept) == ""
        event.remove(db.engine, "before_cursor_execute", count)
        counts.append(len(expected_version))
    assert counts[0] == counts[1] > 0


@pytest.mark.usefixtures("recorded")
def test_the_commands_print_the_heads_and_check_against_them(app: Flask, tmp_path: Path) -> None:
    run = app.test_cli_runner().invoke
    kept = tmp_path / "heads"
    kept.write_text(run(args=["audit", "head"]).output)
    assert kept.read_text().splitlines() == list(audit.heads())
    sound = run(args=["audit", "verify", "--head", str(kept)])
    assert (sound.exit_code, sound.output) == (0, "10 events read, 0 faults found\n")
    cut_off_whole(SECOND)
    assert run(args=["audit", "verify"]).exit_code == 0
    cut = run(args=["audit", "verify", "--head", "-"], input=kept.read_text())
    assert cut.exit_code == 1
    assert "9 events read, 1 faults found" in cut.output


@pytest.mark.usefixtures("recorded")
def test_verifying_holds_up_nobody_who_writes(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _cu, statement, *_: begun.append(statement))
    db.session.rollback()
    assert app.test_cli_runner().invoke(args=["audit", "verify"]).exit_code == 0
    assert "BEGIN IMMEDIATE" not in begun
    assert db.session.scalar(text("SELECT 1")) == 1
