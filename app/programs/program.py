"""What is known of a program: its facts, its models, and the words for what they say. Pure."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from app.data_files import Lines, Shape, Words
from app.needs.keys import ProgramKey
from app.needs.questions import QUESTIONS

NOT_SET: Final = "Not set in the public text"
ANY: Final = "any"
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


class Component(StrEnum):
    """The part of ICE that leads a program."""

    INVESTIGATIONS = "investigations"
    DETENTION = "detention"


class Provenance(StrEnum):
    """On what the frame of an instrument, or a wording, rests."""

    TEMPLATE = "template"
    COPIES = "copies"
    INFERRED = "inferred"


class AgencyCommitment(StrEnum):
    """What a program asks of an agency beyond time."""

    FULL_TIME_OFFICERS = "full_time_officers"
    NEW_AUTHORITY = "new_authority"
    COURSE = "course"


COMPONENTS: Final = {Component.INVESTIGATIONS: "Investigations", Component.DETENTION: "Detention and removal"}
RESTS_ON: Final = {
    Provenance.TEMPLATE: "The frame follows ICE’s public templates.",
    Provenance.COPIES: "The frame follows public copies of signed ones, which agree with each other.",
    Provenance.INFERRED: "No public ICE form was found. The frame follows comparable federal ones: this is inferred.",
}
ASKS: Final = {
    AgencyCommitment.FULL_TIME_OFFICERS: "Officers assigned full time",
    AgencyCommitment.NEW_AUTHORITY: "New authority for your officers",
    AgencyCommitment.COURSE: "A course before your officers begin",
}


class ProgramSource(Shape, frozen=True):
    """A public text; no address when none was kept."""

    title: Words
    address: str = ""


class Need(Shape, frozen=True):
    """A problem of an agency: its topic in the needs assessment, what points to the program, and how it helps."""

    topic: Words
    points: Words
    helps: Words


class RelatedService(Shape, frozen=True):
    """A reason to look at something else first, and the key of the program to look at, if there is one."""

    text: Words
    program: str = ""


class Model(Shape, frozen=True):
    """One model of a program. `order` is its place among the models; the key is its folder's name."""

    key: Words
    order: int
    name: Words
    entry_name: Words
    line: Words
    where: Words
    may_do: Words
    training: Words
    nominees: Words
    background: Words
    examination: Words
    supervision: Words
    ice_pays: Words
    extra_hold: Words
    authority_lasts: Words
    fits: Words
    in_force: Words
    inspections: str = NOT_SET


class Program(Shape, frozen=True):
    """One program; a fact the public text does not set reads so.

    `order` is its place in the catalog, `group` its column of the first page and `group_order` its place there.
    `agency_types` are kinds of agency of the needs assessment, or "any"; what no source says stands under `inferred`.
    `delegated`: the agency's officers get federal authority, so a civil-rights review comes first.
    """

    key: Words
    order: int
    group: Words
    group_order: int
    name: Words
    tagline: Words
    lead: Words
    purpose: Lines
    authority: Lines
    component: Component
    lead_office: Words
    agency_types: Lines
    eligible: Words
    prerequisites: Lines
    agency_provides: Lines
    ice_provides: Lines
    needs: tuple[Need, ...]
    fits: Lines
    elsewhere: tuple[RelatedService, ...]
    measures: Lines
    instrument: Words
    rests_on: Provenance
    approver: Words
    sources: tuple[ProgramSource, ...]
    inferred: Lines
    short: str = ""
    alias: str = ""
    alias_since: str = NOT_SET
    alias_source: ProgramSource | None = None
    approver_note: str = ""
    costs: str = NOT_SET
    training: str = NOT_SET
    asks: tuple[AgencyCommitment, ...] = ()
    delegated: bool = False
    together: tuple[str, ...] = ()
    models: tuple[Model, ...] = ()

    @property
    def keys(self) -> tuple[ProgramKey, ...]:
        """What an agreement of this program can be about: each model, or the program itself."""
        return tuple(ProgramKey(self.key, model.key) for model in self.models) or (ProgramKey(self.key),)

    def label(self, model: str | None = None) -> str:
        """What people call the program, or a model of it; KeyError when there is no such model."""
        return {each.key: each.entry_name for each in self.models}[model] if model else self.name

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
