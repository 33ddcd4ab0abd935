"""Every page of the service: who looks at it, and at which row of the demonstration. The addresses that are no page."""

import re
import uuid
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Select, select
from werkzeug.routing import Rule

from app.accounts.models import AccessApplication, Agency, Office, Person
from app.agency_requests.models import AgencyRequest
from app.agreements.models import Agreement
from app.assessment.models import PlannedMeeting
from app.demo.people import PLACES, address
from app.extensions import db
from app.intake.models import InformationItem, InformationRequest
from app.letters.models import Letter
from app.messages.models import Thread
from app.reports.exports.models import ExportJob
from app.workflow.models import StageClock

NO_PAGE: Final = {
    "static": "a style, a script, a font or a picture",
    "agreements.docx": "a Word file",
    "agreements.pdf": "a PDF",
    "assessment.memo": "a PDF",
    "agency_requests.receipt_pdf": "a PDF",
    "letters.paper": "a PDF",
    "paper_form.blank_pdf": "a PDF",
    "paper_form.filled_pdf": "a PDF",
    "case_files.whole_pdf": "a PDF",
    "case_files.whole_zip": "a ZIP file",
    "dashboard.download": "a CSV file",
    "period_report.download": "CSV and XLSX files",
    "exports.file": "an XLSX file",
    "public_totals.download": "a CSV file",
    "public_totals.download_all": "an XLSX file",
    "public_totals.agreements_file": "CSV and XLSX files",
    "agency_requests.document": "a file that an agency attached",
    "messages.message_file": "a file that somebody attached",
    "meetings.calendar": "a calendar file",
    "meetings.file": "a file of a meeting",
    "agency_requests.section_start": "leads to the first page of the section",
}


AGENCY: Final = PLACES[0]


@dataclass(frozen=True)
class Seen:
    """Who looks ("" for nobody), the status of the request or agreement, and what else the address says."""

    who: str = ""
    status: str = ""
    asked: str = ""
    ori: str = AGENCY.ori  # of whose agency, where the address says of no request


PUBLIC = Seen()
DRAFT = Seen("officer", "draft")
ASSESSED, WORKED, DECIDED = Seen("assessor", "in_assessment"), Seen("coordinator", "in_intake"), "official"
ADMIN = Seen("admin")
FINDER = (
    "topic=jail&jail_operated=yes&jail_bookings=12000&jail_foreign_born_bookings=1800&jail_identity_checks=partial"
    "&state_law_immigration=permits"
)

PAGES: Final = {
    "programs.home": PUBLIC,
    "programs.index": PUBLIC,
    "programs.show": PUBLIC,
    "programs.how_it_works": PUBLIC,
    "programs.about": PUBLIC,
    "programs.privacy": PUBLIC,
    "programs.accessibility": PUBLIC,
    "finder.start": PUBLIC,
    "finder.questions": Seen(asked="topic=jail&topic=gangs"),
    "finder.result": Seen(asked=FINDER),
    "finder.weights": PUBLIC,
    "accounts.sign_in": PUBLIC,
    "agency_access.join": PUBLIC,
    "agency_access.applied": PUBLIC,
    "agency_access.offices": Seen(asked="state=TX"),
    "cases.journey": PUBLIC,
    "own_account.forgotten": PUBLIC,
    "own_account.follow": PUBLIC,
    "paper_form.blank": PUBLIC,
    "public_totals.show": PUBLIC,
    "agreements_in_force.listing": PUBLIC,
    "notifications.mail": PUBLIC,
    "components.show": PUBLIC,
    "agency_requests.home": Seen("officer"),
    "agency_requests.new_request": Seen("officer"),
    "agency_requests.tasks": DRAFT,
    "agency_requests.section": DRAFT,
    "agency_requests.documents": DRAFT,
    "agency_requests.reading": DRAFT,
    "agency_requests.share": DRAFT,
    "agency_requests.check": Seen("head", "draft"),
    "agency_requests.receipt": Seen("head", "submitted"),
    "steps.request_step": Seen("head", "submitted"),
    "steps.request_step+reinstate": Seen("head", "withdrawn"),
    "cases.status": Seen("officer", "in_assessment"),
    "information_requests.items": Seen("officer", "information_requested"),
    "paper_form.filled": Seen("officer", "in_intake"),
    "review.decision": Seen("head", "awaiting_concurrence"),
    "agency_access.team": Seen("head"),
    "head_transfer.question": Seen("officer"),
    "own_account.account": Seen("officer"),
    "messages.mine": Seen("officer"),
    "messages.threads": Seen("officer", "in_assessment"),
    "messages.thread": Seen("officer", "in_assessment"),
    "agreements.index": Seen("head", ori="AZ9990400"),
    "agreements.show": Seen("head", "negotiation"),
    "letters.letter": Seen("officer"),
    "saved_forms.form": Seen("officer"),
    "cases.queue": Seen("coordinator"),
    "saved_views.keep": Seen("coordinator", asked="view=all&due=late"),
    "cases.case": ASSESSED,
    "checklists.show": ASSESSED,
    "due_dates.extend": ASSESSED,
    "related.related": ASSESSED,
    "assignment.people": ASSESSED,
    "letters.listed": ASSESSED,
    "letters.preview": Seen("coordinator", "in_intake"),
    "intake.intake": WORKED,
    "intake.declaration": WORKED,
    "intake.ask": WORKED,
    "answer_acceptance.ask_again": WORKED,
    "paper_entry.listed": Seen("coordinator"),
    "paper_entry.letter": Seen("coordinator", asked="ori=TX9990100"),
    "steps.request_step+discard": Seen("coordinator", "draft"),
    "steps.request_step+retract": Seen("coordinator"),
    "steps.case_step+recall": Seen("coordinator", "information_requested"),
    "delegation.page": Seen("assessor"),
    "agency_access.applications": Seen("coordinator"),
    "agency_access.application": Seen("coordinator"),
    "assessment.worksheet": ASSESSED,
    "assessment.survey": ASSESSED,
    "assessment.recommend": ASSESSED,
    "assessment.plan": Seen("assessor", "in_review"),
    "assessment.no_partnership": ASSESSED,
    "what_if.what_if": ASSESSED,
    "assessment.recommendation": Seen("assessor", "in_review"),
    "meetings.meetings": ASSESSED,
    "meetings.change": ASSESSED,
    "review.review": Seen("legal", "in_review"),
    "steps.case_step": Seen(DECIDED, "in_review"),
    "steps.case_step+decline": Seen(DECIDED, "in_review"),
    "steps.case_step+redirect": Seen(DECIDED, "in_review"),
    "steps.case_step+resume": Seen(DECIDED, "deferred"),
    "steps.agreement_step": Seen("counsel", "legal_review"),
    "agreements.drafting": Seen("counsel", "drafting"),
    "negotiation.facts": Seen("assessor", "drafting"),
    "negotiation.clauses": Seen("counsel", "legal_review"),
    "negotiation.clause": Seen("counsel", "legal_review"),
    "dashboard.show": Seen("official"),
    "period_report.show": Seen("official"),
    "exports.mine": Seen("coordinator"),
    "exports.choose": Seen("coordinator"),
    "exports.job": Seen("coordinator"),
    "letters.kinds": ADMIN,
    "letters.template": ADMIN,
    "admin.index": ADMIN,
    "admin.agencies": ADMIN,
    "admin.agency": ADMIN,
    "admin.list_people": ADMIN,
    "admin.new_person": ADMIN,
    "admin.person": ADMIN,
    "offices.listed": ADMIN,
    "offices.show": ADMIN,
    "clock_settings.clocks": ADMIN,
    "clock_settings.closures": ADMIN,
    "mail_log.listed": ADMIN,
    "roles.listed": Seen("admin2"),
    "assignment_rules.index": ADMIN,
    "assignment_rules.table": ADMIN,
    "cases.queue+all": Seen("coordinator", asked="view=all"),
    "cases.case+intake": WORKED,
    "cases.case+review": Seen("legal", "in_review"),
    "cases.status+deciding": Seen("head", "awaiting_concurrence"),
    "agreements.show+drafted": Seen("head", "drafted"),
    "agreements.index+staff": Seen("counsel"),
    "agency_requests.section+problems": DRAFT,
    "agency_requests.section+signatory": Seen("head", "draft"),
    "agency_requests.home+head": Seen("head"),
    "programs.index+none": Seen(asked="q=zzzz"),
}
WORDS: Final = {
    "agency_requests.section": {"section": "jail", "page": "jail-bookings"},
    "letters.preview": {"name": "acknowledgment"},
    "letters.template": {"name": "acknowledgment"},
    "programs.show": {"slug": "287g"},
    "agency_requests.section+problems": {"section": "needs", "page": "problems"},
    "agency_requests.section+signatory": {"section": "authority", "page": "signatory"},
    "steps.request_step": {"action": "withdraw"},
    "steps.request_step+reinstate": {"action": "reinstate"},
    "steps.case_step": {"action": "defer"},
    "steps.agreement_step": {"action": "return_text"},
    **{f"steps.case_step+{action}": {"action": action} for action in ("decline", "redirect", "resume", "recall")},
    "exports.choose": {"key": "requests"},
    "negotiation.clause": {"key": "common-duties"},
}


ROWS: Final[dict[str, Select[Any]]] = {  # the key that a parameter takes, with the request it belongs to
    "request_id": select(AgencyRequest.id, AgencyRequest.id),
    "agreement_id": select(Agreement.id, AgencyRequest.id).join_from(Agreement, AgencyRequest),
    "item_id": select(InformationItem.id, AgencyRequest.id)
    .join_from(InformationItem, InformationRequest)
    .join(AgencyRequest, AgencyRequest.id == InformationRequest.request_id)
    .where(InformationRequest.outcome == "answered", InformationItem.answered_at.is_not(None))
    .where(InformationItem.accepted_at.is_(None), InformationItem.asked_again_at.is_(None)),
    "clock_id": select(StageClock.id, AgencyRequest.id)
    .join_from(StageClock, AgencyRequest, AgencyRequest.id == StageClock.subject_id)
    .where(StageClock.stopped_on.is_(None), StageClock.paused_on.is_(None)),
    "planned_meeting_id": select(PlannedMeeting.id, AgencyRequest.id).join_from(PlannedMeeting, AgencyRequest),
    "letter_id": select(Letter.id, AgencyRequest.id).join_from(Letter, AgencyRequest),
    "thread_id": select(Thread.id, AgencyRequest.id).join_from(Thread, AgencyRequest).where(Thread.audience == "both"),
}
ALONE: Final[dict[str, Select[Any]]] = {  # of no request
    "agency_id": select(Agency.id).order_by(Agency.ori != AGENCY.ori),
    "office_id": select(Office.id).where(Office.name == "Chicago"),
    "person_id": select(Person.id).where(Person.email == "assessor@ice.example.gov"),
    "application_id": select(AccessApplication.id).where(AccessApplication.status == "waiting"),
    "job_id": select(ExportJob.id),
}


def _row(parameter: str, status: str) -> tuple[uuid.UUID, AgencyRequest]:
    """A row of a request, or of an agreement, in this status; of the agency that is shown where it has one."""
    found = ROWS[parameter].join(Agency, Agency.id == AgencyRequest.agency_id)
    if status:
        found = found.where((Agreement if parameter == "agreement_id" else AgencyRequest).status == status)
    first = found.order_by(Agency.ori != AGENCY.ori, AgencyRequest.created_at, AgencyRequest.id).limit(1)
    key, request_id = db.session.execute(first).one()
    return key, db.session.get_one(AgencyRequest, request_id)


def endpoint_of(name: str) -> str:
    """The endpoint of a page; a page that is looked at more than once has a word after a plus sign."""
    return name.partition("+")[0]


def address_of(rule: Rule, name: str, expected_version: Seen) -> tuple[str, str]:
    """Where the page is, and the mail address of who looks."""
    values, agency = dict(WORDS.get(name, {})), expected_version.ori
    wanted = rule.arguments - values.keys()
    for parameter in sorted(wanted & ROWS.keys() - {"request_id"}) or sorted(wanted & {"request_id"}):
        values[parameter], agency_request = _row(parameter, expected_version.status)
        values["request_id"], agency = agency_request.id, agency_request.agency.ori
    for parameter in wanted & ALONE.keys() - values.keys():
        values[parameter] = db.session.scalars(ALONE[parameter].limit(1)).one()
    path = re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", lambda found: str(values[found[1]]), rule.rule)
    return f"{path}?{expected_version.asked}" if expected_version.asked else path, _mail_address(
        expected_version.who, agency
    )


def _mail_address(who: str, ori: str) -> str:
    if who in {"head", "officer"}:
        return address(replace(AGENCY, ori=ori), who)
    return f"{who}@ice.example.gov" if who else ""
