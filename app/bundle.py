"""Where pages find the built styles, script, fonts and icons: addresses that change with the content."""

import json
from functools import cache
from pathlib import Path

from flask import Flask, url_for

DIST = Path(__file__).resolve().parent / "static" / "dist"


@cache
def versions() -> dict[str, str]:
    """A piece of each built file's hash, by its name; empty before the first build."""
    manifest = DIST / "manifest.json"
    return json.loads(manifest.read_text()) if manifest.exists() else {}


def asset(name: str) -> str:
    """The address of a built file; browsers may keep it for a year, since another content has another address."""
    return url_for("static", filename=f"dist/{name}", v=versions().get(name))


def init_app(app: Flask) -> None:
    """Gives `asset` to every template."""
    app.jinja_env.globals["asset"] = asset
