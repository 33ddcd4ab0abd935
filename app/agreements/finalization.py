"""Freezes the accepted text: its number, its content hash, and the bytes of its three renderings."""

import hashlib
import json
import uuid
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from sqlalchemy import func, select

from app import audit
from app.agreements.drafting.current_text import current_text, version_of
from app.agreements.models import Agreement, AgreementVersion
from app.agreements.rendering.agreement_pdf import render_pdf
from app.agreements.rendering.agreement_word import render_word
from app.agreements.rendering.page import render_page
from app.extensions import db, now
from app.policy import Actor, Permission, allows
from app.workflow import engine
from app.workflow.journey.agreement_journey import AgreementAction
from app.workflow.journey.request_journey import Action
from app.workflow.refusals import RefusalKind, StepRefused

FREEZE: Final = "freeze_text"
RENDERINGS: Final = ("html", "docx", "pdf")
FEW: Final = 5  # versions read at once: their renderings are large


def refuse_unless_resolution_is_yours(agreement: Agreement, actor: Actor) -> None:
    """Refuses who may not record the resolution, and what comes after the agreement is settled."""
    if not allows(actor, Permission.AGREEMENT_RECORD_RESOLUTION, agreement):
        raise StepRefused(RefusalKind.NOT_YOUR_JOB, ["This is not yours to do."], case_id=agreement.case_id)
    if agreement.status_info.is_closed:
        raise StepRefused(RefusalKind.TOO_LATE, ["The agreement is settled."], case_id=agreement.case_id)


def record_resolution(agreement: Agreement, actor: Actor, *, body: str, reference: str, passed_on: date) -> None:
    """Records the governing body's resolution: by the agency, or by the official who finalizes."""
    refuse_unless_resolution_is_yours(agreement, actor)
    agreement.resolution_body, agreement.resolution_reference = body, reference
    agreement.resolution_date = passed_on
    audit.record(
        "record_resolution",
        actor,
        case_id=agreement.case_id,
        subject=(agreement.machine.value, agreement.id),
        sentence=f"recorded the resolution {reference}",
    )


def finalize_agreement(agreement: Agreement, actor: Actor, *, expected_version: int) -> AgreementVersion:
    """Freezes the accepted text; with the last agreement settled the request is finished too."""
    number = agreement_number(agreement)
    engine.take_step(
        AgreementAction.FINALIZE,
        agreement,
        actor,
        expected_version=expected_version,
        mail={"agreement": number},
        details={"number": number},
    )
    agreement.number = number
    agreement.drafted_at = now()
    text = current_text(agreement)
    drafted, frozen = text.draft, version_of(agreement, text)
    frozen.frozen = True
    frozen.html = render_page(drafted).encode()
    frozen.docx = render_word(drafted)
    frozen.pdf = render_pdf(drafted)
    db.session.add(frozen)
    db.session.flush()  # its key goes into the record
    _record_bytes(frozen, agreement, actor)
    engine.take_step_if_ready(Action.FINISH, agreement.agency_request)
    return frozen


def _record_bytes(frozen: AgreementVersion, agreement: Agreement, actor: Actor) -> None:
    """The record names the exact bytes, so that a changed file shows however it was changed."""
    parts = (
        ("content", _content_bytes(frozen.content)),
        *zip(RENDERINGS, (frozen.html, frozen.docx, frozen.pdf), strict=True),
    )
    audit.record(
        FREEZE,
        actor,
        case_id=agreement.case_id,
        subject=("agreement_version", frozen.id),
        sentence="froze the text",
        details={"files": {f"{frozen.id}.{part}": _sha256(data) for part, data in parts}},
        audience=audit.Audience.RECORD,
    )


def hashes_now(names: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """The hash of each part of frozen versions as it is now, by the version's id and the part."""
    of = AgreementVersion
    query = select(of.id, of.content, of.html, of.docx, of.pdf).where(
        of.frozen, of.id.in_({uuid.UUID(name.partition(".")[0]) for name in names})
    )
    for key, content, *rendered in db.session.execute(query.execution_options(yield_per=FEW)):
        yield f"{key}.content", _sha256(_content_bytes(content))
        for part, data in zip(RENDERINGS, rendered, strict=True):
            yield f"{key}.{part}", _sha256(data)


def _content_bytes(content: object) -> bytes:
    return json.dumps(content, sort_keys=True, ensure_ascii=False).encode()


def _sha256(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest()


def agreement_number(agreement: Agreement) -> str:
    """The request's number with the place of this agreement among those drafted: ACC-2026-000123-A1."""
    numbered = select(func.count()).where(
        Agreement.request_id == agreement.request_id, Agreement.number.is_not(None), Agreement.id != agreement.id
    )
    return f"{agreement.agency_request.number}-A{(db.session.scalar(numbered) or 0) + 1}"


def frozen_version(agreement: Agreement) -> AgreementVersion | None:
    """The frozen text of a drafted agreement."""
    query = select(AgreementVersion).where(AgreementVersion.agreement_id == agreement.id, AgreementVersion.frozen)
    return db.session.scalar(query)
