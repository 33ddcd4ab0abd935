"""The buttons next to a person: deactivate, activate, invite again, and the roles of an agency's people."""

from app.accounts.agencies import head_transfer
from app.accounts.models import Person
from app.accounts.people import operations
from app.accounts.sign_in.mail_links import send_invitation
from app.policy import AGENCY_ROLES, Actor, Role

BECOMES = {Role.AGENCY_HEAD: "a head", Role.AGENCY_OFFICER: "an officer", Role.AGENCY_VIEWER: "a viewer"}


def take_account_action(act: str, person: Person, actor: Actor) -> str | None:
    """Does what a button says and returns the sentence that tells it; None for what is no button of this person.

    Raises OwnAccount, LastAdministrator, LastHead.
    """
    if person.agency_id and person.agency_id == actor.agency_id and person.id != actor.id:
        head_transfer.lock_team(person.agency_id)
        if act != Role.AGENCY_HEAD and act not in {"activate", "invite"}:
            head_transfer.refuse_last_head(person)
    if person.agency_id and act in {role.value for role in AGENCY_ROLES}:
        operations.set_grants(person, actor, [(Role(act), "")])
        return f"{person.name} is {BECOMES[Role(act)]} of the agency now."
    if act == "deactivate":
        operations.deactivate(person, actor)
        return f"{person.name} cannot sign in any more."
    if act == "activate":
        operations.activate(person, actor)
        return f"{person.name} can sign in again."
    if act == "invite" and person.active and person.grants and not person.password_hash:
        send_invitation(actor, person, person.agency.name if person.agency else "ICE")
        return f"A new invitation to {person.name} is on its way. The earlier one no longer works."
    return None
