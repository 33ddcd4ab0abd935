"""Files that come with a form are inspected before its view begins, while no transaction holds any lock."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from flask import request
from werkzeug.datastructures import FileStorage

from app.extensions import db
from app.uploads.bad_file import BadFile
from app.uploads.inspected_file import InspectedFile
from app.uploads.inspection import LARGEST_FILE, inspect

MOST_FILES: Final = 5
ARRIVED: Final = "app.uploads.arrived"
Parameters = ParamSpec("Parameters")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class SentFile:
    """A file of a form: either inspected, or the sentence that refuses it."""

    name: str
    file: InspectedFile | None = None
    refusal: str = ""


def receives_files(view: Callable[Parameters, Answer]) -> Callable[Parameters, Answer]:
    """Marks a view whose form brings files. They are inspected first, after the guard and before anything is read.

    Whoever the guard asked for was read in a transaction, which on SQLite holds the writer's lock: it ends here.
    """

    @wraps(view)
    def with_files(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Answer:
        _end_transaction()
        request.environ[ARRIVED] = _inspected()
        return view(*args, **kwargs)

    with_files.receives_files = True  # type: ignore[attr-defined] # the architecture test reads it
    return with_files


def arrived(field: str) -> tuple[SentFile, ...]:
    """The files that this request brought in the field, inspected before its view began."""
    found: dict[str, tuple[SentFile, ...]] | None = request.environ.get(ARRIVED)
    if found is None and request.method == "GET":
        return ()
    if found is None:
        raise RuntimeError("a view whose form has files is marked with @receives_files")
    return found.get(field, ())


def _end_transaction() -> None:
    if db.session.new or db.session.dirty or db.session.deleted:
        raise RuntimeError("files are inspected before anything is changed")
    db.session.rollback()


def _inspected() -> dict[str, tuple[SentFile, ...]]:
    sent = [(field, each) for field, each in request.files.items(multi=True) if each.filename]
    look: Callable[[FileStorage], SentFile] = _look_into if len(sent) <= MOST_FILES else _refuse_so_many
    found: dict[str, tuple[SentFile, ...]] = {}
    for field, each in sent:
        found[field] = (*found.get(field, ()), look(each))
    return found


def _look_into(sent: FileStorage) -> SentFile:
    name = sent.filename or ""
    try:
        return SentFile(name, file=inspect(name, sent.stream.read(LARGEST_FILE + 1)))
    except BadFile as bad:
        return SentFile(name, refusal=str(bad))


def _refuse_so_many(sent: FileStorage) -> SentFile:
    return SentFile(sent.filename or "", refusal=f"Attach at most {MOST_FILES} files at once.")
