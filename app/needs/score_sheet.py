"""The sums behind one program's score.

score = 100 N (0.55 + 0.25 F + 0.20 I) / D. N, F and I are the weighted strengths of an agency's need, of the fit and of
ICE's capacity; an unknown answer counts as nothing shown. D is the sum of the shares of the parts that exist.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.needs.questions import QUESTIONS, Answers
from app.needs.score_rules import Item, Part, ScoredProgram, Scores
from app.needs.strengths import Measurement, measure

FIELD_SURVEY = tuple(question.key for question in QUESTIONS.values() if question.group == "field_survey")


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """The sums of one program: its items with their measures, and the share of each part that exists."""

    found: Mapping[Item, Measurement | None]
    shares: Mapping[Part, float]

    def weight(self, part: Part) -> float:
        return sum(item.weight for item in self.found if item.part is part)

    def strength(self, part: Part, open_counts: float = 0.0) -> float:
        """The weighted strength of a part, 0 to 1; an open item counts as `open_counts`."""
        total = self.weight(part)
        worth = (
            item.weight * (open_counts if each is None else each.strength)
            for item, each in self.found.items()
            if item.part is part
        )
        return sum(worth) / total if total else 0.0

    @property
    def moderation(self) -> float:
        """What fit and ICE's capacity leave of a need: (0.55 + 0.25 F + 0.20 I) / D."""
        return sum(
            share * (1.0 if part is Part.NEED else self.strength(part)) for part, share in self.shares.items()
        ) / sum(self.shares.values())

    def score(self, open_counts: float = 0.0) -> float:
        """0 to 100, with every open need counted as `open_counts`."""
        return 100 * self.strength(Part.NEED, open_counts) * self.moderation

    def most_points(self, item: Item) -> float:
        """What an item gives at most while all else stays: 0 for a part that does not exist yet."""
        if item.part not in self.shares:
            return 0.0
        share = self.shares[item.part] / sum(self.shares.values())
        whole = self.moderation if item.part is Part.NEED else self.strength(Part.NEED) * share
        return 100 * item.weight / self.weight(item.part) * whole

    def points(self, item: Item) -> float:
        """An item's contribution to the score."""
        each = self.found[item]
        if each is None or item.part not in self.shares:
            return 0.0
        share = self.shares[item.part] / sum(self.shares.values())
        need = 1.0 if item.part is Part.NEED else self.strength(Part.NEED)
        return 100 * need * share * item.weight * each.strength / self.weight(item.part)

    @property
    def coverage(self) -> float:
        """Answered weight over all weight, in the parts that exist."""
        counted = [item for item in self.found if item.part in self.shares]
        answered = sum(item.weight for item in counted if self.found[item] is not None)
        return answered / sum(item.weight for item in counted)


def score_sheet_of(program: ScoredProgram, answers: Answers, scores: Scores) -> ScoreSheet:
    """The sums of a program for these answers. ICE's part exists once anything of the field survey is answered."""
    has_survey = any(answers.get(key) is not None for key in FIELD_SURVEY)
    exists = {part for part in Part if program.part(part) and (part is not Part.ICE or has_survey)}
    return ScoreSheet(
        found={item: measure(item, answers) for item in program.items},
        shares={part: share for part, share in scores.shares.items() if part in exists},
    )
