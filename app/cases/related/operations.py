"""Requests that overlap: of the same agency, of neighbors, linked by hand; and merging a duplicate into another."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from app import audit
from app.accounts.place_names import county_key
from app.agency_requests.access import visible_requests
from app.agency_requests.models import AgencyRequest
from app.agency_requests.similar_requests import similar_requests
from app.cases.models import CaseLink
from app.extensions import db
from app.policy import Actor, Permission, allows, can_see
from app.review import decisions
from app.workflow import engine
from app.workflow.journey.request_journey import CLOSED, Action, Status
from app.workflow.refusals import RefusalKind, StepRefused, not_found

RELATED, DUPLICATE = "related", "duplicate"
LOOKED_AT: Final = 200  # of the state's requests, the newest
SHOWN: Final = 5


@dataclass(frozen=True)
class RelatedRequests:
    """What stands beside a request, as far as this reader sees it."""

    linked: Sequence[tuple[CaseLink, AgencyRequest]]
    taken_in: Sequence[AgencyRequest]
    merged_into: AgencyRequest | None
    same_agency: Sequence[AgencyRequest]
    neighbors: Sequence[AgencyRequest]

    @property
    def count(self) -> int:
        """How many there are in all."""
        found = len(self.linked) + len(self.taken_in) + len(self.same_agency) + len(self.neighbors)
        return found + (self.merged_into is not None)


def related_requests(agency_request: AgencyRequest, actor: Actor) -> RelatedRequests:
    """Everything beside this request that the reader sees, in a constant number of queries."""
    links = _links(agency_request.id)
    others = _seen({_other(link, agency_request.id) for link in links}, actor)
    pairs = [(link, others[key]) for link in links if (key := _other(link, agency_request.id)) in others]
    candidates = in_state(agency_request, actor)
    fresh = [other for other in candidates if other.id not in others]
    return RelatedRequests(
        linked=[(link, other) for link, other in pairs if link.kind == RELATED],
        taken_in=[other for link, other in pairs if link.kind == DUPLICATE and link.other_id == agency_request.id],
        merged_into=next(
            (o for link, o in pairs if link.kind == DUPLICATE and link.request_id == agency_request.id), None
        ),
        same_agency=similar_requests(agency_request, fresh),
        neighbors=neighboring_requests(agency_request, fresh)[:SHOWN],
    )


def neighboring_requests(agency_request: AgencyRequest, others: Sequence[AgencyRequest]) -> list[AgencyRequest]:
    """Requests of other agencies of the state that ask for the same: a program, or in one county a problem solved."""
    found = [
        other
        for other in others
        if other.agency_id != agency_request.agency_id
        and (
            _programs(other) & _programs(agency_request)
            or (_is_near(agency_request, other) and _needs_same(agency_request, other))
        )
    ]
    return sorted(found, key=lambda other: not _is_near(agency_request, other))


def _programs(agency_request: AgencyRequest) -> set[str]:
    return set(agency_request.wanted_programs or ())


def _is_near(one: AgencyRequest, other: AgencyRequest) -> bool:
    return bool(_counties(one) & _counties(other))


def _counties(agency_request: AgencyRequest) -> set[str]:
    """The counties of its agency, to compare by: "Bexar" and "Bexar County" are one."""
    return {county_key(each) for each in (agency_request.agency.county or "").split(",")} - {""}


def _needs_same(one: AgencyRequest, other: AgencyRequest) -> bool:
    return bool({problem.topic for problem in one.problems} & {problem.topic for problem in other.problems})


def _links(request_id: uuid.UUID) -> Sequence[CaseLink]:
    query = select(CaseLink).where(or_(CaseLink.request_id == request_id, CaseLink.other_id == request_id))
    return db.session.scalars(query.order_by(CaseLink.at, CaseLink.id)).all()


def _other(link: CaseLink, request_id: uuid.UUID) -> uuid.UUID:
    return link.other_id if link.request_id == request_id else link.request_id


def _seen(keys: set[uuid.UUID], actor: Actor) -> dict[uuid.UUID, AgencyRequest]:
    if not keys:
        return {}
    found = db.session.scalars(visible_requests(actor).where(AgencyRequest.id.in_(keys))).unique()
    return {each.id: each for each in found}


def in_state(
    agency_request: AgencyRequest, actor: Actor, without: Collection[Status] = CLOSED
) -> Sequence[AgencyRequest]:
    """The other requests of its state that the reader sees, the newest first; those that are over are left out."""
    query = (
        visible_requests(actor)
        .where(AgencyRequest.state == agency_request.state, AgencyRequest.id != agency_request.id)
        .where(AgencyRequest.status.not_in(list(without)))
        .options(selectinload(AgencyRequest.problems))
        .order_by(AgencyRequest.submitted_at.desc(), AgencyRequest.id)
        .limit(LOOKED_AT)
    )
    return db.session.scalars(query).unique().all()


def may_link(agency_request: AgencyRequest, actor: Actor) -> bool:
    """Whether this person links requests with this one."""
    return allows(actor, Permission.REQUEST_LINK, agency_request) and not engine.recusal_of(agency_request, actor)


def refuse_unless_may_link(agency_request: AgencyRequest, actor: Actor) -> None:
    """Refuses who links no requests with this one."""
    if not may_link(agency_request, actor):
        raise _refused(
            agency_request, RefusalKind.NOT_YOUR_JOB, "A coordinator or an assessor of the case links requests."
        )


def find_request(number: str, actor: Actor) -> AgencyRequest | None:
    """The request of this number, if the person sees it."""
    query = visible_requests(actor).where(AgencyRequest.number == number.strip().upper()[:20])
    return db.session.scalars(query).unique().one_or_none()


def link_requests(agency_request: AgencyRequest, other: AgencyRequest | None, actor: Actor, reason: str) -> CaseLink:
    """Links two requests; each shows the other. Raises StepRefused."""
    refuse_unless_may_link(agency_request, actor)
    if other is None or other.id == agency_request.id or not can_see(actor, other):
        raise _refused(
            agency_request, RefusalKind.INCOMPLETE, "There is no other request with this number that you see."
        )
    if _linked(agency_request, other):
        raise _refused(agency_request, RefusalKind.TOO_LATE, "The two requests are linked already.")
    row = _keep(agency_request, other, RELATED, actor, reason)
    for one, two in ((agency_request, other), (other, agency_request)):
        _record(
            one, actor, "link", f"linked this request with {two.number}", reason=reason, audience=audit.Audience.STAFF
        )
    return row


def unlink_requests(agency_request: AgencyRequest, link_id: uuid.UUID, actor: Actor) -> None:
    """Takes a link between two requests off again; a merged duplicate stays merged."""
    row = next((each for each in _links(agency_request.id) if each.id == link_id and each.kind == RELATED), None)
    if row is None:
        raise not_found(agency_request.id, "link")
    refuse_unless_may_link(agency_request, actor)
    other = db.session.get_one(AgencyRequest, _other(row, agency_request.id))
    db.session.delete(row)
    for one, two in ((agency_request, other), (other, agency_request)):
        _record(one, actor, "unlink", f"took the link with {two.number} off", audience=audit.Audience.STAFF)


def merge_requests(
    duplicate: AgencyRequest, survivor: AgencyRequest | None, actor: Actor, reason: str, *, expected_version: int
) -> None:
    """Ends a duplicate by declining it in favor of another request of the agency, which goes on and lists it.

    The history, documents and messages of the duplicate stay where they are, to be read. Raises StepRefused.
    """
    engine.check_step(Action.DECLINE, duplicate, actor, expected_version=expected_version)
    if survivor is None or not can_see(actor, survivor) or not _goes_on_for(survivor, duplicate):
        sentence = "Choose another open request of the same agency, one that you see."
        raise _refused(duplicate, RefusalKind.INCOMPLETE, sentence)
    existing = _linked(duplicate, survivor)
    if existing:
        db.session.delete(existing)
        db.session.flush()
    _keep(duplicate, survivor, DUPLICATE, actor, reason)
    words = f"It duplicates request {survivor.number}, which goes on. {reason}"
    decisions.decline(duplicate, actor, DUPLICATE, words, expected_version=expected_version)
    said = f"took the duplicate {duplicate.number} in: what was sent with it stays to be read there"
    _record(survivor, actor, "take_in", said, reason=reason)


def survivors(agency_request: AgencyRequest, actor: Actor) -> list[AgencyRequest]:
    """The open requests of the same agency, as far as this person sees them, that a duplicate can be merged into."""
    query = visible_requests(actor).where(AgencyRequest.agency_id == agency_request.agency_id)
    found = db.session.scalars(query.order_by(AgencyRequest.submitted_at)).unique()
    return [other for other in found if _goes_on_for(other, agency_request)]


def _goes_on_for(survivor: AgencyRequest, duplicate: AgencyRequest) -> bool:
    is_other = survivor.id != duplicate.id and survivor.agency_id == duplicate.agency_id
    return is_other and not survivor.is_private_draft and survivor.status not in CLOSED


def _linked(one: AgencyRequest, other: AgencyRequest) -> CaseLink | None:
    return next((each for each in _links(one.id) if _other(each, one.id) == other.id), None)


def _keep(one: AgencyRequest, other: AgencyRequest, kind: str, actor: Actor, reason: str) -> CaseLink:
    row = CaseLink(request_id=one.id, other_id=other.id, kind=kind, reason=reason, by_id=actor.id)
    db.session.add(row)
    db.session.flush()
    return row


def _record(agency_request: AgencyRequest, actor: Actor, action: str, sentence: str, **rest: Any) -> None:
    subject = ("request", agency_request.id)
    audit.record(action, actor, case_id=agency_request.id, subject=subject, sentence=sentence, **rest)


def _refused(agency_request: AgencyRequest, kind: RefusalKind, sentence: str) -> StepRefused:
    return StepRefused(kind, [sentence], case_id=agency_request.id, action="link")
