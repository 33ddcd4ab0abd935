"""Every table, named once, in journey order; imported only by create_app, so that migrations see them all."""

from app.accounts.models import (
    AccessApplication,
    Agency,
    KnownAgreement,
    Office,
    OfficeArea,
    Person,
    RoleGrant,
    RoleProposal,
    SignInFailure,
    Token,
)
from app.agreements.models import Acceptance, Agreement, AgreementVersion, ClauseEditRecord, Proposal
from app.assessment.models import (
    Capacity,
    CivilRightsFinding,
    Concurrence,
    ConcurrenceAnswer,
    ConfirmedAnswer,
    Decision,
    Meeting,
    NoPartnershipFinding,
    Opinion,
    PlanItem,
    Recommendation,
    RecommendedProgram,
)
from app.audit import Event
from app.cases.models import CaseText
from app.intake.models import (
    AgencyRequest,
    Answer,
    AnswerChange,
    ChecklistMark,
    ConflictDeclaration,
    Document,
    InformationItem,
    InformationRequest,
    RankedProblem,
)
from app.kept import KeptPage
from app.messages.models import Message, MessageFile, Thread, ThreadRead
from app.notifications.models import OutboxMessage
from app.reports.models import ExportJob
from app.workflow.models import ClockTarget, OfficeClosure, StageClock

TABLES = (
    Agency,
    Office,
    OfficeArea,
    Person,
    RoleGrant,
    RoleProposal,
    Token,
    SignInFailure,
    AccessApplication,
    KnownAgreement,
    AgencyRequest,
    Answer,
    AnswerChange,
    RankedProblem,
    Document,
    InformationRequest,
    InformationItem,
    ChecklistMark,
    ConflictDeclaration,
    ConfirmedAnswer,
    Meeting,
    Recommendation,
    RecommendedProgram,
    PlanItem,
    NoPartnershipFinding,
    Concurrence,
    ConcurrenceAnswer,
    Opinion,
    CivilRightsFinding,
    Capacity,
    Decision,
    Agreement,
    ClauseEditRecord,
    AgreementVersion,
    Proposal,
    Acceptance,
    Thread,
    Message,
    MessageFile,
    ThreadRead,
    CaseText,
    StageClock,
    KeptPage,
    ClockTarget,
    OfficeClosure,
    OutboxMessage,
    ExportJob,
    Event,
)
