"""Prepares large files in the background: asked for, worked on in short turns, canceled, kept for a week."""

import logging
import tempfile
import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import and_, or_, select

from app import audit
from app.accounts.models import Person
from app.extensions import db, now
from app.policy import Actor, allows
from app.reports.exports.exported_lists import LISTS, ExportList, Filters, count_rows, in_batches
from app.reports.exports.models import RUNNING, ExportJob, ExportState
from app.reports.exports.xlsx_writer import Workbook
from app.storage import store

AT_ONCE: Final = 2000  # rows up to which a workbook is made while the person waits
LEASE: Final = timedelta(minutes=5)
KEPT: Final = timedelta(days=7)
SHOWN: Final = 20
FORMS: Final = {"csv": "CSV", "xlsx": "an Excel workbook"}
log = logging.getLogger(__name__)


class ExportStopped(Exception):
    """The person canceled, or may no longer read the list."""


def record_export(actor: Actor, listed: ExportList, filters: Filters, kind: str, rows: int) -> None:
    """Records who took what away."""
    audit.record(
        "exported",
        actor,
        subject=("list", None),
        sentence=f"exported {rows:,} {listed.noun} as {FORMS[kind]}",
        details={"list": listed.key, "filters": dict(filters), "kind": kind},
        audience=audit.Audience.RECORD,
    )


def request_export(actor: Actor, listed: ExportList, filters: Mapping[str, str]) -> ExportJob:
    """Has a workbook prepared; asking again for the one that is under way gives that one."""
    running = select(ExportJob).where(
        ExportJob.person_id == actor.id, ExportJob.list_key == listed.key, ExportJob.state.in_(RUNNING)
    )
    for job in db.session.scalars(running):
        if job.filters == dict(filters):
            return job
    job = ExportJob(
        person_id=actor.id, list_key=listed.key, filters=dict(filters), total=count_rows(listed, actor, filters)
    )
    db.session.add(job)
    record_export(actor, listed, filters, "xlsx", job.total)
    return job


def exports_of(actor: Actor) -> Sequence[ExportJob]:
    """The files this person asked for, the newest first."""
    query = select(ExportJob).where(ExportJob.person_id == actor.id).order_by(ExportJob.created_at.desc(), ExportJob.id)
    return db.session.scalars(query.limit(SHOWN)).all()


def export_of(job_id: uuid.UUID, actor: Actor) -> ExportJob | None:
    """The file, if this person asked for it."""
    job = db.session.get(ExportJob, job_id)
    return job if job is not None and job.person_id == actor.id else None


def cancel_export(job: ExportJob) -> None:
    """Stops it; what is done stays done."""
    if job.is_running:
        job.state, job.finished_at, job.claimed_until = ExportState.CANCELED, now(), None


def work_on_exports() -> bool:
    """Prepares the file that waits longest; tells whether there was one."""
    job = _claim()
    if job is None:
        return False
    key = job.id
    try:
        _prepare(key)
    except ExportStopped as answer:
        _end(key, ExportState.FAILED, fault=str(answer))
    except Exception:
        db.session.rollback()
        log.exception("preparing a file failed")
        _end(key, ExportState.FAILED, fault="Something went wrong on our side. Ask for it again.")
    return True


def _claim() -> ExportJob | None:
    """Takes the next one for five minutes; one whose worker went away is taken again from its beginning."""
    moment = now()
    abandoned = and_(ExportJob.state == ExportState.WORKING.value, ExportJob.claimed_until < moment)
    query = (
        select(ExportJob)
        .where(or_(ExportJob.state == ExportState.WAITING.value, abandoned))
        .order_by(ExportJob.created_at, ExportJob.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    job = db.session.scalar(query)
    if job:
        job.state, job.done, job.claimed_until = ExportState.WORKING, 0, moment + LEASE
    db.session.commit()
    return job


def _prepare(key: uuid.UUID) -> None:
    job = db.session.get_one(ExportJob, key)
    listed, filters, actor = LISTS[job.list_key], job.filters, _still_allowed(job)
    with tempfile.TemporaryDirectory(prefix="access-export-") as folder:
        path = Path(folder) / "list.xlsx"
        with Workbook(path) as book:
            book.sheet(
                listed.title, listed.heads, (row for rows in _turns(key, listed, actor, filters) for row in rows)
            )
        size = path.stat().st_size
        with path.open("rb") as file:
            kept = store().put(file)
    _end(key, ExportState.DONE, storage_key=kept, size=size, expires_at=now() + KEPT)


def _turns(key: uuid.UUID, listed: ExportList, actor: Actor, filters: Filters):  # type: ignore[no-untyped-def] # as in_batches
    """The rows batch by batch; after each the page can show how far it is, and the person may have canceled."""
    for rows in in_batches(listed, actor, filters):
        yield rows
        job = db.session.get_one(ExportJob, key, populate_existing=True, with_for_update=True)
        if job.state != ExportState.WORKING:
            db.session.rollback()
            raise ExportStopped
        job.done += len(rows)
        job.claimed_until = now() + LEASE
        db.session.commit()


def _still_allowed(job: ExportJob) -> Actor:
    """The person as they are now: what they see may have changed since they asked."""
    person = db.session.get_one(Person, job.person_id)
    actor = person.actor
    if not person.active or not allows(actor, LISTS[job.list_key].needs):
        raise ExportStopped("You may no longer read this list.")
    return actor


def _end(key: uuid.UUID, state: ExportState, **values: object) -> None:
    """Closes it, unless it was canceled meanwhile."""
    job = db.session.get_one(ExportJob, key, populate_existing=True, with_for_update=True)
    if job.state == ExportState.WORKING:
        job.state, job.finished_at, job.claimed_until = state, now(), None
        for name, value in values.items():
            setattr(job, name, value)
    db.session.commit()


def delete_old_exports() -> int:
    """Deletes the files that were kept long enough, and their entries; returns how many."""
    old = db.session.scalars(
        select(ExportJob).where(ExportJob.created_at < now() - KEPT, ~ExportJob.state.in_(RUNNING))
    )
    gone = old.all()
    for job in gone:
        db.session.delete(job)
    db.session.flush()
    for key in {job.storage_key for job in gone if job.storage_key}:
        if not db.session.scalar(select(ExportJob.id).where(ExportJob.storage_key == key).limit(1)):
            store().delete(key)
    db.session.commit()
    return len(gone)
