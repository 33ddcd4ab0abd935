"""The public totals: no number under five, none that gives one away, no name of anybody. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.deadlines.clocks import CLOCK_WORDS, ClockKind
from app.deadlines.spread import Spread
from app.reports.card import ChartShape, FigureCard
from app.reports.phrasing import amount
from app.reports.public_totals.suppression import SMALLEST, publishable, publishable_number, suppressed_words
from app.workflow.journey.request_journey import STAFF_STATUS_WORDS, Status

REST: Final = "Other states and territories"


OTHER_REASON: Final = "Another reason"


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What the totals are made of: how many requests there are of each."""

    by_status: Mapping[Status, int]
    by_state: Mapping[str, int]
    declined_for: Mapping[str, int]  # by the code of the reason
    recommended: Mapping[str, int]  # by program key
    agreed: Mapping[str, int]  # by program key
    durations: Mapping[ClockKind, Spread]  # of the stages that enough requests have passed


@dataclass(frozen=True)
class PublicTotals:
    """The cards of the public page."""

    cards: tuple[FigureCard, ...]


def public_cards(
    counts: Counts, *, states: Mapping[str, str], programs: Mapping[str, str], reasons: Mapping[str, str]
) -> tuple[FigureCard, ...]:
    """The cards of the public page, with the names that people read for states, programs and reasons."""
    cards = (
        status_card(counts.by_status),
        times_card(counts.durations),
        state_card(counts.by_state, states),
        refusals_card(counts.by_status, counts.declined_for, reasons),
        program_card(counts.recommended, counts.agreed, programs),
    )
    return tuple(card for card in cards if card)


def total_words(total: int) -> str:
    """How many there are, where that is not too few to say."""
    n = publishable_number(total)
    return f"fewer than {SMALLEST}" if n is None else amount(n)


def status_card(counted: Mapping[Status, int]) -> FigureCard:
    """Where all requests are now, the finished ones too."""
    statuses = [status for status in Status if status is not Status.DRAFT]
    shown = publishable([counted.get(status, 0) for status in statuses])
    return FigureCard(
        key="status",
        title="Where requests are",
        shape=ChartShape.BARS,
        heads=("Where it is", "Requests"),
        rows=tuple(
            (STAFF_STATUS_WORDS[status], suppressed_words(n)) for status, n in zip(statuses, shown, strict=True)
        ),
        finding=f"Agencies have sent {total_words(sum(counted.values()))} requests so far.",
    )


def state_card(counted: Mapping[str, int], names: Mapping[str, str]) -> FigureCard:
    """Which states they come from; those with few come together, so that even their names tell nothing."""
    states = sorted(counted, key=lambda state: names.get(state, state))
    shown = dict(zip(states, publishable([counted[state] for state in states]), strict=True))
    rows = [(names.get(state, state), n) for state, n in shown.items() if n is not None]
    rest = sum(counted[state] for state, n in shown.items() if n is None)
    if rest:
        rows.append((REST, suppressed_words(publishable_number(rest))))
    return FigureCard(
        key="state",
        title="Where they come from",
        shape=ChartShape.BARS,
        heads=("State", "Requests"),
        rows=tuple(rows),
        finding="States with few requests are counted together." if rest else f"They come from {len(rows)} states.",
    )


def program_card(recommended: Mapping[str, int], agreed: Mapping[str, int], names: Mapping[str, str]) -> FigureCard:
    """In how many requests each program was recommended and agreed to; a request may have several."""
    rows = tuple((name, *_of_program(recommended.get(key, 0), agreed.get(key, 0))) for key, name in names.items())
    return FigureCard(
        key="program",
        title="Which programs",
        shape=ChartShape.BARS,
        rows=rows,
        is_wide=True,
        heads=("Program", "Recommended", "Agreed to"),
        finding="In how many requests ICE recommended each program, and the agency agreed to it.",
    )


def _of_program(recommended: int, agreed: int) -> tuple[int | str, int | str]:
    """Both counts; the second also hides how few did not agree."""
    tells = publishable_number(agreed) is None or publishable_number(recommended - agreed) is None
    return suppressed_words(publishable_number(recommended)), suppressed_words(None if tells else agreed)


def times_card(durations: Mapping[ClockKind, Spread]) -> FigureCard:
    """How long each step takes, where enough requests stand behind the figure."""
    rows = tuple((CLOCK_WORDS[kind], s.middle, s.tail) for kind in ClockKind if (s := durations.get(kind)))
    return FigureCard(
        key="times",
        title="How long each step takes",
        shape=ChartShape.BARS,
        heads=("Step", "Half within", "90% within"),
        rows=rows,
        note="Business days, in the last twelve months. A step that fewer than five requests have passed is not shown.",
        finding="Half of the requests, and nine of ten, passed each step within so many business days."
        if rows
        else f"No step has been passed by {SMALLEST} requests yet.",
    )


def refusals_card(
    by_status: Mapping[Status, int], declined_for: Mapping[str, int], reasons: Mapping[str, str]
) -> FigureCard | None:
    """Why requests were declined; nothing where the number of declined ones cannot be shown either."""
    shown = dict(zip(Status, publishable([by_status.get(status, 0) for status in Status]), strict=True))
    declined = shown[Status.DECLINED]
    if not declined:
        return None
    counted: Counter[str] = Counter()
    for code, n in declined_for.items():
        counted[reasons.get(code, OTHER_REASON)] += n
    counted[OTHER_REASON] += declined - counted.total()  # those whose record names no reason
    names = [*reasons.values(), OTHER_REASON]
    cells = publishable([counted[name] for name in names])
    return FigureCard(
        key="refusals",
        title="Why requests were declined",
        shape=ChartShape.BARS,
        heads=("Reason", "Requests"),
        rows=tuple((name, suppressed_words(n)) for name, n in zip(names, cells, strict=True)),
        finding=f"{amount(declined)} were declined.",
    )
