"""The wider demonstration: more made-up agencies in the areas of more offices, and how far each one's request went."""

from typing import Final

from app.demo.made_up_answers import CITY, JAIL
from app.demo.places import Place

SHERIFF, POLICE = "sheriff", "municipal_police"


AGENCIES: Final = (  # ORI, name, county, kind, head, officer, residents
    ("FL9990710", "Heron Key County Sheriff's Office", "Heron Key", SHERIFF,
     "Marlo Quade", "Ines Varela", 312_000),
    ("FL9990720", "City of Palmetto Reach Police Department", "Heron Key", POLICE,
     "Shay Odom", "Lou Barrera", 84_000),
    ("IL9990810", "Prairie Lantern County Sheriff's Office", "Prairie Lantern", SHERIFF,
     "Ellis Varga", "Max Oduya", 141_000),
    ("WI9990820", "Town of Birchbank Police Department", "Birchbank", POLICE,
     "Corin Hale", "Addy Voss", 31_000),
    ("CO9990910", "Juniper Gap County Sheriff's Office", "Juniper Gap", SHERIFF,
     "Sage Renner", "Kit Mora", 67_000),
    ("WY9990920", "City of Windrow Police Department", "Windrow", POLICE,
     "Teddy Lusk", "Bo Canfield", 24_000),
    ("TX9990930", "Saltgrass County Sheriff's Office", "Saltgrass", SHERIFF,
     "Gale Ochoa", "Remy Tate", 58_000),
    ("LA9990940", "Cane Bayou Parish Sheriff's Office", "Cane Bayou", SHERIFF,
     "Nell Fontaine", "Augie Broussard", 73_000),
    ("TN9990950", "City of Laurel Ford Police Department", "Laurel Ford", POLICE,
     "Wren Maddox", "Sol Pickett", 112_000),
    ("SC9990960", "Cotton Tide County Sheriff's Office", "Cotton Tide", SHERIFF,
     "Hollis Grant", "Merle Pratt", 96_000),
)  # fmt: skip


def _place(row: tuple[str, str, str, str, str, str, int]) -> Place:
    """An agency of average staffing for its residents: about 1.2 sworn officers for a thousand."""
    ori, name, county, kind, head, officer, residents = row
    titles = ("Sheriff", "Captain") if kind == SHERIFF else ("Chief of Police", "Lieutenant")
    return Place(
        ori, name, ori[:2], county, kind, (head, titles[0]), (officer, titles[1]), residents,
        max(8, residents * 12 // 10_000), JAIL if kind == SHERIFF else CITY,
    )  # fmt: skip


MORE_PLACES: Final = tuple(_place(row) for row in AGENCIES)

# How far a request went, and how many days ago it began. What began long ago and did not go far is overdue.
DRAFT, SENT, TAKEN, ASKED, ANSWERED, ASSESSED, RECOMMENDED, REVIEWED, DECLINED, WITHDRAWN, ASKED_AGAIN, NOTHING_FITS = (
    range(12)
)
REQUESTS: Final = (
    ("FL9990710", ((SENT, 2), (TAKEN, 9), (ASSESSED, 31), (RECOMMENDED, 40))),
    ("FL9990720", ((SENT, 8), (ASKED, 26), (DECLINED, 140), (DRAFT, 6))),
    ("IL9990810", ((SENT, 3), (TAKEN, 21), (ANSWERED, 24), (REVIEWED, 52))),
    ("WI9990820", ((DRAFT, 2), (ASKED, 11), (WITHDRAWN, 90))),
    ("CO9990910", ((SENT, 5), (NOTHING_FITS, 44), (RECOMMENDED, 27))),
    ("WY9990920", ((TAKEN, 5), (ASKED, 40), (DECLINED, 210))),
    ("TX9990930", ((SENT, 12), (ASSESSED, 20), (RECOMMENDED, 61), (REVIEWED, 38))),
    ("LA9990940", ((SENT, 4), (TAKEN, 15), (ANSWERED, 33), (ASSESSED, 75))),
    ("TN9990950", ((DRAFT, 9), (SENT, 6), (RECOMMENDED, 34))),
    ("SC9990960", ((TAKEN, 7), (ASKED_AGAIN, 16), (REVIEWED, 66), (SENT, 2))),
)
# Who works for these offices, by its name: a coordinator and an assessor, who see what is routed to it.
FIELD_STAFF: Final = (
    ("Atlanta", ("atlanta", "Chris Medlock"), ("atlanta2", "Toni Abbott")),
    ("Chicago", ("chicago", "Jess Halloran"), ("chicago2", "Omar Lindqvist")),
    ("Denver", ("denver", "Carey Roan"), ("denver2", "Dee Sandoval")),
    ("Houston", ("houston", "Lane Guidry"), ("houston2", "Ari Montoya")),
    ("Miami", ("miami", "Val Estrada"), ("miami2", "Peyton Cruz")),
    ("New Orleans", ("neworleans", "Robbie Landry"), ("neworleans2", "Mica Toups")),
)
