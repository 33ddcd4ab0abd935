"""Which agreements a person sees: those of the requests they see."""

import uuid
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, lazyload

from app.accounts.models import Person
from app.agency_requests.access import visible_requests
from app.agency_requests.models import AgencyRequest
from app.agreements.models import Acceptance, Agreement, Proposal
from app.extensions import db
from app.policy import Actor, Side, can_see
from app.workflow.refusals import not_found

_NAMED: Final = lazyload(Person.grants)  # people whose names are shown; what they may do is nobody's question there
READ_TOGETHER: Final = (  # what every page of an agreement shows, in as few statements as it takes
    joinedload(Agreement.drafter).options(_NAMED),
    joinedload(Agreement.cleared_by).options(_NAMED),
    joinedload(Agreement.agency_request).options(
        joinedload(AgencyRequest.office), joinedload(AgencyRequest.assessor).options(_NAMED)
    ),
    lazyload(Agreement.acceptances).joinedload(Acceptance.by).options(_NAMED),
    lazyload(Agreement.proposals).joinedload(Proposal.by).options(_NAMED),
)


def get_agreement(agreement_id: uuid.UUID, actor: Actor) -> Agreement:
    """The agreement, if this person sees its request; otherwise StepRefused as not found."""
    found = db.session.get(Agreement, agreement_id, options=READ_TOGETHER)
    if found is None or not can_see(actor, found):
        raise not_found()
    return found


def visible_agreements(actor: Actor) -> Select[Agreement]:
    """The agreements of every request this person sees."""
    return select(Agreement).where(
        Agreement.request_id.in_(visible_requests(actor).with_only_columns(AgencyRequest.id))
    )


def reads_text(agreement: Agreement, actor: Actor) -> bool:
    """Whether this person may read the text now: the agency once counsel has cleared it."""
    return actor.side is not Side.AGENCY or agreement.status_info.shows_text
