"""What people typed and could not save yet: kept for them alone, as it was typed, until they save or drop it."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Flask, Response, current_app, g, has_request_context, request
from flask_login import current_user
from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.exceptions import HTTPException

from app import last_signed_in
from app.extensions import Base, UUIDPrimaryKey, db, now
from app.text import visible

Pairs = list[tuple[str, str]]

KEPT_FOR: Final = timedelta(days=14)
MOST_FORMS: Final = 40
LONGEST_PATH: Final = 300
SECRETS: Final = frozenset({"password", "again", "current"})
EXTENSION: Final = "autosave"
BESIDE: Final = "beside"  # in the address of a button that belongs to the form of a text and does something else
GIVEN_BACK: Final = "kept"  # what a page's address says when it gives such a form back
NOT_TYPED: Final = frozenset({"csrf_token", "expected_version", "shown", "then"})
KEEPING: Final = "saved_forms.keep"  # the endpoint that only keeps what is typed, which is named in its address
READING: Final = "/kept/"  # below it what was kept is read
TAKEN: Final = frozenset({302, 303})
REFUSED: Final = frozenset({400, 409, 413, 422})


def restoring_endpoints(app: Flask | None = None) -> set[str]:
    """The endpoints that take a form whose page itself shows what was kept of it; stages add theirs."""
    return (app or current_app).extensions.setdefault(EXTENSION, set())


class SavedForm(UUIDPrimaryKey, Base):
    """What one person typed into one form, whatever it was: never checked, never shown to anybody else."""

    __tablename__ = "saved_form"
    __table_args__ = (UniqueConstraint("person_id", "path"),)

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    path: Mapped[str] = mapped_column(String(LONGEST_PATH))  # where the form is sent
    page: Mapped[str] = mapped_column(String(LONGEST_PATH))  # where it stands
    typed: Mapped[Any] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(default=now)

    @property
    def pairs(self) -> Pairs:
        """Name and value of each field, in the order of the page."""
        return [(str(name), str(value)) for name, value in self.typed]


def save_form(person_id: uuid.UUID, path: str, pairs: Iterable[tuple[str, str]], page: str = "") -> SavedForm:
    """Keeps what was typed into this form instead of what was kept of it before; drops what is old."""
    db.session.execute(delete(SavedForm).where(SavedForm.person_id == person_id, SavedForm.at < now() - KEPT_FOR))
    found = saved_form_at(person_id, path)
    if found is None:
        _make_room(person_id)
        found = SavedForm(person_id=person_id, path=path, page=page or path)
        db.session.add(found)
    found.typed, found.at = [list(pair) for pair in pairs if pair[0] != "csrf_token"], now()
    found.page = page or found.page
    if has_request_context():
        g.form_settled = True
    db.session.flush()
    return found


def _make_room(person_id: uuid.UUID) -> None:
    mine = select(SavedForm.id).where(SavedForm.person_id == person_id)
    newest = mine.order_by(SavedForm.at.desc(), SavedForm.id).limit(MOST_FORMS - 1)
    keys = db.session.scalars(newest).all()
    db.session.execute(delete(SavedForm).where(SavedForm.person_id == person_id, SavedForm.id.not_in(keys)))


def saved_form_at(person_id: uuid.UUID | None, path: str) -> SavedForm | None:
    """What this person typed into this form and has not saved."""
    return db.session.scalar(select(SavedForm).where(SavedForm.person_id == person_id, SavedForm.path == path))


def saved_form_of(key: uuid.UUID, person_id: uuid.UUID | None) -> SavedForm | None:
    """A kept form by its key, for the person who typed it and nobody else."""
    return db.session.scalar(select(SavedForm).where(SavedForm.id == key, SavedForm.person_id == person_id))


def delete_form(person_id: uuid.UUID | None, path: str) -> None:
    """Forgets what was kept of this form: it was saved, or is not wanted."""
    db.session.execute(delete(SavedForm).where(SavedForm.person_id == person_id, SavedForm.path == path))


def delete_forms_below(path: str) -> None:
    """Forgets what anybody typed into forms below this address: they can no longer be sent."""
    db.session.execute(delete(SavedForm).where(SavedForm.path.startswith(path, autoescape=True)))


def form_pairs() -> Pairs:
    """The fields of the form just sent as a page can show them again, without its token and without passwords."""
    named = request.form.items(multi=True)
    return [(visible(name[:200]), visible(value)) for name, value in named if name not in SECRETS | {"csrf_token"}]


def user_fields(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """Of these fields what a person would recognize as theirs."""
    return [(name, value) for name, value in pairs if value.strip() and name not in NOT_TYPED]


def may_be_sent_again() -> bool:
    """Whether those fields are all there was, and typed here: a password and a file are typed and chosen anew."""
    has_file = any(file.filename for file in request.files.values())
    return not has_file and not SECRETS & set(request.form) and is_same_site()


def is_same_site() -> bool:
    """Whether the form came from a page of this service, as far as the browser says."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


def save_posted_form() -> SavedForm | None:
    """Keeps the form just sent in a transaction of its own, for who sent it or, signed out, for who was here last."""
    person_id, path = _sender(), sent_as()
    if person_id is None or SECRETS & set(request.form) or not is_form(path):
        return None
    return _commit_form(person_id, path, form_pairs())


def sent_as() -> str:
    """The path by which the form just sent is known: where it is sent, or its page if each of its buttons differs."""
    if request.endpoint == KEEPING:
        return request.args.get("path", "")
    return standing_on() if BESIDE in request.args else request.path


def is_form(path: str) -> bool:
    """Whether a form can be known by this path."""
    return has_page(path, "POST") or has_page(path)


def keep_typed(person_id: uuid.UUID, path: str, page: str, pairs: Pairs) -> None:
    """Keeps what stands typed in a form of this page; a form that was emptied is forgotten."""
    if user_fields(pairs):
        save_form(person_id, path, pairs, page)
    else:
        delete_form(person_id, path)


def _commit_form(person_id: uuid.UUID, path: str, pairs: Pairs) -> SavedForm | None:
    db.session.rollback()
    g.writes = True
    try:
        keep_typed(person_id, path, standing_on(), pairs)
        db.session.commit()
    except IntegrityError:  # the same form sent twice at one moment: the other one keeps it
        db.session.rollback()
    return saved_form_at(person_id, path)


def _sender() -> uuid.UUID | None:
    if not is_same_site():
        return None
    return current_user.id if current_user.is_authenticated else last_signed_in.last_signed_in()


def standing_on() -> str:
    """The page that the form just sent stands on: where it was sent from, else the address it was sent to."""
    asked = request.args.get("page", "") if request.endpoint == KEEPING else ""
    for path in (asked, urlsplit(request.referrer or "").path, request.path):
        if has_page(path) and not path.startswith(READING):
            return path
    return ""


def has_page(path: str, method: str = "GET") -> bool:
    """Whether this is an address of ours that shows a page or, with "POST", that takes a form."""
    return path.startswith("/") and len(path) <= LONGEST_PATH and bool(endpoint_at(path, method))


def endpoint_at(path: str, method: str = "POST") -> str:
    """The endpoint that answers there; nothing where none does."""
    try:
        return current_app.url_map.bind("").match(path.partition("?")[0], method)[0]
    except HTTPException:
        return ""


def init_app(app: Flask) -> None:
    """Has every form that was refused kept for who sent it, and every page say what is kept of it.

    A browser sends one form. A script keeps the others, as it keeps whatever is typed (assets/js/keeping.js). Where a
    button does something else beside a text, it can belong to the form of the text, with a `formaction` of its own,
    whose "beside" is the prefix of the fields that it uses itself: then this works without a script.
    """
    app.before_request(_give_back)
    app.after_request(_settle)
    app.context_processor(_show_saved)
    last_signed_in.init_app(app)


def _show_saved() -> dict[str, object]:
    """For the shell of a page with a form: which of its forms are kept, and the page itself as the script names it."""
    if not has_request_context() or not g.get("has_form") or not current_user.is_authenticated:
        return {"saved_here": (), "page_shown": ""}
    if "saved_here" not in g:
        g.saved_here = _saved_on(_page_shown())
    return {"saved_here": g.saved_here, "page_shown": _page_shown()}


def _page_shown() -> str:
    return request.path if request.method == "GET" else standing_on()


def _saved_on(page: str) -> list[SavedForm]:
    """What is kept of a page that does not itself show it; the form that was just sent stands there as it was sent."""
    mine = (SavedForm.person_id == current_user.id, or_(SavedForm.page == page, SavedForm.path == page))
    with db.session.no_autoflush:
        found = db.session.scalars(select(SavedForm).where(*mine).order_by(SavedForm.path)).all()
    own = restoring_endpoints()
    sent = sent_as() if request.method == "POST" else None
    return [each for each in found if each.path != sent and endpoint_at(each.path) not in own]


def _give_back() -> None:
    if request.method == "GET" and request.args.get(GIVEN_BACK) == BESIDE and current_user.is_authenticated:
        found = saved_form_at(current_user.id, request.path)
        g.given_back = found.pairs if found else []


def _settle(response: Response) -> Response:
    """Keeps the form just sent if it was refused, or what its button did not use; forgets it if it was taken."""
    if (
        request.method != "POST"
        or not current_user.is_authenticated
        or "form_settled" in g
        or request.endpoint == KEEPING
    ):
        return response
    if response.status_code in REFUSED:
        save_posted_form()
    elif response.status_code in TAKEN and BESIDE in request.args:
        _keep_beside(response)
    elif response.status_code in TAKEN:
        g.writes = True
        delete_form(current_user.id, request.path)
        db.session.commit()
    return response


def _keep_beside(response: Response) -> None:
    """Keeps the text that the form of the pressed button held beside it, for the page that is shown next."""
    page, own = standing_on(), request.args[BESIDE]
    pairs = [(name, value) for name, value in form_pairs() if not own or not name.startswith(own)]
    found = _commit_form(current_user.id, page, pairs) if page else None
    if found and urlsplit(response.location).path == page:
        response.location = _giving_back(response.location)


def _giving_back(address: str) -> str:
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query)) | {GIVEN_BACK: BESIDE}
    return parts._replace(query=urlencode(query)).geturl()
