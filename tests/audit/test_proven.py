"""The record proves statuses and frozen bytes: what differs from the event that names it is found."""

import pytest
from flask import Flask

from app import audit
from app.agreements.drafting.current_text import current_text
from app.agreements.finalization import finalize_agreement
from app.agreements.models import Agreement, AgreementVersion
from app.agreements.negotiation import operations
from app.extensions import db
from tests.agreements.approved_request import approved, cleared
from tests.assessment.assessed_request import CAP, Story
from tests.audit.tampering import unprotected


@pytest.fixture
def story(app: Flask) -> Story:
    """A request with a frozen agreement."""
    story = approved()
    agreement = cleared(story, CAP)
    operations.accept_text(
        agreement, story.head, shown=current_text(agreement).content_hash, expected_version=agreement.version
    )
    finalize_agreement(agreement, story.official, expected_version=agreement.version)
    db.session.commit()
    return story


def faults() -> str:
    return "\n".join(audit.verify())


def test_what_the_steps_left_verifies(story: Story) -> None:
    assert faults() == ""


@pytest.mark.parametrize("part", ["html", "docx", "pdf"])
def test_a_changed_rendering_of_a_frozen_text_is_found(story: Story, part: str) -> None:
    assert unprotected(f"UPDATE agreement_version SET {part} = :other WHERE frozen", other=b"another text")
    assert f".{part} was changed" in faults()


@pytest.mark.parametrize("part", ["html", "docx", "pdf"])
def test_a_missing_rendering_of_a_frozen_text_is_found(story: Story, part: str) -> None:
    assert unprotected(f"UPDATE agreement_version SET {part} = NULL WHERE frozen")
    assert f".{part} is missing" in faults()


def test_changed_words_of_a_frozen_text_are_found(story: Story) -> None:
    frozen = db.session.scalars(db.select(AgreementVersion).where(AgreementVersion.frozen)).one()
    frozen.content = {**frozen.content, "text": ["Something else."]}
    db.session.commit()
    assert ".content was changed" in faults()


def test_a_text_frozen_around_the_steps_is_found(story: Story) -> None:
    agreement = db.session.scalars(db.select(Agreement)).one()
    db.session.add(
        AgreementVersion(agreement_id=agreement.id, number=9, content={}, content_hash="0" * 64, frozen=True)
    )
    db.session.commit()
    assert "no event names its bytes" in faults()


@pytest.mark.parametrize(
    ("table", "status"), [("agency_request", "declined"), ("agreement", "negotiation"), ("agency_request", "draft")]
)
def test_a_status_written_around_the_steps_is_found(story: Story, table: str, status: str) -> None:
    assert unprotected(f"UPDATE {table} SET status = :status", status=status)
    assert f"its status is {status}, and the record says " in faults()


def test_a_request_whose_whole_record_is_gone_is_found(story: Story) -> None:
    for table in ("audit_event", "audit_chain_head"):
        unprotected(f"DELETE FROM {table}")
    assert f"request {story.agency_request.id}: its status is drafting, and the record says nothing" in faults()
