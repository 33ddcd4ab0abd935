"""The forms of accounts."""

from collections.abc import Iterable

from wtforms import HiddenField, PasswordField

from app.accounts.passwords import weakness
from app.forms import (
    BaseForm,
    ChoiceField,
    EmailField,
    LineField,
    MultiChoiceField,
    OriField,
    PhoneField,
    RadioField,
    StateField,
    TextField,
    required,
)
from app.needs.catalogue import CATALOGUE
from app.needs.questions import QUESTIONS
from app.policy import AGENCY_ROLES, ROLE_WORDS, SEAT_WORDS, STAFF_ROLES, Role

PROGRAMS = [(f"{p.key}:{p.model}" if p.model else p.key, p.name) for p in CATALOGUE.programs]
KINDS = [(choice.key, choice.label) for choice in QUESTIONS["agency_type"].choices]


class SignInForm(BaseForm):
    """Address and password, and the page that was asked for."""

    email = EmailField("Work e-mail address", validators=[required("Enter your e-mail address.")])
    password = PasswordField("Password", validators=[required("Enter your password.")])
    next = HiddenField()


class AddressForm(BaseForm):
    """Where to send a link."""

    email = EmailField("Work e-mail address", validators=[required("Enter your e-mail address.")])


class PasswordForm(BaseForm):
    """A new password, typed twice."""

    password = PasswordField("New password", validators=[required("Enter a password.")])
    again = PasswordField("The same again", validators=[required("Enter the same password again.")])

    def __init__(self, context: Iterable[str] = (), **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.context = tuple(context)

    def validate(self, extra_validators: object = None) -> bool:
        """Both are the same, and hard to guess."""
        good = super().validate(extra_validators)
        if good and self.password.data != self.again.data:
            self.again.errors = ["The two passwords are not the same."]
            good = False
        if good and (sentence := weakness(self.password.data or "", self.context)):
            self.password.errors = [sentence]
            good = False
        return good


class ProfileForm(BaseForm):
    """One's own name, title and telephone."""

    name = LineField("Your name", validators=[required("Enter your name.")])
    title = LineField("Rank or title")
    phone = PhoneField("Telephone")


class JoinForm(BaseForm):
    """An agency asks for access."""

    ori = OriField("ORI of your agency", validators=[required("Enter the agency's ORI.")])
    agency_name = LineField("Name of your agency", validators=[required("Enter the agency's name.")])
    state = StateField("State", validators=[required("Choose the state.")])
    county = LineField("County", limit=120)
    kind = ChoiceField("Kind of agency", choices=KINDS, validators=[required("Choose the kind of agency.")])
    applicant_name = LineField("Your name", validators=[required("Enter your name.")])
    applicant_title = LineField("Your rank or title")
    applicant_email = EmailField("Your work e-mail address", validators=[required("Enter your e-mail address.")])
    head_name = LineField("Name of the head of your agency", validators=[required("Enter the name of the head.")])
    head_title = LineField("Title of the head")
    head_email = EmailField("E-mail address of the head", validators=[required("Enter the head's e-mail address.")])


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


class OfficeForm(BaseForm):
    """An investigations office that staff name."""

    name = LineField("Name of the office", limit=120, validators=[required("Enter the name of the office.")])
    address = LineField("Address", limit=300)
