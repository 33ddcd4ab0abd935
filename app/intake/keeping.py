"""Keeps an inspected file with a request."""

from app.extensions import db
from app.intake.models import AgencyRequest, Document
from app.policy import Actor
from app.uploads.files import InspectedFile
from app.uploads.operations import keep


def keep_document(agency_request: AgencyRequest, actor: Actor, kind: str, file: InspectedFile) -> Document:
    """Keeps the file with the request; whether this person may is asked before."""
    document = Document(request_id=agency_request.id, kind=kind, uploaded_by_id=actor.id, **keep(file))
    db.session.add(document)
    return document
