"""The form of a rule of assignment."""

from collections.abc import Sequence

from wtforms import ValidationError
from wtforms.fields import Field

from app.agency_requests.forms import PROGRAM_CHOICES
from app.forms import BaseForm, ChoiceField, LineField, StateField, required
from app.intake.assignment.operations import COLUMNS
from app.intake.assignment.rule_operations import is_taken
from app.policy import ROLE_WORDS

Choices = Sequence[tuple[str, str]]


class RuleForm(BaseForm):
    """When a rule applies, and what it gives."""

    name = LineField("Name of the rule", validators=[required("Give the rule a name.")], limit=80)
    from_office = ChoiceField("Office that the place decides", description="Leave open for any, or none.")
    state = StateField("State", description="Leave open for any.")
    program = ChoiceField("Program that is asked for", description="Leave open for any.", choices=PROGRAM_CHOICES)
    to_office = ChoiceField("Route it to", description="Leave open to keep what the place decides.")
    role = ChoiceField("Assign it as", choices=[(role.value, ROLE_WORDS[role]) for role in COLUMNS])
    person = ChoiceField("Assign it to")

    def __init__(self, offices: Choices, people: Choices, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.from_office.offer(offices)
        self.to_office.offer(offices)
        self.person.offer(people)

    def validate_name(self, field: Field) -> None:
        """Each rule is known by its name in the record."""
        if is_taken(field.data or ""):
            raise ValidationError("There is a rule with this name. Choose another.")

    def validate_person(self, field: Field) -> None:
        """A rule gives something, and a person in one role."""
        if bool(field.data) != bool(self.role.data):
            raise ValidationError("Choose both the role and the person, or neither.")
        if not field.data and not self.to_office.data:
            raise ValidationError("Choose an office to route to, or somebody to assign.")
