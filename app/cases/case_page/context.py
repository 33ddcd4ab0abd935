"""What lies around a request: the map of the states, and its county's agreements, requests and offices."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar
from uuid import UUID

from sqlalchemy import func

from app.accounts.models import DETENTION, Office
from app.accounts.offices.operations import reach, serves, with_areas
from app.accounts.offices.routing import candidates
from app.accounts.place_names import STATE_NAMES
from app.agency_requests.access import visible_requests
from app.agency_requests.models import AgencyRequest
from app.agreements_in_force.queries import InForceByState, by_support_type, counted_by_state, in_county, of_state
from app.agreements_in_force.tile_map import TileMap, tile_map
from app.cases.related.operations import LOOKED_AT, in_state
from app.extensions import db
from app.policy import Actor
from app.workflow.journey.request_journey import CLOSED, FINAL

T = TypeVar("T")
SHOWN: Final = 10  # of a list of the whole state; its county's are shown all


@dataclass(frozen=True)
class ServingOffice:
    """An office of the place: what it serves, why it is named, and how many open requests of it the reader sees."""

    name: str
    is_named: bool  # on the request; otherwise it serves the place by the map of areas
    area: str
    open_requests: int


@dataclass(frozen=True)
class RequestContext:
    """The map, and the agency's county first, then the rest of its state, as far as this reader sees it."""

    map: TileMap
    shaded: Sequence[str]  # the offices whose states the map shades, by name
    county: str
    state: str
    offices: Sequence[ServingOffice]
    agreements: Sequence[InForceByState]
    elsewhere: Sequence[InForceByState]
    support_types: Sequence[tuple[str, int]]
    requests: Sequence[AgencyRequest]
    requests_elsewhere: Sequence[AgencyRequest]
    is_cut: bool  # whether the state has more requests than were looked at

    @property
    def place(self) -> str:
        """ "Bexar, Texas", or the state alone where the county is not known."""
        return f"{self.county}, {self.state}" if self.county else self.state


def request_context(agency_request: AgencyRequest, actor: Actor) -> RequestContext:
    """Everything around this request in a constant number of queries; requests only where the reader sees them."""
    agency, state = agency_request.agency, agency_request.state
    named = {key for key in (agency_request.office_id, agency_request.investigations_office_id) if key}
    by_area = {office.id for office in candidates(state, agency.county)}
    offices = with_areas(named | by_area)
    shaded = _shaded(offices, agency_request.office_id, by_area)
    whole, part = reach(shaded)
    known, others = of_state(state), in_state(agency_request, actor, FINAL)
    near, far = _split(known, lambda each: in_county(agency.county, each.county))
    beside, beyond = _split(others, lambda each: in_county(agency.county, each.agency.county))
    return RequestContext(
        map=tile_map(counted_by_state(), whole=whole, part=part, own=state),
        shaded=[office.name for office in shaded],
        county=agency.county,
        state=STATE_NAMES.get(state, state),
        offices=_serving(offices, named, actor),
        agreements=near,
        elsewhere=far[:SHOWN],
        support_types=by_support_type(known),
        requests=beside,
        requests_elsewhere=beyond[:SHOWN],
        is_cut=len(others) == LOOKED_AT,
    )


def _split(things: Sequence[T], is_near: Callable[[T], bool]) -> tuple[list[T], list[T]]:
    sorted_out: dict[bool, list[T]] = {True: [], False: []}
    for thing in things:
        sorted_out[is_near(thing)].append(thing)
    return sorted_out[True], sorted_out[False]


def _shaded(offices: Sequence[Office], routed_to: UUID | None, by_area: set[UUID]) -> list[Office]:
    """The detention office the request is routed to; before that, those that may serve the place."""
    routed = [office for office in offices if office.id == routed_to and office.kind == DETENTION]
    return routed or [office for office in offices if office.id in by_area]


def _serving(offices: Sequence[Office], named: set[UUID], actor: Actor) -> list[ServingOffice]:
    carried = _open_by_office([office.id for office in offices], actor)
    return [ServingOffice(o.name, o.id in named, serves(o), carried.get(o.id, 0)) for o in offices]


def _open_by_office(keys: Sequence[UUID], actor: Actor) -> dict[UUID, int]:
    query = (
        visible_requests(actor)
        .where(AgencyRequest.office_id.in_(keys), AgencyRequest.status.not_in(list(CLOSED)))
        .with_only_columns(AgencyRequest.office_id, func.count(), maintain_column_froms=True)
        .group_by(AgencyRequest.office_id)
    )
    return {key: count for key, count in db.session.execute(query) if key}
