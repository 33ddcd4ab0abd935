"""The scores of the catalog, and the order they give: what the rules are tried on."""

from app.needs import scoring
from app.needs.questions import Answers
from app.needs.scoring import Ranking
from app.programs.catalog import CATALOG

SCORES = CATALOG.scores


def rank(answers: Answers) -> Ranking:
    return scoring.rank(answers, SCORES)
