"""Every refusal and every fault as a page in plain words; what the request had changed is rolled back."""

import logging
import uuid
from typing import cast

from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError, RequestEntityTooLarge

from app import audit, autosave
from app.accounts.sign_in.sessions import ask_to_sign_in
from app.child_process.client import HelperUnavailableError
from app.extensions import db
from app.pdf import PdfError
from app.request_body import FormRequest
from app.security import PUBLIC
from app.storage import StorageUnavailable
from app.workflow.refusals import RefusalKind, StepRefused

log = logging.getLogger(__name__)

WORDS: dict[int, tuple[str, str]] = {
    400: ("We could not read that", "Go back, check what you typed, and send it again."),
    403: ("This is not yours to do", "Your role does not allow it. If it should, ask your administrator."),
    404: ("There is no such page", "Check the address, or start from the home page."),
    405: ("This address does not do that", "Go back and use the buttons of the page."),
    408: ("That took too long", "Send it again."),
    409: ("Somebody was faster", "What you were looking at has changed. Look again, then decide."),
    413: ("That is too large", "Send files of at most 10 MB each, 25 MB together, and shorter text."),
    414: ("That address is too long", "Use fewer filters or a shorter search."),
    415: ("We cannot read that kind of file", "Send a PDF, DOCX, PNG or JPG file."),
    422: ("Something is missing", "Fill it in and try again."),
    429: ("Too many tries", "Wait a few minutes, then try again."),
    500: (
        "Something went wrong on our side",
        "Nothing was saved. Try again; if it happens again, tell us the number below.",
    ),
    503: ("The service is busy", "Nothing was saved. Try again in a minute."),
}
GIVEN_BACK = frozenset({400, 409, 413, 422, 500, 503})


def init_app(app: Flask) -> None:
    """Registers a page for every kind of refusal and fault, with a short reference that the log has too."""
    app.request_class = FormRequest
    app.before_request(name_the_request)
    app.register_error_handler(StepRefused, show_refusal)
    app.register_error_handler(CSRFError, show_expired_form)
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(IntegrityError, show_conflict)
    app.register_error_handler(DataError, show_unreadable)
    app.register_error_handler(OperationalError, show_busy)
    app.register_error_handler(DBAPIError, show_fault)
    app.register_error_handler(StorageUnavailable, show_busy)
    app.register_error_handler(HelperUnavailableError, show_busy)
    app.register_error_handler(PdfError, show_unset)
    app.register_error_handler(InternalServerError, show_fault)


def name_the_request() -> None:
    """A short reference for logs and error pages."""
    g.request_id = uuid.uuid4().hex[:12]


def show_refusal(refused: StepRefused) -> Response:
    """The sentences of a refused step; the attempt itself is recorded in a transaction of its own."""
    db.session.rollback()
    g.writes = True
    if current_user.is_authenticated and refused.kind is not RefusalKind.INCOMPLETE:
        audit.record(
            "refused",
            current_user.actor,
            case_id=refused.case_id if isinstance(refused.case_id, uuid.UUID) else None,
            sentence=f"tried to {refused.action.replace('_', ' ')} and was refused",
            reason=" ".join(refused.sentences),
            audience=audit.Audience.RECORD,
        )
        db.session.commit()
    if refused.kind is RefusalKind.NOT_FOUND:
        return _page(404)
    return _page(int(refused.kind), sentences=refused.sentences, again="")


def show_expired_form(error: CSRFError) -> Response:
    """A form whose token no longer matches, since its session ended: what was typed is kept and given back."""
    view = current_app.view_functions.get(request.endpoint or "")
    if not current_user.is_authenticated and getattr(view, "guard", PUBLIC) != PUBLIC:
        return ask_to_sign_in(400)
    return _page(400, heading="This form has expired", advice="Read what you typed, then send it again.")


def show_http_error(error: HTTPException) -> Response:
    """A page for an HTTP error; a redirect passes through."""
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    if error.code >= 500:
        return show_fault(error)
    response = _page(error.code)
    for name, value in error.get_headers(request.environ):
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def show_conflict(error: Exception) -> Response:
    """Two people did the same at the same moment, and the database kept the first."""
    db.session.rollback()
    log.warning("conflict: %s", type(error).__name__)
    return _page(409)


def show_unreadable(error: Exception) -> Response:
    """A value that the database cannot keep."""
    db.session.rollback()
    log.warning("unreadable: %s", type(error).__name__)
    return _page(400)


def show_busy(error: Exception) -> Response:
    """The database, the disk or the machine cannot take it now: nothing was kept, and trying again helps."""
    db.session.rollback()
    log.warning("unavailable: %s", type(error).__name__)
    response = _page(503)
    response.headers["Retry-After"] = "30"
    return response


def show_unset(error: Exception) -> Response:
    """A document that cannot be set as a PDF: too long, or with what no PDF may hold."""
    db.session.rollback()
    log.error("no PDF %s: %s", g.get("request_id", ""), error)
    advice = "Nothing was saved. Its text may be too long: shorten it, or tell us the number below."
    return _page(422, heading="We could not make this PDF", advice=advice)


def show_fault(error: Exception) -> Response:
    """An error of the service: logged in full, shown without details."""
    db.session.rollback()
    log.exception("fault %s", g.get("request_id", ""), exc_info=error)
    return _page(500)


def _page(code: int, *, heading: str = "", advice: str = "", **rest: object) -> Response:
    words = WORDS.get(code, WORDS[400])
    g.has_form = False  # of its own; and the database may be what failed
    nothing = {"sentences": (), "typed": (), "again": "", "pairs": (), "page": ""}
    typed = _typed(code) if code in GIVEN_BACK and request.method == "POST" else {}
    text = render_template(
        "errors/error.html", code=code, heading=heading or words[0], advice=advice or words[1],
        reference=g.get("request_id", ""), **nothing | typed | rest,
    )  # fmt: skip
    return make_response(text, code)


def _typed(code: int) -> dict[str, object]:
    """What the form just sent held, with where to send it again, and its page; a file has to be chosen again."""
    if code == RequestEntityTooLarge.code:
        cast(FormRequest, request).read_typed()
    pairs = autosave.form_pairs()
    return {
        "typed": autosave.user_fields(pairs),
        "again": request.full_path.rstrip("?") if pairs and autosave.may_be_sent_again() else "",
        "pairs": pairs,
        "page": autosave.standing_on() if code in autosave.REFUSED and current_user.is_authenticated else "",
    }
