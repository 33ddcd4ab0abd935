"""Whether two requests are about the same: on the page of checking, on the case and in the warning of duplicates."""

from collections.abc import Iterable

from app.agency_requests.models import AgencyRequest
from app.workflow.journey.request_journey import CLOSED


def similar_requests(agency_request: AgencyRequest, others: Iterable[AgencyRequest]) -> list[AgencyRequest]:
    """Open requests of the same agency, among these, that name a problem or a program this one names too."""
    asks = _asks(agency_request)
    return [
        other
        for other in others
        if other.id != agency_request.id
        and other.agency_id == agency_request.agency_id
        and other.status not in CLOSED
        and asks & _asks(other)
    ]


def _asks(agency_request: AgencyRequest) -> set[str]:
    return {problem.topic for problem in agency_request.problems} | set(agency_request.wanted_programs or ())
