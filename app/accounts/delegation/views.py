"""The page on which staff delegate their cases while they are away."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_login import current_user
from wtforms import ValidationError
from wtforms.fields import Field

from app.accounts.delegation import operations
from app.accounts.models import Delegation
from app.deadlines.business_days import day_of
from app.extensions import db, now
from app.forms import BaseForm, ChoiceField, IsoDateField, required
from app.policy import Permission
from app.security import Page, acting, requires

blueprint = Blueprint("delegation", __name__, url_prefix="/account/cover")


class DelegationForm(BaseForm):
    """Who acts for somebody, from which day to which."""

    cover = ChoiceField("Who covers for you", validators=[required("Choose who covers for you.")])
    first = IsoDateField("First day", validators=[required("Choose the first day.")])
    last = IsoDateField("Last day", validators=[required("Choose the last day.")])

    def validate_last(self, field: Field) -> None:
        """Not before the first, and not past."""
        if field.data and (field.data < day_of(now()) or (self.first.data and field.data < self.first.data)):
            raise ValidationError("Choose a last day that is not past, and not before the first.")


@blueprint.get("")
@requires(Permission.DELEGATION_NAME)
def page() -> Page:
    """Who acts for the reader, and the form that names somebody."""
    return _page(_form())


@blueprint.post("")
@requires(Permission.DELEGATION_NAME)
def save_delegation() -> Page:
    """Names somebody."""
    form = _form()
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        operations.delegate(current_user, uuid.UUID(form.cover.data), form.first.data, form.last.data)
    except operations.CannotDelegate as refused:
        form.cover.errors = [str(refused)]
        return _page(form), 422
    db.session.commit()
    flash("The cover is recorded. Mail about your cases goes to both of you on these days.")
    return redirect(url_for(".page"), 303)


@blueprint.post("/<uuid:cover_id>/end")
@requires(Permission.DELEGATION_NAME)
def end(cover_id: uuid.UUID) -> Page:
    """Ends one's own delegation at once."""
    row = db.session.get(Delegation, cover_id)
    if row is None or row.absent_id != acting().id:
        abort(404)
    operations.end_delegation(row, acting())
    db.session.commit()
    flash("The cover is ended.")
    return redirect(url_for(".page"), 303)


def _form() -> DelegationForm:
    form = DelegationForm()
    form.cover.offer([(str(person.id), person.name) for person in operations.possible_delegates(current_user)])
    return form


def _page(form: DelegationForm) -> str:
    return render_template("accounts/delegation.html", form=form, covers=operations.delegations_of(current_user.id))
