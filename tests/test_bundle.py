"""Addresses of built files."""

import pytest
from flask import Flask

from app import bundle


def test_another_content_has_another_address(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.test_request_context():
        monkeypatch.setattr(bundle, "versions", lambda: {"app.css": "one"})
        before = bundle.asset("app.css")
        monkeypatch.setattr(bundle, "versions", lambda: {"app.css": "two"})
        assert before != bundle.asset("app.css")
        assert before.startswith("/static/dist/app.css")


def test_before_the_first_build_pages_still_answer(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "versions", dict)
    with app.test_request_context():
        assert bundle.asset("app.css") == "/static/dist/app.css"
