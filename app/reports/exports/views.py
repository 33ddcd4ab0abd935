"""Downloads of a list: CSV streamed, a small workbook at once, a large one prepared in the background."""

import uuid
from collections.abc import Mapping

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, stream_with_context, url_for

from app.cases.queue import filters as case_lists
from app.cases.queue.bulk_assignment import MOST
from app.extensions import db
from app.policy import Permission, allows
from app.reports.exports import operations
from app.reports.exports.downloads import TYPES, list_csv, list_workbook, table_file
from app.reports.exports.exported_lists import CHOSEN, LISTS, ExportList, count_rows
from app.reports.exports.models import ExportJob, ExportState
from app.security import Page, acting, requires
from app.storage import store
from app.text import LINE_LIMIT, clean_filter
from app.workflow.clocks.operations import today

blueprint = Blueprint("exports", __name__, url_prefix="/exports")


@blueprint.get("")
@requires(Permission.EXPORT_OWN)
def mine() -> str:
    """The files this person asked for, and the lists they may take away whole."""
    lists = [listed for listed in LISTS.values() if allows(acting(), listed.needs)]
    return render_template("reports/exports.html", jobs=operations.exports_of(acting()), lists=lists, named=LISTS)


@blueprint.get("/lists/<key>")
@requires(Permission.EXPORT_OWN)
def choose(key: str) -> str:
    """How many rows, and in which form."""
    listed = _list(key)
    return _choose(listed, _filters(listed, request.args))


def _choose(listed: ExportList, filters: dict[str, str], wanted: int = 0) -> str:
    rows = count_rows(listed, acting(), filters)
    return render_template(
        "reports/export.html", listed=listed, filters=filters, rows=rows, is_large=rows >= operations.AT_ONCE,
        is_filtered=any(value for name, value in filters.items() if name != "view"), chosen=CHOSEN in filters,
        gone=max(0, wanted - rows),
    )  # fmt: skip


@blueprint.post("/chosen")
@requires(Permission.REPORT_READ)
def chosen() -> Page:
    """The same for rows of the queue that were chosen one by one."""
    keys = list(dict.fromkeys(request.form.getlist("chosen")))
    if not 0 < len(keys) <= MOST:
        flash(f"At most {MOST} requests go at once." if keys else "Choose a request first.", "error")
        return redirect(url_for("cases.queue", **case_lists.parse_filters(request.args).parameters), 303)
    filters = {"view": "all", CHOSEN: ",".join(key.replace("-", "") for key in keys)}
    return _choose(LISTS["requests"], filters, wanted=len(keys))


@blueprint.post("/lists/<key>")
@requires(Permission.EXPORT_OWN)
def take(key: str) -> Page:
    """The file, or the page where it is being prepared."""
    listed = _list(key)
    filters = _filters(listed, request.form)
    rows = count_rows(listed, acting(), filters)
    kind = "xlsx" if request.form.get("kind") == "xlsx" else "csv"
    if kind == "xlsx" and rows >= operations.AT_ONCE:
        job = operations.request_export(acting(), listed, filters)
        db.session.commit()
        return redirect(url_for(".job", job_id=job.id), 303)
    operations.record_export(acting(), listed, filters, kind, rows)
    db.session.commit()
    return _whole_file(listed, filters, kind)


def _whole_file(listed: ExportList, filters: dict[str, str], kind: str) -> Response:
    name = f"{listed.key}-{today()}"
    if kind == "xlsx":
        return list_workbook(listed, acting(), filters, name)
    return table_file(stream_with_context(list_csv(listed, acting(), filters)), name, "csv")


@blueprint.get("/<uuid:job_id>")
@requires(Permission.EXPORT_OWN)
def job(job_id: uuid.UUID) -> str:
    """How far it is; it goes on when the page is left."""
    found = _mine(job_id)
    return render_template("reports/export_job.html", job=found, listed=LISTS[found.list_key])


@blueprint.get("/<uuid:job_id>/file")
@requires(Permission.EXPORT_OWN)
def file(job_id: uuid.UUID) -> Response:
    """The workbook, for whoever asked for it."""
    found = _mine(job_id)
    if found.state != ExportState.DONE:
        abort(404)
    content = store().open(found.storage_key)
    answer = table_file(
        iter(lambda: content.read(65_536), b""), f"{found.list_key}-{found.created_at:%Y-%m-%d}", "xlsx"
    )
    answer.content_length, answer.mimetype = found.size, TYPES["xlsx"]
    answer.call_on_close(content.close)
    return answer


@blueprint.post("/<uuid:job_id>/cancel")
@requires(Permission.EXPORT_OWN)
def cancel(job_id: uuid.UUID) -> Page:
    """Stops the preparation."""
    operations.cancel_export(_mine(job_id))
    db.session.commit()
    flash("It is canceled. Nothing was kept.")
    return redirect(url_for(".mine"), 303)


def _list(key: str) -> ExportList:
    listed = LISTS.get(key)
    if listed is None or not allows(acting(), listed.needs):
        abort(404)
    return listed


def _filters(listed: ExportList, typed: Mapping[str, str]) -> dict[str, str]:
    """The filters as the list's page understands them; the empty ones left out."""
    longest = {CHOSEN: MOST * len("0" * 32 + ",")}
    values = {name: clean_filter(typed.get(name, ""), longest.get(name, LINE_LIMIT)) for name in listed.filters}
    return {name: value for name, value in values.items() if value}


def _mine(job_id: uuid.UUID) -> ExportJob:
    return operations.export_of(job_id, acting()) or abort(404)
