"""Every table, named once, in journey order; imported only by create_app, so that migrations see them all."""

from app.accounts.models import (
    AccessApplication,
    Agency,
    Delegation,
    Office,
    OfficeArea,
    Person,
    RoleGrant,
    RoleProposal,
    SignInFailure,
    Token,
)
from app.agency_requests.assignment_models import AssignmentRule, Consultation
from app.agency_requests.models import (
    AgencyRequest,
    Answer,
    AnswerChange,
    ConflictDeclaration,
    Document,
    PageVisit,
    RankedProblem,
    SectionAssignment,
)
from app.agreements.models import Acceptance, Agreement, AgreementVersion, ClauseEditRecord, Proposal
from app.agreements_in_force.models import AgreementInForce
from app.assessment.models import (
    ConfirmedAnswer,
    Meeting,
    MeetingFile,
    NoPartnershipFinding,
    PlanItem,
    PlannedMeeting,
    Recommendation,
    RecommendedProgram,
)
from app.audit import ChainHead, Event
from app.autosave import SavedForm
from app.cases.models import CaseLink, CaseText
from app.cases.queue.saved_view_models import SavedView, ViewAlert, ViewFollower
from app.intake.models import ChecklistMark, InformationItem, InformationRequest, ItemDocument
from app.letters.models import Letter, LetterTemplate
from app.messages.models import Message, MessageFile, ReadMark, Thread
from app.notifications.models import OutboxMessage
from app.reports.exports.models import ExportJob, ReportSnapshot
from app.review.models import Capacity, CivilRightsFinding, Concurrence, ConcurrenceAnswer, Decision, Opinion
from app.workflow.models import ClockTarget, OfficeClosure, StageClock

TABLES = (
    Agency,
    Office,
    OfficeArea,
    Person,
    RoleGrant,
    RoleProposal,
    Delegation,
    Token,
    SignInFailure,
    AccessApplication,
    AgreementInForce,
    AgencyRequest,
    Answer,
    AnswerChange,
    AssignmentRule,
    CaseLink,
    RankedProblem,
    Document,
    PageVisit,
    SectionAssignment,
    InformationRequest,
    InformationItem,
    ItemDocument,
    ChecklistMark,
    ConflictDeclaration,
    Consultation,
    ConfirmedAnswer,
    Meeting,
    MeetingFile,
    PlannedMeeting,
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
    LetterTemplate,
    Letter,
    Thread,
    Message,
    MessageFile,
    ReadMark,
    CaseText,
    StageClock,
    SavedForm,
    ClockTarget,
    OfficeClosure,
    SavedView,
    ViewFollower,
    ViewAlert,
    OutboxMessage,
    ExportJob,
    ReportSnapshot,
    ChainHead,
    Event,
)
