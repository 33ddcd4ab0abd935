"""Whose word the service takes for where a visitor is."""

from pathlib import Path

import pytest
from flask import Flask, request

from app import create_app
from app.security import public
from tests.conftest import SETTINGS


def behind(proxies: int, tmp_path: Path) -> Flask:
    """An application with a page that says where its visitor is and how the address began."""
    settings = {"SQLALCHEMY_DATABASE_URI": "sqlite://", "STORAGE_DIR": str(tmp_path), "PROXIES": proxies}
    app = create_app(SETTINGS | settings)

    @app.get("/where")
    @public
    def where() -> str:
        return f"{request.remote_addr} {request.scheme}"

    return app


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1 http"), (1, "2.2.2.2 https"), (2, "1.1.1.1 http")])
def test_as_many_proxies_are_believed_as_there_are(tmp_path: Path, proxies: int, seen: str) -> None:
    forwarded = {"X-Forwarded-For": "9.9.9.9, 1.1.1.1, 2.2.2.2", "X-Forwarded-Proto": "https"}
    assert behind(proxies, tmp_path).test_client().get("/where", headers=forwarded).text == seen
