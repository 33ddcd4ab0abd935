"""What the public finder asks: the problems, then only the questions that matter for them, and what comes next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.needs.gates import CIVIL_RIGHTS, Availability
from app.needs.questions import QUESTIONS, Answers, Question
from app.needs.score_rules import Item, Part, ScoredProgram, Scores
from app.needs.scoring import Ranking, to_confirm

MOST_TOPICS = 3
NEEDS_FOR_EACH = {1: 6, 2: 3, 3: 2}
"""How many need questions each topic gets, by how many topics are picked: about a dozen questions in all."""

LOOK_AT = 5


@dataclass(frozen=True, slots=True)
class Topic:
    """A problem that an agency may have: a group of questions, in words for its label and hint."""

    key: str
    label: str
    hint: str


TOPICS: tuple[Topic, ...] = (
    Topic("jail", "People in our jail", "Screening and ICE warrants in custody"),
    Topic("encounters", "Finding out who someone is", "Identity on the street, and waiting for an ICE agent"),
    Topic("gangs", "Gangs", "Gangs with ties to other countries"),
    Topic("child_exploitation", "Crimes against children online", "Tips, devices and cases abroad"),
    Topic("money", "Cash and money laundering", "Bulk cash, forfeiture and financial cases"),
    Topic("joint_operations", "Paying for joint work", "Overtime and hours on ICE cases"),
    Topic("border", "Smuggling and the border", "Drugs, firearms, goods and people"),
    Topic("documents", "False documents", "Document mills and identity theft"),
    Topic("counterfeit", "Counterfeit goods", "Medicine, parts and electronics that endanger people"),
)
_TOPIC_KEYS = frozenset(topic.key for topic in TOPICS)


def questions_for(topics: Sequence[str], scores: Scores) -> tuple[Question, ...]:
    """About a dozen questions for one to three topics, in the catalog's order.

    The needs that count most, the bases of their rates, and the gates of the programs they point to. The civil-rights
    review needs a person, so its questions wait until the first result. ValueError for other topics or too many.
    """
    picked = dict.fromkeys(topics)
    if not 1 <= len(picked) <= MOST_TOPICS or not _TOPIC_KEYS.issuperset(picked):
        raise ValueError(f"Choose one to {MOST_TOPICS} topics.")
    needs = {key for topic in picked for key in _weightiest(topic, scores)[: NEEDS_FOR_EACH[len(picked)]]}
    asked = needs | _bases(needs, scores) | _gate_questions(_pointed_to(needs, scores))
    return tuple(question for question in QUESTIONS.values() if question.key in asked)


def _need_items(scores: Scores) -> Iterable[Item]:
    return (item for program in scores.programs for item in program.part(Part.NEED))


def _weightiest(topic: str, scores: Scores) -> list[str]:
    """A topic's need questions, those that count most over all programs first."""
    weights: dict[str, float] = {}
    for item in _need_items(scores):
        if QUESTIONS[item.key].group == topic:
            weights[item.key] = weights.get(item.key, 0) + item.weight
    return sorted(weights, key=lambda key: -weights[key])


def _bases(needs: set[str], scores: Scores) -> set[str]:
    return {item.of for item in _need_items(scores) if item.key in needs and item.of}


def _pointed_to(needs: set[str], scores: Scores) -> list[ScoredProgram]:
    return [each for each in scores.programs if any(item.key in needs for item in each.part(Part.NEED))]


def _gate_questions(programs: Iterable[ScoredProgram]) -> set[str]:
    gates = (gate for program in programs for gate in program.gates)
    return {key for gate in gates if gate.key != CIVIL_RIGHTS for key in gate.asks}


def next_questions(answers: Answers, ranking: Ranking, most: int = 5) -> tuple[Question, ...]:
    """What to ask next, best first: open gates of the entries at the top, then the answers that could add most points.

    Only the agency's own questions that apply and are open.
    """
    top = [entry for entry in ranking.entries if entry.availability is not Availability.NOT_AVAILABLE][:LOOK_AT]
    gates = [key for entry in top for gate in to_confirm(entry) for key in gate.asks]
    gains = sorted((gain for entry in top for gain in entry.gains), key=lambda gain: -gain.points)
    keys = dict.fromkeys([*gates, *(key for gain in gains for key in gain.keys)])
    wanted = (QUESTIONS[key] for key in keys if not QUESTIONS[key].is_known(answers.get(key)))
    return tuple(question for question in wanted if question.asked_of == "agency" and question.applies(answers))[:most]
