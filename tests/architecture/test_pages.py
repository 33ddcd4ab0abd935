"""Every page of the service is looked at in a browser, by somebody who may see it."""

from flask import Flask

from tests.browser.places import NO_PAGE, PAGES, endpoint_of


def endpoints(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}


def test_every_address_is_looked_at_or_said_to_be_no_page(app: Flask) -> None:
    found = endpoints(app)
    placed = {endpoint_of(name) for name in PAGES}
    unplaced = sorted(found - placed - NO_PAGE.keys())
    assert not unplaced, f"say in tests/browser/places.py who looks at {', '.join(unplaced)}, or why it is no page"
    gone = sorted((placed | NO_PAGE.keys()) - found)
    assert not gone, f"tests/browser/places.py names {', '.join(gone)}, which the service no longer has"
