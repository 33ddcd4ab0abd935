"""The agency's home: what waits for the reader, most urgent first, its requests, and its agreements as cards."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from app.accounts.agencies import head_transfer
from app.agency_requests.access import visible_requests
from app.agency_requests.check_answers.queries import title_of
from app.agency_requests.collaboration import operations
from app.agency_requests.models import AgencyRequest, SectionAssignment
from app.agency_requests.sections.section_list import BY_KEY
from app.agreements.access import visible_agreements
from app.agreements.models import Agreement, Proposal
from app.cases.case_page.headline import Headline, headline
from app.deadlines.business_days import Closed, days_left_words, due_state
from app.extensions import db
from app.filters import format_date
from app.intake.models import InformationItem, InformationRequest
from app.messages.read_marks import unread_by_request
from app.policy import Actor, Permission, Side, allows
from app.programs.catalog import CATALOG
from app.text import plural
from app.workflow.clocks.operations import clocks_of, today
from app.workflow.clocks.targets import Closures
from app.workflow.journey.agreement_journey import AGREEMENT_STATUSES, AgreementStatus
from app.workflow.journey.request_journey import Status
from app.workflow.models import StageClock

NO_DATE = "Drafts do not expire"


@dataclass(frozen=True)
class WaitingItem:
    """One thing that waits for the reader: verb and object, what it is about, by when, and where to do it."""

    title: str
    about: str
    button: str
    href: str
    due: date | None = None
    why: str = NO_DATE
    closed: Closed = frozenset()  # days on which its office is closed

    @property
    def kind(self) -> str:
        """How near the date is: late, soon, due, or none."""
        return due_state(self.due, today(), self.closed)

    @property
    def date_words(self) -> str:
        """The date, or that there is none."""
        return format_date(self.due) if self.due else "No date"

    @property
    def days(self) -> str:
        """The business days left, or why there is no date."""
        return days_left_words(self.due, today(), self.closed) if self.due else self.why


@dataclass(frozen=True)
class AgreementCard:
    """An agreement in a few words."""

    name: str
    href: str
    status: str
    tone: str
    icon: str
    second: str
    lines: tuple[tuple[str, str], ...]


class AgencyHome:
    """Everything of the agency that its home shows, read at once, however much there is."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.requests = db.session.scalars(_requests(actor)).all()
        keys = [each.id for each in self.requests]
        self.clocks = _clocks(keys)
        self.closures = Closures()
        self.agreements = db.session.scalars(_agreements(actor)).unique().all()
        self.new_messages = unread_by_request(actor)
        self._is_offered_headship = head_transfer.offered_to(actor.id) is not None
        self._open_items = _open_items(keys)
        self._given: dict[uuid.UUID, list[SectionAssignment]] = defaultdict(list)
        for row in operations.assignments_of(actor.id):
            self._given[row.request_id].append(row)

    def head_of(self, agency_request: AgencyRequest) -> Headline:
        """Where the request is, in words."""
        return headline(agency_request, self.actor, self.clocks, self.closures)

    @property
    def waiting(self) -> list[WaitingItem]:
        """What waits for the reader: first what is due first; what has no date comes last."""
        found = [each for agency_request in self.requests for each in self._of_request(agency_request)]
        if self._is_offered_headship:
            about, why = "Your agency head asks you to take over.", "Until you answer, nothing changes"
            found.append(
                WaitingItem("Become the head of your agency?", about, "Read and answer", "/team/handover", why=why)
            )
        found += [each for agreement in self.agreements for each in self._of_agreement(agreement)]
        return sorted(found, key=lambda each: each.due or date.max)

    @property
    def cards(self) -> list[AgreementCard]:
        """The agreements, the newest first."""
        return [_card(each) for each in self.agreements]

    def _of_request(self, agency_request: AgencyRequest) -> Iterator[WaitingItem]:
        if not allows(self.actor, Permission.REQUEST_EDIT):
            return
        status = agency_request.status
        if status is Status.DRAFT:
            yield from self._of_draft(agency_request)
        elif status is Status.INFORMATION_REQUESTED:
            left = self._open_items.get(agency_request.id, 0)
            title = f"Answer {plural(left, 'question', 'questions')}" if left else "Send your answers"
            yield self._dated(
                agency_request, title, "The clock is stopped until you answer.", "Answer", "information_requests.items"
            )
        elif status is Status.AWAITING_CONCURRENCE and allows(self.actor, Permission.REQUEST_CONCUR):
            about = "Only you, as agency head, can answer."
            yield self._dated(
                agency_request, "Decide on our recommendation", about, "Read and decide", "review.decision"
            )

    def _of_draft(self, agency_request: AgencyRequest) -> Iterator[WaitingItem]:
        name = _name(agency_request)
        tasks = url_for("agency_requests.tasks", request_id=agency_request.id)
        if agency_request.head_asked_at and allows(self.actor, Permission.REQUEST_SUBMIT):
            about = f"{name}. Your officers say that it is ready since {format_date(agency_request.head_asked_at)}."
            yield WaitingItem(
                "Check and certify your request",
                about,
                "Check",
                url_for("agency_requests.check", request_id=agency_request.id),
            )
        elif rows := self._given.get(agency_request.id):
            titles = ", ".join(f"“{BY_KEY[row.section].title}”" for row in rows if row.section in BY_KEY)
            yield WaitingItem(f"Fill in {titles}", f"{name}. Given to you.", "Fill in", tasks)
        elif agency_request.head_note:
            yield WaitingItem(
                "Change what your agency head asked for", f"{name}. The note stands above the list.", "Go on", tasks
            )
        else:
            yield WaitingItem("Finish your request", f"{name}. Nobody at ICE sees it yet.", "Go on", tasks)

    def _of_agreement(self, agreement: Agreement) -> Iterator[WaitingItem]:
        if agreement.status != AgreementStatus.NEGOTIATION or not allows(self.actor, Permission.AGREEMENT_PROPOSE):
            return
        name, mine = CATALOG.label(agreement.program_key), _open_proposals(agreement)[Side.ICE]
        clock = self.clocks.get(agreement.request_id)
        href, due = url_for("agreements.show", agreement_id=agreement.id), clock.due if clock else None
        about = f"{agreement.agency_request.number}. You can propose changes to any clause."
        closed = self.closures.of(agreement.office_ids)
        if mine:
            title = f"Answer {plural(mine, 'proposal', 'proposals')} on the agreement: {name}"
            yield WaitingItem(title, about, "Answer", href, due, closed=closed)
        elif allows(self.actor, Permission.AGREEMENT_ACCEPT):
            yield WaitingItem(f"Read and accept the agreement: {name}", about, "Read", href, due, closed=closed)
        else:
            yield WaitingItem(f"Read the agreement: {name}", about, "Read", href, due, closed=closed)

    def _dated(self, agency_request: AgencyRequest, title: str, about: str, button: str, endpoint: str) -> WaitingItem:
        clock = self.clocks.get(agency_request.id)
        href = url_for(endpoint, request_id=agency_request.id)
        due, closed = clock.due if clock else None, self.closures.of(agency_request.office_ids)
        return WaitingItem(title, f"{_name(agency_request)}. {about}", button, href, due, closed=closed)


def _name(agency_request: AgencyRequest) -> str:
    number = agency_request.number or f"draft of {format_date(agency_request.created_at)}"
    return f"{title_of(agency_request)}, {number}"


def _requests(actor: Actor) -> Select[AgencyRequest]:
    R = AgencyRequest  # noqa: N806 -- the model, short
    people = (R.coordinator, R.assessor, R.detention_liaison, R.investigations_liaison)
    loaded = [selectinload(each) for each in (R.problems, R.office, R.investigations_office, *people)]
    return visible_requests(actor).options(*loaded).order_by(R.created_at.desc(), R.id)


def _agreements(actor: Actor) -> Select[Agreement]:
    query = visible_agreements(actor).where(Agreement.status != AgreementStatus.ABANDONED)
    return query.options(selectinload(Agreement.proposals)).order_by(Agreement.created_at.desc(), Agreement.id)


def _clocks(keys: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, StageClock]:
    """The clock that runs now of each request: of several the one not paused."""
    return {clock.subject_id: clock for clock in clocks_of(keys) if clock.paused_on is None}


def _open_items(keys: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, int]:
    """How many items each request still has to answer."""
    query = (
        select(InformationRequest.request_id, func.count())
        .join(InformationItem, InformationItem.information_request_id == InformationRequest.id)
        .where(InformationRequest.request_id.in_(keys), InformationRequest.closed_at.is_(None))
        .where(InformationItem.answered_at.is_(None))
        .group_by(InformationRequest.request_id)
    )
    return {request_id: count for request_id, count in db.session.execute(query)}


def _open_proposals(agreement: Agreement) -> Counter[str]:
    proposals: Sequence[Proposal] = agreement.proposals
    return Counter(proposal.side for proposal in proposals if proposal.status == "open")


def _card(agreement: Agreement) -> AgreementCard:
    info = AGREEMENT_STATUSES[agreement.status]
    points = _open_proposals(agreement)
    lines = [("Last change", format_date(agreement.updated_at)), ("Then", info.next_for(Side.AGENCY))]
    if agreement.status == AgreementStatus.NEGOTIATION:
        total = sum(points.values())
        whose = f", {points[Side.ICE]} for you to answer" if points[Side.ICE] else ""
        lines.insert(0, ("Open points", f"{total}{whose}" if total else "None"))
    return AgreementCard(
        name=CATALOG.label(agreement.program_key),
        href=url_for("agreements.show", agreement_id=agreement.id),
        status=info.label,
        tone=info.tone,
        icon="check_circle" if info.tone == "good" else "edit",
        second=agreement.number or f"From request {agreement.agency_request.number}",
        lines=tuple(lines),
    )
