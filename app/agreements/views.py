"""An agreement's pages: the list, the text with what its reader may do, its files, and every step of its journey."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import pagination
from app.agency_requests.access import get_request
from app.agency_requests.models import AgencyRequest
from app.agency_requests.request_page import render_request_page
from app.agreements import clearing, finalization, operations
from app.agreements.access import get_agreement, reads_text, visible_agreements
from app.agreements.drafting.current_text import clauses_of, current_text, plain_text
from app.agreements.facts.condition_facts import facts_of_text
from app.agreements.forms import ProposalForm, ReplyForm, ResolutionForm
from app.agreements.models import Agreement, Proposal
from app.agreements.negotiation import operations as negotiation_operations
from app.agreements.rendering.agreement_pdf import render_pdf
from app.agreements.rendering.agreement_word import render_word
from app.extensions import db
from app.policy import Permission, Side
from app.programs.catalog import CATALOG
from app.review.facts import approved_programs
from app.security import Page, acting, requires
from app.uploads.serving import attachment
from app.workflow import engine
from app.workflow.forms import ShownForm, StepForm, as_version
from app.workflow.journey.agreement_journey import AGREEMENT_STATUS_WORDS, AgreementAction, AgreementStatus
from app.workflow.journey.request_journey import Status
from app.workflow.journey.steps import Step
from app.workflow.refusals import StepRefused, not_found
from app.workflow.shown_again import shows_again
from app.workflow.step_checklist import step_checklist
from app.workflow.step_pages import step_links

blueprint = Blueprint("agreements", __name__)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get("/agreements")
@requires(Permission.AGREEMENT_READ)
def index() -> str:
    """Every agreement this person sees, the newest first."""
    query = visible_agreements(acting()).order_by(Agreement.updated_at.desc(), Agreement.id)
    found = pagination.page_of(query, pagination.page_number())
    return render_template("agreements/agreements.html", page=found.showing([_row(each) for each in found.rows]))


def _row(agreement: Agreement) -> dict[str, Any]:
    return {
        "id": agreement.id,
        "href": url_for(".show", agreement_id=agreement.id),
        "name": CATALOG.label(agreement.program_key),
        "agency": agreement.agency_request.agency.name,
        "number": agreement.number or agreement.agency_request.number or "",
        "status": AGREEMENT_STATUS_WORDS[agreement.status],
        "updated_at": agreement.updated_at,
    }


@blueprint.get("/cases/<uuid:request_id>/drafting")
@requires(Permission.AGREEMENT_READ)
def drafting(request_id: uuid.UUID) -> str:
    """The agreements of one request, and those still to be started."""
    agency_request = get_request(request_id, acting())
    query = db.select(Agreement).where(Agreement.request_id == request_id).order_by(Agreement.created_at, Agreement.id)
    agreements = db.session.scalars(query).all()
    live = {agreement.program_key for agreement in agreements if agreement.status != AgreementStatus.ABANDONED}
    return render_request_page(
        "agreements/drafting.html",
        agency_request,
        rows=[_row(agreement) for agreement in agreements],
        is_drafting=agency_request.status == Status.DRAFTING,
        waiting=[(key, CATALOG.label(key)) for key in _approved(agency_request) if key not in live],
    )


def _approved(agency_request: AgencyRequest) -> tuple[str, ...]:
    return approved_programs(agency_request.id)


@blueprint.post("/cases/<uuid:request_id>/drafting")
@requires(Permission.AGREEMENT_START)
def start(request_id: uuid.UUID) -> Page:
    """Starts the agreement of one approved program."""
    agency_request = get_request(request_id, acting())
    agreement = operations.start_agreement(agency_request, acting(), request.form.get("program_key", "")[:60])
    db.session.commit()
    flash("The draft is started. You are its drafter.")
    return redirect(url_for(".show", agreement_id=agreement.id), 303)


@blueprint.get("/agreements/<uuid:agreement_id>")
@requires(Permission.AGREEMENT_READ)
def show(agreement_id: uuid.UUID) -> str:
    """The text, and what this reader may do with it."""
    return page_of(get_agreement(agreement_id, acting()))


def clause_choices(agreement: Agreement) -> list[tuple[str, str]]:
    """The clauses that a proposal may be about: key and title, in the order of the text."""
    return [(clause.key, clause.title) for clause in clauses_of(current_text(agreement).draft)]


def page_of(
    agreement: Agreement, failed: Any = None, sentences: tuple[str, ...] = (), *, answered: Proposal | None = None
) -> str:
    """The agreement's page; `failed` is a form with errors, shown with what was typed, an answer at its proposal."""
    actor = acting()
    reads = reads_text(agreement, actor)
    text, acceptance = current_text(agreement), negotiation_operations.current_acceptance(agreement)
    drafted = text.draft if reads else None
    clauses = clauses_of(drafted) if drafted else []
    titles = {clause.key: clause.title for clause in clauses}
    offered = engine.offered_steps(agreement, actor)
    forward = _way_on(offered)
    is_for_another = clearing.is_for_another(agreement, actor)
    fresh = {"expected_version": agreement.version, "shown": text.content_hash if reads else ""}
    return render_template(
        "agreements/agreement.html",
        agreement=agreement,
        drafter=agreement.drafter.name,
        cleared_by=agreement.cleared_by.name if agreement.cleared_by else "",
        voided=[each for each in agreement.acceptances if each.voided_at],
        agency_request=agreement.agency_request,
        name=CATALOG.label(agreement.program_key),
        status=AGREEMENT_STATUS_WORDS[agreement.status],
        draft=drafted,
        may_propose=any(step.action is AgreementAction.PROPOSE for step in offered),
        answers=any(step.action is AgreementAction.ANSWER_PROPOSAL for step in offered),
        act=forward or next((step for step in offered if step.effect), None),
        presses=_presses(agreement, offered),
        links=step_links(offered, agreement, actor, besides=url_for("agreements.show", agreement_id=agreement.id)),
        is_agency=actor.side is Side.AGENCY,
        content_hash=fresh["shown"],
        clauses=[(c.key, c.title, plain_text(c)) for c in clauses],
        titles=titles,
        proposals=agreement.proposals if reads else [],
        statuses=negotiation_operations.STATUS_WORDS,
        may_answer=negotiation_operations.may_answer,
        answered=answered,
        failed=failed,
        sentences=sentences,
        form_errors=bool(sentences),
        checks=step_checklist(forward, agreement, actor, {"text": facts_of_text(agreement, text, acceptance)}),
        is_for_another=is_for_another,
        others=clearing.others_who_clear(agreement, actor) if is_for_another else [],
        needs_resolution=text.needs_resolution,
        acceptance=acceptance,
        frozen=finalization.frozen_version(agreement),
        **_forms(titles, fresh, failed),
    )


def _forms(titles: Mapping[str, str], fresh: dict[str, Any], failed: Any) -> dict[str, Any]:
    """The forms of the page, empty but for the one with errors."""
    chosen = {"clause_key": request.args.get("clause", "")}
    return {
        "step_form": ShownForm(formdata=None, data=fresh),
        "blank_reply": ReplyForm(formdata=None, data=fresh),
        "proposal_form": failed
        if isinstance(failed, ProposalForm)
        else ProposalForm(list(titles.items()), formdata=None, data=fresh | chosen),
        "resolution_form": failed if isinstance(failed, ResolutionForm) else ResolutionForm(formdata=None),
    }


def _presses(agreement: Agreement, offered: Sequence[Step]) -> list[tuple[str, str]]:
    """The steps that are taken on this page by a button of their own: its words, and where it sends the form."""
    own = (step for step in offered if step.leads_on and step.page == "agreements.show")
    return [(step.button, url_for(f"agreements.{step.action}", agreement_id=agreement.id)) for step in own]


def _way_on(offered: Sequence[Step]) -> Step | None:
    """Of what this reader may do, the step that leads on."""
    return next((step for step in offered if step.leads_on), None)


@blueprint.get("/agreements/<uuid:agreement_id>.pdf")
@requires(Permission.AGREEMENT_READ)
def pdf(agreement_id: uuid.UUID) -> Response:
    """The text as a tagged PDF: the frozen bytes once there are any."""
    return _file(get_agreement(agreement_id, acting()), "pdf", "application/pdf")


@blueprint.get("/agreements/<uuid:agreement_id>.docx")
@requires(Permission.AGREEMENT_READ)
def docx(agreement_id: uuid.UUID) -> Response:
    """The text as a Word file: the frozen bytes once there are any."""
    return _file(get_agreement(agreement_id, acting()), "docx", DOCX)


def _file(agreement: Agreement, kind: str, media_type: str) -> Response:
    if not reads_text(agreement, acting()):
        raise not_found()
    frozen = finalization.frozen_version(agreement)
    if frozen is not None:
        content = frozen.pdf if kind == "pdf" else frozen.docx
    else:
        drafted = current_text(agreement).draft
        content = render_pdf(drafted) if kind == "pdf" else render_word(drafted)
    name = f"{agreement.number or agreement.agency_request.number}-{agreement.program}.{kind}"
    return attachment(content or b"", name, media_type)


def _shown_again(refused: StepRefused, agreement_id: uuid.UUID) -> Page:
    """The page with what is missing above it."""
    return page_of(get_agreement(agreement_id, acting()), sentences=refused.sentences), 422


@blueprint.post("/agreements/<uuid:agreement_id>/accept")
@requires(Permission.AGREEMENT_ACCEPT)
@shows_again(_shown_again)
def accept_text(agreement_id: uuid.UUID) -> Page:
    """The agency head accepts exactly the text that was shown."""
    agreement = get_agreement(agreement_id, acting())
    negotiation_operations.accept_text(agreement, acting(), **ShownForm().seen)
    db.session.commit()
    flash("You accepted the text. The approving official can finalize it.")
    return redirect(url_for(".show", agreement_id=agreement_id), 303)


@blueprint.post("/agreements/<uuid:agreement_id>/finalize")
@requires(Permission.AGREEMENT_FINALIZE)
@shows_again(_shown_again)
def finalize(agreement_id: uuid.UUID) -> Page:
    """Freezes the accepted text."""
    agreement = get_agreement(agreement_id, acting())
    expected_version = as_version(StepForm().expected_version.data)
    finalization.finalize_agreement(agreement, acting(), expected_version=expected_version)
    db.session.commit()
    flash("The agreement is drafted.")
    return redirect(url_for(".show", agreement_id=agreement_id), 303)
