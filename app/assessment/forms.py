"""The forms of the assessment that are not the worksheet: meetings, programs to recommend, the plan, a finding."""

from collections.abc import Collection, Sequence

from wtforms import BooleanField, FormField
from wtforms.fields.choices import Choice as Option  # pyright: ignore[reportAttributeAccessIssue] -- the stubs are older than WTForms 3.3
from wtforms.form import Form
from wtforms.validators import ValidationError

from app.deadlines.business_days import day_of
from app.extensions import now
from app.forms import (
    BaseForm,
    ChoiceField,
    HiddenField,
    IsoDateField,
    LineField,
    MultiChoiceField,
    RowsField,
    TextField,
    required,
)
from app.uploads.forms import UploadField

EMPTY_LINES = 3
MOST_LINES = 60
ENDINGS = {1: "st", 2: "nd", 3: "rd"}
TEENS = range(11, 14)
ASK_LINE = {
    "program": "Choose the program this line belongs to.",
    "objective": "Say what should be reached.",
    "measure": "Say what is counted.",
    "unit": "Give the unit, such as percent or days.",
    "baseline": "Say where it stands today.",
    "target": "Say where it should be.",
    "owner": "Say who is responsible, by role.",
    "due": "Give the date by which it should be reached.",
}


class MeetingForm(BaseForm):
    """A meeting with the agency, and its minutes or other files."""

    held_on = IsoDateField("Date of the meeting", validators=[required("Enter the date of the meeting.")])
    place = LineField("Place", validators=[required("Say where you met, or that you met by video.")])
    attendees = TextField(
        "Who attended, by role",
        validators=[required("Say who attended, by role.")],
        description="Roles only, such as “sheriff, jail administrator, assessor”. Never names of people the agency "
        "meets in its work.",
        limit=1000,
    )
    summary = TextField("What came of it", validators=[required("Sum up the meeting in a sentence or two.")])
    files = UploadField("Files")

    def validate_held_on(self, field: IsoDateField) -> None:
        """A meeting is recorded after it was held."""
        if field.data and field.data > day_of(now()):
            raise ValidationError("Enter a date that is not in the future.")


class NoPartnershipForm(BaseForm):
    """The written finding that no partnership fits."""

    text = TextField("Your finding", validators=[required("Write the finding first.")], limit=4000)


class RankField(ChoiceField):
    """The place of a program in the recommendation; "" for a program that is not recommended."""

    def iter_choices(self) -> list[Option]:
        """The places, after the line that stands for none."""
        return [Option("", "Not recommended", not self.data, {}), *super().iter_choices()[1:]]


class ProgramForm(Form):
    """One program: whether and where it is recommended, and what people say about it."""

    key = HiddenField()
    place = RankField("Place in the recommendation")
    reason = TextField("Why you recommend it", limit=2000)
    departure = TextField("Why you depart from the computed order", limit=2000)
    confirmation = TextField("Who confirms the open gates, and how", limit=1000)
    agency_takes_on = TextField("What the agency takes on", limit=2000)
    ice_takes_on = TextField("What ICE takes on", limit=2000)

    @property
    def texts(self) -> dict[str, str]:
        """What was written, by the name of its field."""
        fields = (self.reason, self.departure, self.confirmation, self.agency_takes_on, self.ice_takes_on)
        return {field.short_name: field.data or "" for field in fields}


class ProgramsForm(BaseForm):
    """Every program in computed order, and the summary."""

    programs = RowsField(FormField(ProgramForm))
    summary = TextField("Summary for the agency", limit=3000)

    def __init__(self, keys: Sequence[str], closed: Collection[str], kept: Collection[str], **kwargs: object) -> None:
        """`keys` are all there are; `closed` cannot be chosen; `kept` stand in the recommendation now."""
        super().__init__(**kwargs)
        self.keys, self.closed, self.kept = keys, closed, kept
        for entry in self.programs:
            entry.form.place.choices = [(str(n), _ordinal(n)) for n in range(1, len(keys) + 1)]

    @property
    def chosen(self) -> list[ProgramForm]:
        """The programs that have a place, in that order."""
        placed = [entry.form for entry in self.programs if entry.form.place.data]
        return sorted(placed, key=lambda form: int(form.place.data))

    def validate(self, extra_validators: object = None) -> bool:
        """Besides its fields: each program once, none that is closed, no place twice, no words thrown away."""
        good = super().validate(extra_validators)
        named = [entry.form.key.data for entry in self.programs]
        if not set(named) <= set(self.keys) or len(set(named)) < len(named):
            self.form_errors.append("There is no such program. Open this page again.")
            return False
        return all([good, self._places_are_free(), self._words_have_a_place()])

    def _places_are_free(self) -> bool:
        taken: set[str] = set()
        good = True
        for entry in self.programs:
            place = entry.form.place
            if place.data and entry.form.key.data in self.closed:
                good = _refuse(place, "This program is not available to the agency, so it cannot be recommended.")
            elif place.data and place.data in taken:
                good = _refuse(place, "Another program has this place. Choose one place for each.")
            taken.add(place.data)
        return good

    def _words_have_a_place(self) -> bool:
        good = True
        for entry in self.programs:
            form = entry.form
            if not form.place.data and any(form.texts.values()) and form.key.data not in self.kept:
                good = _refuse(form.place, "You wrote about this program. Give it a place, or clear what you wrote.")
        return good


class PlanLineForm(Form):
    """One line of the plan of action."""

    program = ChoiceField("Program")
    objective = LineField("Objective")
    measure = LineField("Measure")
    unit = LineField("Unit", limit=80)
    baseline = LineField("Today", limit=80)
    target = LineField("Target", limit=80)
    owner = LineField("Owner, by role", limit=120)
    due = IsoDateField("By when")
    remove = BooleanField("Take this line out")

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed, or the line is to go."""
        return self.remove.data or not any(field.raw_data and field.raw_data[0].strip() for field in self)


class PlanForm(BaseForm):
    """The plan of action, line by line."""

    lines = RowsField(FormField(PlanLineForm), max_entries=MOST_LINES)
    picked = MultiChoiceField("Suggested measures")

    def __init__(
        self, programs: Sequence[tuple[str, str]], suggested: Sequence[tuple[str, str]] = (), **kwargs: object
    ) -> None:
        """`suggested` are measures as (program's program key and place in its list, words)."""
        super().__init__(**kwargs)
        self.programs, self.suggested = list(programs), dict(suggested)
        self.picked.offer(suggested)
        for entry in self.lines:
            entry.form.program.choices = list(programs)

    def fill(self) -> int:
        """Puts the measures picked into empty lines, which nothing saves yet; how many lines were filled."""
        picked = list(self.picked.data or ())
        empty = [entry.form for entry in self.lines if entry.form.is_empty and not entry.form.remove.data]
        while len(empty) < len(picked) and len(self.lines) < MOST_LINES:
            added = self.lines.append_entry({}).form
            added.program.choices = list(self.programs)
            empty.append(added)
        for value, form in zip(picked, empty, strict=False):
            form.program.data = value.rpartition("/")[0]
            form.measure.data, form.measure.raw_data = self.suggested[value], None
        self.picked.data = []
        return min(len(picked), len(empty))

    @property
    def filled(self) -> list[PlanLineForm]:
        """The lines to keep."""
        return [entry.form for entry in self.lines if not entry.form.is_empty]

    def validate(self, extra_validators: object = None) -> bool:
        """Besides its fields: a line that is begun is complete, and an empty one asks for nothing."""
        good = super().validate(extra_validators)
        for line in self.filled:
            for name, sentence in ASK_LINE.items():
                if not line[name].data and not line[name].errors:
                    good = _refuse(line[name], sentence)
        return good


def _ordinal(n: int) -> str:
    ending = "th" if n % 100 in TEENS else ENDINGS.get(n % 10, "th")
    return f"{n}{ending}"


def _refuse(field: ChoiceField | LineField | IsoDateField, sentence: str) -> bool:
    field.errors = [*field.errors, sentence]
    return False
