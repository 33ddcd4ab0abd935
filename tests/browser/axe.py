"""Runs axe-core in the page and tells what it found in words."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "section508"]
RUN = """rules => axe
    .run({ runOnly: rules, resultTypes: ["violations"], selectors: false })
    .then(result => result.violations)"""


@cache
def _source() -> str:
    return SOURCE.read_text()


def check(page: Page, where: str = "") -> None:
    """Raises AssertionError with a readable list when the page breaks a rule of WCAG 2.2 A or AA, or of Section 508."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_source())
    found = page.evaluate(RUN, RULES)
    assert not found, f"axe found on {where or page.url}:\n" + "\n".join(_tell(violation) for violation in found)


def _tell(violation: dict[str, Any]) -> str:
    places = [f"    {node['html'][:160]}\n      {node['failureSummary']}" for node in violation["nodes"][:5]]
    return f"  {violation['id']} ({violation['impact']}): {violation['help']}\n" + "\n".join(places)
