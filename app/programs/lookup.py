"""Every program with its facts, its score and its instrument: read once, and looked up by key. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.needs.finder_questions import TOPICS
from app.needs.keys import ProgramKey
from app.needs.questions import QUESTIONS
from app.needs.score_rules import Scores
from app.programs.program import ANY, Model, Program, ProgramSource


@dataclass(frozen=True)
class ProgramGroup:
    """A column of the first page: a need in a few words, and the programs for it."""

    key: str
    title: str
    programs: tuple[Program, ...]


@dataclass(frozen=True)
class Catalog:
    """Every program in order, with the version of the data, the scores, and where each instrument's file is."""

    version: str
    programs: tuple[Program, ...]
    groups: tuple[ProgramGroup, ...]
    approvers: Mapping[str, str]
    general_sources: tuple[ProgramSource, ...]
    scores: Scores
    instruments: Mapping[ProgramKey, Path]
    _by_key: Mapping[str, Program] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {program.key: program for program in self.programs})

    def program(self, key: str) -> Program:
        """The program with this key; KeyError when there is none."""
        return self._by_key[key]

    @property
    def keys(self) -> tuple[ProgramKey, ...]:
        """Everything an agreement can be about, in order: each program, or each model of one that has models."""
        return tuple(key for program in self.programs for key in program.keys)

    def model(self, program: str, model: str) -> Model:
        """A model of a program; KeyError when there is none."""
        return {each.key: each for each in self.program(program).models}[model]

    def label(self, key: ProgramKey | str) -> str:
        """What people call a program or a model of it; a key in writing will do. KeyError when there is none."""
        program, model = ProgramKey.parse(key) if isinstance(key, str) else key
        return self.program(program).label(model)

    @property
    def labels(self) -> dict[str, str]:
        """What an agreement can be about, by written key, in order: the choices of a form."""
        return {str(key): self.label(key) for key in self.keys}

    def approver(self, program: str, model: str | None = None) -> str:
        """The key of the office that approves it, to bind officials by; KeyError for no such program or model."""
        if model:
            self.model(program, model)
        return self.program(program).approver

    def approver_title(self, program: Program) -> str:
        """The title of the official who approves it: "Special Agent in Charge"."""
        return self.approvers[program.approver]

    def faults(self) -> Iterator[str]:
        """What the files say against each other: each a sentence that names the program."""
        for program in self.programs:
            yield from (f"{program.key}: {fault}" for fault in self._faults_of(program))
        for each in self.scores.programs:
            yield from (f"{each.key}: scoring.toml: {fault}" for fault in each.faults())
        for each in self.scores.together:
            unknown = {*each.programs, *each.supports} - self._by_key.keys()
            yield from (f"together names {key}, which is no program" for key in sorted(unknown))

    def _faults_of(self, program: Program) -> Iterator[str]:
        known = {
            "group": ((program.group,), {group.key for group in self.groups}),
            "approver": ((program.approver,), self.approvers),
            "together": (program.together, self._by_key),
            "elsewhere": ([each.program for each in program.elsewhere if each.program], self._by_key),
            "needs": (program.topics, {topic.key for topic in TOPICS}),
            "agency_types": (program.agency_types, {ANY, *QUESTIONS["agency_type"].choice_keys}),
        }
        for name, (given, allowed) in known.items():
            yield from (f"{name} has {each}, which is unknown" for each in given if each not in allowed)
