"""A case with people of both sides, ready to talk."""

from app.extensions import db
from app.messages import operations
from app.messages.models import Thread
from app.policy import Actor
from tests.assessment.assessed_request import Story

SECRET = "Their figures do not add up at all"


def begun(story: Story, actor: Actor, text: str = "Can you meet us on Monday?", *, shared: bool = True) -> Thread:
    """A conversation, begun and saved."""
    thread = operations.begin_thread(story.agency_request, actor, shared=shared, text=text)
    db.session.commit()
    return thread
