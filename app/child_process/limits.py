"""How much of the machine one piece of work may use, and the system calls that hold it to that."""

import contextlib
import resource
import signal
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Whole seconds of processor time, seconds by the clock, and bytes of address space."""

    cpu_seconds: int
    wall_seconds: float
    memory: int


def apply(limits: Limits) -> None:
    """Holds this process to the limits from now on: the system ends it, whatever library it is in the middle of."""
    signal.setitimer(signal.ITIMER_REAL, limits.wall_seconds)
    _lower(resource.RLIMIT_CPU, limits.cpu_seconds)
    _lower(resource.RLIMIT_AS, limits.memory)
    _lower(resource.RLIMIT_CORE, 0)


def _lower(kind: int, value: int) -> None:
    with contextlib.suppress(ValueError, OSError):  # macOS does not limit the address space of a process
        resource.setrlimit(kind, (value, value))
