"""Who is in the demonstration; every agency, person and number is made up."""

from typing import Final

from sqlalchemy import select

from app.accounts.models import HEADQUARTERS, Agency, Office, Person, RoleGrant
from app.accounts.offices.operations import headquarters, load_offices
from app.accounts.sign_in.passwords import hash_password
from app.demo.made_up_answers import BORDER, CITY, JAIL
from app.demo.offices import FIELD_STAFF, MORE_PLACES
from app.demo.places import Place
from app.extensions import db
from app.policy import Role, Seat
from app.programs.catalog import CATALOG

PASSWORD: Final = "violet harbor tin 9 sparrow"  # noqa: S105 -- of made-up people, printed by the command that makes them
PROGRAM_CHOICES: Final = tuple(CATALOG.labels)
STAFF: Final = (
    ("coordinator", "Casey Ortiz", "Coordinator", ((Role.COORDINATOR, ""),)),
    ("assessor", "Taylor Okafor", "Assessor", ((Role.ASSESSOR, ""),)),
    ("assessor2", "Jamie Lind", "Assessor", ((Role.ASSESSOR, ""),)),
    ("program", "Robin Hale", "Program reviewer", ((Role.REVIEWER, Seat.PROGRAM),)),
    ("legal", "Sam Whitaker", "Legal reviewer", ((Role.REVIEWER, Seat.LEGAL),)),
    (
        "professional",
        "Drew Castellan",
        "Professional responsibility",
        ((Role.REVIEWER, Seat.PROFESSIONAL_RESPONSIBILITY),),
    ),
    ("privacy", "Quinn Marlow", "Privacy reviewer", ((Role.REVIEWER, Seat.PRIVACY),)),
    ("civil", "Avery Brandt", "Civil-rights reviewer", ((Role.REVIEWER, Seat.CIVIL_RIGHTS),)),
    (
        "official",
        "Morgan Ellery",
        "Approving official",
        tuple((Role.APPROVING_OFFICIAL, key) for key in PROGRAM_CHOICES),
    ),
    ("counsel", "Lee Ashford", "Counsel", ((Role.COUNSEL, ""),)),
    ("auditor", "Noor Falk", "Auditor", ((Role.AUDITOR, ""),)),
    ("admin", "Kim Rowan", "Administrator", ((Role.ADMINISTRATOR, ""),)),
    ("admin2", "Alex Poe", "Administrator", ((Role.ADMINISTRATOR, ""),)),
)


PLACES: Final = (
    Place("TX9990100", "Lone Mesquite County Sheriff's Office", "TX", "Lone Mesquite", "sheriff",
          ("Dana Whitfield", "Sheriff"), ("Luis Prado", "Captain"), 410_000, 420, JAIL),
    Place("AZ9990200", "City of Cinder Wash Police Department", "AZ", "Cinder Wash", "municipal_police",
          ("Harper Lyle", "Chief of Police"), ("Jo Beckett", "Lieutenant"), 96_000, 180, CITY),
    Place("GA9990300", "Tallow Creek County Sheriff's Office", "GA", "Tallow Creek", "sheriff",
          ("Reese Donovan", "Sheriff"), ("Pat Calloway", "Major"), 150_000, 190, JAIL),
    Place("AZ9990400", "Palo Sereno County Sheriff's Office", "AZ", "Palo Sereno", "sheriff",
          ("Emery Vance", "Sheriff"), ("Skyler Boone", "Chief Deputy"), 205_000, 310, BORDER),
    Place("WA9990500", "Port of Gull Harbor Police", "WA", "Gull Harbor", "port_airport_transit_police",
          ("Jules Marchetti", "Chief of Police"), ("Rory Tan", "Sergeant"), 60_000, 75, CITY),
    Place("NC9990600", "Ashlock County Sheriff's Office", "NC", "Ashlock", "sheriff",
          ("Blair Kessler", "Sheriff"), ("Devon Price", "Captain"), 88_000, 110, JAIL),
)  # fmt: skip


def address(place: Place, who: str) -> str:
    """The made-up mail address of somebody of an agency."""
    return f"{who}@{place.ori.lower()}.example.gov"


def make_people() -> dict[str, Person]:
    """Offices, staff, agencies and their people; by their address. Flushes, and leaves the commit to the caller."""
    load_offices()
    hashed = hash_password(PASSWORD)
    people: dict[str, Person] = {}
    home = headquarters()
    for name, full, title, grants in STAFF:
        person = Person(email=f"{name}@ice.example.gov", name=full, title=title, office=home, password_hash=hashed)
        person.grants = [RoleGrant(role=role.value, scope=str(scope)) for role, scope in grants]
        people[name] = person
    people |= _field_staff(hashed)
    for place in (*PLACES, *MORE_PLACES):
        agency = Agency(
            ori=place.ori, name=place.name, state=place.state, county=place.county, kind=place.kind, source="joined",
            population=place.population, officers=place.officers, head_name=place.head[0], head_title=place.head[1],
            address=f"1 Courthouse Square, {place.county}, {place.state}", phone="+1 202-555-0100",
        )  # fmt: skip
        people |= people_of(place, agency, hashed)
    db.session.add_all(people.values())
    db.session.flush()  # the story needs their keys
    return people


def people_of(place: Place, agency: Agency, hashed: str | None = None) -> dict[str, Person]:
    """The head and an officer of an agency, by who they are and its ORI."""
    found = {}
    for who, (full, title), role in (
        ("head", place.head, Role.AGENCY_HEAD),
        ("officer", place.officer, Role.AGENCY_OFFICER),
    ):
        person = Person(email=address(place, who), name=full, title=title, agency=agency, password_hash=hashed)
        person.phone = "+1 202-555-0101"
        person.grants = [RoleGrant(role=role.value)]
        found[f"{who}:{place.ori}"] = person
    return found


def _field_staff(hashed: str) -> dict[str, Person]:
    """A coordinator and an assessor of each of six detention offices, who see only what is routed to it."""
    offices = {office.name: office for office in db.session.scalars(select(Office).where(Office.kind != HEADQUARTERS))}
    found = {}
    for office, coordinator, assessor in FIELD_STAFF:
        for (name, full), role in ((coordinator, Role.COORDINATOR), (assessor, Role.ASSESSOR)):
            person = Person(email=f"{name}@ice.example.gov", name=full, title=f"{office} office")
            person.office, person.password_hash = offices[office], hashed
            person.grants = [RoleGrant(role=role.value)]
            found[name] = person
    return found
