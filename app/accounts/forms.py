"""The forms of accounts."""

from collections.abc import Iterable
from typing import Any

from wtforms import PasswordField
from wtforms.validators import ValidationError

from app.accounts.models import HEADQUARTERS, INVESTIGATIONS
from app.accounts.sign_in.passwords import verify_password, weakness
from app.forms import (
    BaseForm,
    ChoiceField,
    EmailField,
    HiddenField,
    LineField,
    MultiChoiceField,
    OriField,
    PhoneField,
    RadioField,
    StateField,
    TextField,
    WholeNumberField,
    required,
)
from app.needs.questions import QUESTIONS
from app.notifications.preferences import MailPreference
from app.policy import AGENCY_ROLES, ROLE_WORDS, SEAT_WORDS, STAFF_ROLES, Role
from app.programs.catalog import CATALOG

PROGRAMS = list(CATALOG.labels.items())
NONE_OF_THESE = "none"
KINDS = [(choice.key, choice.label) for choice in QUESTIONS["agency_type"].choices]


class SignInForm(BaseForm):
    """Address and password, and the page that was asked for."""

    email = EmailField("Work e-mail address", validators=[required("Enter your e-mail address.")])
    password = PasswordField("Password", validators=[required("Enter your password.")])
    next = HiddenField()


class AddressForm(BaseForm):
    """Where to send a link."""

    email = EmailField("Work e-mail address", validators=[required("Enter your e-mail address.")])


def _new_password() -> PasswordField:
    return PasswordField("New password", validators=[required("Enter a password.")])


def _same_again() -> PasswordField:
    return PasswordField("The same password again", validators=[required("Enter the same password again.")])


class PasswordForm(BaseForm):
    """A new password, typed twice. `context`: names that the password must not be."""

    password = _new_password()
    again = _same_again()

    def __init__(self, context: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.context = tuple(context)

    def validate_password(self, field: PasswordField) -> None:
        """WTForms' way to ask: refuses what is easy to guess, and says why."""
        if sentence := weakness(field.data or "", self.context):
            raise ValidationError(sentence)

    def validate_again(self, field: PasswordField) -> None:
        """WTForms' way to ask: a slip of the finger would lock its owner out."""
        if field.data != self.password.data:
            raise ValidationError("The two passwords are not the same. Type both again.")


class InvitationForm(PasswordForm):
    """What somebody who was invited says: their name as they write it, and a password."""

    name = LineField("Your name", validators=[required("Enter your name.")])
    password = _new_password()  # after the name, as the page asks
    again = _same_again()


class OwnPasswordForm(PasswordForm):
    """A change of one's own password, which asks for the current one (`kept`: its hash)."""

    current = PasswordField("Your password now", validators=[required("Enter the password you have now.")])
    password = _new_password()  # after the current one, as on the page
    again = _same_again()

    def __init__(self, context: Iterable[str] = (), kept: str = "", **kwargs: Any) -> None:
        super().__init__(context, **kwargs)
        self.kept = kept

    def validate_current(self, field: PasswordField) -> None:
        """WTForms' way to ask: an unlocked screen is not enough to take an account over."""
        if not verify_password(field.data or "", self.kept):
            raise ValidationError("This is not the password you have now.")


class ProfileForm(BaseForm):
    """One's own name, title and telephone."""

    name = LineField("Your name", validators=[required("Enter your name.")])
    title = LineField("Rank or title")
    phone = PhoneField("Telephone")


class MailForm(BaseForm):
    """How one wants mail about cases."""

    wish = RadioField(
        "Mail about your cases",
        choices=[
            (MailPreference.AT_ONCE.value, "At once: each message, and each change of status"),
            (MailPreference.DAILY.value, "Once a day: all of it in one mail, at seven in the morning, Eastern Time"),
            (MailPreference.NO_MESSAGES.value, "Only changes of status, at once: no mail about messages"),
        ],
        validators=[required("Choose how you want your mail.")],
    )


class RefuseForm(BaseForm):
    """Why an application is refused."""

    reason = TextField("Your reason", validators=[required("Give your reason in a sentence.")], limit=1000)


class TeamForm(BaseForm):
    """Somebody new of the agency."""

    name = LineField("Name", validators=[required("Enter the name.")])
    title = LineField("Rank or title")
    email = EmailField("Work e-mail address", validators=[required("Enter the e-mail address.")])
    role = RadioField(
        "What they do",
        choices=[(role.value, ROLE_WORDS[role]) for role in Role if role in AGENCY_ROLES],
        validators=[required("Choose what they do.")],
    )


class StaffForm(BaseForm):
    """Somebody of ICE: their office, roles, seats and programs."""

    name = LineField("Name", validators=[required("Enter the name.")])
    title = LineField("Title")
    email = EmailField("Work e-mail address", validators=[required("Enter the e-mail address.")])
    office = ChoiceField("Office", validators=[required("Choose the office.")])
    roles = MultiChoiceField(
        "Roles",
        choices=[(role.value, ROLE_WORDS[role]) for role in Role if role in STAFF_ROLES],
        validators=[required("Choose at least one role.")],
    )
    seats = MultiChoiceField(
        "Seats, for a reviewer", choices=[(seat.value, words) for seat, words in SEAT_WORDS.items()]
    )
    programs = MultiChoiceField("Programs, for an approving official", choices=PROGRAMS)
    reason = TextField("Why they get a role that carries power", limit=1000)

    def __init__(self, offices: Iterable[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.office.offer(offices)

    @property
    def grants(self) -> list[tuple[Role, str]]:
        """Each role with its scope: a reviewer's seats, an official's programs."""
        found: list[tuple[Role, str]] = []
        for role in (Role(value) for value in self.roles.data or []):
            scopes = {Role.REVIEWER: self.seats.data, Role.APPROVING_OFFICIAL: self.programs.data}.get(role) or [""]
            found += [(role, scope) for scope in scopes]
        return found


class StaffEditForm(StaffForm):
    """Somebody of ICE who has an account: their address stays."""

    email = None


class AgencyForm(BaseForm):
    """An agency, put right by an administrator."""

    name = LineField("Name", validators=[required("Enter the agency's name.")])
    ori = OriField("ORI", validators=[required("Enter the agency's ORI.")])
    state = StateField("State", validators=[required("Choose the state.")])
    county = LineField("County", description="Several counties: separate them with commas.")
    kind = ChoiceField(
        "Kind of agency", choices=[*KINDS, ("federal", "Federal agency")], validators=[required("Choose the kind.")]
    )
    population = WholeNumberField("People it serves")
    officers = WholeNumberField("Sworn officers")
    address = LineField("Address", limit=300)
    phone = PhoneField("Telephone")
    head_name = LineField("Name of its head")
    head_title = LineField("Title of its head")


class OfficeForm(BaseForm):
    """What an office is called and where it is."""

    name = LineField("Name of the office", limit=120, validators=[required("Enter the name of the office.")])
    address = LineField("Address", limit=300)


class NewOfficeForm(OfficeForm):
    """An office that is on no map: of investigations, or of headquarters' staff."""

    kind = RadioField(
        "Kind of office",
        choices=[(INVESTIGATIONS, "Investigations"), (HEADQUARTERS, "Staff office of headquarters")],
        validators=[required("Choose the kind of office.")],
    )


class AreaForm(BaseForm):
    """A place that a detention office serves."""

    state = StateField("State or territory", validators=[required("Choose the state.")])
    county = LineField("County", description="Leave it empty for the whole state.", limit=120)
