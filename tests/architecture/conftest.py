"""The whole demonstration, made once for every test here that walks through it."""

from collections.abc import Iterator

import pytest

from tests.demonstration import Demonstration


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    made = Demonstration.make(tmp_path_factory.mktemp("demonstration"))
    yield made
    with made.app.app_context():
        made.restore()


@pytest.fixture
def shown(demonstration: Demonstration) -> Iterator[Demonstration]:
    """The demonstration within its context, put back afterwards."""
    with demonstration.app.app_context():
        yield demonstration
        demonstration.restore()
