"""Reads the folder of each program into the catalog: a new folder is a new program. A fault stops the start. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from app.data_files import DataFileError, Lines, Shape, Words, read, read_table, shaped
from app.needs.gates import Gate
from app.needs.keys import ProgramKey
from app.needs.score_rules import Item, ScoredProgram, ScoreRules, Scores, Together
from app.programs.lookup import Catalog, ProgramGroup
from app.programs.program import Model, Program, ProgramSource

FOLDER: Final = Path(__file__).with_name("catalog")


class ColumnRow(Shape, frozen=True):
    """A column of the first page."""

    key: Words
    title: Words


class SharedFacts(Shape, frozen=True):
    """catalog.toml: what the programs share. Each names its approver, its group and the sources it rests on."""

    version: Words
    general_sources: Lines
    approvers: dict[str, str]
    group: tuple[ColumnRow, ...]
    source: dict[str, ProgramSource]


class ScoringFile(Shape, frozen=True):
    """scoring.toml of a program or a model: the names of its gates in order, those that are its own, and its items."""

    items: tuple[Item, ...]
    gates: tuple[str, ...] = ()
    gate: dict[str, Gate] = msgspec.field(default_factory=dict)
    together: tuple[Together, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgramFolder:
    """What one folder says: the program, and the score and the instrument of each key it stands for."""

    program: Program
    scored: tuple[ScoredProgram, ...]
    together: tuple[Together, ...]
    instruments: Mapping[ProgramKey, Path]


def load(folder: Path) -> Catalog:
    """The catalog in this folder. Raises DataFileError with everything that is wrong, a line each."""
    shared = read(folder / "catalog.toml", SharedFacts)
    rules = read(folder / "scoring.toml", ScoreRules)
    gates = read(folder / "gates.toml", dict[str, Gate])
    found, faults = _read_folders(folder, shared, gates)
    _refuse(faults)
    catalog = _catalog(found, shared, rules)
    _refuse(list(catalog.faults()))
    return catalog


def _refuse(faults: Sequence[str]) -> None:
    if faults:
        raise DataFileError("\n".join(faults))


def _read_folders(
    folder: Path, shared: SharedFacts, gates: Mapping[str, Gate]
) -> tuple[list[ProgramFolder], list[str]]:
    """Every program in order, and a sentence for each folder that cannot be read."""
    found, faults = [], []
    for each in _folders(folder):
        try:
            found.append(_read_folder(each, shared, gates))
        except DataFileError as fault:
            faults.append(f"{each.name}: {fault}")
    return sorted(found, key=lambda each: (each.program.order, each.program.key)), faults


def _catalog(found: Sequence[ProgramFolder], shared: SharedFacts, rules: ScoreRules) -> Catalog:
    programs = tuple(each.program for each in found)
    return Catalog(
        version=shared.version,
        programs=programs,
        groups=tuple(_group(row, programs) for row in shared.group),
        approvers=shared.approvers,
        general_sources=tuple(_source(key, shared.source) for key in shared.general_sources),
        scores=Scores(
            rules,
            tuple(scored for each in found for scored in each.scored),
            tuple(row for each in found for row in each.together),
        ),
        instruments={key: path for each in found for key, path in each.instruments.items()},
    )


def _group(row: ColumnRow, programs: Sequence[Program]) -> ProgramGroup:
    mine = [program for program in programs if program.group == row.key]
    return ProgramGroup(row.key, row.title, tuple(sorted(mine, key=lambda program: program.group_order)))


def _read_folder(folder: Path, shared: SharedFacts, gates: Mapping[str, Gate]) -> ProgramFolder:
    models = sorted((_model(each) for each in _folders(folder)), key=lambda model: (model.order, model.key))
    program = _program(folder, shared, tuple(models))
    places = {key: folder / (key.model or "") for key in program.keys}
    files = {key: _scoring(place, key.program) for key, place in places.items()}
    return ProgramFolder(
        program,
        tuple(
            ScoredProgram(key, program.label(key.model), file.items, _gates(file, gates)) for key, file in files.items()
        ),
        tuple(row for file in files.values() for row in file.together),
        {key: _instrument(place) for key, place in places.items()},
    )


def _program(folder: Path, shared: SharedFacts, models: tuple[Model, ...]) -> Program:
    """The program in program.toml; its sources are written as keys, of its own table or of the shared one."""
    table = read_table(folder / "program.toml")
    sources = {**shared.source, **shaped(table.pop("source", {}), dict[str, ProgramSource], "program.toml: source")}
    for name in ("sources", "alias_source"):
        if name in table:
            given = table[name]
            table[name] = [_source(key, sources) for key in given] if name == "sources" else _source(given, sources)
    return shaped({**table, "key": folder.name, "models": models}, Program, "program.toml")


def _source(key: str, sources: Mapping[str, ProgramSource]) -> ProgramSource:
    if key not in sources:
        raise DataFileError(f"program.toml: sources has {key}, which is unknown")
    return sources[key]


def _model(folder: Path) -> Model:
    return shaped({**read_table(folder / "model.toml"), "key": folder.name}, Model, f"{folder.name}/model.toml")


def _scoring(folder: Path, program: str) -> ScoringFile:
    """The score in scoring.toml; a row of `together` that names no program is about this one."""
    table = read_table(folder / "scoring.toml")
    table["together"] = [{"programs": [program], **row} for row in table.get("together", ())]
    return shaped(table, ScoringFile, "scoring.toml")


def _gates(file: ScoringFile, shared: Mapping[str, Gate]) -> tuple[Gate, ...]:
    known = {**shared, **file.gate}
    if unknown := [name for name in file.gates if name not in known]:
        raise DataFileError(f"scoring.toml: gates has {unknown[0]}, which no gate is called")
    return tuple(known[name] for name in file.gates)


def _instrument(folder: Path) -> Path:
    path = folder / "instrument.toml"
    if not path.exists():
        raise DataFileError("instrument.toml: there is no such file")
    return path


def _folders(folder: Path) -> list[Path]:
    return sorted(each for each in folder.iterdir() if each.is_dir())


CATALOG: Final = load(FOLDER)
