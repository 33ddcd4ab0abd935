"""Who may do what: roles, permissions and grants as data, and the two questions everything asks of them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class Side(StrEnum):
    """The two parties of every request, and the two that are neither."""

    AGENCY = "agency"
    ICE = "ice"
    SYSTEM = "system"


class Role(StrEnum):
    """What a person is to the service; a person may be several."""

    AGENCY_OFFICER = "agency_officer"
    AGENCY_HEAD = "agency_head"
    AGENCY_VIEWER = "agency_viewer"
    COORDINATOR = "coordinator"
    ASSESSOR = "assessor"
    REVIEWER = "reviewer"
    COUNSEL = "counsel"
    APPROVING_OFFICIAL = "approving_official"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


AGENCY_ROLES = frozenset({Role.AGENCY_OFFICER, Role.AGENCY_HEAD, Role.AGENCY_VIEWER})
AGENCY_EDITORS = AGENCY_ROLES - {Role.AGENCY_VIEWER}  # a viewer, such as its lawyer or council, changes nothing
STAFF_ROLES = frozenset(Role) - AGENCY_ROLES - {Role.SYSTEM}
CASE_ROLES = STAFF_ROLES - {Role.ADMINISTRATOR}
NEEDS_TWO = STAFF_ROLES - {Role.ASSESSOR}  # to decide, to bind, to see everything: two administrators give these

ROLE_WORDS = {
    Role.AGENCY_OFFICER: "Agency officer", Role.AGENCY_HEAD: "Agency head", Role.AGENCY_VIEWER: "Agency viewer",
    Role.COORDINATOR: "Coordinator", Role.ASSESSOR: "Assessor", Role.REVIEWER: "Reviewer", Role.COUNSEL: "Counsel",
    Role.APPROVING_OFFICIAL: "Approving official", Role.AUDITOR: "Auditor", Role.ADMINISTRATOR: "Administrator",
    Role.SYSTEM: "The system",
}  # fmt: skip


class Seat(StrEnum):
    """The seats of the headquarters board, each filled by another person.

    Every seat must give its opinion before an official decides: `seats_missing` of review/facts.py.
    """

    PROGRAM = "program"
    LEGAL = "legal"
    PROFESSIONAL_RESPONSIBILITY = "professional_responsibility"
    PRIVACY = "privacy"
    CIVIL_RIGHTS = "civil_rights"


SEAT_WORDS = {
    Seat.PROGRAM: "Program", Seat.LEGAL: "Legal", Seat.PROFESSIONAL_RESPONSIBILITY: "Professional responsibility",
    Seat.PRIVACY: "Privacy", Seat.CIVIL_RIGHTS: "Civil rights",
}  # fmt: skip


class Permission(StrEnum):
    """What can be done, as "thing:verb"."""

    REQUEST_READ = "request:read"
    REQUEST_CREATE = "request:create"
    REQUEST_EDIT = "request:edit"
    REQUEST_SUBMIT = "request:submit"
    REQUEST_ENTER = "request:enter"
    REQUEST_DISCARD = "request:discard"
    REQUEST_TAKE = "request:take"
    REQUEST_INTAKE = "request:intake"
    REQUEST_ASK = "request:ask"
    REQUEST_RECALL = "request:recall"
    REQUEST_ANSWER = "request:answer"
    REQUEST_BEGIN_ASSESSMENT = "request:begin_assessment"
    REQUEST_RECOMMEND = "request:recommend"
    REQUEST_CONCUR = "request:concur"
    REQUEST_OPINE = "request:opine"
    REQUEST_DECIDE = "request:decide"
    REQUEST_REDIRECT = "request:redirect"
    REQUEST_DEFER = "request:defer"
    REQUEST_RESUME = "request:resume"
    REQUEST_DECLINE = "request:decline"
    REQUEST_WITHDRAW = "request:withdraw"
    REQUEST_REINSTATE = "request:reinstate"
    REQUEST_DECLARE = "request:declare"
    REQUEST_ASSIGN = "request:assign"
    STEP_CHECK = "step:check"
    REQUEST_LINK = "request:link"
    CONSULT_ASK = "consult:ask"
    CONSULT_ANSWER = "consult:answer"
    OPINION_READ = "opinion:read"
    CLOCK_EXTEND = "clock:extend"
    SYSTEM_STEP = "system:step"
    CASE_READ = "case:read"
    LETTER_ISSUE = "letter:issue"
    LETTERS_MANAGE = "letters:manage"
    MESSAGE_READ = "message:read"
    MESSAGE_WRITE = "message:write"
    ASSESSMENT_WORK = "assessment:work"
    REVIEW_PREPARE = "review:prepare"
    AGREEMENT_READ = "agreement:read"
    AGREEMENT_START = "agreement:start"
    AGREEMENT_EDIT = "agreement:edit"
    AGREEMENT_SEND = "agreement:send"
    AGREEMENT_RETURN = "agreement:return"
    AGREEMENT_CLEAR = "agreement:clear"
    AGREEMENT_PROPOSE = "agreement:propose"
    AGREEMENT_RECORD_RESOLUTION = "agreement:record_resolution"
    AGREEMENT_ANSWER_PROPOSAL = "agreement:answer_proposal"
    AGREEMENT_REVISE = "agreement:revise"
    AGREEMENT_ACCEPT = "agreement:accept"
    AGREEMENT_FINALIZE = "agreement:finalize"
    AGREEMENT_REOPEN = "agreement:reopen"
    AGREEMENT_ABANDON = "agreement:abandon"
    TEAM_READ = "team:read"
    TEAM_MANAGE = "team:manage"
    APPLICATION_DECIDE = "application:decide"
    ACCOUNT_OWN = "account:own"
    DELEGATION_NAME = "delegation:name"
    PEOPLE_MANAGE = "people:manage"
    AGENCIES_MANAGE = "agencies:manage"
    OFFICES_MANAGE = "offices:manage"
    RULES_MANAGE = "rules:manage"
    CLOCKS_MANAGE = "clocks:manage"
    NOTICES_MANAGE = "notices:manage"
    REPORT_READ = "report:read"
    EXPORT_OWN = "export:own"


P, R = Permission, Role

GRANTS: dict[Permission, frozenset[Role]] = {
    P.REQUEST_READ: AGENCY_ROLES | CASE_ROLES,
    P.REQUEST_CREATE: AGENCY_EDITORS,
    P.REQUEST_EDIT: AGENCY_EDITORS | {R.COORDINATOR},  # staff edit only what they enter from paper: see can_see
    P.REQUEST_SUBMIT: frozenset({R.AGENCY_HEAD}),
    P.REQUEST_ENTER: frozenset({R.COORDINATOR}),
    P.REQUEST_DISCARD: AGENCY_EDITORS | {R.COORDINATOR},  # staff discard only what they enter from paper
    P.REQUEST_TAKE: frozenset({R.COORDINATOR}),
    P.REQUEST_INTAKE: frozenset({R.COORDINATOR}),
    P.REQUEST_ASK: frozenset({R.COORDINATOR, R.ASSESSOR}),
    P.REQUEST_RECALL: frozenset({R.COORDINATOR, R.ASSESSOR}),
    P.REQUEST_ANSWER: AGENCY_EDITORS,
    P.REQUEST_BEGIN_ASSESSMENT: frozenset({R.COORDINATOR}),
    P.REQUEST_RECOMMEND: frozenset({R.ASSESSOR}),
    P.REQUEST_CONCUR: frozenset({R.AGENCY_HEAD}),
    P.REQUEST_OPINE: frozenset({R.REVIEWER}),
    P.REQUEST_DECIDE: frozenset({R.APPROVING_OFFICIAL}),
    P.REQUEST_REDIRECT: frozenset({R.APPROVING_OFFICIAL, R.COORDINATOR}),
    P.REQUEST_DEFER: frozenset({R.APPROVING_OFFICIAL}),
    P.REQUEST_RESUME: frozenset({R.COORDINATOR, R.APPROVING_OFFICIAL}),
    P.REQUEST_DECLINE: frozenset({R.APPROVING_OFFICIAL}),
    P.REQUEST_WITHDRAW: frozenset({R.AGENCY_HEAD}),
    P.REQUEST_REINSTATE: frozenset({R.AGENCY_HEAD}),
    P.REQUEST_DECLARE: CASE_ROLES - {R.AUDITOR},
    P.REQUEST_ASSIGN: frozenset({R.COORDINATOR, R.ASSESSOR}),
    P.STEP_CHECK: frozenset({R.COORDINATOR, R.ASSESSOR, R.REVIEWER, R.COUNSEL, R.APPROVING_OFFICIAL}),
    P.REQUEST_LINK: frozenset({R.COORDINATOR, R.ASSESSOR}),
    P.CONSULT_ASK: frozenset({R.COORDINATOR, R.ASSESSOR}),
    P.CONSULT_ANSWER: CASE_ROLES - {R.AUDITOR},
    P.OPINION_READ: CASE_ROLES,
    P.CLOCK_EXTEND: frozenset({R.COORDINATOR, R.ASSESSOR, R.APPROVING_OFFICIAL}),
    P.SYSTEM_STEP: frozenset({R.SYSTEM}),
    P.CASE_READ: CASE_ROLES,
    P.LETTER_ISSUE: frozenset({R.COORDINATOR, R.ASSESSOR, R.APPROVING_OFFICIAL}),
    P.LETTERS_MANAGE: frozenset({R.ADMINISTRATOR, R.COUNSEL}),
    P.MESSAGE_READ: AGENCY_ROLES | CASE_ROLES,
    P.MESSAGE_WRITE: AGENCY_EDITORS | CASE_ROLES - {R.AUDITOR},
    P.ASSESSMENT_WORK: frozenset({R.ASSESSOR}),
    P.REVIEW_PREPARE: frozenset({R.COORDINATOR, R.ASSESSOR, R.REVIEWER}),
    P.AGREEMENT_READ: AGENCY_ROLES | CASE_ROLES,
    P.AGREEMENT_START: frozenset({R.ASSESSOR, R.COUNSEL}),
    P.AGREEMENT_EDIT: frozenset({R.ASSESSOR, R.COUNSEL}),
    P.AGREEMENT_SEND: frozenset({R.ASSESSOR, R.COUNSEL}),
    P.AGREEMENT_RETURN: frozenset({R.COUNSEL}),
    P.AGREEMENT_CLEAR: frozenset({R.COUNSEL}),
    P.AGREEMENT_PROPOSE: AGENCY_EDITORS | {R.ASSESSOR, R.COUNSEL},
    P.AGREEMENT_RECORD_RESOLUTION: AGENCY_EDITORS | {R.ASSESSOR, R.COUNSEL, R.APPROVING_OFFICIAL},
    P.AGREEMENT_ANSWER_PROPOSAL: AGENCY_EDITORS | {R.ASSESSOR, R.COUNSEL},
    P.AGREEMENT_REVISE: frozenset({R.ASSESSOR, R.COUNSEL}),
    P.AGREEMENT_ACCEPT: frozenset({R.AGENCY_HEAD}),
    P.AGREEMENT_FINALIZE: frozenset({R.APPROVING_OFFICIAL}),
    P.AGREEMENT_REOPEN: frozenset({R.ASSESSOR, R.COUNSEL}),
    P.AGREEMENT_ABANDON: frozenset({R.AGENCY_HEAD, R.APPROVING_OFFICIAL}),
    P.TEAM_READ: AGENCY_ROLES,
    P.TEAM_MANAGE: frozenset({R.AGENCY_HEAD}),
    P.APPLICATION_DECIDE: frozenset({R.COORDINATOR}),
    P.ACCOUNT_OWN: AGENCY_ROLES | STAFF_ROLES,
    P.DELEGATION_NAME: frozenset({R.COORDINATOR, R.ASSESSOR}),
    P.PEOPLE_MANAGE: frozenset({R.ADMINISTRATOR}),
    P.AGENCIES_MANAGE: frozenset({R.ADMINISTRATOR}),
    P.OFFICES_MANAGE: frozenset({R.ADMINISTRATOR}),
    P.RULES_MANAGE: frozenset({R.ADMINISTRATOR}),
    P.CLOCKS_MANAGE: frozenset({R.ADMINISTRATOR}),
    P.NOTICES_MANAGE: frozenset({R.ADMINISTRATOR}),
    P.REPORT_READ: CASE_ROLES,
    P.EXPORT_OWN: STAFF_ROLES,
}

# what is open to somebody of another office who is asked for an opinion on one case: reading it, and answering
CONSULTED = frozenset(
    {P.REQUEST_READ, P.CASE_READ, P.MESSAGE_READ, P.AGREEMENT_READ, P.CONSULT_ANSWER, P.REQUEST_DECLARE}
)

# what is open to who types a letter in: until it is recorded it is no case yet
ENTERING = frozenset({P.REQUEST_READ, P.REQUEST_EDIT, P.REQUEST_ENTER, P.REQUEST_DISCARD})


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A person as policy sees them: who they are, what they are, and where they belong."""

    id: UUID | None
    name: str
    roles: frozenset[Role]
    agency_id: UUID | None = None
    office_id: UUID | None = None
    is_headquarters: bool = False
    seats: frozenset[Seat] = field(default_factory=frozenset)
    programs: frozenset[str] = field(default_factory=frozenset)

    @property
    def person_id(self) -> UUID:
        """The person, where only people act. Raises TypeError for the system, which writes nothing in its own name."""
        if self.id is None:
            raise TypeError(f"{self.name} is no person")
        return self.id

    @property
    def side(self) -> Side:
        """The party this person belongs to."""
        if self.roles == {Role.SYSTEM}:
            return Side.SYSTEM
        return Side.AGENCY if self.agency_id else Side.ICE

    def role_for(self, permission: Permission) -> Role | None:
        """The role by which this person holds the permission, in the order of Role; None when none does."""
        held = GRANTS[permission] & self.roles
        return next((role for role in Role if role in held), None)


SYSTEM = Actor(id=None, name="The system", roles=frozenset({Role.SYSTEM}))


class Case(Protocol):
    """What deciding on sight needs of a request or an agreement."""

    @property
    def agency_id(self) -> UUID: ...
    @property
    def office_ids(self) -> Iterable[UUID]: ...
    @property
    def is_private_draft(self) -> bool: ...
    @property
    def recused_ids(self) -> Collection[UUID]: ...
    @property
    def consulted_ids(self) -> Collection[UUID]: ...
    @property
    def entered_by_id(self) -> UUID | None: ...


def allows(actor: Actor, permission: Permission, thing: Case | None = None) -> bool:
    """Whether this person may do this, here: the role grants it, and the thing is one they can see."""
    if actor.role_for(permission) is None:
        return False
    if thing is None:
        return True
    if enters(actor, thing):
        return permission in ENTERING
    return can_see(actor, thing) and (permission in CONSULTED or works_on(actor, thing))


def can_see(actor: Actor, thing: Case) -> bool:
    """An agency sees its own, a field office what is routed to it, headquarters and oversight all but drafts.

    Somebody consulted sees that one case while the question is open; who declared a conflict of interest sees nothing.
    What a member of staff types in from paper is theirs alone until it is recorded: the agency may be the wrong one.
    """
    if actor.side is Side.SYSTEM:
        return True
    if thing.is_private_draft and thing.entered_by_id:
        return enters(actor, thing)
    if actor.side is Side.AGENCY:
        return actor.agency_id == thing.agency_id
    if thing.is_private_draft or not actor.roles & CASE_ROLES or actor.id in thing.recused_ids:
        return False
    return works_on(actor, thing) or actor.id in thing.consulted_ids


def works_on(actor: Actor, thing: Case) -> bool:
    """Whether the case is this person's by their place: who is only consulted on it reads, and answers."""
    if actor.side is not Side.ICE or actor.is_headquarters or Role.AUDITOR in actor.roles:
        return True
    return actor.office_id in set(thing.office_ids)


def enters(actor: Actor, thing: Case) -> bool:
    """Whether this member of staff is typing the request in from a letter on paper, and nobody has it yet."""
    return thing.is_private_draft and actor.side is Side.ICE and actor.id == thing.entered_by_id


def stood_in(actor: Actor, thing: Case) -> bool:
    """Whether this member of staff typed the request in for the agency, and so takes no part for ICE."""
    return actor.side is Side.ICE and actor.id == thing.entered_by_id
