"""ICE's offices as the product's own data: the 25 detention offices with their states, and headquarters."""

from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final, Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app import audit
from app.accounts.models import HEADQUARTERS, Office, OfficeArea
from app.accounts.place_names import STATE_NAMES
from app.data_files import DataFileError, Shape, Words, read
from app.extensions import db
from app.policy import Actor
from app.text import plural


class OfficeData(Shape, frozen=True):
    """One office: the states it serves whole, and those it shares with others county by county (USPS codes)."""

    kind: Literal["headquarters", "detention", "investigations"]
    name: Words
    states: tuple[Words, ...] = ()
    shares: tuple[Words, ...] = ()


class OfficeFile(Shape, frozen=True):
    """offices.toml, and which edition of ICE's map it says again."""

    version: Words
    office: tuple[OfficeData, ...]


def read_offices(path: Path) -> tuple[OfficeData, ...]:
    """The offices of the file. Raises DataFileError, for a state that does not exist too."""
    offices = read(path, OfficeFile).office
    for office in offices:
        if unknown := sorted({*office.states, *office.shares} - set(STATE_NAMES)):
            raise DataFileError(f"{path.name}: {office.name} has {unknown[0]}, which is no state")
    return offices


OFFICES: Final = read_offices(Path(__file__).with_name("offices.toml"))
SHARED_STATES: Final = frozenset(state for office in OFFICES for state in office.shares)


def load_offices() -> int:
    """Adds the offices that are not there yet, with their whole states; returns how many were added."""
    known = {(office.kind, office.name) for office in db.session.scalars(select(Office))}
    fresh = [office for office in OFFICES if (office.kind, office.name) not in known]
    for data in fresh:
        db.session.add(
            Office(kind=data.kind, name=data.name, areas=[OfficeArea(state=state, county="") for state in data.states])
        )
    db.session.flush()  # callers look the offices up
    return len(fresh)


def office_key(name: str) -> str:
    """An office's name to compare by: "St Paul" is "St. Paul"."""
    return " ".join(name.replace(".", " ").casefold().split())


def serves(office: Office) -> str:
    """ "Georgia, North Carolina", "128 counties in Texas, all of Oklahoma"; "" where no area is known."""
    whole = sorted(STATE_NAMES[area.state] for area in office.areas if not area.county)
    counted = Counter(STATE_NAMES[area.state] for area in office.areas if area.county)
    parts = [f"{plural(count, 'county', 'counties')} in {state}" for state, count in sorted(counted.items())]
    parts += [f"part of {name}" for name in _shared_by(office) if name not in counted]
    return ", ".join(parts + [f"all of {state}" if parts else state for state in whole])


def reach(offices: Collection[Office]) -> tuple[frozenset[str], frozenset[str]]:
    """The states that these offices serve whole, and those they serve in part, by their two letters."""
    areas = [area for office in offices for area in office.areas]
    shared = {state for office in offices for state in _shares(office)}
    whole = frozenset(area.state for area in areas if not area.county)
    return whole, frozenset({area.state for area in areas if area.county} | shared) - whole


def with_areas(keys: Collection[UUID]) -> Sequence[Office]:
    """These offices by name, with the areas they serve, in two queries."""
    query = select(Office).where(Office.id.in_(keys)).options(selectinload(Office.areas)).order_by(Office.name)
    return db.session.scalars(query).all()


def _shared_by(office: Office) -> list[str]:
    """The states that this office shares with others, by name."""
    return [STATE_NAMES[state] for state in _shares(office)]


def _shares(office: Office) -> list[str]:
    key = (office.kind, office_key(office.name))
    return [state for data in OFFICES if (data.kind, office_key(data.name)) == key for state in data.shares]


class TakenName(Exception):
    """There is an office of this kind with this name already."""


def add_office(actor: Actor, kind: str, name: str, address: str) -> Office:
    """Adds an office that no map knows; it serves no area. Raises TakenName."""
    _refuse_taken(kind, name)
    office = Office(kind=kind, name=name, address=address)
    db.session.add(office)
    db.session.flush()  # its key is in the record
    _record("office_added", actor, office, name=name, kind=kind)
    return office


def edit_office(office: Office, actor: Actor, name: str, address: str) -> None:
    """Puts an office right; one that the product knows keeps the name by which lists find it. Raises TakenName."""
    name = office.name if is_of_the_product(office) else name
    before, after = {"name": office.name, "address": office.address}, {"name": name, "address": address}
    if before == after:
        return
    if office_key(name) != office_key(office.name):
        _refuse_taken(office.kind, name)
    office.name, office.address = name, address
    _record("office_edited", actor, office, before=before, after=after)


def is_of_the_product(office: Office) -> bool:
    """Whether the product's own list names it."""
    return (office.kind, office.name) in {(data.kind, data.name) for data in OFFICES}


def _refuse_taken(kind: str, name: str) -> None:
    if office_key(name) in {office_key(office.name) for office in offices_of_kind(kind)}:
        raise TakenName


def _record(action: str, actor: Actor, office: Office, **details: object) -> None:
    audit.record(action, actor, subject=("office", office.id), details=details, audience=audit.Audience.RECORD)


def offices_of_kind(kind: str) -> Sequence[Office]:
    """The offices of a kind, by name."""
    return db.session.scalars(select(Office).where(Office.kind == kind).order_by(Office.name)).all()


def headquarters() -> Office | None:
    """The headquarters office, where an unrouted request waits; its staff offices come after it."""
    known = Office.name.in_([data.name for data in OFFICES if data.kind == HEADQUARTERS])
    query = select(Office).where(Office.kind == HEADQUARTERS).order_by(known.desc(), Office.name)
    return db.session.scalar(query.limit(1))
