"""The pages of letters: those of a case, one to look at before it is issued, one that was, and the templates."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.agency_requests.access import get_request
from app.agency_requests.models import AgencyRequest
from app.agency_requests.request_page import render_request_page
from app.extensions import db
from app.letters import operations, templates
from app.letters.forms import IssueForm, TemplateForm
from app.letters.letter_kinds import SORTS, LetterKind
from app.letters.models import Letter
from app.letters.placeholder_values import missing_values
from app.policy import Permission, Side
from app.security import Page, acting, requires
from app.storage import store
from app.uploads.serving import attachment
from app.workflow.refusals import RefusalKind, StepRefused
from app.workflow.shown_again import shows_again

blueprint = Blueprint("letters", __name__)


@blueprint.get("/cases/<uuid:request_id>/letters")
@requires(Permission.CASE_READ)
def listed(request_id: uuid.UUID) -> str:
    """The letters of a case, and those that can be written."""
    agency_request = get_request(request_id, acting())
    return render_request_page(
        "letters/letters.html",
        agency_request,
        letters=operations.letters_of(request_id),
        sorts=[(kind, sort, missing_values(agency_request, kind)) for kind, sort in SORTS.items()],
        may_issue=operations.may_issue(agency_request, acting()),
    )


@blueprint.get("/cases/<uuid:request_id>/letters/<name>")
@requires(Permission.LETTER_ISSUE)
def preview(request_id: uuid.UUID, name: str) -> Page:
    """A letter as it would be issued now."""
    agency_request, kind = get_request(request_id, acting()), _kind(name)
    operations.refuse_unless_issuable(agency_request, acting(), kind)
    return _preview_page(agency_request, kind, IssueForm(formdata=None))


def _moved_on(refused: StepRefused, request_id: uuid.UUID, name: str) -> Page:
    """The letter as it would read now, with what was added to it."""
    flash(" ".join(refused.sentences), "warning")
    return _preview_page(get_request(request_id, acting()), _kind(name), IssueForm()), 409


@blueprint.post("/cases/<uuid:request_id>/letters/<name>")
@requires(Permission.LETTER_ISSUE)
@shows_again(_moved_on, kind=RefusalKind.TOO_LATE)
def issue(request_id: uuid.UUID, name: str) -> Page:
    """Issues the letter that was looked at, or shows it again with what was added."""
    agency_request, kind, form = get_request(request_id, acting()), _kind(name), IssueForm()
    if _was_issued(form.letter_key, agency_request):
        return redirect(url_for(".letter", letter_id=form.letter_key), 303)
    operations.refuse_unless_issuable(agency_request, acting(), kind)
    if not form.validate_on_submit() or "issue" not in request.form:
        return _preview_page(agency_request, kind, form), 422 if form.errors else 200
    written = operations.draft_letter(agency_request, acting(), kind, form.note.data)
    letter = operations.issue_letter(agency_request, acting(), written, key=form.letter_key, shown=form.shown.data)
    db.session.commit()
    flash("The letter is issued. The agency has been told.")
    return redirect(url_for(".letter", letter_id=letter.id), 303)


@blueprint.get("/letters/<uuid:letter_id>")
@requires(Permission.REQUEST_READ)
def letter(letter_id: uuid.UUID) -> str:
    """A letter that was issued, for both sides."""
    found = operations.get_letter(letter_id, acting())
    layout = "layouts/agency.html" if acting().side is Side.AGENCY else "layouts/staff.html"
    return render_template("letters/letter.html", letter=found, agency_request=found.agency_request, layout=layout)


@blueprint.get("/letters/<uuid:letter_id>.pdf")
@requires(Permission.REQUEST_READ)
def paper(letter_id: uuid.UUID) -> Response:
    """The same letter as it was set on paper."""
    found = operations.get_letter(letter_id, acting())
    with store().open(found.storage_key) as content:
        return attachment(content.read(), f"{found.agency_request.number} {found.kind}.pdf", "application/pdf")


@blueprint.get("/letters/templates")
@requires(Permission.LETTERS_MANAGE)
def kinds() -> str:
    """The kinds of letters, and which version of each counts."""
    rows = [(kind, sort, templates.template_versions(kind)) for kind, sort in SORTS.items()]
    return render_template("letters/templates.html", rows=rows)


@blueprint.get("/letters/templates/<name>")
@requires(Permission.LETTERS_MANAGE)
def template(name: str) -> str:
    """The text of a kind of letter, to be edited, with its placeholders and its versions."""
    kind = _kind(name)
    text, version = templates.current_template(kind)
    data = {"subject": text.subject, "body": text.body, "expected_version": version}
    return _template_page(kind, TemplateForm(kind, formdata=None, data=data))


def _conflict(refused: StepRefused, name: str) -> Page:
    """Both texts, one to go on with: theirs is among the versions, this person's stays in the boxes."""
    form = TemplateForm(_kind(name))
    form.expected_version.data = str(templates.current_template(_kind(name))[1])
    form.body.errors = list(refused.sentences)
    return _template_page(_kind(name), form), 409


@blueprint.post("/letters/templates/<name>")
@requires(Permission.LETTERS_MANAGE)
@shows_again(_conflict, kind=RefusalKind.TOO_LATE)
def write_template(name: str) -> Page:
    """Adds a version of the text."""
    kind = _kind(name)
    form = TemplateForm(kind)
    if not form.validate_on_submit():
        return _template_page(kind, form), 422
    saved = templates.save_template(acting(), kind, form.text, expected_version=form.expected_version.data)
    db.session.commit()
    flash(f"Version {saved.version} is saved. Letters from now on use it; those issued stay as they are.")
    return redirect(url_for(".template", name=kind.value), 303)


def _kind(name: str) -> LetterKind:
    return LetterKind(name) if name in set(LetterKind) else abort(404)


def _was_issued(key: uuid.UUID, agency_request: AgencyRequest) -> bool:
    """Whether this form was sent before, as with a second click."""
    found = db.session.get(Letter, key)
    return found is not None and found.request_id == agency_request.id


def _preview_page(agency_request: AgencyRequest, kind: LetterKind, form: IssueForm) -> str:
    written = operations.draft_letter(agency_request, acting(), kind, form.note.data or "")
    return render_template(
        "letters/preview.html",
        agency_request=agency_request,
        kind=kind,
        sort=SORTS[kind],
        draft=written,
        form=form,
        key=form.letter_key,
    )


def _template_page(kind: LetterKind, form: TemplateForm) -> str:
    return render_template(
        "letters/template.html", kind=kind, sort=SORTS[kind], form=form, versions=templates.template_versions(kind)
    )
