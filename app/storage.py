"""Keeps files by what is in them: the key is the SHA-256 of the bytes, so the same bytes are kept once."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol

from flask import Flask, current_app

EXTENSION = "storage"
KEY = re.compile(r"[0-9a-f]{64}", re.ASCII)
CHUNK = 1024 * 1024
PARTIAL = ".partial-"


class StorageUnavailable(RuntimeError):
    """The disk or the bucket did not do what was asked; what was there before is still there."""


class Store(Protocol):
    """What the service asks of the place its files are in: a folder today, a bucket where there is one."""

    def put(self, content: bytes | BinaryIO) -> str: ...
    def open(self, key: str) -> BinaryIO: ...
    def delete(self, key: str) -> None: ...
    def exists(self, key: str) -> bool: ...


class LocalStore:
    """Files in a folder, spread over 256 folders by the first two characters of the key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes | BinaryIO) -> str:
        """Keeps the content and gives its key once the disk has it. Raises StorageUnavailable."""
        stream = BytesIO(content) if isinstance(content, bytes) else content
        with _disk():
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=PARTIAL, dir=self._folder)
            temporary = Path(name)
            try:
                key = _write(handle, stream)
                self._settle(temporary, key)
            finally:
                temporary.unlink(missing_ok=True)
        return key

    def open(self, key: str) -> BinaryIO:
        """The content to read; the caller closes it. Raises KeyError for an unknown key, StorageUnavailable."""
        path = self._path(key)
        with _disk(), _known(key):
            return path.open("rb")

    def delete(self, key: str) -> None:
        """Forgets the content; a key that is not there is fine. Raises StorageUnavailable."""
        path = self._path(key)
        with _disk():
            path.unlink(missing_ok=True)

    def exists(self, key: str) -> bool:
        """Whether the content is there. Raises StorageUnavailable."""
        path = self._path(key)
        with _disk():
            return path.is_file()

    def _path(self, key: str) -> Path:
        if not KEY.fullmatch(key):
            raise ValueError("not a storage key")
        return self._folder / key[:2] / key

    def _settle(self, temporary: Path, key: str) -> None:
        """Moves the whole file to its place in one step, and tells the disk about the folders too."""
        path = self._path(key)
        path.parent.mkdir(exist_ok=True)
        temporary.replace(path)
        _sync_folder(path.parent)
        _sync_folder(self._folder)


def init_app(app: Flask) -> None:
    """Ties the store the configuration names to an application."""
    app.extensions[EXTENSION] = LocalStore(Path(app.config["STORAGE_DIR"]))


def store() -> Store:
    """The store of the application at work."""
    return current_app.extensions[EXTENSION]


def digest(key: str) -> str | None:
    """The SHA-256 of the bytes that are kept under the key now; None when there are none. Raises StorageUnavailable."""
    total = hashlib.sha256()
    try:
        with store().open(key) as content, _disk():
            while chunk := content.read(CHUNK):
                total.update(chunk)
    except (KeyError, ValueError):
        return None
    return total.hexdigest()


@contextmanager
def _disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageUnavailable(str(error)) from error


@contextmanager
def _known(key: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise KeyError(key) from None


def _write(handle: int, stream: BinaryIO) -> str:
    """Writes the stream to the open file and waits for the disk; the content's key."""
    digest = hashlib.sha256()
    with os.fdopen(handle, "wb") as file:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
