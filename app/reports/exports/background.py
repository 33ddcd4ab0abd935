"""Prepares files in the background of a development server; production runs `flask exports` instead."""

import threading

from flask import Flask

from app.reports.exports.operations import work_on_exports


def start_thread(app: Flask, *, every: float = 3.0) -> threading.Thread:
    """Looks every few seconds, for as long as the server runs."""

    def turn() -> None:
        pause = threading.Event()
        while not pause.wait(every):
            with app.app_context():
                try:
                    work_on_exports()
                except Exception:  # the next round tries again; a thread that dies would silently prepare nothing
                    app.logger.exception("preparing files failed")

    thread = threading.Thread(target=turn, name="exports", daemon=True)
    thread.start()
    return thread
