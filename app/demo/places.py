"""What a made-up agency is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A made-up agency: its data, and the answers it gives."""

    ori: str
    name: str
    state: str
    county: str
    kind: str
    head: tuple[str, str]
    officer: tuple[str, str]
    population: int
    officers: int
    answers: dict[str, object]
