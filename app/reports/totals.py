"""The public totals: no number under five, none that gives one away, no name of anybody. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from app.clocks import spread
from app.reports.cards import Card, Shape
from app.reports.load import Load
from app.reports.report import Refusal, Wish, Word
from app.reports.stays import Stay
from app.reports.suppression import SMALLEST, alone, published, words
from app.reports.words import amount
from app.workflow.journey.statuses import STAFF_STATUS_WORDS, Status

REST: Final = "Other states and territories"


def total_words(loads: Sequence[Load]) -> str:
    """How many there are, where that is not too few to say."""
    n = alone(len(loads))
    return f"fewer than {SMALLEST}" if n is None else amount(n)


def status_card(loads: Sequence[Load]) -> Card:
    """Where all requests are now, the finished ones too."""
    statuses = [status for status in Status if status is not Status.DRAFT]
    counted = Counter(load.status for load in loads)
    shown = published([counted[status] for status in statuses])
    return Card(
        key="status", title="Where requests are", shape=Shape.BARS, heads=("Where it is", "Requests"),
        rows=tuple((STAFF_STATUS_WORDS[status], words(n)) for status, n in zip(statuses, shown, strict=True)),
        finding=f"Agencies have sent {total_words(loads)} requests so far.",
    )  # fmt: skip


def state_card(loads: Sequence[Load], names: Mapping[str, str]) -> Card:
    """Which states they come from; those with few come together, so that even their names tell nothing."""
    counted = Counter(load.state for load in loads)
    states = sorted(counted, key=lambda state: names.get(state, state))
    shown = dict(zip(states, published([counted[state] for state in states]), strict=True))
    rows = [(names.get(state, state), n) for state, n in shown.items() if n is not None]
    rest = sum(counted[state] for state, n in shown.items() if n is None)
    if rest:
        rows.append((REST, words(alone(rest))))
    return Card(
        key="state", title="Where they come from", shape=Shape.BARS, heads=("State", "Requests"), rows=tuple(rows),
        finding="States with few requests are counted together." if rest else f"They come from {len(rows)} states.",
    )  # fmt: skip


def program_card(wishes: Iterable[Wish], names: Mapping[str, str]) -> Card:
    """In how many requests each program was recommended and agreed to; a request may have several."""
    counted = Counter((wish.entry_key, wish.word) for wish in set(wishes))
    rows = tuple(
        (name, *_of_program(counted[key, Word.RECOMMENDED], counted[key, Word.AGREED])) for key, name in names.items()
    )
    return Card(
        key="program", title="Which programs", shape=Shape.BARS, rows=rows, is_wide=True,
        heads=("Program", "Recommended", "Agreed to"),
        finding="In how many requests ICE recommended each program, and the agency agreed to it.",
    )  # fmt: skip


def _of_program(recommended: int, agreed: int) -> tuple[int | str, int | str]:
    """Both counts; the second also hides how few did not agree."""
    tells = alone(agreed) is None or alone(recommended - agreed) is None
    return words(alone(recommended)), words(None if tells else agreed)


def times_card(finished: Iterable[Stay]) -> Card:
    """How long each step takes, where at least five requests stand behind the figure."""
    lengths: dict[str, list[int]] = defaultdict(list)
    for stay in finished:
        lengths[stay.status].append(stay.days)
    found = {status: spread(days) for status, days in lengths.items() if len(days) >= SMALLEST}
    rows = tuple((STAFF_STATUS_WORDS[status], s.middle, s.tail) for status in Status if (s := found.get(status)))
    return Card(
        key="times", title="How long each step takes", shape=Shape.BARS, heads=("Step", "Half within", "90% within"),
        rows=rows,
        note="Business days, in the last twelve months. A step that fewer than five requests have passed is not shown.",
        finding="Half of the requests, and nine of ten, passed each step within so many business days."
        if rows
        else f"No step has been passed by {SMALLEST} requests yet.",
    )  # fmt: skip


def refusals_card(loads: Sequence[Load], refusals: Iterable[Refusal], reasons: Mapping[str, str]) -> Card | None:
    """Why requests were declined; nothing where the number of declined ones cannot be shown either."""
    shown = dict(
        zip(Status, published([sum(load.status is status for load in loads) for status in Status]), strict=True)
    )
    if not shown[Status.DECLINED]:
        return None
    declined = {load.case_id for load in loads if load.status is Status.DECLINED}
    last = {refusal.case_id: refusal.code for refusal in refusals if refusal.action == "decline"}
    counted = Counter(reasons.get(last.get(case, ""), "Another reason") for case in declined)
    names = [*reasons.values(), "Another reason"]
    cells = published([counted[name] for name in names])
    return Card(
        key="refusals", title="Why requests were declined", shape=Shape.BARS, heads=("Reason", "Requests"),
        rows=tuple((name, words(n)) for name, n in zip(names, cells, strict=True)),
        finding=f"{amount(len(declined))} were declined.",
    )  # fmt: skip
