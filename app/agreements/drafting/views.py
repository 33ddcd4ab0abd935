"""The pages on which an agreement is drafted: its facts, its clauses, and counsel's wording of one of them."""

import uuid
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, url_for

from app.agreements import clearing, operations
from app.agreements.access import get_agreement
from app.agreements.drafting.current_text import AgreementText, current_text, fact_keys, template_of
from app.agreements.forms import (
    ClauseForm,
    FactsForm,
    facts_form,
)
from app.agreements.library.library import LIBRARY
from app.agreements.library.template_model import ClauseKind, ClauseText
from app.agreements.models import Agreement, ClauseEditRecord
from app.agreements.negotiation.blueprint import blueprint
from app.extensions import db
from app.policy import Permission
from app.programs.catalog import CATALOG
from app.security import Page, acting, requires

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
    return render_template(
        "agreements/clauses.html",
        agreement=agreement,
        agency_request=agreement.agency_request,
        name=CATALOG.label(agreement.program_key),
        template=template_of(agreement),
        articles=_articles(agreement),
        may_edit=agreement.status_info.is_editable,
    )


@dataclass(frozen=True)
class EditableClause:
    """A clause of the template and what counsel made of it."""

    clause: ClauseText
    kind: str
    edit: ClauseEditRecord | None


def _articles(agreement: Agreement) -> list[tuple[str, list[EditableClause]]]:
    edits = {edit.clause_key: edit for edit in agreement.edits}

    def row(key: str) -> EditableClause:
        clause = LIBRARY.clause(key)
        return EditableClause(clause, KIND_WORDS[clause.kind], edits.get(key))

    return [(plan.title, [row(key) for key in plan.clauses]) for plan in template_of(agreement).plans]


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
    form = _clause_form(agreement, key)
    if not form.validate_on_submit():
        return _clause_page(agreement, key, form), 422
    operations.edit_clause(agreement, acting(), key, **form.edit)
    db.session.commit()
    flash("The clause is saved.")
    return redirect(url_for(".clauses", agreement_id=agreement_id), 303)


def _clause_form(agreement: Agreement, key: str, **kwargs: Any) -> ClauseForm:
    edit = next((edit for edit in agreement.edits if edit.clause_key == key), None)
    return ClauseForm(_standard(agreement, key), edit, **kwargs)


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
        form=form or _clause_form(agreement, key, formdata=None),
        facts=LIBRARY.facts.values(),
        clears=clearing.is_with(agreement, acting()) and not clearing.is_for_another(agreement, acting()),
        others=clearing.others_who_clear(agreement, acting()),
    )
