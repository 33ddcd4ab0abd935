"""Work in a child process: its answer comes back, each limit ends it alone, and nothing of it stays behind."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from app.child_process.client import LimitReachedError, WorkFailedError, run
from app.child_process.limits import Limits

ROOMY = Limits(cpu_seconds=60, wall_seconds=60, memory=2 * 1024**3)
BUSY_FOREVER = "max(iter(int, 1))"
WAITS_FOREVER = "__import__('threading').Event().wait()"
WHOSE = "str(__import__('os').getppid()).encode()"  # the number of the helper that a child is of
MUCH_MEMORY = "bytes(512 * 1024 ** 2)[:1]"


def evaluated(expression: str, limits: Limits = ROOMY) -> bytes:
    return run("builtins:eval", expression, limits=limits)


def limits_within(limits: Limits) -> list[str]:
    """What the system says of a child: the soft limits of processor time, address space and core files."""
    names = ("RLIMIT_CPU", "RLIMIT_AS", "RLIMIT_CORE")
    asked = ", ".join(f"str(r.getrlimit(r.{name})[1])" for name in names)
    return evaluated(f"(lambda r: ' '.join([{asked}]).encode())(__import__('resource'))", limits).decode().split()


def test_an_answer_comes_back_whole_however_long_it_is() -> None:
    sent = bytes(range(256)) * 50_000
    assert run("builtins:bytes", sent, limits=ROOMY) == sent
    assert run("builtins:bytes", b"", limits=ROOMY) == b""


def test_a_function_that_raises_says_what() -> None:
    with pytest.raises(WorkFailedError, match="ZeroDivisionError: "):
        evaluated("1 // 0")


@pytest.mark.parametrize("target", ["app.no_such_module:work", "app.typesetter:no_such_function"])
def test_a_function_that_is_not_there_is_a_failure_of_the_work(target: str) -> None:
    with pytest.raises(WorkFailedError, match=r"ModuleNotFoundError|AttributeError"):
        run(target, limits=ROOMY)


def test_work_that_computes_on_and_on_is_ended_by_its_processor_time() -> None:
    with pytest.raises(LimitReachedError):
        evaluated(BUSY_FOREVER, replace(ROOMY, cpu_seconds=1))


def test_work_that_waits_on_and_on_is_ended_by_the_clock() -> None:
    with pytest.raises(LimitReachedError):
        evaluated(WAITS_FOREVER, replace(ROOMY, wall_seconds=0.1))


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not limit the address space of a process")
def test_work_that_wants_more_memory_than_it_may_is_ended() -> None:
    assert evaluated(MUCH_MEMORY) == b"\0"
    with pytest.raises(LimitReachedError):
        evaluated(MUCH_MEMORY, replace(ROOMY, memory=256 * 1024**2))


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not limit the address space of a process")
def test_a_child_is_held_to_exactly_what_was_asked() -> None:
    assert limits_within(Limits(cpu_seconds=7, wall_seconds=60, memory=2**31)) == ["7", str(2**31), "0"]


@pytest.mark.parametrize("code", [0, 1])
def test_a_child_that_ends_without_a_word_gave_no_answer(code: int) -> None:
    with pytest.raises(LimitReachedError):
        run("os:_exit", code, limits=ROOMY)


def test_a_child_knows_neither_the_keys_of_the_service_nor_the_application(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "not for children")
    names = "' '.join(__import__('os').environ).encode()"
    told = _told_by(f"print(run('builtins:eval', {names!r}, limits=L).decode())").splitlines()[1].split()
    assert "PATH" in told
    assert "SECRET_KEY" not in told
    assert evaluated("str('flask' in __import__('sys').modules).encode()") == b"False"


def test_many_threads_each_get_their_own_answer() -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: run("builtins:bytes", [n], limits=ROOMY), range(24)))
    assert answers == [bytes([n]) for n in range(24)]


def test_a_helper_that_somebody_ended_is_replaced() -> None:
    helper = int(evaluated(WHOSE))
    os.kill(helper, signal.SIGKILL)
    assert int(evaluated(WHOSE)) != helper


def test_a_process_that_was_forked_starts_a_helper_of_its_own() -> None:
    in_both = (
        "service = os.getpid()\n"
        "os.fork() or print(service, run('builtins:eval', WHOSE, limits=L).decode(), flush=True)\n"
        "os.getpid() == service or os._exit(0)\nos.wait()\n"
        "print(service, run('builtins:eval', WHOSE, limits=L).decode())"
    )
    (_, first), (_, forks), (_, again) = (line.split() for line in _told_by(in_both).splitlines())
    assert first == again != forks


@pytest.mark.parametrize("ending", ["", "os.kill(os.getpid(), 9)"], ids=["ends", "is killed"])
def test_nothing_is_left_when_the_service(ending: str) -> None:
    """Helper and child hold the error stream, which therefore ends only once both are gone, though the child waits."""
    at_work = (
        f"asked = ('builtins:eval', {WAITS_FOREVER!r})\n"
        "threading.Thread(target=run, args=asked, kwargs={'limits': L}, daemon=True).start()\n"
    )
    assert _told_by(at_work + ending)


def _told_by(lines: str) -> str:
    """What a service of its own prints: its helper's number, then what these lines print."""
    program = (
        "import os, threading\n"
        "from app.child_process.client import run\n"
        "from app.child_process.limits import Limits\n"
        f"L, WHOSE = Limits(60, 60, 2**31), {WHOSE!r}\n"
        "print(os.getpid(), run('builtins:eval', WHOSE, limits=L).decode(), flush=True)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program + lines], capture_output=True, text=True, check=False, timeout=60
    )
    assert not done.stderr
    return done.stdout
