"""The thirteen programs, read once from their file and checked: a fault stops the start, not a page. Pure."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.programs.faults import faults
from app.programs.program import Elsewhere, Model, Need, Program, Source

Entry = tuple[str, str | None]
Data = Mapping[str, Any]


class BadCatalogue(ValueError):  # noqa: N818 -- named for what was given
    """Programs whose data is not complete; the message names each key and what is wrong with it."""


@dataclass(frozen=True)
class Group:
    """A column of the first page: a need in a few words, and the programs for it."""

    title: str
    programs: tuple[Program, ...]


@dataclass(frozen=True)
class Catalogue:
    """Every program in order, with the version of the data."""

    version: str
    programs: tuple[Program, ...]
    groups: tuple[Group, ...]
    approvers: Mapping[str, str]
    general_sources: tuple[Source, ...]

    def program(self, key: str) -> Program:
        """The program with this key; KeyError when there is none."""
        return {program.key: program for program in self.programs}[key]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Program and model of everything an agreement can be about: fifteen."""
        return tuple(
            (program.key, model)
            for program in self.programs
            for model in ([each.key for each in program.models] or [None])
        )

    def model(self, program: str, model: str) -> Model:
        """A model of a program; KeyError when there is none."""
        return {each.key: each for each in self.program(program).models}[model]

    def entry_name(self, program: str, model: str | None = None) -> str:
        """What people call a program or a model of it; KeyError when there is none."""
        return self.model(program, model).entry_name if model else self.program(program).name

    def approver(self, program: str, model: str | None = None) -> str:
        """The key of the office that approves it, to bind officials by; KeyError for no such program or model."""
        if model:
            self.model(program, model)
        return self.program(program).approver

    def approver_title(self, program: Program) -> str:
        """The title of the official who approves it: "Special Agent in Charge"."""
        return self.approvers[program.approver]


def read(data: Data) -> Catalogue:
    """The catalogue of this data. Raises BadCatalogue that names every fault."""
    found = list(faults(data))
    if found:
        raise BadCatalogue("; ".join(found))
    sources = {key: Source(**source) for key, source in data["sources"].items()}
    programs = {entry["key"]: _program(entry, sources) for entry in data["program"]}
    return Catalogue(
        version=data["version"],
        programs=tuple(programs.values()),
        groups=tuple(Group(each["title"], tuple(programs[key] for key in each["programs"])) for each in data["group"]),
        approvers=dict(data["approvers"]),
        general_sources=tuple(sources[key] for key in data["general_sources"]),
    )


def _program(entry: Data, sources: Mapping[str, Source]) -> Program:
    plain = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    made = {
        "needs": tuple(Need(**need) for need in entry["needs"]),
        "elsewhere": tuple(Elsewhere(**each) for each in entry["elsewhere"]),
        "sources": tuple(sources[key] for key in entry["sources"]),
        "alias_source": sources.get(entry.get("alias_source", "")),
        "models": tuple(Model(**model) for model in entry.get("models", ())),
    }
    return Program(**plain | made)


CATALOGUE: Final = read(tomllib.loads(Path(__file__).with_name("catalogue.toml").read_text(encoding="utf-8")))
