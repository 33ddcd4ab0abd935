"""The guard over templates: a statement sent while a page renders fails the test that fetched it."""

from contextvars import Context

import pytest
from flask import Flask, render_template_string, stream_template_string
from jinja2 import nodes
from sqlalchemy import text

from app.extensions import db
from tests.rendering import no_statements_while_rendering


def ask() -> str:
    return str(db.session.scalar(text("SELECT 1")))


def rendered(app: Flask) -> str:
    with app.test_request_context():
        return render_template_string("{{ ask() }}", ask=ask)


def streamed(app: Flask) -> str:
    with app.test_request_context():
        return "".join(stream_template_string("{{ ask() }}", ask=ask))


def asked_before(app: Flask) -> str:
    with app.test_request_context():
        return render_template_string("{{ found }}", found=ask()) + ask()


@pytest.mark.parametrize("page", [rendered, streamed])
def test_a_template_that_asks_the_database_fails(app: Flask, page: object) -> None:
    with (
        no_statements_while_rendering(app),
        pytest.raises(AssertionError, match="a string asks the database while it renders"),
    ):
        Context().run(page, app)  # in a context of its own, as the client opens a page: nothing is left behind


def test_before_and_after_it_may_be_asked(app: Flask) -> None:
    with no_statements_while_rendering(app):
        assert Context().run(asked_before, app) == "11"


def test_every_macro_that_a_template_imports_is_there(app: Flask) -> None:
    missing = []
    for name in app.jinja_env.list_templates(extensions=["html"]):
        for node in parsed(app, name).find_all(nodes.FromImport):
            there = exported(parsed(app, node.template.value))  # type: ignore[attr-defined] # every one is named
            asked = {each if isinstance(each, str) else each[0] for each in node.names}
            missing += [f"{name}: {each}" for each in sorted(asked - there)]
    assert missing == []


def parsed(app: Flask, name: str) -> nodes.Template:
    return app.jinja_env.parse(app.jinja_env.loader.get_source(app.jinja_env, name)[0])  # type: ignore[union-attr] # set


def exported(template: nodes.Template) -> set[str]:
    """What a template gives to who imports from it: its macros, and what it sets or imports itself."""
    found = {node.name for node in template.find_all(nodes.Macro)}
    found |= {node.name for node in template.find_all(nodes.Name) if node.ctx == "store"}
    return found
