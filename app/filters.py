"""How dates, amounts and counts are written on pages, in mail and in documents, and where pages find built files."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from flask import Flask, url_for
from jinja2 import Undefined

from app.deadlines.business_days import NONE_CLOSED, ZONE, Closed, day_of, days_left_words
from app.extensions import now
from app.policy import ROLE_WORDS, Actor, Role
from app.text import listed, plural


class Titled(Protocol):
    """Somebody with a name and perhaps a title."""

    name: str
    title: str


class StrictName(Undefined):
    """What a template names and nobody gave it fails the page; only a key that a dict lacks is nothing."""

    def _refuse_unless_key(self) -> None:
        if not isinstance(self._undefined_obj, Mapping):
            self._fail_with_undefined_error()

    def __bool__(self) -> bool:
        self._refuse_unless_key()
        return False

    def __str__(self) -> str:
        self._refuse_unless_key()
        return ""

    def __len__(self) -> int:
        self._refuse_unless_key()
        return 0

    def __iter__(self) -> Iterator[Any]:
        self._refuse_unless_key()
        return iter(())

    def __eq__(self, other: object) -> bool:
        self._refuse_unless_key()
        return super().__eq__(other)

    def __hash__(self) -> int:
        self._refuse_unless_key()
        return super().__hash__()


Number = int | float | Decimal
NOON = 12
STEP = 1000
SIZES = ("bytes", "KB", "MB", "GB")
DECIMALS_KEPT = Decimal("0.01")
BUILT = Path(__file__).resolve().parent / "static" / "dist"


def init_app(app: Flask) -> None:
    """Gives the filters, and the addresses of built files, to every template."""
    app.jinja_env.undefined = StrictName
    app.jinja_env.globals["asset"] = asset
    app.jinja_env.filters.update(
        date=format_date,
        datetime=format_datetime,
        time=format_time,
        number=format_number,
        money=format_money,
        percent=format_percent,
        days_left=format_days_left,
        plural=plural,
        listed=listed,
        titled=titled,
        file_size=format_file_size,
        role_words=role_words,
    )


def format_date(value: date | datetime | None, zone: ZoneInfo = ZONE) -> str:
    """ "November 24, 2026"; an aware moment is read in the zone; nothing for None."""
    if value is None:
        return ""
    day = day_of(value, zone) if isinstance(value, datetime) else value
    return f"{day:%B} {day.day}, {day.year}"


def format_datetime(value: datetime | None, zone: ZoneInfo = ZONE) -> str:
    """ "November 24, 2026, 3:05 p.m. EST"; nothing for None. Raises ValueError for a moment without a zone."""
    if value is None:
        return ""
    day = format_date(value, zone)
    local = value.astimezone(zone)
    return f"{day}, {format_time(value, zone)} {local.tzname()}"


def format_time(value: datetime, zone: ZoneInfo = ZONE) -> str:
    """ "3:05 p.m.", for what happened within the last hours."""
    local = value.astimezone(zone)
    return f"{local.hour % NOON or NOON}:{local:%M} {'a.m.' if local.hour < NOON else 'p.m.'}"


def format_number(value: Number | None) -> str:
    """ "1,021", "74.8", "-0.25": at most two decimals, none that say nothing; nothing for None."""
    if value is None:
        return ""
    rounded = Decimal(str(value)).quantize(DECIMALS_KEPT, ROUND_HALF_UP)
    whole, _, decimals = f"{abs(rounded):,f}".partition(".")
    kept = decimals.rstrip("0")
    sign = "-" if rounded < 0 else ""
    return f"{sign}{whole}.{kept}" if kept else f"{sign}{whole}"


def format_money(value: Number | None) -> str:
    """ "$1,250" or "$1,250.50": cents only where there are some; nothing for None."""
    if value is None:
        return ""
    rounded = Decimal(str(value)).quantize(DECIMALS_KEPT, ROUND_HALF_UP)
    amount = f"{abs(rounded):,f}".removesuffix(".00")
    return f"-${amount}" if rounded < 0 else f"${amount}"


def format_percent(value: Number | None) -> str:
    """ "47%" for a share of 0.47, with one decimal only where there is one; nothing for None."""
    if value is None:
        return ""
    points = (Decimal(str(value)) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{format_number(points)}%"


def format_days_left(due: date | None, today: date | None = None, closed: Closed = NONE_CLOSED) -> str:
    """ "5 business days left", "due today", "3 business days late", as of now; nothing where nothing is due."""
    return days_left_words(due, today or day_of(now()), closed) if due else ""


def format_file_size(size: int) -> str:
    """ "1 byte", "12 KB", "3.4 MB": in thousands, as people's own computers show it."""
    if size < STEP:
        return plural(size, "byte", "bytes")
    amount, unit = Decimal(size), 0
    while amount >= STEP - Decimal("0.5") and unit < len(SIZES) - 1:
        amount, unit = amount / STEP, unit + 1
    places = Decimal(1) if unit == 1 else Decimal("0.1")
    return f"{format_number(amount.quantize(places, ROUND_HALF_UP))} {SIZES[unit]}"


def titled(person: Titled) -> str:
    """ "Lieutenant Pat Doe": somebody of the agency with the rank or title they gave."""
    return f"{person.title} {person.name}".strip()


def role_words(actor: Actor) -> str:
    """ "Agency head, Agency officer": what a person is to the service, first things first."""
    return ", ".join(ROLE_WORDS[role] for role in Role if role in actor.roles)


@cache
def versions() -> dict[str, str]:
    """A piece of each built file's hash, by its name; empty before the first build."""
    manifest = BUILT / "manifest.json"
    return json.loads(manifest.read_text()) if manifest.exists() else {}


def asset(name: str) -> str:
    """The address of a built style, script, font or picture; another content has another, so browsers may keep it."""
    return url_for("static", filename=f"dist/{name}", v=versions().get(name))
