"""Meetings with the agency: planned, moved, canceled, recorded once held, and as a calendar file."""

import uuid

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from sqlalchemy import select

from app.agency_requests.access import get_request
from app.agency_requests.models import AgencyRequest
from app.agency_requests.request_page import render_request_page
from app.assessment.forms import MeetingForm
from app.assessment.meetings import operations as planning
from app.assessment.meetings.forms import PlanMeetingForm
from app.assessment.models import Meeting, PlannedMeeting
from app.assessment.worksheet.operations import may_work, record_meeting, refuse_unless_workable
from app.assessment.worksheet.views import Page
from app.extensions import db
from app.policy import Permission
from app.security import acting, requires
from app.storage import store
from app.uploads.arrival import receives_files
from app.uploads.serving import attachment

blueprint = Blueprint("meetings", __name__)


@blueprint.get("/cases/<uuid:request_id>/meetings")
@requires(Permission.CASE_READ)
def meetings(request_id: uuid.UUID) -> Page:
    """The meetings with the agency, held and to come, with the forms that record one and plan the next."""
    return _page(get_request(request_id, acting()))


@blueprint.post("/cases/<uuid:request_id>/meetings")
@requires(Permission.ASSESSMENT_WORK)
@receives_files
def record(request_id: uuid.UUID) -> Page:
    """Records a meeting that was held."""
    agency_request = get_request(request_id, acting())
    refuse_unless_workable(agency_request, acting())
    form = MeetingForm()
    if not form.validate_on_submit() or form.held_on.data is None:
        return _page(agency_request, held_form=form), 422
    record_meeting(
        agency_request, acting(), held_on=form.held_on.data, place=form.place.data,
        attendees=form.attendees.data, summary=form.summary.data, files=form.files.files,
    )  # fmt: skip
    db.session.commit()
    flash("The meeting is recorded.")
    return redirect(url_for(".meetings", request_id=request_id), 303)


@blueprint.post("/cases/<uuid:request_id>/meetings/plan")
@requires(Permission.ASSESSMENT_WORK)
def plan(request_id: uuid.UUID) -> Page:
    """Plans a meeting and invites both sides."""
    agency_request = get_request(request_id, acting())
    refuse_unless_workable(agency_request, acting())
    form = PlanMeetingForm()
    if not form.validate_on_submit():
        return _page(agency_request, plan_form=form), 422
    planning.plan_meeting(agency_request, acting(), form.appointment)
    db.session.commit()
    flash("The meeting is planned. Both sides get a mail with a file for their calendars.")
    return redirect(url_for(".meetings", request_id=request_id), 303)


@blueprint.get("/planned-meetings/<uuid:planned_meeting_id>")
@requires(Permission.ASSESSMENT_WORK)
def change(planned_meeting_id: uuid.UUID) -> Page:
    """A meeting that is planned, to be moved or called off."""
    meeting = planning.get_meeting(planned_meeting_id, acting())
    refuse_unless_workable(meeting.agency_request, acting())
    return _change_page(meeting, PlanMeetingForm.of(meeting))


@blueprint.post("/planned-meetings/<uuid:planned_meeting_id>")
@requires(Permission.ASSESSMENT_WORK)
def move(planned_meeting_id: uuid.UUID) -> Page:
    """Moves it."""
    meeting = planning.get_meeting(planned_meeting_id, acting())
    refuse_unless_workable(meeting.agency_request, acting())
    form = PlanMeetingForm()
    if not form.validate_on_submit():
        return _change_page(meeting, form), 422
    planning.move_meeting(meeting, acting(), form.appointment, expected_version=form.sequence)
    db.session.commit()
    flash("The meeting is moved. Both sides get a mail with a new file for their calendars.")
    return redirect(url_for(".meetings", request_id=meeting.request_id), 303)


@blueprint.post("/planned-meetings/<uuid:planned_meeting_id>/call-off")
@requires(Permission.ASSESSMENT_WORK)
def call_off(planned_meeting_id: uuid.UUID) -> Page:
    """Calls it off."""
    meeting = planning.get_meeting(planned_meeting_id, acting())
    planning.cancel_meeting(meeting, acting(), expected_version=PlanMeetingForm().sequence)
    db.session.commit()
    flash("The meeting is called off. Both sides get a mail that takes it out of their calendars.")
    return redirect(url_for(".meetings", request_id=meeting.request_id), 303)


@blueprint.get("/meeting-files/<uuid:meeting_file_id>")
@requires(Permission.CASE_READ)
def file(meeting_file_id: uuid.UUID) -> Response:
    """A file of a meeting as an attachment, for staff of the case."""
    found = planning.get_file(meeting_file_id, acting())
    with store().open(found.storage_key) as content:
        return attachment(content.read(), found.filename, found.media_type)


@blueprint.get("/planned-meetings/<uuid:planned_meeting_id>.ics")
@requires(Permission.REQUEST_READ)
def calendar(planned_meeting_id: uuid.UUID) -> Response:
    """The meeting as a file for a calendar, for both sides."""
    file = planning.calendar_of(planning.get_meeting(planned_meeting_id, acting()))
    return attachment(file.encode(), "meeting.ics", "text/calendar")


def _page(
    agency_request: AgencyRequest, *, held_form: MeetingForm | None = None, plan_form: PlanMeetingForm | None = None
) -> str:
    query = select(Meeting).where(Meeting.request_id == agency_request.id).order_by(Meeting.held_on.desc(), Meeting.at)
    return render_request_page(
        "assessment/meetings.html",
        agency_request,
        held_form=held_form or MeetingForm(formdata=None),
        plan_form=plan_form or PlanMeetingForm(formdata=None),
        form=held_form or plan_form,
        planned=planning.upcoming_meetings(agency_request.id),
        held=db.session.scalars(query).all(),
        may_edit=may_work(agency_request, acting()),
    )


def _change_page(meeting: PlannedMeeting, form: PlanMeetingForm) -> str:
    return render_template(
        "assessment/plan_meeting.html", meeting=meeting, agency_request=meeting.agency_request, form=form
    )
