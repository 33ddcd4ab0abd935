"""What tests of the assessor's pages share: addresses, rows of the worksheet, and the words of a page."""

import html
import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from app.assessment.worksheet.view_model import worksheet_of
from tests.assessment.assessed_request import Story
from tests.checked import CheckedClient
from tests.page import Page

Rows = dict[str, dict[str, Any]]  # by question key, what stands in value, basis and source
GETS = ("worksheet", "survey", "meetings", "recommendation", "plan", "recommend", "no-partnership")


def path(story: Story, page: str) -> str:
    """The address of one of the assessor's pages."""
    return f"/cases/{story.agency_request.id}/{page}"


def signed_in(app: Flask, story: Story, who: str = "assessor") -> CheckedClient:
    """A browser of this person of the story."""
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    return client.sign_in(story.people[who])


def texts(rows: Rows) -> dict[str, Any]:
    """These rows by the names of their boxes."""
    return {f"{part}-{key}": text for key, row in rows.items() for part, text in row.items()}


def typed(story: Story, group: str, rows: Rows) -> dict[str, Any]:
    """What a crafted form of one group with these rows sends."""
    section = worksheet_of(story.agency_request.id).section(group)
    assert section is not None
    return {f"version-{group}": section.version, "row": list(rows)} | texts(rows)


def words(page: TestResponse | Page) -> str:
    """The text of a page, without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())
