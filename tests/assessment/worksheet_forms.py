"""What tests of the assessor's pages share: addresses, and forms as a browser would send them."""

import html
import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from app.assessment.worksheet.view_model import worksheet_of
from tests.assessment.assessed_request import Story
from tests.checked import CheckedClient

GETS = ("worksheet", "survey", "meetings", "recommendation", "plan", "recommend", "no-partnership")


def path(story: Story, page: str) -> str:
    """The address of one of the assessor's pages."""
    return f"/cases/{story.agency_request.id}/{page}"


def signed_in(app: Flask, story: Story, who: str = "assessor") -> CheckedClient:
    """A browser of this person of the story."""
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    return client.sign_in(story.people[who])


def typed(story: Story, group: str, rows: dict[str, dict[str, Any]], **rest: Any) -> dict[str, Any]:
    """The form of one group with these rows: by question key, what stands in value, basis and source."""
    section = worksheet_of(story.agency_request.id).section(group)
    assert section is not None
    boxes = {f"{part}-{key}": text for key, row in rows.items() for part, text in row.items()}
    return {f"version-{group}": section.version, "row": list(rows)} | boxes | rest


def words(response: TestResponse) -> str:
    """The text of a page, without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.get_data(as_text=True))).split())
