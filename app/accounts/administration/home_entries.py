"""Everything administrators manage, on one page: what it is, and where. Pure data."""

from dataclasses import dataclass
from typing import Final

from app.policy import Permission


@dataclass(frozen=True)
class AdministrationEntry:
    """One page of administration, shown to whoever may use it."""

    title: str
    text: str
    endpoint: str
    needs: Permission


P = Permission
PROGRAM_CHOICES: Final[tuple[AdministrationEntry, ...]] = (
    AdministrationEntry(
        "People and roles",
        "Invite, change and deactivate. A role with power needs two administrators.",
        "admin.list_people",
        P.PEOPLE_MANAGE,
    ),
    AdministrationEntry(
        "Roles that wait",
        "Roles that one administrator proposed and another confirms.",
        "roles.listed",
        P.PEOPLE_MANAGE,
    ),
    AdministrationEntry(
        "Agencies", "Put right what the public list says about an agency.", "admin.agencies", P.AGENCIES_MANAGE
    ),
    AdministrationEntry(
        "Offices and areas", "Which office serves which state or county.", "offices.listed", P.OFFICES_MANAGE
    ),
    AdministrationEntry(
        "Rules of assignment",
        "Where a request goes, and who takes it, by state, office and program.",
        "assignment_rules.index",
        P.RULES_MANAGE,
    ),
    AdministrationEntry(
        "Clocks and targets",
        "How many business days each stage of a request gets.",
        "clock_settings.clocks",
        P.CLOCKS_MANAGE,
    ),
    AdministrationEntry(
        "Holidays and closures", "Days that no clock counts.", "clock_settings.closures", P.CLOCKS_MANAGE
    ),
    AdministrationEntry(
        "Templates of letters", "The words of each letter, in versions.", "letters.kinds", P.LETTERS_MANAGE
    ),
    AdministrationEntry(
        "Mail that was sent", "To whom, what became of it, and sending it again.", "mail_log.listed", P.NOTICES_MANAGE
    ),
)
