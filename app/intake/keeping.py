"""Keeps a file that somebody attached to a case, once it was looked into."""

from app.extensions import db
from app.intake.files import inspect
from app.intake.models import AgencyRequest, Document
from app.policy import Actor
from app.storage import store


def keep_document(agency_request: AgencyRequest, actor: Actor, kind: str, name: str, content: bytes) -> Document:
    """Keeps a file with the request; whether this person may is asked before. Raises BadFile with the sentence."""
    found = inspect(name, content)
    document = Document(
        request_id=agency_request.id,
        kind=kind,
        filename=found.name,
        media_type=found.media_type,
        size=found.size,
        sha256=found.sha256,
        storage_key=store().put(content),
        uploaded_by_id=actor.id,
    )
    db.session.add(document)
    return document
