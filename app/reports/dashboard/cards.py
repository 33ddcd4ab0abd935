"""The cards of the dashboard, counted from the requests a person sees; each states its finding in numbers. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.deadlines.business_days import DueState, business_days_between, due_state
from app.deadlines.clocks import TARGETS, ClockKind
from app.deadlines.spread import Spread
from app.policy import Side
from app.reports.card import ChartShape, FigureCard
from app.reports.dashboard.case_summary import CaseSummary
from app.reports.phrasing import amount, count_words, month_name
from app.reports.status_durations import StatusMove
from app.workflow.journey.request_journey import CLOSED, STAFF_STATUS_WORDS, STATUSES, WAITING_ON, Status

AGES: Final = ((20, "0–20"), (40, "21–40"), (60, "41–60"), (90, "61–90"))
OLDEST: Final = "over 90"
OLD: Final = 60
STEPS: Final = {status: info.clock for status, info in STATUSES.items() if info.clock}  # those with a target
MOST_SHOWN: Final = 12  # rows of a card; the rest comes together in one
NOBODY, OTHERS = "Nobody yet", "All others"


def is_late(load: CaseSummary, today: date) -> bool:
    """Whether its running clock is past its due date."""
    return due_state(load.due, today, load.closed) is DueState.LATE


def is_soon(load: CaseSummary, today: date) -> bool:
    """Whether it is due within five business days, and not late."""
    return due_state(load.due, today, load.closed) is DueState.SOON


@dataclass(frozen=True)
class DashboardFigures:
    """The five figures above the cards."""

    open: int
    late_with_ice: int
    soon: int
    with_agency: int
    untaken: int


def dashboard_figures(loads: Sequence[CaseSummary], today: date) -> DashboardFigures:
    """How many are open, and which of those ask for a look."""
    return DashboardFigures(
        open=len(loads),
        late_with_ice=sum(is_late(load, today) and WAITING_ON[load.status] is Side.ICE for load in loads),
        soon=sum(is_soon(load, today) for load in loads),
        with_agency=sum(WAITING_ON[load.status] is Side.AGENCY for load in loads),
        untaken=sum(not load.is_taken for load in loads),
    )


def flow_card(received: Iterable[date], moves: Iterable[StatusMove], months: Sequence[date]) -> FigureCard:
    """Received and finished, month by month."""
    came = Counter(day.replace(day=1) for day in received)
    went = Counter(move.on.replace(day=1) for move in moves if move.target in CLOSED)
    rows = tuple((month_name(month), came[month], went[month]) for month in months)
    all_came, all_went = sum(row[1] for row in rows), sum(row[2] for row in rows)
    span = f"the last {len(months)} months"
    finding = f"We finished {amount(all_went)} and received {amount(all_came)} in {span}."
    if not all_came + all_went:
        finding = f"Nothing was received or finished in {span}."
    return FigureCard(
        key="flow", title="Received and finished", finding=finding, shape=ChartShape.PAIRS,
        heads=("Month", "Received", "Finished"), rows=rows,
    )  # fmt: skip


def steps_card(durations: Mapping[ClockKind, Spread], targets: Mapping[ClockKind, int] = TARGETS) -> FigureCard:
    """The median of business days at each step, against its target."""
    rows, late = [], set()
    for status, kind in STEPS.items():
        found = durations.get(kind)
        if found is None or found.middle is None:
            continue
        words = STAFF_STATUS_WORDS[status]
        target = targets[kind]
        rows.append((words, found.middle, target, _compared(found.middle, target), found.n))
        if found.middle > target:
            late.add(words)
    return FigureCard(
        key="steps", title="Days at each step", finding=_steps_finding(rows, late), shape=ChartShape.TARGETS,
        heads=("Step", "Median", "Target", "Compared", "Requests"), rows=tuple(rows), late=frozenset(late),
        note="Business days; time that waits for answers of the agency is a step of its own. The targets are ours.",
    )  # fmt: skip


def _compared(middle: float, target: int) -> str:
    if middle == target:
        return "on target"
    return f"{amount(abs(middle - target))} {'over' if middle > target else 'under'}"


def _steps_finding(rows: Sequence[tuple[str, float, int, str, int]], late: set[str]) -> str:
    if not rows:
        return "No step ended in this time."
    if not late:
        return "Every step keeps within its target, marked by the black line."
    verb = "step takes" if len(late) == 1 else "steps take"
    return f"{count_words(len(late)).capitalize()} {verb} longer than the target, marked by the black line."


def waiting_on_card(loads: Sequence[CaseSummary], today: date) -> FigureCard:
    """Who is to act: field offices, headquarters, or the agencies."""
    holders = ("ICE field offices", "ICE headquarters", "Agencies")
    held, late = Counter(map(_holder, loads)), Counter(_holder(load) for load in loads if is_late(load, today))
    total = len(loads)
    rows = tuple((who, held[who], _share(held[who], total), late[who]) for who in holders)
    with_ice = total - held["Agencies"]
    return FigureCard(
        key="ball", title="Who is to act", shape=ChartShape.PARTS, rows=rows,
        heads=("Who", "Requests", "Share", "Late"),
        finding=f"ICE is to act on {amount(with_ice)} of {amount(total)} open requests." if total else NOTHING_OPEN,
    )  # fmt: skip


NOTHING_OPEN: Final = "No request is open."


def _holder(load: CaseSummary) -> str:
    if WAITING_ON[load.status] is Side.AGENCY:
        return "Agencies"
    return "ICE headquarters" if load.status is Status.IN_REVIEW else "ICE field offices"


def _share(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)}%" if whole else "–"


def due_card(loads: Sequence[CaseSummary], today: date) -> FigureCard:
    """What is late, what will be within a week, and the rest."""
    late = sum(is_late(load, today) for load in loads)
    soon = sum(is_soon(load, today) for load in loads)
    undated = sum(load.due is None for load in loads)
    rows = (
        ("Late", late), ("Due within a week", soon), ("Due later", len(loads) - late - soon - undated),
        ("No due date", undated),
    )  # fmt: skip
    finding = f"{amount(late)} late now; {amount(soon)} will be within five business days if nobody acts."
    return FigureCard(
        key="due", title="What is late and what will be", shape=ChartShape.PARTS, rows=rows, heads=("Due", "Requests"),
        finding=finding if loads else NOTHING_OPEN, late=frozenset({"Late"}) if late else frozenset(),
    )  # fmt: skip


def status_card(loads: Sequence[CaseSummary], today: date) -> FigureCard:
    """Where the open requests are."""
    rows = tuple(
        (STAFF_STATUS_WORDS[status], len(here), sum(is_late(load, today) for load in here))
        for status in Status
        if status not in CLOSED and (here := [load for load in loads if load.status is status])
    )
    most = max(rows, key=lambda row: row[1], default=None)
    return FigureCard(
        key="status", title="Where the requests are", shape=ChartShape.BARS, rows=rows,
        heads=("Where it is", "Requests", "Late"),
        finding=f"Most are here: {most[0]} ({amount(most[1])})." if most else NOTHING_OPEN,
    )  # fmt: skip


def office_card(loads: Sequence[CaseSummary], today: date) -> FigureCard:
    """How many each office has, and how many of them are late."""
    rows = _carried(loads, [load.office for load in loads], today)
    most = max(rows, key=lambda row: row[2], default=None)
    finding = f"{most[0]} has the most late requests: {amount(most[2])}." if most and most[2] else "No office is late."
    return FigureCard(
        key="office", title="By office", shape=ChartShape.BARS, rows=rows,
        heads=("Office", "Requests", "Late", "Due within a week"), finding=finding if rows else NOTHING_OPEN,
    )  # fmt: skip


def people_card(loads: Sequence[CaseSummary], today: date) -> FigureCard:
    """Who carries how much: the assessor once there is one, else the coordinator."""
    rows = _carried(loads, [load.person for load in loads], today)
    named = [row for row in rows if row[0] not in {NOBODY, OTHERS}]
    most = max(named, key=lambda row: row[1], default=None)
    finding = f"{most[0]} carries the most: {amount(most[1])}." if most else "Nobody is named for any of them yet."
    return FigureCard(
        key="people", title="Who carries how much", shape=ChartShape.BARS, rows=rows,
        heads=("Person", "Requests", "Late", "Due within a week"), finding=finding if rows else NOTHING_OPEN,
    )  # fmt: skip


def _carried(loads: Sequence[CaseSummary], names: Sequence[str], today: date) -> tuple[tuple[str, int, int, int], ...]:
    """Name, open, late and soon; the largest first, what comes after the twelfth together in one row."""
    held, late, soon = Counter(names), Counter[str](), Counter[str]()
    for name, load in zip(names, loads, strict=True):
        late[name] += is_late(load, today)
        soon[name] += is_soon(load, today)
    ranked = sorted(held, key=lambda name: (-held[name], name))
    shown, rest = ranked[: MOST_SHOWN - 1], ranked[MOST_SHOWN - 1 :]
    rows = [(name, held[name], late[name], soon[name]) for name in (ranked if len(rest) < 2 else shown)]
    if len(rest) > 1:
        rows.append((OTHERS, *(sum(counted[name] for name in rest) for counted in (held, late, soon))))
    return tuple(rows)


def age_card(loads: Sequence[CaseSummary], today: date) -> FigureCard:
    """How long ago the open requests were received."""
    ages = [business_days_between(load.received, today) for load in loads]
    counted = Counter(_age_group(age) for age in ages)
    names = [name for _, name in AGES] + [OLDEST]
    old = sum(age > OLD for age in ages)
    return FigureCard(
        key="age", title="Age of open requests", shape=ChartShape.COLUMNS, heads=("Days", "Requests"),
        rows=tuple((name, counted[name]) for name in names), late=frozenset({OLDEST}),
        finding=f"{amount(old)} of {amount(len(ages))} are older than {OLD} business days." if ages else NOTHING_OPEN,
    )  # fmt: skip


def _age_group(age: int) -> str:
    return next((name for most, name in AGES if age <= most), OLDEST)
