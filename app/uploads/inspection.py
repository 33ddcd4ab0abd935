"""What a file is, once its name, its first bytes and all of its content agree; found in a child process with limits.

Stages do not inspect: they are handed an InspectedFile, which only exists once this was done (see arrival.py).
"""

import hashlib
import logging

from app.child_process.client import LimitReachedError, WorkFailedError, run
from app.child_process.limits import Limits
from app.uploads.bad_file import BadFile, damaged
from app.uploads.file_names import MEDIA_TYPES, clean_name, kind_of
from app.uploads.inspected_file import InspectedFile

MEGABYTE = 1024 * 1024
LARGEST_FILE = 10 * MEGABYTE
LIMITS = Limits(cpu_seconds=10, wall_seconds=20, memory=1024 * MEGABYTE)
log = logging.getLogger(__name__)


def inspect(filename: str, data: bytes) -> InspectedFile:
    """The file, fit to be kept. Raises BadFile, and HelperUnavailableError when no process can be started."""
    if not data:
        raise BadFile("This file is empty. Save it again and attach it.")
    if len(data) > LARGEST_FILE:
        raise BadFile(f"This file is larger than {LARGEST_FILE // MEGABYTE} MB. Attach a smaller copy, or split it.")
    name = clean_name(filename)
    kind = kind_of(name)
    if sentence := _refusal_of(kind, data):
        raise BadFile(sentence)
    return InspectedFile(name, kind, MEDIA_TYPES[kind], len(data), hashlib.sha256(data).hexdigest(), data)


def _refusal_of(kind: str, data: bytes) -> str:
    try:
        return run("app.uploads.contents:refusal_of", kind, data, limits=LIMITS).decode()
    except LimitReachedError:
        return "This file takes too long to check, or too much memory. Save it in a simpler form and attach that."
    except WorkFailedError as fault:
        log.warning("a file of kind %s cannot be checked: %s", kind, fault)
        return str(damaged())
