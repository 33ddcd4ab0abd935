"""ICE's offices as the product's own data: the 25 detention offices with their states, and headquarters."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import select

from app.accounts.models import HEADQUARTERS, Office, OfficeArea
from app.extensions import db


@dataclass(frozen=True)
class OfficeData:
    """One office: the states it serves whole, and those it shares with others county by county (USPS codes)."""

    kind: str
    name: str
    states: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()


def _read() -> tuple[OfficeData, ...]:
    listed = tomllib.loads(Path(__file__).with_name("offices.toml").read_text())["office"]
    return tuple(
        OfficeData(o["kind"], o["name"], tuple(o.get("states", ())), tuple(o.get("shares", ()))) for o in listed
    )


OFFICES: Final = _read()
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


def headquarters() -> Office | None:
    """The headquarters office, where an unrouted request waits."""
    return db.session.scalar(select(Office).where(Office.kind == HEADQUARTERS).order_by(Office.name).limit(1))
