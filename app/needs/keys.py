"""The key of what an agreement can be about: a program, or one model of a program that has models."""

from typing import NamedTuple


class ProgramKey(NamedTuple):
    """A program and its model, if it has models. Written "287g:jail" or "best": this is its only spelling."""

    program: str
    model: str | None = None

    @classmethod
    def of(cls, program: str, model: str | None) -> "ProgramKey":
        """The key of a program and a model that may be empty, as a column is."""
        return cls(program, model or None)

    @classmethod
    def parse(cls, written: str) -> "ProgramKey":
        """The key that is written so; whether there is such a program, the catalog knows."""
        program, _, model = written.partition(":")
        return cls.of(program, model)

    @property
    def columns(self) -> tuple[str, str]:
        """Program and model as a row keeps them: "" for no model."""
        return self.program, self.model or ""

    @property
    def slug(self) -> str:
        """For names of files and anchors: "287g-jail"."""
        return "-".join(filter(None, self))

    def __str__(self) -> str:
        return f"{self.program}:{self.model}" if self.model else self.program
