"""The pages of a draft that are forms of their own: how each is loaded, versioned and saved."""

import hashlib
import json
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from app.agency_requests.forms import ContactsForm, ElseForm, LetterForm, PageForm, ProblemsForm, SignatoryForm
from app.agency_requests.models import AgencyRequest
from app.agency_requests.operations import rank_problems, refuse_unless_draft
from app.agency_requests.sections.section_list import AUTHORITY, CONTACTS, DOCUMENTS, ELSE, LETTER, NEEDS
from app.extensions import now
from app.policy import Actor

FORMS: Final[dict[str, type[PageForm]]] = {
    CONTACTS: ContactsForm,
    AUTHORITY: SignatoryForm,
    LETTER: LetterForm,
    NEEDS: ProblemsForm,
    DOCUMENTS: PageForm,
    ELSE: ElseForm,
}
SEEN: Final = {ELSE: "anything_else_seen", DOCUMENTS: "documents_seen"}  # looking at the page is what completes it


def _saved(slug: str, agency_request: AgencyRequest) -> dict[str, Any]:
    """What stands in the request for the fields of this page."""
    if slug == NEEDS:
        return _problems(agency_request)
    names = [name for name in FORMS[slug]()._fields if name not in {"expected_version", "csrf_token"}]
    return {name: getattr(agency_request, name) for name in names}


def _problems(agency_request: AgencyRequest) -> dict[str, Any]:
    found: dict[str, Any] = {
        "objectives_text": agency_request.objectives_text,
        "wanted_programs": list(agency_request.wanted_programs or []),
        "wants": {True: "advice", False: "programs", None: ""}[agency_request.wants_advice],
    }
    for problem in agency_request.problems:
        found |= {f"topic_{problem.rank}": problem.topic, f"sentence_{problem.rank}": problem.sentence}
    return found


def form_version(slug: str, agency_request: AgencyRequest) -> str:
    """A digest of what stands saved on this page."""
    text = json.dumps(_saved(slug, agency_request), sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def page_form(slug: str, agency_request: AgencyRequest, typed: MultiDict[str, str] | None) -> PageForm:
    """The form of this page, with what was typed or what was saved; the head's own name is proposed as who signs."""
    data = _saved(slug, agency_request)
    if slug == AUTHORITY and not data["signatory_name"]:
        data |= {"signatory_name": agency_request.agency.head_name, "signatory_title": agency_request.agency.head_title}
    return FORMS[slug](formdata=typed, data={"expected_version": form_version(slug, agency_request)} | data)


def save_form(slug: str, form: Any, agency_request: AgencyRequest, actor: Actor) -> None:
    """Saves the page."""
    refuse_unless_draft(agency_request, actor)
    if slug in SEEN:
        setattr(agency_request, SEEN[slug], True)
    if slug == NEEDS:
        rank_problems(agency_request, actor, form.ranked)
        agency_request.objectives_text = form.objectives_text.data
        agency_request.wants_advice = form.wants.data == "advice"
        agency_request.wanted_programs = [] if agency_request.wants_advice else form.wanted_programs.data
    else:
        for name, field in form._fields.items():
            if name not in {"expected_version", "csrf_token"}:
                setattr(agency_request, name, field.data)
    agency_request.updated_at = now()
