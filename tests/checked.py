"""A test client that checks every page it fetches, so that no test has to remember.

Tests act as people do: `get_page(address)` is a page whose forms are sent as rendered. `craft_post` sends what no page
offers; a test that uses it is about just that.
"""

import hashlib
import re
from collections.abc import Iterator
from contextvars import Context
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import Response, has_app_context
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from app.accounts.models import Person
from app.extensions import db
from tests.page import HTML, MOST_REDIRECTS, REDIRECTS, REFUSAL, SITE, Page

UNREADABLE = 422
HANDLER = re.compile(r"^on[a-z]+$")
TOKEN_SALT = "wtf-csrf-token"


def refuse_uncommitted(response: Response) -> Response:
    """After every request of the tests: whatever a view changed, it committed."""
    assert not (db.session.new or db.session.dirty or db.session.deleted), "the view left something uncommitted"
    return response


class CheckedClient(FlaskClient):
    """Fetches like Flask's client; every HTML page must be well formed in the ways below."""

    def sign_in(self, person: Person) -> "CheckedClient":
        """Signs this person in without the form, as a session that the form would have made."""
        with self.session_transaction() as session:
            session["_user_id"] = person.get_id()
            session["_fresh"] = True
        return self

    def get_page(self, address: str, **kwargs: Any) -> Page:
        """The page at this address, where redirects lead."""
        return self.arrive(self.open(address, method="GET", **kwargs))

    def arrive(self, response: TestResponse) -> Page:
        """The page that an answer leads to; a redirect that ends in an error fails the test."""
        came_by: list[TestResponse] = []
        while response.status_code in REDIRECTS:
            came_by.append(response)
            assert len(came_by) <= MOST_REDIRECTS, f"{came_by[0].request.path} redirects in circles"
            response = self.open(response.location.removeprefix(SITE), method="GET")
        assert not came_by or response.status_code < REFUSAL, (
            f"{came_by[0].request.path} leads to {response.request.path}, which answers {response.status_code}"
        )
        return Page(self, response, came_by)

    def craft_post(self, address: str, *, token: bool = True, **kwargs: Any) -> TestResponse:
        """Sends what no page offers this person: forged, outdated, or as a script does; with the session's own token.

        What comes back is the answer itself, and no redirect is followed.
        """
        if token:
            kwargs["headers"] = {**kwargs.get("headers", {}), "X-CSRFToken": self.token()}
        return self._visit(address, method="POST", **kwargs)

    def send_form(self, address: str, **kwargs: Any) -> TestResponse:
        """Sends what `Page.send` read from a page."""
        return self._visit(address, method="POST", **kwargs)

    def token(self) -> str:
        """The token that the forms of this session carry."""
        with self.session_transaction() as session:
            raw = session.setdefault("csrf_token", hashlib.sha256().hexdigest())
        return str(URLSafeTimedSerializer(self.application.secret_key, salt=TOKEN_SALT).dumps(raw))

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Opens an address; nobody sends a form past the page that it stands on."""
        assert kwargs.get("method") != "POST", "send it with `Page.submit`, or say with `craft_post` that no page does"
        return self._visit(*args, **kwargs)

    def _visit(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Opens an address as a visitor would, in a context and a database session of its own, and checks the page.

        What the test has not committed is rolled back first: a visitor would not see it either.
        """
        if has_app_context():
            db.session.rollback()
        kwargs.setdefault("buffered", True)  # a page that is sent while it is read is read there
        response = Context().run(super().open, *args, **kwargs)
        if response.mimetype == "text/html" and response.status_code not in REDIRECTS:
            page = response.get_data(as_text=True)
            check_page(page)
            assert response.status_code != UNREADABLE or says_error(page), (
                "a page with errors has no title that says so"
            )
        return response


def says_error(page: str) -> bool:
    """Whether the title begins with the word that a screen reader hears first, or the whole page is about the error."""
    return "app-refused" in page or bool(re.search(r"<title>\s*Error:", page))


def pointed_at(tree: Element) -> Iterator[str]:
    """The ids of the fields that the list of errors links to."""
    for element in tree.iter():
        if "usa-error-summary" in (element.get("class") or "").split():
            targets = [link.get("href") or "" for link in element.iter(f"{HTML}a")]
            yield from (target.removeprefix("#") for target in targets if target.startswith("#"))


def check_page(page: str) -> None:
    """Asserts what holds of every page: it parses, has one heading that its title begins with, and nothing inline."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"))
    tree = parser.parse(page)
    assert not parser.errors, f"the page does not parse: {parser.errors[:3]}"
    headings = tree.findall(f".//{HTML}h1")
    assert len(headings) == 1, f"{len(headings)} first headings on the page"
    heading = " ".join("".join(headings[0].itertext()).split())
    title = " ".join("".join(tree.find(f".//{HTML}title").itertext()).split())  # type: ignore[union-attr] # every page has one
    assert heading.casefold() in title.casefold(), f"the title {title!r} does not name the heading {heading!r}"
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), f"ids used twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    stray = [target for target in pointed_at(tree) if target not in ids]
    assert not stray, f"the page lists errors of fields that it does not have: {stray}"
    for element in tree.iter():
        assert not element.get("style"), f"inline style on {element.tag}"
        assert not [name for name in element.attrib if HANDLER.match(str(name))], f"inline handler on {element.tag}"
        if element.tag in {f"{HTML}script", f"{HTML}style"}:
            assert element.get("src") or element.get("type") == "application/json", "inline script or style"
