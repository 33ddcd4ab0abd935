"""Work in the background of a development server, which has no worker of its own; production runs commands instead."""

import threading
from collections.abc import Callable

from flask import Flask

PAUSE = 3.0  # seconds


def work_in_background(app: Flask, name: str, work: Callable[[], object]) -> threading.Thread:
    """Does the work every few seconds, for as long as the server runs; what fails is logged and tried again."""

    def turns() -> None:
        pause = threading.Event()
        while not pause.wait(PAUSE):
            with app.app_context():
                try:
                    work()
                except Exception:  # a thread that dies would silently stop the work
                    app.logger.exception("%s failed", name)

    thread = threading.Thread(target=turns, name=name, daemon=True)
    thread.start()
    return thread
