"""A skip without a reason on the list fails the run."""

from pathlib import Path

import pytest

from tests.skips import Skips

REASON = "needs a telescope"
TESTS = f"""
import pytest

@pytest.mark.skip(reason="{REASON}")
def test_left_out():
    raise AssertionError

def test_seen():
    pass
"""


@pytest.fixture
def skipping(tmp_path: Path) -> Path:
    """A folder with a test that is skipped and one that is not."""
    (tmp_path / "test_one.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    return tmp_path


def run(folder: Path, skips: Skips, *more: str) -> int:
    """Runs the tests of the folder beside this run, knowing nothing of it."""
    alone = ["-q", "--import-mode=importlib", "-p", "no:cacheprovider", "-p", "no:playwright", "-p", "no:xdist"]
    return pytest.main([str(folder), *alone, *more], plugins=[skips])


@pytest.mark.parametrize(
    ("allowed", "status", "line"),
    [
        ({}, pytest.ExitCode.TESTS_FAILED, f"Skipped: 1, {REASON}: NOT IN THE LIST"),
        ({REASON: "there are no stars"}, pytest.ExitCode.OK, f"Skipped: 1, {REASON}: there are no stars"),
    ],
)
def test_a_skip_passes_only_with_a_reason_on_the_list(
    skipping: Path, capsys: pytest.CaptureFixture[str], allowed: dict[str, str], status: int, line: str
) -> None:
    assert run(skipping, Skips(allowed)) == status
    assert line in capsys.readouterr().out


def test_without_skips_the_run_says_so(skipping: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(skipping, Skips({}), "-k", "test_seen") == pytest.ExitCode.OK
    assert "Skipped: none." in capsys.readouterr().out
