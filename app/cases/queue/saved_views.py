"""Lists that staff keep under a name, share, and follow: a follower hears once of each request that newly matches."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask import url_for
from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from app.accounts.models import Person
from app.cases.queue import filters
from app.cases.queue.filters import QueueFilters
from app.cases.queue.queries import matching_requests
from app.cases.queue.saved_view_models import SavedView, ViewAlert, ViewFollower
from app.extensions import db
from app.notifications.outbox import send_notice
from app.policy import Actor, Permission, allows
from app.workflow.refusals import RefusalKind, StepRefused, not_found

MOST: Final = 20  # of one person
SHOWN: Final = 12  # tabs


@dataclass(frozen=True)
class SavedViewState:
    """The views a person sees: as tabs (name, address, count of none), and as rows to change."""

    links: list[tuple[str, str, str]]
    views: Sequence[SavedView]
    followed: frozenset[uuid.UUID]

    def address(self, view: SavedView) -> str:
        """Where the list of a view is."""
        return url_for("cases.queue", **filters.parse_filters(view.parameters).parameters)


def saved_views_of(actor: Actor) -> SavedViewState:
    """The person's own views and those others share, by name; two queries."""
    query = select(SavedView).where(or_(SavedView.owner_id == actor.id, SavedView.shared)).order_by(SavedView.name)
    views = db.session.scalars(query.limit(2 * MOST).options(selectinload(SavedView.owner))).all()
    followed = select(ViewFollower.view_id).where(ViewFollower.person_id == actor.id)
    kept = SavedViewState([], views, frozenset(db.session.scalars(followed)))
    kept.links.extend((view.name, kept.address(view), "") for view in views[:SHOWN])
    return kept


def save_view(actor: Actor, name: str, asked: QueueFilters, *, shared: bool) -> SavedView:
    """Keeps a list under a name; the same name again replaces it. Raises StepRefused with what to do."""
    _refuse_unless_staff(actor)
    mine = select(SavedView).where(SavedView.owner_id == actor.id)
    view = db.session.scalars(mine.where(SavedView.name == name)).one_or_none()
    if view is None:
        if (db.session.scalar(select(func.count()).select_from(mine.subquery())) or 0) >= MOST:
            raise StepRefused(RefusalKind.INCOMPLETE, [f"You keep {MOST} views. Delete one first."])
        view = SavedView(owner_id=actor.id, name=name)
        db.session.add(view)
    view.parameters, view.shared = asked.parameters, shared
    return view


def find_view(actor: Actor, view_id: uuid.UUID) -> SavedView:
    """A view this person sees; StepRefused as not found otherwise."""
    view = db.session.get(SavedView, view_id)
    if view is None or not (view.shared or view.owner_id == actor.id):
        raise not_found()
    return view


def delete_view(actor: Actor, view: SavedView) -> None:
    """Deletes one's own view, for its followers too."""
    if view.owner_id != actor.id:
        raise StepRefused(RefusalKind.NOT_YOUR_JOB, ["Only its owner deletes a view."])
    db.session.delete(view)


def follow_view(actor: Actor, view: SavedView) -> None:
    """Has the person told of what newly matches; what matches now is known already."""
    if db.session.get(ViewFollower, (view.id, actor.id)):
        return
    follower = ViewFollower(view_id=view.id, person_id=actor.id)
    follower.told = [
        ViewAlert(request_id=key)
        for key in db.session.scalars(matching_requests(actor, filters.parse_filters(view.parameters)))
    ]
    db.session.add(follower)


def unfollow_view(actor: Actor, view: SavedView) -> None:
    """Has the person told no more."""
    if follower := db.session.get(ViewFollower, (view.id, actor.id)):
        db.session.delete(follower)


def alert_followers() -> int:
    """One mail to each follower of a view with new requests in it, as that follower sees them; how many were sent."""
    query = select(ViewFollower, SavedView, Person).join(SavedView, SavedView.id == ViewFollower.view_id)
    query = query.join(Person, Person.id == ViewFollower.person_id).where(Person.active)
    sent = 0
    for follower, view, person in db.session.execute(query).unique().all():
        asked = filters.parse_filters(view.parameters)
        told = select(ViewAlert.request_id).where(ViewAlert.view_id == view.id, ViewAlert.person_id == person.id)
        new = set(db.session.scalars(matching_requests(person.actor, asked))) - set(db.session.scalars(told))
        if not new:
            continue
        follower.told.extend(ViewAlert(request_id=key) for key in sorted(new))
        path = url_path(asked)
        values = {"view": view.name, "count": len(new)}
        send_notice("view_matches", [person.email], values, path=path)
        db.session.commit()
        sent += 1
    return sent


def url_path(asked: QueueFilters) -> str:
    """The list's address without the host, for a mail."""
    return f"/queue?{urlencode(asked.parameters)}"


def _refuse_unless_staff(actor: Actor) -> None:
    if not allows(actor, Permission.CASE_READ):
        raise StepRefused(RefusalKind.NOT_YOUR_JOB, ["This is not yours to do."])
