"""The administrators' lists of people, agencies and offices: searched, filtered, and page by page."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import selectinload

from app.accounts.models import Agency, Office, Person, RoleGrant
from app.extensions import db
from app.pagination import Page, page_of
from app.policy import Role

LONGEST_SEARCH: Final = 100


def people(words: str = "", role: str = "", state: str = "", page: int = 1) -> Page[Person]:
    """Everybody with an account, by name. `state`: active, invited or deactivated."""
    return page_of(chosen_people(words, role, state), page)


def chosen_people(words: str = "", role: str = "", state: str = "") -> Select[Person]:
    """Those whom the filters leave, in order."""
    query = select(Person).where(*containing(words, Person.name, Person.email))
    if role in set(Role):
        query = query.where(Person.id.in_(select(RoleGrant.person_id).where(RoleGrant.role == role)))
    conditions = {
        "active": (Person.active, Person.password_hash != ""),
        "invited": (Person.active, Person.password_hash == ""),
        "deactivated": (~Person.active,),
    }
    return query.where(*conditions.get(state, ())).order_by(Person.name, Person.id)


def agencies(words: str = "", state: str = "", page: int = 1) -> Page[Agency]:
    """The agencies, by name."""
    return page_of(chosen_agencies(words, state), page)


def chosen_agencies(words: str = "", state: str = "") -> Select[Agency]:
    """Those that the filters leave, in order."""
    query = select(Agency).where(*containing(words, Agency.name, Agency.ori, Agency.county))
    if state:
        query = query.where(Agency.state == state)
    return query.order_by(Agency.name, Agency.id)


def offices() -> Sequence[Office]:
    """Every office with its areas: headquarters first, then by kind and name."""
    query = select(Office).options(selectinload(Office.areas)).order_by(Office.kind.desc(), Office.name)
    found = db.session.scalars(query).all()
    return sorted(found, key=lambda office: (office.kind != "headquarters", office.kind, office.name))


def containing(words: str, *columns: Any) -> tuple[ColumnElement[bool], ...]:
    """That every word stands in one of the columns."""
    typed = words.replace("\0", "").casefold()[:LONGEST_SEARCH].split()
    return tuple(or_(*(func.lower(column).contains(word, autoescape=True) for column in columns)) for word in typed)
