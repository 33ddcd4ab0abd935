"""In development only: every component in all its states on one page, to look at and to check."""

from flask import Blueprint, render_template
from wtforms import BooleanField, FileField, PasswordField

from app.agreements_in_force.tile_map import tile_map
from app.forms import (
    BaseForm,
    ChoiceField,
    EmailField,
    IsoDateField,
    LineField,
    MultiChoiceField,
    RadioField,
    TextField,
    WholeNumberField,
)
from app.pagination import Page
from app.security import public

blueprint = Blueprint("components", __name__)
BASES = [("measured", "Measured"), ("estimated", "Estimated"), ("unknown", "We do not know")]
READERS = [("agency", "To the agency"), ("staff", "Staff only")]
ANSWERS = [("concur", "We concur"), ("comment", "We concur, with a comment"), ("decline", "We do not concur")]
TOPICS = [("jail", "Our jail"), ("fraud", "Document fraud"), ("cash", "Cash on the highway")]


class Specimen(BaseForm):
    """One field of each kind."""

    name = LineField("Name of the agency", description="As it stands on your letterhead.")
    email = EmailField("Work email address")
    password = PasswordField("Password")
    bookings = WholeNumberField("How many people did you book in all?")
    bookings_basis = RadioField("Basis", choices=BASES)
    share = WholeNumberField("What share of bookings did ICE screen before release?")
    share_basis = RadioField("Basis", choices=BASES)
    reason = TextField("Why do you ask?")
    day = IsoDateField("When does your board meet?")
    state = ChoiceField("State", choices=[("TX", "Texas"), ("OK", "Oklahoma")])
    letter = FileField("Signed request letter")
    sure = BooleanField("I have the authority to make this request for my agency")
    answer = RadioField("Your answer", choices=ANSWERS)
    topics = MultiChoiceField("What do you need help with?", choices=TOPICS)
    reader = RadioField("Who will read this?", choices=READERS)


ERRORS = {
    "name": "Enter the agency’s name",
    "email": "Enter an email address like name@agency.gov",
    "bookings": "Enter 4,860 or less. You entered 10,210; did you mean 1,021?",
    "bookings_basis": "Choose measured, estimated or “we do not know”",
    "reason": "Say in a sentence why you ask",
    "day": "Enter a date after today",
    "state": "Choose a state",
    "letter": "Choose the signed letter as a PDF file",
    "sure": "Confirm that you have the authority",
    "answer": "Choose an answer for this program",
    "topics": "Choose at least one",
}


def _refused() -> Specimen:
    """The same fields as they come back with errors."""
    form = Specimen(formdata=None, prefix="bad-", bookings=10210, bookings_basis="estimated", name="")
    for name, message in ERRORS.items():
        form[name].errors = [message]
    return form


@blueprint.get("/components")
@public
def show() -> str:
    """Every component in all its states."""
    first, second = (Specimen(formdata=None, prefix=prefix) for prefix in ("first-", "second-"))
    drawn = tile_map({"TX": 387, "OK": 69, "FL": 348}, whole={"OK"}, part={"TX"}, own="TX")
    return render_template(
        "components/all.html", fine=Specimen(formdata=None), bad=_refused(), first=first, second=second, map=drawn,
        some_page=Page[object]((), total=220, number=2),
    )  # fmt: skip
