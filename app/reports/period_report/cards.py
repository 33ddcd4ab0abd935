"""The cards of a report over a period, counted from moves, wishes and refusals. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.deadlines.spread import spread
from app.reports.card import ChartShape, FigureCard
from app.reports.dashboard.case_summary import CaseSummary
from app.reports.period_report.periods import MOST_MONTHS, Period
from app.reports.phrasing import amount, month_name
from app.reports.status_durations import StatusMove, StatusStay, days_with_ice
from app.workflow.journey.request_journey import CLOSED, STAFF_STATUS_WORDS, Status


class FunnelWord(StrEnum):
    """What was said of a program in a request."""

    ASKED = "asked"
    RECOMMENDED = "recommended"
    AGREED = "agreed"
    APPROVED = "approved"


@dataclass(frozen=True)
class RequestedProgram:
    """One program of one request, and what was said of it."""

    case_id: UUID
    program_key: str
    word: FunnelWord


@dataclass(frozen=True)
class ReportedRefusal:
    """A request that was declined, with the reason from the list, or withdrawn."""

    case_id: UUID
    on: date
    action: str
    code: str


# What a request passes on its way, and the statuses that show it came so far.
STAGES: Final = (
    ("Received", {Status.SUBMITTED}),
    ("Taken into intake", {Status.IN_INTAKE}),
    ("Assessed", {Status.IN_ASSESSMENT}),
    ("Recommended to the agency", {Status.AWAITING_CONCURRENCE}),
    ("Agreed to, in review", {Status.IN_REVIEW}),
    ("Approved, being drafted", {Status.DRAFTING}),
    ("Agreement drafted", {Status.AGREEMENT_DRAFTED}),
)


def funnel_card(loads: Sequence[CaseSummary], moves: Iterable[StatusMove], period: Period) -> FigureCard:
    """How far the requests received in the period have come by now."""
    received = {load.case_id for load in loads if load.received in period}
    reached: dict[str, set[UUID]] = defaultdict(set)
    for move in moves:
        if move.case_id in received:
            reached[move.target].add(move.case_id)
    counts = [len(received)]
    counts += [len(set().union(*(reached[status] for status in statuses))) for _, statuses in STAGES[1:]]
    rows = tuple((name, n, _share(n, counts[0])) for (name, _), n in zip(STAGES, counts, strict=True))
    came, advised, drafted = (amount(counts[place]) for place in (0, 3, -1))
    finding = f"Of {came} received, {advised} have a recommendation and {drafted} an agreement drafted so far."
    return FigureCard(
        key="funnel",
        title="How far requests came",
        shape=ChartShape.BARS,
        heads=("Stage", "Requests", "Share"),
        rows=rows,
        finding=finding if counts[0] else NONE_RECEIVED,
        note="Requests received in the period, as far as each has come until today.",
    )


NONE_RECEIVED: Final = "No request was received in this period."


def _share(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)}%" if whole else "–"


def flow_card(loads: Sequence[CaseSummary], moves: Iterable[StatusMove], period: Period) -> FigureCard | None:
    """Received and finished by month; none for a single month, or for more of them than can be told apart."""
    if not 1 < len(period.months) <= MOST_MONTHS:
        return None
    came = Counter(load.received.replace(day=1) for load in loads if load.received in period)
    went = Counter(move.on.replace(day=1) for move in moves if move.target in CLOSED and move.on in period)
    rows = tuple((month_name(month), came[month], went[month]) for month in period.months)
    return FigureCard(
        key="flow",
        title="Received and finished",
        shape=ChartShape.PAIRS,
        rows=rows,
        heads=("Month", "Received", "Finished"),
        finding=f"{amount(came.total())} received and {amount(went.total())} finished.",
    )


def times_card(finished: Sequence[StatusStay], period: Period) -> FigureCard:
    """How long the stays took that ended in the period; an interrupted one counts without its wait."""
    by_status: dict[str, list[int]] = defaultdict(list)
    for stay in finished:
        if stay.ended in period:
            by_status[stay.status].append(stay.days)
    found = {status: spread(by_status[status]) for status in Status if status is not Status.DRAFT}
    rows = tuple((STAFF_STATUS_WORDS[status], s.middle, s.tail, s.n) for status, s in found.items() if s.n)
    longest = max(rows, key=lambda row: row[1] or 0, default=None)
    return FigureCard(
        key="times",
        title="Days in each status",
        shape=ChartShape.BARS,
        rows=rows,
        heads=("Status", "Median", "90% within", "Requests"),
        finding=f"“{longest[0]}” took longest: half of them {amount(longest[1] or 0)} business days or fewer."
        if longest
        else "No step ended in this period.",
        note="Business days. Waiting for answers of the agency is a status of its own and counts in no other.",
    )


def total_time_card(finished: Sequence[StatusStay], moves: Sequence[StatusMove], period: Period) -> FigureCard:
    """The whole way of the requests that ended in the period: business days with ICE alone."""
    mine = days_with_ice(finished)
    ended: dict[str, list[int]] = defaultdict(list)
    for move in moves:
        if move.target in CLOSED and move.on in period:
            ended[move.target].append(mine.get(move.case_id, 0))
    found = {STAFF_STATUS_WORDS[status]: spread(ended[status]) for status in Status if status in CLOSED}
    rows = tuple((words, s.middle, s.tail, s.n) for words, s in found.items() if s.n)
    drafted = found[STAFF_STATUS_WORDS[Status.AGREEMENT_DRAFTED]]
    return FigureCard(
        key="whole",
        title="Days with ICE, from received to the end",
        shape=ChartShape.BARS,
        rows=rows,
        heads=("How it ended", "Median", "90% within", "Requests"),
        finding=f"Half of the agreements were drafted within {amount(drafted.middle)} business days."
        if drafted.middle is not None
        else "No agreement was drafted in this period.",
        note="Without the days on which the agency was to act, and without deferral.",
    )


def office_card(loads: Sequence[CaseSummary], moves: Iterable[StatusMove], period: Period) -> FigureCard:
    """What each office received and finished in the period."""
    office = {load.case_id: load.office for load in loads}
    received = Counter(load.office for load in loads if load.received in period)
    ends = Counter(
        (office[move.case_id], move.target)
        for move in moves
        if move.target in CLOSED and move.on in period and move.case_id in office
    )
    names = sorted(set(received) | {name for name, _ in ends}, key=lambda name: (-received[name], name))
    outcomes = (Status.AGREEMENT_DRAFTED, Status.DECLINED, Status.WITHDRAWN)
    rows = tuple((name, received[name], *(ends[name, status] for status in outcomes)) for name in names)
    return FigureCard(
        key="offices",
        title="By office",
        shape=ChartShape.BARS,
        rows=rows,
        heads=("Office", "Received", "Drafted", "Declined", "Withdrawn"),
        finding=f"{names[0]} received the most: {amount(received[names[0]])}." if received else NONE_RECEIVED,
    )


def programs_card(wishes: Iterable[RequestedProgram], received: set[UUID], names: Mapping[str, str]) -> FigureCard:
    """Requested against recommended against agreed, program by program, of the requests received in the period."""
    counted = Counter((wish.program_key, wish.word) for wish in set(wishes) if wish.case_id in received)
    present = {key for key, _ in counted}
    rows = tuple((names.get(key, key), *(counted[key, word] for word in FunnelWord)) for key in names if key in present)
    sums = {word: sum(n for (_, said), n in counted.items() if said is word) for word in FunnelWord}
    return FigureCard(
        key="programs",
        title="Requested, recommended, agreed",
        shape=ChartShape.GROUPS,
        rows=rows,
        is_wide=True,
        heads=("Program", "Requested", "Recommended", "Agreed", "Approved"),
        finding=f"{amount(sums[FunnelWord.ASKED])} times a program was requested, "
        f"{amount(sums[FunnelWord.RECOMMENDED])} times recommended, {amount(sums[FunnelWord.AGREED])} times agreed to."
        if rows
        else "No program is named in the requests of this period.",
        note="Of the requests received in the period. An agency may leave the choice to advice and request none.",
    )


def refusals_card(refusals: Iterable[ReportedRefusal], period: Period, reasons: Mapping[str, str]) -> FigureCard:
    """Declines by their reason from the list, and withdrawals, in the period."""
    counted = Counter(
        reasons.get(refusal.code, "Another reason") if refusal.action == "decline" else WITHDRAWN
        for refusal in refusals
        if refusal.on in period
    )
    rows = tuple(sorted(counted.items(), key=lambda row: (-row[1], row[0])))
    declined = counted.total() - counted[WITHDRAWN]
    return FigureCard(
        key="refusals",
        title="Refusals and withdrawals",
        shape=ChartShape.BARS,
        rows=rows,
        heads=("Why it ended", "Requests"),
        finding=f"{amount(declined)} declined by ICE, {amount(counted[WITHDRAWN])} withdrawn by the agency."
        if rows
        else "Nothing was declined or withdrawn in this period.",
    )


WITHDRAWN: Final = "Withdrawn by the agency"
