"""Whom a notice about an agreement reaches."""

from collections.abc import Mapping, Sequence

from app.agency_requests.recipients import recipients as of_request
from app.agency_requests.recipients import staff_recipients
from app.agreements.drafting.current_text import template_of
from app.agreements.models import Agreement
from app.notifications.notices import RecipientGroup
from app.policy import Actor, Role, Side, can_see


def recipients(agreement: Agreement, group: RecipientGroup, actor: Actor) -> Sequence[str]:
    """The addresses of this group for this agreement; "the other side" is whoever the actor is not."""
    if group is RecipientGroup.OTHER_SIDE:
        group = RecipientGroup.DRAFTER if actor.side is Side.AGENCY else RecipientGroup.AGENCY
    if group is RecipientGroup.DRAFTER:
        drafter = agreement.drafter
        return [drafter.email] if drafter.active and can_see(drafter.actor, agreement) else []
    if group is RecipientGroup.COUNSEL:
        return staff_recipients(Role.COUNSEL, agreement.agency_request)
    return of_request(agreement.agency_request, group, actor)


def mail_values(agreement: Agreement) -> Mapping[str, object]:
    """What every notice about an agreement may name."""
    template = template_of(agreement)
    return {
        "number": agreement.agency_request.number or "",
        "agency": agreement.agency_request.agency.name,
        "title": f"{template.title}: {template.subtitle}" if template.subtitle else template.title,
        "agreement": agreement.number or "",
    }


def mail_path(agreement: Agreement, group: RecipientGroup) -> str:
    """Both sides read the same page, each what is theirs to read."""
    return f"/agreements/{agreement.id}"
