"""What people typed and could not save yet: kept for them alone, as it was typed, until they save or drop it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from flask import Flask, Response, current_app, g, request
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, UUIDPrimaryKey, db, now
from app.text import visible

Pairs = list[tuple[str, str]]

KEPT_FOR: Final = timedelta(days=14)
MOST_FORMS: Final = 40
LONGEST_PATH: Final = 300
LAST_SEEN: Final = timedelta(days=2)  # longer than a session lives, so that its end is outlived
RENEWED: Final = timedelta(hours=6)
SECRETS: Final = frozenset({"password", "again", "current"})
EXTENSION: Final = "autosave"
BESIDE: Final = "beside"  # in the address of a button that belongs to the form of a text and does something else
GIVEN_BACK: Final = "kept"  # what a page's address says when it gives such a form back
NOT_TYPED: Final = frozenset({"csrf_token", "expected_version", "shown", "then"})


@dataclass(frozen=True)
class AutosaveEndpoints:
    """The endpoints that do more than take a form, by name."""

    saving: set[str] = field(default_factory=set)  # only keep what is typed on the page that calls them
    restoring: set[str] = field(default_factory=set)  # their page fills in again what was kept of it


def autosave_endpoints(app: Flask | None = None) -> AutosaveEndpoints:
    """What was registered with this application, or with the one at work; stages add to its sets."""
    return (app or current_app).extensions.setdefault(EXTENSION, AutosaveEndpoints())


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


def holds_no_secrets() -> bool:
    """Whether those fields are all there was: a password and a file are typed and chosen anew."""
    return not request.files and not SECRETS & set(request.form)


def is_same_site() -> bool:
    """Whether the form came from a page of this service, as far as the browser says."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


def user_fields(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """Of these fields what a person would recognize as theirs."""
    return [(name, value) for name, value in pairs if value.strip() and name not in NOT_TYPED]


def save_posted_form() -> SavedForm | None:
    """Keeps the form just sent in a transaction of its own, for who sent it or, signed out, for who was here last."""
    person_id, pairs = _sender(), form_pairs()
    page = _standing_on()
    path = page if request.endpoint in autosave_endpoints().saving else request.path
    if person_id is None or not user_fields(pairs) or not holds_no_secrets() or len(path) > LONGEST_PATH:
        return None
    return _commit_form(person_id, path, pairs, page)


def _commit_form(person_id: uuid.UUID, path: str, pairs: Pairs, page: str) -> SavedForm | None:
    db.session.rollback()
    g.writes = True
    try:
        found = save_form(person_id, path, pairs, page)
    except IntegrityError:  # the same form sent twice at one moment: the other one keeps it
        db.session.rollback()
        return saved_form_at(person_id, path)
    db.session.commit()
    return found


def _sender() -> uuid.UUID | None:
    if not is_same_site():
        return None
    return current_user.id if current_user.is_authenticated else _last_here()


def _standing_on() -> str:
    """The page that the form stands on: the address it was sent to, or where it was sent from."""
    adapter = current_app.create_url_adapter(request)
    if adapter is not None and adapter.test(request.path, "GET"):
        return request.path
    path = urlsplit(request.referrer or "").path
    return path if path.startswith("/") and not path.startswith("//") and len(path) <= LONGEST_PATH else "/"


def init_app(app: Flask) -> None:
    """Lets the browser remember who was here last, and pages keep what was typed beside the button that was pressed.

    A browser sends one form, so a button that does something else belongs to the form of the text beside it, with a
    `formaction` of its own, whose "beside" is the prefix of the fields that it uses itself.
    """
    app.before_request(_give_back)
    app.after_request(_keep_beside)
    app.after_request(_remember)


def _give_back() -> None:
    if request.method == "GET" and request.args.get(GIVEN_BACK) == BESIDE and current_user.is_authenticated:
        found = saved_form_at(current_user.id, request.path)
        g.given_back = found.pairs if found else []


def _keep_beside(response: Response) -> Response:
    """Keeps the text that the form of the pressed button held beside it, for the page that is shown next."""
    page = _standing_on()
    if request.method != "POST" or response.status_code != 303 or not current_user.is_authenticated:
        return response
    if BESIDE in request.args and urlsplit(response.location).path == page:
        own = request.args[BESIDE]
        pairs = [(name, value) for name, value in form_pairs() if not own or not name.startswith(own)]
        if user_fields(pairs) and len(page) <= LONGEST_PATH:
            _commit_form(current_user.id, page, pairs, page)
            response.location = _giving_back(response.location)
    elif parse_qs(urlsplit(request.referrer or "").query).get(GIVEN_BACK) == [BESIDE]:
        _forget(page)
    return response


def _giving_back(address: str) -> str:
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query)) | {GIVEN_BACK: BESIDE}
    return parts._replace(query=urlencode(query)).geturl()


def _forget(page: str) -> None:
    """Drops what a page gave back: it was sent."""
    g.writes = True
    delete_form(current_user.id, page)
    db.session.commit()


def _remember(response: Response) -> Response:
    if current_user and current_user.is_authenticated and _last_here(RENEWED) != current_user.id:
        response.set_cookie(
            _cookie(), _signer().dumps(str(current_user.id)), max_age=LAST_SEEN, httponly=True, samesite="Strict",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )  # fmt: skip
    return response


def _last_here(within: timedelta = LAST_SEEN) -> uuid.UUID | None:
    try:
        name = _signer().loads(request.cookies.get(_cookie(), ""), max_age=int(within.total_seconds()))
        return uuid.UUID(name)
    except (BadSignature, ValueError):
        return None


def _cookie() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}_last"


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="who was here last")
