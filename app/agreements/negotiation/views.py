"""Where a text is worked on: facts, clauses, proposals and answers to them, the resolution."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.agreements import clearing, finalization, operations
from app.agreements.access import get_agreement
from app.agreements.drafting.current_text import AgreementText, current_text, fact_keys, template_of
from app.agreements.forms import (
    OWN_WORDING,
    ClauseForm,
    FactsForm,
    ProposalForm,
    ReplyForm,
    ResolutionForm,
    facts_form,
)
from app.agreements.library.library import LIBRARY
from app.agreements.library.markup import BadClauseText
from app.agreements.library.template_model import ClauseKind, ClauseText
from app.agreements.models import Agreement
from app.agreements.negotiation import operations as negotiation_operations
from app.agreements.views import clause_choices, page_of
from app.extensions import db
from app.policy import Permission
from app.programs.catalog import CATALOG
from app.security import Page, acting, requires
from app.workflow import engine
from app.workflow.journey.agreement_journey import AgreementAction
from app.workflow.refusals import RefusalKind, StepRefused

blueprint = Blueprint("negotiation", __name__, url_prefix="/agreements/<uuid:agreement_id>")
STANDARD, OWN, OUT = "standard", OWN_WORDING, "out"
KIND_WORDS = {
    ClauseKind.MANDATORY: "Mandatory",
    ClauseKind.OPTIONAL: "Optional",
    ClauseKind.ALTERNATE: "Alternate",
    ClauseKind.CONDITIONAL: "Applies under a condition",
}


@blueprint.get("/facts")
@requires(Permission.AGREEMENT_EDIT)
def facts(agreement_id: uuid.UUID) -> Page:
    """Every fact the text names, filled from the case where it can be."""
    agreement = get_agreement(agreement_id, acting())
    operations.refuse_unless_editable(agreement, acting())
    text = current_text(agreement)
    return _facts_page(agreement, text, facts_form(fact_keys(text.draft), text.facts, formdata=None))


@blueprint.post("/facts")
@requires(Permission.AGREEMENT_EDIT)
def save_facts(agreement_id: uuid.UUID) -> Page:
    """Saves what differs from the case."""
    agreement = get_agreement(agreement_id, acting())
    operations.refuse_unless_editable(agreement, acting())
    text = current_text(agreement)
    form = facts_form(fact_keys(text.draft), {})
    if not form.validate_on_submit():
        return _facts_page(agreement, text, form), 422
    kept = {key: value for key, value in agreement.facts.items() if key not in form.keys}
    operations.save_facts(agreement, acting(), kept | {k: v for k, v in form.values.items() if v != text.given.get(k)})
    db.session.commit()
    flash("The facts are saved.")
    return redirect(url_for("agreements.show", agreement_id=agreement_id), 303)


def _facts_page(agreement: Agreement, text: AgreementText, form: FactsForm) -> str:
    missing = {fact.key for fact in text.draft.missing}
    return render_template(
        "agreements/facts.html",
        agreement=agreement,
        agency_request=agreement.agency_request,
        name=CATALOG.label(agreement.program_key),
        form=form,
        missing=missing,
        required=template_of(agreement).required_facts,
    )


@blueprint.get("/clauses")
@requires(Permission.AGREEMENT_EDIT)
def clauses(agreement_id: uuid.UUID) -> Page:
    """Every clause of the template: its kind, on what it rests, and what was changed."""
    agreement = get_agreement(agreement_id, acting())
    edits = {edit.clause_key: edit for edit in agreement.edits}
    template = template_of(agreement)
    articles = [
        (
            plan.title,
            [
                {"clause": LIBRARY.clause(key), "kind": KIND_WORDS[LIBRARY.clause(key).kind], "edit": edits.get(key)}
                for key in plan.clauses
            ],
        )
        for plan in template.plans
    ]
    return render_template(
        "agreements/clauses.html",
        agreement=agreement,
        agency_request=agreement.agency_request,
        name=CATALOG.label(agreement.program_key),
        template=template,
        articles=articles,
        may_edit=agreement.status_info.is_editable,
    )


@blueprint.get("/clauses/<key>")
@requires(Permission.AGREEMENT_EDIT)
def clause(agreement_id: uuid.UUID, key: str) -> Page:
    """One clause: the standard, what it rests on, and counsel's own wording."""
    agreement = get_agreement(agreement_id, acting())
    operations.refuse_unless_editable(agreement, acting())
    return _clause_page(agreement, key, None)


@blueprint.post("/clauses/<key>")
@requires(Permission.AGREEMENT_EDIT)
def edit_clause(agreement_id: uuid.UUID, key: str) -> Page:
    """Saves counsel's wording or choice."""
    agreement = get_agreement(agreement_id, acting())
    operations.refuse_unless_editable(agreement, acting())
    form = _clause_form(agreement, key, from_request=True)
    good = form.validate_on_submit()
    if form.choice.data != STANDARD and not form.reason.data:
        form.reason.errors = ["Say why it differs from the standard."]
        good = False
    if not good:
        return _clause_page(agreement, key, form), 422
    chosen = form.choice.data or STANDARD
    try:
        operations.edit_clause(
            agreement,
            acting(),
            key,
            text=form.text.data if chosen == OWN else None,
            included=False if chosen == OUT else True if chosen == "in" else None,
            alternate=chosen if chosen not in {STANDARD, OWN, OUT, "in"} else None,
            reason=form.reason.data,
        )
    except BadClauseText as bad:
        db.session.rollback()
        form.text.errors = [str(bad)]
        return _clause_page(get_agreement(agreement_id, acting()), key, form), 422
    db.session.commit()
    flash("The clause is saved.")
    return redirect(url_for(".clauses", agreement_id=agreement_id), 303)


def _clause_form(agreement: Agreement, key: str, *, from_request: bool = False) -> ClauseForm:
    standard = _standard(agreement, key)
    edit = next((edit for edit in agreement.edits if edit.clause_key == key), None)
    now = STANDARD
    if edit is not None:
        now = edit.alternate or (OWN if edit.text is not None else OUT if edit.included is False else "in")
    data = {
        "choice": now,
        "text": edit.text if edit and edit.text is not None else LIBRARY.write(standard),
        "reason": edit.reason if edit else "",
    }
    form = ClauseForm(data=data) if from_request else ClauseForm(formdata=None, data=data)
    choices = [(STANDARD, "The standard wording"), (OWN, "Our own wording, below"), (OUT, "Leave the clause out")]
    if standard.kind in {ClauseKind.OPTIONAL, ClauseKind.CONDITIONAL}:
        choices.append(("in", "Put the clause in"))
    choices += [(other.key, f"Instead: {other.title}") for other in LIBRARY.alternates(key)]
    form.choice.offer(choices)
    form.shown = data["text"]
    return form


def _standard(agreement: Agreement, key: str) -> ClauseText:
    if key not in template_of(agreement).clause_keys:
        abort(404)
    return LIBRARY.clause(key)


def _clause_page(agreement: Agreement, key: str, form: ClauseForm | None) -> str:
    standard = _standard(agreement, key)
    return render_template(
        "agreements/clause.html",
        agreement=agreement,
        agency_request=agreement.agency_request,
        clause=standard,
        kind=KIND_WORDS[standard.kind],
        standard_text=LIBRARY.write(standard),
        form=form or _clause_form(agreement, key),
        facts=LIBRARY.facts.values(),
        clears=clearing.is_with(agreement, acting()) and not clearing.is_for_another(agreement, acting()),
        others=clearing.others_who_clear(agreement, acting()),
    )


@blueprint.post("/proposals")
@requires(Permission.AGREEMENT_PROPOSE)
def propose(agreement_id: uuid.UUID) -> Page:
    """Proposes a change of a clause, or comments on it."""
    agreement = get_agreement(agreement_id, acting())
    engine.check_step(AgreementAction.PROPOSE, agreement, acting())
    form = ProposalForm(clause_choices(agreement))
    if not form.validate_on_submit():
        return page_of(agreement, form), 422
    negotiation_operations.propose_change(
        agreement, acting(), form.clause_key.data, kind=form.kind.data, text=form.text.data,
        reason=form.reason.data, expected_version=form.expected_version.data,
    )  # fmt: skip
    db.session.commit()
    flash("The other side has been told of your proposal.")
    return _back(agreement_id)


@blueprint.post("/proposals/<uuid:proposal_id>/answer")
@requires(Permission.AGREEMENT_ANSWER_PROPOSAL)
def answer(agreement_id: uuid.UUID, proposal_id: uuid.UUID) -> Page:
    """Accepts, declines or counters a proposal of the other side."""
    agreement = get_agreement(agreement_id, acting())
    engine.check_step(AgreementAction.ANSWER_PROPOSAL, agreement, acting())
    proposal = negotiation_operations.find_proposal(agreement, proposal_id)
    form = ReplyForm()
    if not form.validate_on_submit():
        return page_of(agreement, form, answered=proposal), 422
    reply = negotiation_operations.ProposalReply(form.answer.data, form.words.data, form.text.data)
    try:
        negotiation_operations.answer_proposal(
            agreement, acting(), proposal, reply, expected_version=form.expected_version.data
        )
    except StepRefused as refused:
        if refused.kind is not RefusalKind.INCOMPLETE:
            raise
        db.session.rollback()
        return page_of(get_agreement(agreement_id, acting()), form, refused.sentences, answered=proposal), 422
    db.session.commit()
    flash("Your answer is recorded.")
    return _back(agreement_id)


@blueprint.post("/proposals/<uuid:proposal_id>/withdraw")
@requires(Permission.AGREEMENT_PROPOSE)
def withdraw(agreement_id: uuid.UUID, proposal_id: uuid.UUID) -> Page:
    """Takes one's own open proposal back."""
    agreement = get_agreement(agreement_id, acting())
    proposal = negotiation_operations.find_proposal(agreement, proposal_id)
    negotiation_operations.withdraw_proposal(agreement, acting(), proposal, expected_version=agreement.version)
    db.session.commit()
    flash("Your proposal is withdrawn.")
    return _back(agreement_id)


@blueprint.post("/resolution")
@requires(Permission.AGREEMENT_RECORD_RESOLUTION)
def record_resolution(agreement_id: uuid.UUID) -> Page:
    """Records the governing body's resolution."""
    agreement = get_agreement(agreement_id, acting())
    finalization.refuse_unless_resolution_is_yours(agreement, acting())
    form = ResolutionForm()
    if not form.validate_on_submit():
        return page_of(agreement, form), 422
    finalization.record_resolution(
        agreement, acting(), body=form.body.data, reference=form.reference.data, passed_on=form.passed_on.data
    )
    db.session.commit()
    flash("The resolution is recorded.")
    return _back(agreement_id)


def _back(agreement_id: uuid.UUID) -> Response:
    return redirect(url_for("agreements.show", agreement_id=agreement_id, _anchor="proposals"), 303)
