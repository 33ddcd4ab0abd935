"""Every address that the code, the pages and the data name by an endpoint is one that answers."""

import re
from pathlib import Path

from flask import Flask

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"""["']([a-z_]+\.[a-z_]+)(?=["'#])""")
ENDINGS = {"csv", "html", "pdf", "py", "toml", "typ", "docx", "xlsx", "zip", "css"}


def test_every_endpoint_that_is_named_exists(the_app: Flask) -> None:
    there, blueprints = set(the_app.view_functions), set(the_app.blueprints)
    named = {
        (name, path.relative_to(ROOT).as_posix())
        for kind in ("*.py", "*.html")
        for path in (ROOT / "app").rglob(kind)
        for name in NAMED.findall(path.read_text(encoding="utf-8"))
        if name.split(".")[0] in blueprints and name.split(".")[1] not in ENDINGS
    }
    assert len(named) > 100
    assert {(name, path) for name, path in named if name not in there} == set()
