"""The agency's pages before it sends its request: home, start, task list, and each page of the sections."""

import uuid
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from app.accounts.models import Agency, KnownAgreement, Person
from app.extensions import db
from app.guards import acting, requires
from app.intake import filing
from app.intake.access import get_request, visible
from app.intake.brought import brought_along
from app.intake.models import AgencyRequest
from app.intake.pages import FORMS, form_version, load_form, save_form
from app.intake.question_forms import QuestionsForm, questions_form
from app.intake.tasklist import (
    BY_KEY,
    SECTIONS,
    STATE_WORDS,
    Section,
    SectionPage,
    State,
    applies,
    asked_on,
    next_page,
    page_state,
    section_state,
)
from app.policy import Permission, Side
from app.workflow.journey import CLOSED, Status

blueprint = Blueprint("intake", __name__)
Page = Response | str | tuple[str, int]


@blueprint.get("/home")
@requires(Permission.REQUEST_READ)
def home() -> Page:
    """What waits for the agency, its requests, its team."""
    actor = acting()
    if actor.side is not Side.AGENCY:
        return redirect("/queue", 303)
    requests = db.session.scalars(visible(actor).order_by(AgencyRequest.created_at.desc(), AgencyRequest.id)).all()
    team = select(Person).where(Person.agency_id == actor.agency_id, Person.active).order_by(Person.name)
    return render_template(
        "intake/home.html",
        agency=db.session.get(Agency, actor.agency_id),
        requests=requests,
        team=db.session.scalars(team).all(),
        known=_known_agreements(actor.agency_id),
    )


@blueprint.get("/requests/new")
@requires(Permission.REQUEST_CREATE)
def new_request() -> Page:
    """What a request takes, the notices that the law asks for, and the button that starts one."""
    actor = acting()
    open_ones = db.session.scalars(visible(actor).where(AgencyRequest.status.not_in(list(CLOSED)))).all()
    return render_template(
        "intake/new.html",
        agency=db.session.get(Agency, actor.agency_id),
        open_requests=open_ones,
        known=_known_agreements(actor.agency_id),
        brought=brought_along(request.args),
        query=request.query_string.decode("ascii", "ignore"),
    )


@blueprint.post("/requests/new")
@requires(Permission.REQUEST_CREATE)
def create() -> Page:
    """Opens a draft, with the answers of the public finder where they came along."""
    agency = db.session.get(Agency, acting().agency_id)
    state = agency.state if agency else ""
    agency_request = filing.create(acting(), state, dict(brought_along(request.args)))
    db.session.commit()
    return redirect(url_for(".tasks", request_id=agency_request.id), 303)


@blueprint.get("/requests/<uuid:request_id>/tasks")
@requires(Permission.REQUEST_EDIT)
def tasks(request_id: uuid.UUID) -> Page:
    """The sections, how far each is, and what comes next."""
    agency_request = get_request(request_id, acting())
    if agency_request.status != Status.DRAFT:
        return redirect(url_for("cases.status", request_id=request_id), 303)
    saved = filing.filled(agency_request)
    rows = [
        {
            "section": section,
            "state": section_state(section, saved),
            "words": STATE_WORDS[section_state(section, saved)],
            "pages": [
                {"page": page, "state": page_state(page, saved), "words": STATE_WORDS[page_state(page, saved)]}
                for page in section.pages
                if applies(page, saved)
            ],
        }
        for section in SECTIONS
    ]
    done = sum(row["state"] is State.COMPLETE for row in rows)
    return render_template("intake/tasks.html", agency_request=agency_request, rows=rows, done=done)


@blueprint.get("/requests/<uuid:request_id>/sections/<section>")
@requires(Permission.REQUEST_EDIT)
def section_start(request_id: uuid.UUID, section: str) -> Page:
    """Leads to the first page of a section that is not complete."""
    agency_request = get_request(request_id, acting())
    found = _section(section)
    saved = filing.filled(agency_request)
    shown = [page for page in found.pages if applies(page, saved)]
    first = next((page for page in shown if page_state(page, saved) is not State.COMPLETE), shown[0])
    return redirect(url_for(".section", request_id=request_id, section=section, page=first.slug), 303)


@blueprint.get("/requests/<uuid:request_id>/sections/<section>/<page>")
@requires(Permission.REQUEST_EDIT)
def section(request_id: uuid.UUID, section: str, page: str) -> Page:
    """One page of a section."""
    agency_request = get_request(request_id, acting())
    filing.refuse_unless_draft(agency_request, acting())
    found = _section(section)
    return _show(agency_request, found, _page_of(found, page))


@blueprint.post("/requests/<uuid:request_id>/sections/<section>/<page>")
@requires(Permission.REQUEST_EDIT)
def save(request_id: uuid.UUID, section: str, page: str) -> Page:
    """Saves one page; what somebody else saved meanwhile is shown beside what was typed."""
    agency_request = get_request(request_id, acting())
    filing.refuse_unless_draft(agency_request, acting())
    found = _section(section)
    shown = _page_of(found, page)
    form: Any = _questions(agency_request, shown) if shown.questions else FORMS[shown.slug]()
    good = form.validate_on_submit()
    current = _version(agency_request, shown)
    if form.seen.data != current:
        return _conflict(agency_request, found, shown, form, current)
    if not good:
        return _show(agency_request, found, shown, form), 422
    if shown.questions:
        filing.save_answers(agency_request, acting(), form.given)
    else:
        save_form(shown.slug, form, agency_request, acting())
    db.session.commit()
    return _onward(agency_request, found, shown)


def _onward(agency_request: AgencyRequest, section: Section, page: SectionPage) -> Response:
    if request.form.get("then") == "back":
        flash("Saved. You can go on whenever you like.")
        return redirect(url_for(".tasks", request_id=agency_request.id), 303)
    after = next_page(section, page, filing.filled(agency_request))
    if after is None:
        flash(f"“{section.title}” is saved.")
        return redirect(url_for(".tasks", request_id=agency_request.id), 303)
    return redirect(url_for(".section", request_id=agency_request.id, section=section.key, page=after.slug), 303)


def _show(agency_request: AgencyRequest, section: Section, page: SectionPage, form: Any = None) -> str:
    if form is None:
        form = (
            _questions(agency_request, page)
            if page.questions
            else load_form(page.slug, agency_request, form_version(page.slug, agency_request))
        )
    return _rendered(agency_request, section, page, form)


def _rendered(agency_request: AgencyRequest, section: Section, page: SectionPage, form: Any, **more: Any) -> str:
    template = "intake/questions.html" if page.questions else f"intake/{page.slug}.html"
    saved = filing.filled(agency_request)
    shown = [each for each in section.pages if applies(each, saved)]
    place = shown.index(page) + 1 if page in shown else 1
    return render_template(
        template, agency_request=agency_request, section=section, page=page, form=form, place=place, total=len(shown),
        documents=filing.documents_of(agency_request), **more,
    )  # fmt: skip


def _conflict(agency_request: AgencyRequest, section: Section, page: SectionPage, form: Any, current: str) -> Page:
    """What was typed stays in the form; what stands saved is listed above it; sending again replaces it."""
    saved = filing.saved_answers(agency_request)
    form.seen.data = current
    theirs = (
        [(q.text, q.words(saved[q.key].value)) for q in form.questions if q.key in saved]
        if isinstance(form, QuestionsForm)
        else [
            (field.label.text, getattr(agency_request, name, ""))
            for name, field in form._fields.items()
            if name not in {"seen", "csrf_token"} and hasattr(agency_request, name)
        ]
    )
    return _rendered(agency_request, section, page, form, theirs=theirs), 409


def _questions(agency_request: AgencyRequest, page: SectionPage) -> QuestionsForm:
    answers = filing.saved_answers(agency_request)
    asked = asked_on(page, {key: answer.value for key, answer in answers.items()})
    if not asked:
        abort(404)
    partial = request.method == "POST" and request.form.get("then") == "back"
    return questions_form(asked, answers, seen=filing.page_version(asked, answers), partial=partial)


def _version(agency_request: AgencyRequest, page: SectionPage) -> str:
    if page.questions is None:
        return form_version(page.slug, agency_request)
    answers = filing.saved_answers(agency_request)
    return filing.page_version(asked_on(page, {key: answer.value for key, answer in answers.items()}), answers)


def _section(key: str) -> Section:
    return BY_KEY.get(key) or abort(404)


def _page_of(section: Section, slug: str) -> SectionPage:
    return next((page for page in section.pages if page.slug == slug), None) or abort(404)


def _known_agreements(agency_id: uuid.UUID | None) -> list[KnownAgreement]:
    query = select(KnownAgreement).where(KnownAgreement.agency_id == agency_id)
    return list(db.session.scalars(query.order_by(KnownAgreement.signed_on, KnownAgreement.id)))
