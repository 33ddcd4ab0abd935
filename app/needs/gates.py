"""Gates: what must hold before a program is open to an agency, whatever its need."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.needs.questions import QUESTIONS, Answers, Value, number_words

Identity = tuple[str, str | None]

JAIL: Identity = ("287g", "jail")
TASK_FORCE: Identity = ("287g", "task-force")
WARRANT_SERVICE: Identity = ("287g", "warrant-service")
CUSTOMS: Identity = ("customs-cross-designation", None)

BORDER_MILES = 100
"""How far a border city or community may lie from a border or port. Inferred: 6 USC 240 gives no distance."""


class Outcome(StrEnum):
    """What a gate says."""

    PASS = "pass"  # noqa: S105 - the word on a gate, no password
    FAIL = "fail"
    UNKNOWN = "unknown"


class Availability(StrEnum):
    """Whether a program is open to an agency."""

    AVAILABLE = "available"
    NEEDS_CONFIRMATION = "needs_confirmation"
    NOT_AVAILABLE = "not_available"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome with its reason, and what would change it ("" when it passes)."""

    result: Outcome
    reason: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate of one program, judged."""

    key: str
    result: Outcome
    reason: str
    change: str
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A gate before judging: whose it is, which answers it reads, and how."""

    key: str
    programs: frozenset[Identity]
    asks: tuple[str, ...]
    judge: Callable[[Answers], Verdict]


def _programs(*identities: Identity) -> frozenset[Identity]:
    return frozenset(identities)


def _table(key: str, verdicts: Mapping[str, Verdict]) -> Callable[[Answers], Verdict]:
    """Judge by the choice; every choice that has no row, and no answer, reads as unknown."""

    def judge(answers: Answers) -> Verdict:
        answer = answers.get(key)
        return verdicts.get(answer if isinstance(answer, str) else "unknown", verdicts["unknown"])

    return judge


PERMITTED = Verdict(Outcome.PASS, "State or local law permits it.")
BARRED = Verdict(
    Outcome.FAIL,
    "State or local law bars the agency from civil immigration enforcement.",
    "A change in the law would open this program.",
)
LAW_OPEN = Verdict(
    Outcome.UNKNOWN,
    "We do not know whether state or local law permits it.",
    "Ask your attorney whether the law permits civil immigration enforcement, and cite the law.",
)
LIMITED_OUT = Verdict(
    Outcome.FAIL,
    "State or local law limits civil immigration enforcement to less than this model needs.",
    "A change in the law would open this model. Look at the warrant service model first.",
)
LIMITED_OPEN = Verdict(
    Outcome.UNKNOWN,
    "State or local law limits civil immigration enforcement; serving warrants may lie within the limits.",
    "Ask your attorney to confirm that your officers may serve immigration warrants.",
)
LIMITED_FINE = Verdict(Outcome.PASS, "State or local law limits your own officers, and here ICE officers do the work.")


def _state_law(limits: Verdict) -> Callable[[Answers], Verdict]:
    rows = {"permits": PERMITTED, "limits": limits, "bars": BARRED, "unknown": LAW_OPEN}
    return _table("state_law_immigration", rows)


_customs_law = _table(
    "state_law_customs",
    {
        "permits": Verdict(Outcome.PASS, "State law lets your officers accept a customs designation."),
        "bars": Verdict(
            Outcome.FAIL,
            "State law does not let your officers accept a customs designation.",
            "A change in state law would open this program.",
        ),
        "unknown": Verdict(
            Outcome.UNKNOWN,
            "We do not know whether state law lets your officers accept a customs designation.",
            "Ask your attorney, and cite the law.",
        ),
    },
)

_jail = _table(
    "jail_operated",
    {
        "yes": Verdict(Outcome.PASS, "Your agency runs a jail."),
        "no": Verdict(
            Outcome.FAIL,
            "This program works inside a jail, and your agency runs none.",
            "The agency that runs the jail you use could ask for it.",
        ),
        "unknown": Verdict(
            Outcome.UNKNOWN, "We do not know whether your agency runs a jail.", "Tell us whether you run a jail."
        ),
    },
)

_certification = _table(
    "equitable_sharing_certification",
    {
        "current": Verdict(Outcome.PASS, "Your Equitable Sharing certification is current."),
        "expired": Verdict(
            Outcome.UNKNOWN,
            "Your Equitable Sharing certification has expired.",
            "File the Equitable Sharing Agreement and Certification again.",
        ),
        "none": Verdict(
            Outcome.UNKNOWN,
            "Your agency has no Equitable Sharing certification yet.",
            "File an Equitable Sharing Agreement and Certification.",
        ),
        "unknown": Verdict(
            Outcome.UNKNOWN,
            "We do not know whether your Equitable Sharing certification is current.",
            "Ask your finance office when it was last filed.",
        ),
    },
)

_nlets = _table(
    "nlets_access",
    {
        "yes": Verdict(Outcome.PASS, "Your agency is cleared to ask over Nlets."),
        "no": Verdict(
            Outcome.FAIL,
            "The center answers over Nlets, and your agency is not cleared to ask.",
            "Ask your state's criminal justice information agency for Nlets access.",
        ),
        "unknown": Verdict(
            Outcome.UNKNOWN,
            "We do not know whether your agency is cleared to ask over Nlets.",
            "Ask your terminal agency coordinator.",
        ),
    },
)


def _border(answers: Answers) -> Verdict:
    miles = answers.get("miles_to_border_or_port")
    if not isinstance(miles, int | float):
        return Verdict(
            Outcome.UNKNOWN,
            "We do not know how far you are from a border or port.",
            "Tell us the distance to the nearest land border, seaport or international airport.",
        )
    distance = f"You are {number_words(miles)} miles from a border or port"
    if miles > BORDER_MILES:
        return Verdict(
            Outcome.FAIL,
            f"{distance}. This program is for border communities; we read that as within {BORDER_MILES} miles,"
            " which is inferred from 6 USC 240.",
            "Ask the local Investigations office if you think your community is affected by the border.",
        )
    return Verdict(Outcome.PASS, f"{distance}, within the {BORDER_MILES} miles that we infer from 6 USC 240.")


def _finding_concern(value: Value) -> str | None:
    if value == "open":
        return "a civil rights finding is open"
    return None if value in ("none", "closed") else "we do not know whether there is a civil rights finding"


def _complaint_concern(value: Value) -> str | None:
    if value == "no":
        return "there is no published complaint process and bias policy"
    return None if value == "yes" else "we do not know whether a complaint process and bias policy are published"


def _focus_concern(value: Value) -> str | None:
    if not isinstance(value, tuple | list) or not value:
        return "no offense focus is stated"
    return "the partnership is meant for any offense" if "any" in value else None


CONCERNS: Mapping[str, Callable[[Value], str | None]] = {
    "civil_rights_finding": _finding_concern,
    "complaint_process": _complaint_concern,
    "offence_focus": _focus_concern,
}


def civil_rights_concerns(answers: Answers) -> tuple[str, ...]:
    """What makes a named reviewer's written finding necessary before authority is delegated; empty if nothing does."""
    found = (concern(answers.get(key)) for key, concern in CONCERNS.items())
    return tuple(sentence for sentence in found if sentence)


def _civil_rights(answers: Answers) -> Verdict:
    concerns = civil_rights_concerns(answers)
    if not concerns:
        return Verdict(
            Outcome.PASS, "No civil rights finding is open, complaints are taken, and an offense focus is set."
        )
    joined = "; ".join(concerns)
    return Verdict(
        Outcome.UNKNOWN,
        f"{joined[0].upper()}{joined[1:]}.",
        "A named civil rights reviewer must write down a finding before approval.",
    )


RULES: tuple[Rule, ...] = (
    Rule("state_law_immigration", _programs(JAIL, TASK_FORCE), ("state_law_immigration",), _state_law(LIMITED_OUT)),
    Rule("state_law_immigration", _programs(WARRANT_SERVICE), ("state_law_immigration",), _state_law(LIMITED_OPEN)),
    Rule(
        "state_law_immigration",
        _programs(("criminal-alien-program", None), ("fugitive-operations", None)),
        ("state_law_immigration",),
        _state_law(LIMITED_FINE),
    ),
    Rule(
        "jail_operated",
        _programs(JAIL, WARRANT_SERVICE, ("criminal-alien-program", None)),
        ("jail_operated",),
        _jail,
    ),
    Rule("state_law_customs", _programs(CUSTOMS), ("state_law_customs",), _customs_law),
    Rule(
        "equitable_sharing_certification",
        _programs(("equitable-sharing", None), ("asset-forfeiture", None)),
        ("equitable_sharing_certification",),
        _certification,
    ),
    Rule("nlets_access", _programs(("lesc", None)), ("nlets_access",), _nlets),
    Rule("miles_to_border_or_port", _programs(("best", None)), ("miles_to_border_or_port",), _border),
    Rule("civil_rights", _programs(JAIL, TASK_FORCE, WARRANT_SERVICE, CUSTOMS), tuple(CONCERNS), _civil_rights),
)

if unknown := {key for rule in RULES for key in rule.asks} - set(QUESTIONS):
    raise LookupError(f"gates read questions that do not exist: {sorted(unknown)}")


def rules_for(program: str, model: str | None) -> tuple[Rule, ...]:
    """The gates of a program, in order."""
    return tuple(rule for rule in RULES if (program, model) in rule.programs)


def judge(program: str, model: str | None, answers: Answers) -> tuple[Gate, ...]:
    """Every gate of a program, judged by these answers."""
    judged = ((rule, rule.judge(answers)) for rule in rules_for(program, model))
    return tuple(Gate(rule.key, v.result, v.reason, v.change, rule.asks) for rule, v in judged)


def availability(gates: Iterable[Gate]) -> Availability:
    """A fail closes a program; otherwise an unknown asks for confirmation."""
    results = {gate.result for gate in gates}
    if Outcome.FAIL in results:
        return Availability.NOT_AVAILABLE
    return Availability.NEEDS_CONFIRMATION if Outcome.UNKNOWN in results else Availability.AVAILABLE
