"""The conversations of a case, one of them, and the files in them; the same addresses for both sides."""

import uuid

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.agency_requests.access import get_request
from app.agency_requests.models import AgencyRequest
from app.extensions import db
from app.messages import operations
from app.messages.access import get_file, get_thread
from app.messages.authors import resolver_words, writer_words
from app.messages.forms import BeginForm, MessageForm
from app.messages.models import Message, Thread
from app.messages.queries import conversations, inbox, messages_of
from app.messages.read_marks import mark_read
from app.messages.references import reference_address, reference_words
from app.pagination import page_number
from app.policy import Permission
from app.security import Page, acting, requires
from app.storage import store
from app.uploads.arrival import receives_files
from app.uploads.serving import attachment
from app.workflow.refusals import not_found

blueprint = Blueprint("messages", __name__)


@blueprint.get("/messages")
@requires(Permission.MESSAGE_READ)
def mine() -> Page:
    """The conversations that concern this person, over all their cases, what is new first."""
    return render_template("messages/inbox.html", inbox=inbox(acting(), page_number()))


@blueprint.get("/requests/<uuid:request_id>/messages")
@requires(Permission.MESSAGE_READ)
def threads(request_id: uuid.UUID) -> Page:
    """Every conversation of the case that this person reads, and the form for a new one."""
    agency_request = get_request(request_id, acting())
    about = request.args.get("about", "")
    form = (
        BeginForm.of(agency_request, acting(), True, about) if operations.may_write(agency_request, acting()) else None
    )
    return _list(agency_request, form)


@blueprint.post("/requests/<uuid:request_id>/messages")
@requires(Permission.MESSAGE_WRITE)
@receives_files
def begin(request_id: uuid.UUID) -> Page:
    """Begins a conversation with the readers chosen."""
    agency_request = get_request(request_id, acting())
    operations.refuse_unless_may_write(agency_request, acting())
    form = BeginForm.of(agency_request, acting(), True, request.form.get("about", ""))
    if not form.validate_on_submit():
        return _list(agency_request, form), 422
    if sent := _sent_before(form):
        return _to(sent)
    begun = operations.begin_thread(agency_request, acting(), **form.written)
    db.session.commit()
    flash("Your message is kept. Only ICE staff read it." if begun.is_internal else "Your message is sent.")
    return _to(begun)


@blueprint.get("/threads/<uuid:thread_id>")
@requires(Permission.MESSAGE_READ)
def thread(thread_id: uuid.UUID) -> Page:
    """One conversation; who opens it has read it."""
    found = get_thread(thread_id, acting())
    form = MessageForm() if operations.may_write(found.agency_request, acting()) else None
    page, until = _page(found, form), found.last_at
    db.session.rollback()
    g.writes = True
    mark_read(get_thread(thread_id, acting()), acting(), until)
    db.session.commit()
    return page


@blueprint.post("/threads/<uuid:thread_id>")
@requires(Permission.MESSAGE_WRITE)
@receives_files
def reply(thread_id: uuid.UUID) -> Page:
    """Writes in a conversation."""
    found = get_thread(thread_id, acting())
    operations.refuse_unless_may_write(found.agency_request, acting())
    form = MessageForm()
    if not form.validate_on_submit():
        return _page(found, form), 422
    if sent := _sent_before(form):
        return _to(sent)
    operations.reply_to_thread(found, acting(), form.text.data, files=form.files.files, key=form.message_key)
    db.session.commit()
    flash("Your message is kept. Only ICE staff read it." if found.is_internal else "Your message is sent.")
    return _to(found)


@blueprint.post("/threads/<uuid:thread_id>/resolve")
@requires(Permission.MESSAGE_WRITE)
def resolve(thread_id: uuid.UUID) -> Page:
    """Marks a conversation as settled."""
    found = get_thread(thread_id, acting())
    operations.resolve_thread(found, acting())
    db.session.commit()
    flash("The conversation is resolved. Whoever writes in it takes it up again.")
    return _to(found)


@blueprint.post("/threads/<uuid:thread_id>/reopen")
@requires(Permission.MESSAGE_WRITE)
def reopen(thread_id: uuid.UUID) -> Page:
    """Takes a settled conversation up again."""
    found = get_thread(thread_id, acting())
    operations.reopen_thread(found, acting())
    db.session.commit()
    flash("The conversation is open again.")
    return _to(found)


@blueprint.get("/message-files/<uuid:message_file_id>")
@requires(Permission.MESSAGE_READ)
def message_file(message_file_id: uuid.UUID) -> Response:
    """A file of a message as an attachment, for who reads its conversation."""
    found = get_file(message_file_id, acting())
    with store().open(found.storage_key) as content:
        return attachment(content.read(), found.filename, found.media_type)


def _list(agency_request: AgencyRequest, form: BeginForm | None) -> str:
    return render_template(
        "messages/threads.html",
        agency_request=agency_request,
        talk=conversations(agency_request, acting(), most=None, form=form),
        form=form,
    )


def _page(found: Thread, form: MessageForm | None) -> str:
    return render_template(
        "messages/thread.html",
        thread=found,
        messages=messages_of(found),
        agency_request=found.agency_request,
        form=form,
        about=reference_words(found.about) if found.about else "",
        about_href=reference_address(found.request_id, found.about, acting()),
        writer=lambda message: writer_words(message, acting().side),
        resolver=resolver_words(found, acting().side),
    )


def _sent_before(form: MessageForm) -> Thread | None:
    """The conversation that this very form wrote in before: a double click, or the back button."""
    message = db.session.get(Message, form.message_key)
    if message is None:
        return None
    if message.by_id != acting().id:
        raise not_found()
    return message.thread


def _to(found: Thread) -> AnyResponse:
    return redirect(url_for(".thread", thread_id=found.id), 303)
