"""Public data beside the checkout: where it is, and how a test says that it needs some of it."""

from pathlib import Path

import pytest

REAL_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def realdata(name: str) -> Path | None:
    """The public file or folder of that name, or None where it is not beside the checkout."""
    path = REAL_DATA / name
    return path if path.exists() else None


def needs_realdata(name: str) -> pytest.MarkDecorator:
    """Marks a test that is left out, saying so, where the public file is missing."""
    return pytest.mark.skipif(realdata(name) is None, reason=f"the public data file {name} is not beside the checkout")
