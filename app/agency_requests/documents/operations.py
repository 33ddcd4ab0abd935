"""Keeps an inspected file with a request, and says who may not see it yet."""

import uuid
from collections.abc import Callable, Iterator, Sequence

from flask import Flask, current_app
from sqlalchemy import select

from app.agency_requests.models import AgencyRequest, Document
from app.extensions import db
from app.policy import Actor
from app.storage import digest
from app.uploads.inspected_file import InspectedFile
from app.uploads.operations import keep

DOCUMENT_KINDS = {"letter": "Signed request letter", "resolution": "Resolution", "supporting": "Supporting document"}
PRIVATE = "private_documents"


def store_document(agency_request: AgencyRequest, actor: Actor, kind: str, file: InspectedFile) -> Document:
    """Keeps the file with the request; whether this person may is asked before."""
    document = Document(request_id=agency_request.id, kind=kind, uploaded_by_id=actor.id, **keep(file))
    db.session.add(document)
    return document


def hashes_of(documents: Sequence[Document]) -> dict[str, str]:
    """The hash of each document by its id, for the event of the step that sends them."""
    return {str(document.id): document.sha256 for document in documents}


def hashes_now(names: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """The hash of each document as it is in the store now, by its id."""
    query = select(Document.id, Document.storage_key).where(Document.id.in_([uuid.UUID(name) for name in names]))
    return ((str(key), digest(kept)) for key, kept in db.session.execute(query))


def private_documents(app: Flask | None = None) -> list[Callable[[uuid.UUID], bool]]:
    """Functions that tell whether only the agency may read a document; stages with such documents add theirs."""
    return (app or current_app).extensions.setdefault(PRIVATE, [])


def is_private(document: Document) -> bool:
    """Whether ICE may not see the document yet."""
    return any(is_agency_only(document.id) for is_agency_only in private_documents())
