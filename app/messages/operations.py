"""People begin conversations, write in them, and settle them."""

import uuid
from collections.abc import Sequence

from app import audit
from app.agency_requests.models import AgencyRequest
from app.extensions import db, now
from app.messages.models import Message, MessageFile, Thread
from app.messages.notify import notify_readers
from app.messages.read_marks import mark_read
from app.messages.references import Reference
from app.policy import Actor, Permission, Side, allows
from app.uploads.inspected_file import InspectedFile
from app.uploads.operations import keep_all
from app.workflow import engine
from app.workflow.refusals import RefusalKind, StepRefused

LONGEST_TITLE = 80


def begin_thread(
    agency_request: AgencyRequest,
    actor: Actor,
    *,
    shared: bool,
    text: str,
    title: str = "",
    about: Reference | None = None,
    files: Sequence[InspectedFile] = (),
    key: uuid.UUID | None = None,
) -> Thread:
    """Begins a conversation, with the other side when `shared`, else among ICE staff.

    `key` is the first message's, made with the form: sent twice, it is one message.
    """
    refuse_unless_may_write(agency_request, actor)
    if shared and about and about.staff_only:
        raise StepRefused(
            RefusalKind.INCOMPLETE, ["The agency does not see what this is about."], case_id=agency_request.id
        )
    is_internal = not shared and actor.side is Side.ICE
    thread = Thread(
        request_id=agency_request.id,
        audience=(audit.Audience.STAFF if is_internal else audit.Audience.BOTH).value,
        title=title or _title(text, about),
        anchor_kind=about.kind if about else "",
        anchor_key=about.key if about else "",
        begun_by_id=actor.id,
        agency_request=agency_request,
    )
    db.session.add(thread)
    db.session.flush()  # its key is what the first message refers to
    _write(thread, actor, text, files, key)
    return thread


def reply_to_thread(
    thread: Thread, actor: Actor, text: str, *, files: Sequence[InspectedFile] = (), key: uuid.UUID | None = None
) -> Message:
    """Writes in a conversation; one that was resolved is open again."""
    refuse_unless_may_write(thread.agency_request, actor)
    _hold(thread)
    thread.resolved_at = thread.resolved_by_id = None
    return _write(thread, actor, text, files, key)


def resolve_thread(thread: Thread, actor: Actor) -> None:
    """Marks the conversation as settled; whoever resolved it first stays on record."""
    refuse_unless_may_write(thread.agency_request, actor)
    _hold(thread)
    if thread.resolved_at is None:
        thread.resolved_at, thread.resolved_by_id = now(), actor.id
        _record(thread, actor, "resolve_thread", "resolved a conversation")


def reopen_thread(thread: Thread, actor: Actor) -> None:
    """Takes a settled conversation up again."""
    refuse_unless_may_write(thread.agency_request, actor)
    _hold(thread)
    if thread.resolved_at is not None:
        thread.resolved_at = thread.resolved_by_id = None
        _record(thread, actor, "reopen_thread", "took a conversation up again")


def may_write(agency_request: AgencyRequest, actor: Actor) -> bool:
    """Whether this person may write in this case: there is somebody to read it, and no conflict bars them."""
    return (
        allows(actor, Permission.MESSAGE_WRITE, agency_request)
        and agency_request.submitted_at is not None
        and not engine.recusal_of(agency_request, actor)
    )


def refuse_unless_may_write(agency_request: AgencyRequest, actor: Actor) -> None:
    """Raises StepRefused when this person may not write in this case, or nobody would read it."""
    if not allows(actor, Permission.MESSAGE_WRITE, agency_request):
        raise StepRefused(
            RefusalKind.NOT_YOUR_JOB, ["This is not yours to do."], case_id=agency_request.id, action="write"
        )
    if sentence := engine.recusal_of(agency_request, actor):
        raise StepRefused(RefusalKind.NOT_YOUR_JOB, [sentence], case_id=agency_request.id, action="write")
    if agency_request.submitted_at is None:
        sentence = "Send your request first: until then nobody at ICE sees it."
        raise StepRefused(RefusalKind.TOO_LATE, [sentence], case_id=agency_request.id, action="write")


def _hold(thread: Thread) -> None:
    """Locks the conversation, so that of two who write at once the later message is also the last."""
    db.session.flush()  # the refresh would drop what this transaction wrote
    db.session.refresh(thread, with_for_update={"of": Thread})


def _write(thread: Thread, actor: Actor, text: str, files: Sequence[InspectedFile], key: uuid.UUID | None) -> Message:
    role = actor.role_for(Permission.MESSAGE_WRITE)
    message = Message(
        id=key or uuid.uuid4(),
        thread_id=thread.id,
        text=text,
        by_id=actor.id,
        side=actor.side.value,
        role=role,
        at=now(),
    )
    message.files = [MessageFile(**values) for values in keep_all(files)]
    db.session.add(message)
    thread.last_at = message.at
    db.session.flush()  # the reader's mark refers to the conversation
    mark_read(thread, actor, message.at)
    _record(thread, actor, "write_message", "wrote a message")
    notify_readers(message, thread, actor)
    return message


def _title(text: str, about: Reference | None) -> str:
    """What the conversation is called when nobody gave it a name: what it is about, or how it begins."""
    if about:
        return about.words[:LONGEST_TITLE]
    first = text.splitlines()[0]
    if len(first) <= LONGEST_TITLE:
        return first
    return first[:LONGEST_TITLE].rsplit(" ", 1)[0] + " …"


def _record(thread: Thread, actor: Actor, action: str, sentence: str) -> None:
    """Kept in the record, out of the timeline: the conversation itself is there to read."""
    audit.record(
        action,
        actor,
        case_id=thread.request_id,
        subject=("thread", thread.id),
        sentence=sentence,
        audience=audit.Audience.RECORD,
    )
