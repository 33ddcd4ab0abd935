"""Check, certify and send; the receipt; documents; and taking a request back."""

import uuid
from io import BytesIO
from pathlib import Path

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.models import Person, RoleGrant
from app.clocks import TARGETS, Kind
from app.extensions import db, now
from app.filters import format_datetime
from app.guards import acting, requires
from app.intake import filing, review
from app.intake.access import get_request
from app.intake.files import LARGEST_FILE, BadFile, inspect
from app.intake.forms import CertifyForm, UploadForm, WithdrawForm
from app.intake.models import AgencyRequest, Document
from app.notifications.outbox import tell
from app.policy import Permission, Role
from app.storage import store
from app.typesetting import set_pdf
from app.workflow import engine
from app.workflow.journey import Action, Status
from app.workflow.refusals import Kind as Why
from app.workflow.refusals import Refused

blueprint = Blueprint("sending", __name__)
Page = AnyResponse | str | tuple[str, int]
MOST_DOCUMENTS = 20
CERTIFIED = (
    "The agency head has the authority to bind the agency.",
    "To the best of the agency head's knowledge, what the request says is true and complete.",
    "The agency head knows that the request may be released under public-records laws.",
)


@blueprint.get("/requests/<uuid:request_id>/check")
@requires(Permission.REQUEST_EDIT)
def check(request_id: uuid.UUID) -> Page:
    """Every answer on one page, and the certification for the agency head."""
    agency_request = get_request(request_id, acting())
    filing.refuse_unless_draft(agency_request, acting())
    return _check_page(agency_request, CertifyForm(data={"seen": agency_request.version}))


@blueprint.post("/requests/<uuid:request_id>/submit")
@requires(Permission.REQUEST_EDIT)
def submit(request_id: uuid.UUID) -> Page:
    """Sends the request once, however often it is clicked."""
    agency_request = get_request(request_id, acting())
    if agency_request.submitted_by_id == acting().id and agency_request.number:
        return redirect(url_for(".receipt", request_id=request_id), 303)
    engine.check(Action.SUBMIT, agency_request, acting())
    form = CertifyForm()
    if not form.validate_on_submit():
        return _check_page(agency_request, form), 422
    try:
        filing.submit(agency_request, acting(), certified=form.is_certified, seen=form.seen.data)
    except Refused as refused:
        return _not_sent(request_id, refused, form)
    db.session.commit()
    return redirect(url_for(".receipt", request_id=request_id), 303)


def _not_sent(request_id: uuid.UUID, refused: Refused, form: CertifyForm) -> Page:
    """Somebody who clicked twice is led to the receipt; who left something out sees what, with everything kept."""
    db.session.rollback()
    agency_request = get_request(request_id, acting())
    if agency_request.submitted_by_id == acting().id and agency_request.number:
        return redirect(url_for(".receipt", request_id=request_id), 303)
    if refused.kind is not Why.INCOMPLETE:
        raise refused
    return _check_page(agency_request, form, refused.sentences), 422


def _check_page(agency_request: AgencyRequest, form: CertifyForm, sentences: tuple[str, ...] = ()) -> str:
    heads = (
        select(Person)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(Person.agency_id == agency_request.agency_id, Person.active, RoleGrant.role == Role.AGENCY_HEAD.value)
    )
    parts = review.sections(agency_request)
    return render_template(
        "intake/check.html",
        agency_request=agency_request,
        sections=parts,
        open_sections=[part for part in parts if not part["is_complete"]],
        counts=review.counts(agency_request),
        doubts=review.doubts(agency_request),
        form=form,
        sentences=sentences,
        heads=db.session.scalars(heads.order_by(Person.name)).all(),
    )


@blueprint.post("/requests/<uuid:request_id>/ask-head")
@requires(Permission.REQUEST_EDIT)
def ask_head(request_id: uuid.UUID) -> Page:
    """Tells the agency head by mail that the request is ready to be checked and certified."""
    agency_request = get_request(request_id, acting())
    filing.refuse_unless_draft(agency_request, acting())
    heads = (
        select(Person.email)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(Person.agency_id == agency_request.agency_id, Person.active, RoleGrant.role == Role.AGENCY_HEAD.value)
    )
    path = url_for(".check", request_id=request_id)
    values = {"agency": agency_request.agency.name, "officer": acting().name}
    tell("ask_head", db.session.scalars(heads), values, path=path, case_id=request_id)
    db.session.commit()
    flash("Your agency head has been told that the request is ready.")
    return redirect(path, 303)


@blueprint.get("/requests/<uuid:request_id>/receipt")
@requires(Permission.REQUEST_READ)
def receipt(request_id: uuid.UUID) -> Page:
    """The number, what happens next, and what was sent."""
    agency_request = _sent(request_id)
    return render_template(
        "intake/receipt.html",
        agency_request=agency_request,
        sections=review.without_links(agency_request),
        days=TARGETS[Kind.ACKNOWLEDGE],
    )


@blueprint.get("/requests/<uuid:request_id>/receipt.pdf")
@requires(Permission.REQUEST_READ)
def receipt_pdf(request_id: uuid.UUID) -> Response:
    """The receipt as a paper to keep."""
    agency_request = _sent(request_id)
    at = agency_request.submitted_at or now()
    by = agency_request.submitted_by
    data = {
        "title": f"Receipt for request {agency_request.number}",
        "author": "ACCESS Partnership Requests",
        "lead": f"{agency_request.agency.name} (ORI {agency_request.agency.ori}) sent this request on "
        f"{format_datetime(at)}{f', certified by {by.name}' if by else ''}.",
        "sections": [
            {
                "title": part["title"],
                "rows": [
                    {
                        "question": row["question"],
                        "answer": ". ".join(filter(None, (str(row["answer"]), row.get("second", ""))))
                        or "Not answered",
                    }
                    for row in part["rows"]
                ],
            }
            for part in review.sections(agency_request)
        ],
        "certified": CERTIFIED,
        "fingerprint": agency_request.certified_hash,
    }
    made = set_pdf(Path(__file__).with_name("receipt.typ"), data, at=at)
    return _attachment(made, f"{agency_request.number}-receipt.pdf", "application/pdf")


def _sent(request_id: uuid.UUID) -> AgencyRequest:
    agency_request = get_request(request_id, acting())
    if agency_request.number is None:
        raise Refused(Why.NOT_FOUND, ["There is no such page."])
    return agency_request


@blueprint.post("/requests/<uuid:request_id>/documents")
@requires(Permission.REQUEST_EDIT)
def attach(request_id: uuid.UUID) -> Page:
    """Attaches a file, once its content was looked into."""
    agency_request = get_request(request_id, acting())
    filing.refuse_unless_draft(agency_request, acting())
    form = UploadForm()
    good = form.validate_on_submit()
    sent = request.files.get("file")
    documents = filing.documents_of(agency_request)
    if sent is None or not sent.filename:
        form.file.errors = ["Choose a file."]
        good = False
    elif len(documents) >= MOST_DOCUMENTS:
        form.file.errors = [f"Remove a document first: a request holds at most {MOST_DOCUMENTS}."]
        good = False
    if good and sent is not None:
        try:
            content = sent.stream.read(LARGEST_FILE + 1)
            found = inspect(sent.filename or "", content)
        except BadFile as bad:
            form.file.errors = [str(bad)]
            good = False
    if not good:
        return render_template(
            "intake/documents.html", agency_request=agency_request, form=form, documents=documents
        ), 422
    db.session.add(
        Document(
            request_id=request_id, kind=form.kind.data, filename=found.name, media_type=found.media_type,
            size=found.size, sha256=found.sha256, storage_key=store().put(content), uploaded_by_id=acting().id,
        )
    )  # fmt: skip
    db.session.commit()
    flash(f"{found.name} is attached.")
    return redirect(url_for(".documents", request_id=request_id), 303)


@blueprint.get("/requests/<uuid:request_id>/documents")
@requires(Permission.REQUEST_EDIT)
def documents(request_id: uuid.UUID) -> Page:
    """What is attached, and the form that attaches more."""
    agency_request = get_request(request_id, acting())
    filing.refuse_unless_draft(agency_request, acting())
    found = filing.documents_of(agency_request)
    return render_template("intake/documents.html", agency_request=agency_request, form=UploadForm(), documents=found)


@blueprint.post("/requests/<uuid:request_id>/documents/<uuid:document_id>/remove")
@requires(Permission.REQUEST_EDIT)
def remove(request_id: uuid.UUID, document_id: uuid.UUID) -> Page:
    """Takes a file off a draft."""
    agency_request = get_request(request_id, acting())
    filing.refuse_unless_draft(agency_request, acting())
    found = next((document for document in filing.documents_of(agency_request) if document.id == document_id), None)
    if found is None:
        raise Refused(Why.NOT_FOUND, ["There is no such page."])
    found.removed_at = now()
    db.session.commit()
    flash(f"{found.filename} is removed.")
    return redirect(url_for(".documents", request_id=request_id), 303)


@blueprint.get("/documents/<uuid:document_id>")
@requires(Permission.REQUEST_READ)
def document(document_id: uuid.UUID) -> Response:
    """A file as an attachment, for who sees its request; never shown within a page."""
    found = db.session.get(Document, document_id)
    if found is None or found.removed_at:
        raise Refused(Why.NOT_FOUND, ["There is no such page."])
    get_request(found.request_id, acting())
    with store().open(found.storage_key) as content:
        return _attachment(content.read(), found.filename, found.media_type)


def _attachment(content: bytes, name: str, media_type: str) -> Response:
    response = send_file(BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@blueprint.get("/requests/<uuid:request_id>/withdraw")
@requires(Permission.REQUEST_WITHDRAW)
def withdraw(request_id: uuid.UUID) -> Page:
    """What withdrawing means, and the reason."""
    agency_request = get_request(request_id, acting())
    engine.check(Action.WITHDRAW, agency_request, acting())
    form = WithdrawForm(data={"seen": agency_request.version})
    return render_template("intake/withdraw.html", agency_request=agency_request, form=form)


@blueprint.post("/requests/<uuid:request_id>/withdraw")
@requires(Permission.REQUEST_WITHDRAW)
def withdraw_now(request_id: uuid.UUID) -> Page:
    """Withdraws the request."""
    agency_request = get_request(request_id, acting())
    if agency_request.status == Status.WITHDRAWN:
        return redirect(url_for("cases.status", request_id=request_id), 303)
    engine.check(Action.WITHDRAW, agency_request, acting())
    form = WithdrawForm()
    if not form.validate_on_submit():
        return render_template("intake/withdraw.html", agency_request=agency_request, form=form), 422
    filing.withdraw(agency_request, acting(), form.reason.data, seen=form.seen.data)
    db.session.commit()
    flash("Your request is withdrawn.")
    return redirect(url_for("cases.status", request_id=request_id), 303)
