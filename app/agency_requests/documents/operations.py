"""Keeps an inspected file with a request."""

import uuid
from collections.abc import Iterator, Sequence

from sqlalchemy import select

from app.agency_requests.models import AgencyRequest, Document
from app.extensions import db
from app.policy import Actor
from app.storage import digest
from app.uploads.files import InspectedFile
from app.uploads.operations import keep


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
