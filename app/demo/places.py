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

    @property
    def told(self) -> dict[str, object]:
        """What the agency answers: as its kind does, with its own size."""
        return self.answers | {"population_served": self.population, "sworn_officers": self.officers}
