"""What is known of a program: its facts, its models, and the words for what they say. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.needs.questions import QUESTIONS

NOT_SET: Final = "Not set in the public text"
ANY: Final = "any"
COMPONENTS: Final = {"investigations": "Investigations", "detention": "Detention and removal"}
RESTS_ON: Final = {
    "template": "The frame follows ICE’s public templates.",
    "copies": "The frame follows public copies of signed ones, which agree with each other.",
    "inferred": "No public ICE form was found. The frame follows comparable federal ones: this is inferred.",
}
ASKS: Final = {
    "full_time_officers": "Officers assigned full time",
    "new_authority": "New authority for your officers",
    "course": "A course before your officers begin",
}
MODEL_ROWS: Final = (
    ("Where officers act", "where"),
    ("What they may do", "may_do"),
    ("Training", "training"),
    ("Who you can nominate", "nominees"),
    ("Background check", "background"),
    ("Examination", "examination"),
    ("Supervision", "supervision"),
    ("What ICE pays", "ice_pays"),
    ("Extra time in custody", "extra_hold"),
    ("How long authority lasts", "authority_lasts"),
    ("Inspections", "inspections"),
    ("In force on May 18, 2026", "in_force"),
    ("When it fits", "fits"),
)
"""The rows of the comparison of models: a heading, and the fact of each model that stands in the row."""


@dataclass(frozen=True)
class Source:
    """A public text; no address when none was kept."""

    title: str
    address: str = ""


@dataclass(frozen=True)
class Need:
    """A problem of an agency: its topic in the needs assessment, what points to the program, and how it helps."""

    topic: str
    points: str
    helps: str


@dataclass(frozen=True)
class Elsewhere:
    """A reason to look at something else first, and the key of the program to look at, if there is one."""

    text: str
    program: str = ""


@dataclass(frozen=True)
class Model:
    """One model of a program."""

    key: str
    name: str
    entry_name: str
    line: str
    where: str
    may_do: str
    training: str
    nominees: str
    background: str
    examination: str
    supervision: str
    ice_pays: str
    extra_hold: str
    authority_lasts: str
    fits: str
    in_force: str
    inspections: str = NOT_SET


@dataclass(frozen=True)
class Program:
    """One program; a fact the public text does not set reads so."""

    key: str
    name: str
    tagline: str
    lead: str
    purpose: tuple[str, ...]
    authority: tuple[str, ...]
    component: str
    lead_office: str
    agency_types: tuple[str, ...]
    eligible: str
    prerequisites: tuple[str, ...]
    agency_provides: tuple[str, ...]
    ice_provides: tuple[str, ...]
    needs: tuple[Need, ...]
    fits: tuple[str, ...]
    elsewhere: tuple[Elsewhere, ...]
    measures: tuple[str, ...]
    instrument: str
    template: str
    rests_on: str
    approver: str
    sources: tuple[Source, ...]
    inferred: tuple[str, ...]
    short: str = ""
    alias: str = ""
    alias_since: str = NOT_SET
    alias_source: Source | None = None
    approver_note: str = ""
    costs: str = NOT_SET
    training: str = NOT_SET
    asks: tuple[str, ...] = ()
    delegated: bool = False
    together: tuple[str, ...] = ()
    models: tuple[Model, ...] = ()

    @property
    def full_name(self) -> str:
        """The name with the short one that people say: "Criminal Alien Program (CAP)"."""
        return f"{self.name} ({self.short})" if self.short else self.name

    @property
    def topics(self) -> tuple[str, ...]:
        """The groups of the needs assessment that point to it."""
        return tuple(need.topic for need in self.needs)

    @property
    def agency_provides_words(self) -> str:
        """What the agency gives, on one line."""
        return in_a_line(self.agency_provides)

    @property
    def ice_provides_words(self) -> str:
        """What ICE gives, on one line."""
        return in_a_line(self.ice_provides)

    @property
    def component_words(self) -> str:
        """The part of ICE that leads it."""
        return COMPONENTS[self.component]

    @property
    def rests_on_words(self) -> str:
        """What the instrument's frame follows, as a sentence."""
        return RESTS_ON[self.rests_on]

    @property
    def agency_type_words(self) -> tuple[str, ...]:
        """The kinds of agency that can ask for it; nothing when every kind can."""
        return tuple(QUESTIONS["agency_type"].label(each) for each in self.agency_types if each != ANY)


def in_a_line(items: Iterable[str]) -> str:
    """Items of a list as one line: "A room; booking data". A name in capitals keeps them."""
    first, *others = items
    return "; ".join([first, *(each if each[1:2].isupper() else each[:1].lower() + each[1:] for each in others)])
