"""The made-up requests that measurements are taken with are such as the product makes."""

from flask import Flask
from sqlalchemy import func, select

from app import audit
from app.agency_requests.models import AgencyRequest
from app.extensions import db
from app.policy import Role
from app.workflow.clocks.operations import stage_durations
from app.workflow.journey.request_journey import Status
from app.workflow.models import StageClock
from bench.many_requests import fill
from tests.builders import make_person
from tests.checked import CheckedClient


def test_every_status_has_its_moves_its_clocks_and_a_whole_record(client: CheckedClient, app: Flask) -> None:
    fill(200)
    found = dict(db.session.execute(select(AgencyRequest.status, func.count()).group_by(AgencyRequest.status)).all())
    assert set(found) == {status.value for status in Status} - {Status.DRAFT.value}
    assert list(audit.verify()) == []
    assert audit.size() > 2 * 200
    last = select(audit.Event.chain, func.max(audit.Event.seq)).group_by(audit.Event.chain)
    assert len(db.session.execute(last).all()) == 200
    running = select(func.count()).select_from(StageClock).where(StageClock.stopped_on.is_(None))
    assert db.session.scalar(running)
    assert stage_durations(db.session.scalar(select(func.min(StageClock.stopped_on))))
    client.sign_in(make_person(Role.COORDINATOR))
    for path in ("/queue?view=all", "/dashboard", "/reports", "/in-numbers"):
        assert client.get(path).status_code == 200
