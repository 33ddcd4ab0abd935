"""Runs a function in a child process with limits: reading uploaded files, and setting long documents.

One helper process stays warm and forks a child for each call, so a call costs milliseconds. The child knows neither the
application nor its secrets, and holds none of its connections. What it answers is bytes, never objects.
"""

import atexit
import os
import pickle
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from app.child_process.limits import Limits
from app.child_process.server import FAULT, HEAD, LENGTH, MESSAGE_SIZE, STARTED

SERVER = Path(__file__).with_name("server.py")
PASSED_ON = ("PATH", "PYTHONPATH", "HOME", "LANG", "LC_ALL", "TMPDIR")  # no key, no address of the database
SLOWEST_START = 30.0  # seconds; the first call starts the helper and loads the libraries
GRACE = 10.0  # seconds beyond the limit by the clock, on a machine that is busy
MOMENT = 0.2  # seconds for a process that was ended to be gone
CHUNK = 1024 * 1024


class LimitReachedError(RuntimeError):
    """The work ended without an answer: it took too long, or more memory than it may."""


class WorkFailedError(RuntimeError):
    """The function raised; the text is the kind of the exception and its own words, for operators."""


class HelperUnavailableError(RuntimeError):
    """No child could be started. Nothing was done, and trying again may help."""


def run(target: str, *arguments: object, limits: Limits) -> bytes:
    """What the function named "module:function" returns for these arguments, all of them values that pickle.

    It is named and not passed, so that the service never loads the libraries it uses.
    Raises LimitReachedError, WorkFailedError and HelperUnavailableError.
    """
    job = pickle.dumps((arguments, limits))
    with _started(target) as child:
        return _read(_exchange(child, LENGTH.pack(len(job)) + job, limits))


def _started(target: str) -> socket.socket:
    """The socket of a child that is there to work; a helper that somebody ended is replaced, once."""
    for _ in range(2):
        ours, theirs = socket.socketpair()
        ours.settimeout(SLOWEST_START)
        with theirs, suppress(OSError):
            HELPER.hand_over(target, theirs)
        with suppress(OSError):
            if ours.recv(1) == STARTED:
                return ours
        ours.close()
        HELPER.drop_if_ended()
    raise HelperUnavailableError("no child was started")


def _exchange(child: socket.socket, job: bytes, limits: Limits) -> bytes:
    """Sends the job and reads to the end of the answer; what there is when time is up or the child has gone."""
    end = time.monotonic() + limits.wall_seconds + GRACE
    answer = bytearray()
    with suppress(OSError):
        child.sendall(job)
        while part := _receive(child, end):
            answer += part
    return bytes(answer)


def _receive(child: socket.socket, end: float) -> bytes:
    child.settimeout(max(end - time.monotonic(), 0.001))
    return child.recv(CHUNK)


def _read(answer: bytes) -> bytes:
    """What the child said, if it came to the end of saying it."""
    head, said = answer[: HEAD.size], answer[HEAD.size :]
    kind, length = HEAD.unpack(head) if len(head) == HEAD.size else (b"", 0)
    if len(said) != length or not kind:
        raise LimitReachedError("the work ended without an answer")
    if kind == FAULT:
        raise WorkFailedError(said.decode(errors="replace"))
    return said


class Helper:
    """The helper process of this process, started at the first call and again when it is gone."""

    def __init__(self) -> None:
        self.forget()

    def hand_over(self, target: str, work: socket.socket) -> None:
        """Gives the helper a socket on which a child of its own will answer. Raises OSError when it is gone."""
        with self._lock:
            socket.send_fds(self._running(), [target.encode().ljust(MESSAGE_SIZE)], [work.fileno()])

    def stop(self) -> None:
        """Ends the helper and its children: they see that the control socket has ended."""
        with self._lock:
            self._drop()

    def drop_if_ended(self) -> None:
        """Makes room for another helper if this one has ended; what others have at work in a live one goes on."""
        with self._lock, suppress(subprocess.TimeoutExpired):
            if self._process is not None:
                self._process.wait(MOMENT)
                self._drop()

    def _drop(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            self._process.wait()
        self._control = self._process = None

    def forget(self) -> None:
        """In a process that was just forked: the helper is the other's, this one will have its own."""
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def _running(self) -> socket.socket:
        if self._control is None:
            self._control, theirs = socket.socketpair()
            with theirs:
                self._process = _start(theirs.fileno())
        return self._control


def _start(control: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 -- our own script, no shell, nothing typed among the arguments
        [sys.executable, "-P", str(SERVER), str(control)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        pass_fds=[control],
        env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
    )


HELPER = Helper()
atexit.register(HELPER.stop)
os.register_at_fork(after_in_child=HELPER.forget)
