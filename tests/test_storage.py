"""Files are kept once, whole, and only under the key of what is in them."""

import errno
import hashlib
import os
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import storage
from app.storage import LocalStore, StorageUnavailable

LETTER = b"Sheriff Alvarez asks for assistance."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


@pytest.fixture
def local(folder: Path) -> LocalStore:
    return LocalStore(folder)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_what_is_put_can_be_opened_by_its_key(local):
    with local.open(local.put(LETTER)) as file:
        assert file.read() == LETTER


def test_the_key_is_the_hash_of_the_content(local):
    assert local.put(LETTER) == hashlib.sha256(LETTER).hexdigest()


def test_a_stream_and_its_bytes_have_the_same_key(local):
    assert local.put(BytesIO(LETTER)) == local.put(LETTER)


def test_a_stream_longer_than_one_chunk_is_kept_whole(local):
    content = os.urandom(storage.CHUNK + 7)
    with local.open(local.put(BytesIO(content))) as file:
        assert file.read() == content


def test_the_same_bytes_are_kept_once(local, folder):
    key = local.put(LETTER)
    local.put(LETTER)
    assert files(folder) == [key]


def test_a_damaged_copy_is_mended_when_the_bytes_come_again(local, folder):
    key = local.put(LETTER)
    (folder / key[:2] / key).write_bytes(b"torn")
    with local.open(local.put(LETTER)) as file:
        assert file.read() == LETTER


def test_a_deleted_file_is_gone_and_deleting_again_is_fine(local):
    key = local.put(LETTER)
    local.delete(key)
    local.delete(key)
    assert not local.exists(key)
    with pytest.raises(KeyError):
        local.open(key)


@pytest.mark.parametrize("act", ["open", "delete", "exists"])
@pytest.mark.parametrize(
    "key", ["", "..", "../" + "a" * 61, "/etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n", "٣" * 64]
)
def test_a_key_of_another_shape_is_refused(local, act, key):
    with pytest.raises(ValueError, match="not a storage key"):
        getattr(local, act)(key)


@given(content=st.binary(max_size=5000))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_come_back_as_they_were(local, content):
    with local.open(local.put(content)) as file:
        assert file.read() == content


def test_the_disk_has_the_file_and_its_folders_before_the_key_is_given(local, monkeypatch):
    synced, replaced = [], []
    real_fsync, real_replace = os.fsync, Path.replace

    def fsync(handle):
        synced.append(bool(replaced))
        real_fsync(handle)

    def replace(path, target):
        replaced.append(target)
        return real_replace(path, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    local.put(LETTER)
    assert synced == [False, True, True]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_a_disk_that_fails_leaves_nothing_behind(local, folder, monkeypatch, code):
    def fail(_handle):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StorageUnavailable):
        local.put(LETTER)
    assert files(folder) == []


def test_a_failed_put_keeps_what_was_there(local, monkeypatch):
    key = local.put(LETTER)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(errno.EIO, "broken")))
        with pytest.raises(StorageUnavailable):
            local.put(LETTER)
    assert local.exists(key)


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path):
    blocked = tmp_path / "files"
    blocked.write_text("in the way")
    with pytest.raises(StorageUnavailable):
        LocalStore(blocked).put(LETTER)


def test_an_application_has_the_store_its_configuration_names(folder):
    app = Flask(__name__)
    app.config["STORAGE_DIR"] = str(folder)
    storage.init_app(app)
    with app.app_context():
        key = storage.store().put(LETTER)
    assert files(folder) == [key]
