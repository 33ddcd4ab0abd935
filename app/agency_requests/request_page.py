"""Pages about a request: each begins with where the request is, whom it waits on, and what its reader does next."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flask import Flask, current_app, render_template

from app.agency_requests.models import AgencyRequest
from app.policy import Actor
from app.security import acting

EXTENSION: Final = "request_pages"
PagePart = Callable[[AgencyRequest, Actor], object]


@dataclass(frozen=True)
class PageParts:
    """What the case pages, which stand above every stage, make for the pages of all of them."""

    headline: PagePart
    context: PagePart  # what lies around the request


def register_page_parts(app: Flask, parts: PageParts) -> None:
    """Has these parts made for the pages of this application."""
    app.extensions[EXTENSION] = parts


def _parts() -> PageParts:
    return current_app.extensions[EXTENSION]


def render_request_page(template: str, agency_request: AgencyRequest, **shown: object) -> str:
    """The page, with the head of its request made before it is rendered."""
    headline = _parts().headline(agency_request, acting())
    return render_template(template, agency_request=agency_request, headline=headline, **shown)


def request_context(agency_request: AgencyRequest) -> object:
    """What lies around the request, as far as the reader sees it."""
    return _parts().context(agency_request, acting())
