"""Administrators' page of roles that wait for a second administrator."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.accounts.people.operations import LastAdministrator, OwnAccount
from app.accounts.roles import confirmations
from app.extensions import db
from app.policy import Permission
from app.security import acting, requires

blueprint = Blueprint("roles", __name__, url_prefix="/admin/proposals")


@blueprint.get("")
@requires(Permission.PEOPLE_MANAGE)
def listed() -> str:
    """What waits, and what was decided last."""
    return _page()


@blueprint.post("/<uuid:proposal_id>/confirm")
@requires(Permission.PEOPLE_MANAGE)
def confirm(proposal_id: uuid.UUID) -> Response | tuple[str, int]:
    """Gives the roles, as the second administrator."""
    try:
        proposal = confirmations.confirm_roles(proposal_id, acting()) or abort(404)
    except (confirmations.NotAnotherAdministrator, OwnAccount, LastAdministrator):
        return _page("Another administrator confirms this: neither who proposed it nor who gets the role."), 403
    except confirmations.ProposalClosed:
        return _page("This no longer waits. Somebody decided on it, or the account was deactivated."), 409
    db.session.commit()
    flash(f"{proposal.person.name} now is: {confirmations.proposal_words(proposal)}.")
    return redirect(url_for(".listed"), 303)


@blueprint.post("/<uuid:proposal_id>/close")
@requires(Permission.PEOPLE_MANAGE)
def close(proposal_id: uuid.UUID) -> Response | tuple[str, int]:
    """Refuses it, or takes one's own back."""
    try:
        proposal = confirmations.close_proposal(proposal_id, acting()) or abort(404)
    except confirmations.ProposalClosed:
        return _page("This no longer waits. Somebody decided on it already."), 409
    db.session.commit()
    flash(f"The proposal for {proposal.person.name} is closed. Nothing was given.")
    return redirect(url_for(".listed"), 303)


def _page(refusal: str = "") -> str:
    return render_template(
        "accounts/roles_to_confirm.html",
        waiting=confirmations.open_proposals(),
        decided=confirmations.decided_proposals(),
        words=confirmations.proposal_words,
        refusal=refusal,
        is_sole=confirmations.is_sole_administrator(acting()),
    )
