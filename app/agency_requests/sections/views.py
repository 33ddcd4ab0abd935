"""The pages of a draft's sections: each shows its questions, saves the answers, and resolves edit conflicts."""

import uuid
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app import autosave
from app.accounts.models import Person
from app.agency_requests import operations
from app.agency_requests.access import get_draft
from app.agency_requests.blueprint import blueprint
from app.agency_requests.collaboration import edit_conflicts
from app.agency_requests.collaboration import operations as collaboration_operations
from app.agency_requests.models import AgencyRequest
from app.agency_requests.sections.page_forms import page_form, save_form
from app.agency_requests.sections.queries import documents_of, page_version, saved_answers, saved_content, values_of
from app.agency_requests.sections.question_forms import QuestionsForm, questions_form
from app.agency_requests.sections.section_list import (
    BY_KEY,
    RequestSection,
    SectionPage,
    SectionState,
    asked_on,
    first_page,
    next_page,
    section_state,
    shown_pages,
    twelve_full_months,
)
from app.extensions import db
from app.needs.questions import QUESTIONS
from app.policy import Permission
from app.security import Page, acting, requires
from app.text import visible
from app.workflow.clocks.operations import today

Typed = MultiDict[str, str]
CONFLICT, UNPROCESSABLE = 409, 422


@blueprint.get("/requests/<uuid:request_id>/sections/<section>")
@requires(Permission.REQUEST_EDIT)
def section_start(request_id: uuid.UUID, section: str) -> Page:
    """Leads to the first page of a section that is not complete."""
    agency_request = get_draft(request_id, acting())
    found = _section(section)
    page = first_page(found, saved_content(agency_request))
    return redirect(url_for(".section", request_id=request_id, section=section, page=page.slug), 303)


@blueprint.get("/requests/<uuid:request_id>/sections/<section>/<page>")
@requires(Permission.REQUEST_EDIT)
def section(request_id: uuid.UUID, section: str, page: str) -> Page:
    """One page of a section."""
    agency_request = get_draft(request_id, acting())
    operations.refuse_unless_draft(agency_request, acting())
    found, shown = _place(section, page)
    text = _with_what_was_kept(agency_request, found, shown)
    return _seen_there(text, agency_request.id, found, shown)


def _seen_there(text: str, request_id: uuid.UUID, section: RequestSection, page: SectionPage) -> str:
    """The page, once colleagues can see who has it open; in a transaction of its own, since looking only reads."""
    db.session.rollback()
    g.writes = True
    agency_request = get_draft(request_id, acting())
    collaboration_operations.open_page(agency_request, acting(), section.key, page.slug)
    try:
        db.session.commit()
    except IntegrityError:  # the same person opened it twice at one moment: they are seen there already
        db.session.rollback()
    return text


def _with_what_was_kept(agency_request: AgencyRequest, found: RequestSection, shown: SectionPage) -> str:
    """The page as saved, with the offer of what this person typed and did not save; or filled in with that."""
    saved = _form(agency_request, shown, None)
    mine = autosave.saved_form_at(acting().id, request.path)
    typed = _form(agency_request, shown, MultiDict(mine.pairs)) if mine else saved
    if mine is None or not edit_conflicts.has_differences(typed, saved):
        return _show(agency_request, found, shown, saved)
    is_used = request.args.get("kept") == "use"
    return _show(agency_request, found, shown, typed if is_used else saved, kept=mine, is_kept_shown=is_used)


@blueprint.post("/requests/<uuid:request_id>/sections/<section>/<page>")
@requires(Permission.REQUEST_EDIT)
def save(request_id: uuid.UUID, section: str, page: str) -> Page:
    """Saves one page; where somebody saved other answers meanwhile, both are shown to choose from."""
    agency_request = get_draft(request_id, acting())
    operations.lock_draft(agency_request, acting())
    found, shown = _place(section, page)
    saved = _form(agency_request, shown, None)
    form = _form(agency_request, shown, edit_conflicts.merge_fields(request.form, saved))
    good = form.validate_on_submit()
    answer = _unsettled(agency_request, shown, form, saved)
    if answer is None and not good:
        answer = _unread(agency_request, found, shown, form, saved)
    answer = answer or _saved(agency_request, found, shown, form)
    db.session.commit()
    return answer


def _saved(agency_request: AgencyRequest, section: RequestSection, page: SectionPage, form: Any) -> Response:
    """Keeps the answers, and leads on."""
    autosave.delete_form(acting().id, request.path)
    if isinstance(form, QuestionsForm):
        operations.save_answers(agency_request, acting(), form.given, form.questions)
    else:
        save_form(page.slug, form, agency_request, acting())
    return _onward(agency_request, section, page)


def _unread(agency_request: AgencyRequest, section: RequestSection, page: SectionPage, form: Any, saved: Any) -> Page:
    """The page with what was typed and what is wrong with it."""
    autosave.save_form(acting().id, request.path, autosave.form_pairs())
    form.expected_version.data = saved.expected_version.data
    return _show(agency_request, section, page, form), UNPROCESSABLE


def _onward(agency_request: AgencyRequest, section: RequestSection, page: SectionPage) -> Response:
    tasks = url_for(".tasks", request_id=agency_request.id)
    if request.form.get("then") == "back":
        collaboration_operations.close_page(agency_request, acting(), section.key)
        flash("Saved. You can go on whenever you like.")
        return redirect(tasks, 303)
    saved = saved_content(agency_request)
    if section_state(section, saved) is SectionState.COMPLETE:
        collaboration_operations.end_assignment(agency_request, section.key)
    after = next_page(section, page, saved)
    if after is None:
        collaboration_operations.close_page(agency_request, acting(), section.key)
        flash(f"“{section.title}” is saved.")
        return redirect(tasks, 303)
    return redirect(url_for(".section", request_id=agency_request.id, section=section.key, page=after.slug), 303)


def _show(
    agency_request: AgencyRequest, section: RequestSection, page: SectionPage, form: Any, **kept_page: object
) -> str:
    saved = saved_content(agency_request)
    shown = shown_pages(section, saved)
    return render_template(
        "agency_requests/questions.html" if page.questions else f"agency_requests/{page.slug}.html",
        agency_request=agency_request,
        section=section,
        page=page,
        form=form,
        place=shown.index(page) + 1 if page in shown else 1,
        total=len(shown),
        months=twelve_full_months(today()),
        documents=documents_of(agency_request),
        unconfirmed={key: QUESTIONS[key].words(saved.answers[key]) for key in saved.unconfirmed},
        here=collaboration_operations.other_editors(agency_request, acting()).get(section.key, ()),
        **kept_page,
    )


def _unsettled(agency_request: AgencyRequest, page: SectionPage, form: Any, saved: Any) -> Page | None:
    """The page to choose on, when somebody saved other answers meanwhile or a choice is still open."""
    differing = _differing(agency_request, form, saved)
    if form.expected_version.data != saved.expected_version.data and differing:
        return _conflict(agency_request, page, differing, saved.expected_version.data, CONFLICT)
    left = edit_conflicts.undecided_fields(request.form)
    if again := [each for each in differing if each.name in left]:
        return _conflict(agency_request, page, again, saved.expected_version.data, UNPROCESSABLE)
    return None


def _differing(agency_request: AgencyRequest, mine: Any, theirs: Any) -> list[edit_conflicts.Difference]:
    """What differs, with the name of who saved each answer; of the other pages only the moment is kept."""
    answers = saved_answers(agency_request)
    savers = {}
    for name in mine._fields:
        answer = answers.get(name)
        person = db.session.get(Person, answer.changed_by_id) if answer and answer.changed_by_id else None
        at = answer.changed_at if answer else agency_request.updated_at
        savers[name] = (person.name if person else "A colleague", at)
    return edit_conflicts.differences(mine, theirs, savers)


def _conflict(
    agency_request: AgencyRequest,
    page: SectionPage,
    differing: list[edit_conflicts.Difference],
    expected_version: str,
    status: int,
) -> Page:
    autosave.save_form(acting().id, request.path, autosave.form_pairs())
    shown = render_template(
        "agency_requests/edit_conflict.html",
        agency_request=agency_request,
        page=page,
        differing=differing,
        expected_version=expected_version,
        carried=edit_conflicts.hidden_fields(request.form),
        then=visible(request.form.get("then", "")),
        form_errors=status == UNPROCESSABLE,
    )
    return shown, status


def _form(agency_request: AgencyRequest, page: SectionPage, typed: Typed | None) -> Any:
    """The form of a page as typed, or as it stands saved; not found where no question of it applies."""
    if page.questions is None:
        return page_form(page.slug, agency_request, typed)
    answers = saved_answers(agency_request)
    asked = asked_on(page, values_of(answers)) or abort(404)
    partial = typed is not None and typed.get("then") == "back"
    return questions_form(asked, answers, typed, expected_version=page_version(asked, answers), partial=partial)


def _section(key: str) -> RequestSection:
    return BY_KEY.get(key) or abort(404)


def _place(section: str, slug: str) -> tuple[RequestSection, SectionPage]:
    found = _section(section)
    return found, next((page for page in found.pages if page.slug == slug), None) or abort(404)
