"""Rendering a page cannot reach the database: a page shows what its view gave it.

What is caught is a template that loads something by itself: a function that queries, or a relationship that the query
of the view did not load.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from flask import Flask, before_render_template, template_rendered
from jinja2 import Template
from sqlalchemy import Engine, event

_rendering: ContextVar[tuple[str, ...]] = ContextVar("rendering", default=())


@contextmanager
def no_statements_while_rendering(app: Flask) -> Iterator[None]:
    """Has a page of this application fail at the first statement sent between its template's beginning and end."""
    event.listen(Engine, "before_cursor_execute", _refuse)
    try:
        with before_render_template.connected_to(_begin, app), template_rendered.connected_to(_end, app):
            yield
    finally:  # a page that failed never ended
        _rendering.set(())
        event.remove(Engine, "before_cursor_execute", _refuse)


def _begin(_app: Flask, template: Template, **_: object) -> None:
    _rendering.set((*_rendering.get(), template.name or "a string"))


def _end(_app: Flask, **_: object) -> None:
    _rendering.set(_rendering.get()[:-1])


def _refuse(_connection: object, _cursor: object, statement: str, *_: object) -> None:
    pages = _rendering.get()
    assert not pages, f"{pages[-1]} asks the database while it renders: {' '.join(statement.split())[:500]}"
