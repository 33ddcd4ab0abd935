"""The helper process: small and warm, it forks a child for each piece of work. It runs as a script, never imported.

Its one argument is the descriptor of the control socket. Each message there is a padded "module:function" with the
socket of one piece of work; the end of the control socket, when the service stops or dies, ends it and its children.
"""

import contextlib
import importlib
import os
import pickle
import signal
import socket
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

MESSAGE_SIZE = 128
LENGTH = struct.Struct("!Q")
HEAD = struct.Struct("!cQ")  # of an answer: result or fault, and how long it is
STARTED, RESULT, FAULT = b"s", b"r", b"f"


def main() -> None:
    """Serves until the control socket ends, then ends every child that is still at work."""
    os.setsid()  # Ctrl+C in the terminal of the service is not for the helper
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system clears away children that end
    _import_without_the_service()
    with socket.socket(fileno=int(sys.argv[1])) as control:
        _serve(control)
    os.killpg(0, signal.SIGKILL)


def _import_without_the_service() -> None:
    """Makes the modules of `app` importable without the application, which a child needs nothing of."""
    folder = Path(__file__).parent.parent
    package = ModuleType(folder.name)
    package.__path__ = [str(folder)]
    sys.modules[folder.name] = package


def _serve(control: socket.socket) -> None:
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, MESSAGE_SIZE, 1)
        if not descriptors:
            return
        target = message.decode().rstrip()
        with contextlib.suppress(Exception):  # the child finds the same and reports it
            importlib.import_module(target.partition(":")[0])
        with contextlib.suppress(OSError):  # no room for another process: the other side sees no start
            if os.fork() == 0:
                control.close()
                _work(target, socket.socket(fileno=descriptors[0]))
        os.close(descriptors[0])


def _work(target: str, work: socket.socket) -> NoReturn:
    """In the child: does one piece of work and ends, answered or not."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        work.sendall(STARTED)
        arguments, limits = pickle.loads(_received(work))  # noqa: S301 -- the service sends it, over a private socket
        importlib.import_module("app.child_process.limits").apply(limits)
        work.sendall(_answer(target, arguments))
    finally:
        os._exit(0)


def _answer(target: str, arguments: tuple[Any, ...]) -> bytes:
    try:
        return _framed(RESULT, _function(target)(*arguments))
    except MemoryError:
        os._exit(1)
    except BaseException as fault:
        return _framed(FAULT, f"{type(fault).__name__}: {fault}".encode(errors="replace"))


def _framed(kind: bytes, said: bytes) -> bytes:
    return HEAD.pack(kind, len(said)) + said


def _function(target: str) -> Callable[..., bytes]:
    module, _, name = target.partition(":")
    return getattr(importlib.import_module(module), name)


def _received(work: socket.socket) -> bytes:
    with work.makefile("rb") as stream:
        (length,) = LENGTH.unpack(stream.read(LENGTH.size))
        return stream.read(length)


if __name__ == "__main__":
    main()
