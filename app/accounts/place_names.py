"""Names of states, counties and agencies as lists write them, in one form to compare them by. Pure."""

import re
from typing import Final

import us

WAYS_TO_NAME_A_STATE: Final = {
    "commonwealth of the northern mariana islands": "MP",
    "united states virgin islands": "VI",
    "us virgin islands": "VI",
    "washington dc": "DC",
}
STATE_NAMES: Final = {place.abbr: place.name for place in [*us.states.STATES, us.states.DC, *us.states.TERRITORIES]}
_BY_NAME: Final = {name.casefold(): abbr for abbr, name in STATE_NAMES.items()} | WAYS_TO_NAME_A_STATE
ENDINGS: Final = (" county", " parish", " borough", " census area", " municipality", " municipio")
EVERYDAY: Final = re.compile(
    r"\b(the|of|city|town|township|village|borough|county|parish|police|sheriff|sheriffs|department|dept|office|"
    r"public|safety|division|bureau)\b"
)


def state_code(typed: str) -> str | None:
    """The two letters of a state, the District of Columbia or a territory, from its letters or its name."""
    folded = re.sub(r"[^a-z ]", "", typed.casefold()).strip()
    return folded.upper() if folded.upper() in STATE_NAMES else _BY_NAME.get(folded)


def county_name(typed: str) -> str:
    """A county without the word for what it is: "Bexar County" is "Bexar"."""
    name = " ".join(typed.split())
    for ending in ENDINGS:
        if name.casefold().endswith(ending):
            return name[: -len(ending)]
    return name


def county_key(typed: str) -> str:
    """A county's name to compare by: "ST. CLAIR COUNTY" and "St Clair" are one, and so are "De Kalb" and "DeKalb"."""
    words = re.sub(r"[^a-z ]", "", county_name(typed).casefold()).split()
    return "".join("st" if word == "saint" else word for word in words)


def agency_key(name: str) -> str:
    """What is particular in an agency's name: "Bexar County Sheriff's Office" is "bexar"."""
    plain = re.sub(r"[^a-z0-9 ]", "", re.sub(r"[’'`]", "", name.casefold()).replace("-", " "))
    words = EVERYDAY.sub(" ", plain).split()
    return "".join("st" if word == "saint" else word for word in words)


def in_capitals_no_more(name: str) -> str:
    """ "ST CLAIR" as "St Clair", "MCLENNAN" as "McLennan"; a name in both cases stays as it is."""
    if name != name.upper():
        return name
    return re.sub(r"\bMc([a-z])", lambda found: f"Mc{found[1].upper()}", name.title())
