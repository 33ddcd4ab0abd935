"""No test is left out unseen: each reason stands in one list and is printed; any other fails the run."""

from collections import Counter

import pytest

# Reasons as a test gives them to pytest, each with why that is no gap.
REASONS: dict[str, str] = {
    "macOS does not limit the address space of a process": "the other limits hold there; the service runs on Linux",
}


class Skips:
    """Counts the tests that were skipped or expected to fail, by reason."""

    def __init__(self, allowed: dict[str, str]) -> None:
        self.allowed = allowed
        self.found: Counter[str] = Counter()

    @property
    def unknown(self) -> list[str]:
        """The reasons that are not on the list."""
        return sorted(set(self.found) - set(self.allowed))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test, its set-up or its end."""
        if report.skipped:
            self.found[_reason(report)] += 1

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A whole module."""
        if report.skipped:
            self.found[_reason(report)] += 1

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A reason that is not on the list fails the run."""
        if self.unknown and session.exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """The list, at the end of every run."""
        if not self.found:
            terminalreporter.write_line("Skipped: none.")
        for reason, count in sorted(self.found.items()):
            why = self.allowed.get(reason, "NOT IN THE LIST of tests/skips.py")
            terminalreporter.write_line(f"Skipped: {count}, {reason}: {why}")


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    expected = getattr(report, "wasxfail", None)
    if expected is not None:
        return f"xfail {expected}".strip()
    place = report.longrepr
    return place[2].removeprefix("Skipped: ") if isinstance(place, tuple | list) else str(place)
