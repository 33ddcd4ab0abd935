"""The whole file of a request as one ZIP, written piece by piece, with a manifest of what is in it."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from typing import Any, BinaryIO, Final

from sqlalchemy import select

from app.agency_requests.models import AgencyRequest
from app.agency_requests.receipt.receipt_pdf import render_receipt
from app.agreements import finalization
from app.agreements.access import reads_text
from app.agreements.drafting.current_text import current_text
from app.agreements.models import Agreement
from app.agreements.rendering.agreement_pdf import render_pdf
from app.agreements.rendering.agreement_word import render_word
from app.assessment.memo import agency_memo_of, memo_of, render
from app.assessment.queries import issued_recommendation
from app.cases.case_page.case_page import CasePage, StatusPage
from app.extensions import db, now
from app.policy import Actor, Side
from app.reports.exports import case_file
from app.reports.exports.csv_writer import csv_lines
from app.storage import store
from app.workflow.journey.request_journey import Status

CHUNK: Final = 1024 * 1024
MANIFEST: Final = "manifest.json"
Piece = tuple[str, Callable[[], BinaryIO]]  # a name in the file, and what opens its content


def write_zip(agency_request: AgencyRequest, reader: Actor, out: BinaryIO) -> None:
    """Writes the file as this reader may see it; one piece at a time is in memory, a document only by chunks."""
    entries: list[dict[str, Any]] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, opens in _pieces(agency_request, reader):
            try:
                content = opens()
            except KeyError:  # the store lost it: the manifest says so, and the rest is still handed out
                entries.append({"name": name, "missing": True})
                continue
            with closing(content):
                entries.append({"name": name, **_copy(content, archive, name)})
        archive.writestr(MANIFEST, json.dumps(_manifest(agency_request, reader, entries), indent=2, ensure_ascii=False))


def _copy(content: BinaryIO, archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    """Copies one piece into the archive; its size and content hash."""
    digest, size = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as target:
        while chunk := content.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
    return {"size": size, "sha256": digest.hexdigest()}


def _manifest(agency_request: AgencyRequest, reader: Actor, entries: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "request": agency_request.number,
        "agency": agency_request.agency.name,
        "made_at": now().isoformat(timespec="seconds"),
        "made_for": "the agency" if reader.side is Side.AGENCY else "ICE staff",
        "files": entries,
    }


def _pieces(agency_request: AgencyRequest, reader: Actor) -> Iterator[Piece]:
    page = case_file.page_of(agency_request, reader)
    yield "receipt.pdf", lambda: BytesIO(render_receipt(agency_request))
    for name, title, parts in (
        ("answers.pdf", "Answers", lambda: case_file.answers(agency_request)),
        ("information-requests.pdf", "What ICE asked", lambda: case_file.information_asked(page.information)),
        ("decisions.pdf", "Decisions", lambda: case_file.outcomes(page)),
        ("messages.pdf", "Messages", lambda: case_file.conversations(agency_request, reader)),
        ("internal-record.pdf", "Internal record", lambda: _internal(page)),
    ):
        if found := list(parts()):
            yield name, _sets(agency_request, title, found)
    yield from _memo(agency_request, reader)
    yield from _documents(page)
    yield from _message_files(agency_request, reader)
    yield from _meeting_files(page)
    yield from _agreements(agency_request, reader)
    yield "timeline.csv", lambda: _timeline(page)


def _internal(page: CasePage | StatusPage) -> Iterator[case_file.CaseFilePart]:
    return case_file.internal(page) if isinstance(page, CasePage) else iter(())


def _sets(agency_request: AgencyRequest, title: str, parts: list[case_file.CaseFilePart]) -> Callable[[], BinaryIO]:
    return lambda: BytesIO(case_file.render_parts(agency_request, title, parts))


def _timeline(page: CasePage | StatusPage) -> BinaryIO:
    return BytesIO("".join(csv_lines(case_file.TIMELINE_HEAD, case_file.timeline_rows(page))).encode())


def _memo(agency_request: AgencyRequest, reader: Actor) -> Iterator[Piece]:
    """The recommendation: to the agency once it was sent and while it stands."""
    recommendation = issued_recommendation(agency_request.id)
    is_agency = reader.side is Side.AGENCY
    if recommendation is None or (is_agency and agency_request.status == Status.IN_ASSESSMENT):
        return
    memo = (agency_memo_of if is_agency else memo_of)(agency_request, recommendation)
    yield "recommendation.pdf", lambda: BytesIO(render(memo))


def _documents(page: CasePage | StatusPage) -> Iterator[Piece]:
    for n, (document, _) in enumerate(page.documents, start=1):
        yield f"documents/{n:02d} {document.filename}", _stored(document.storage_key)


def _message_files(agency_request: AgencyRequest, reader: Actor) -> Iterator[Piece]:
    threads = case_file.threads_of(agency_request, reader)
    files = [file for thread in threads for message in thread.messages for file in message.files]
    for n, file in enumerate(files, start=1):
        yield f"messages/{n:02d} {file.filename}", _stored(file.storage_key)


def _meeting_files(page: CasePage | StatusPage) -> Iterator[Piece]:
    """Minutes and other files of meetings, which are for staff."""
    files = [file for meeting in page.meetings for file in meeting.files] if isinstance(page, CasePage) else []
    for n, file in enumerate(files, start=1):
        yield f"meetings/{n:02d} {file.filename}", _stored(file.storage_key)


def _stored(key: str) -> Callable[[], BinaryIO]:
    return lambda: store().open(key)


def _agreements(agency_request: AgencyRequest, reader: Actor) -> Iterator[Piece]:
    """Each agreement this reader may read: the frozen bytes, or the draft as it stands."""
    query = select(Agreement).where(Agreement.request_id == agency_request.id)
    for agreement in db.session.scalars(query.order_by(Agreement.created_at, Agreement.id)):
        if reads_text(agreement, reader):
            for kind in ("pdf", "docx"):
                name = f"agreements/{agreement.number or 'draft'} {agreement.program}.{kind}"
                yield name, _agreement(agreement, kind)


def _agreement(agreement: Agreement, kind: str) -> Callable[[], BinaryIO]:
    def opens() -> BinaryIO:
        frozen = finalization.frozen_version(agreement)
        if frozen is not None:
            return BytesIO((frozen.pdf if kind == "pdf" else frozen.docx) or b"")
        draft = current_text(agreement).draft
        return BytesIO(render_pdf(draft) if kind == "pdf" else render_word(draft))

    return opens
