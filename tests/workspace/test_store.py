import errno
import hashlib
import os
import time

import pytest

from model.errors import DamagedBlob, NoSpace, WorkspaceError
from workspace.store import BlobStore, recipe_key

SARABURI = "เทศบาลเมืองสระบุรี".encode()


@pytest.fixture
def store(tmp_path):
    return BlobStore(tmp_path)


def files(root):
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def test_a_blob_lies_under_its_own_hash_and_comes_back(store, tmp_path):
    sha256 = store.put(SARABURI)
    assert sha256 == hashlib.sha256(SARABURI).hexdigest()
    assert files(tmp_path) == [f"blobs/{sha256[:2]}/{sha256}"]
    assert store.get(sha256) == SARABURI


def test_putting_the_same_again_does_not_write(store):
    sha256 = store.put(SARABURI)
    before = store.path(sha256).stat().st_ino
    assert store.put(SARABURI) == sha256
    assert store.path(sha256).stat().st_ino == before


def test_a_blob_is_read_only_so_that_no_editor_spoils_it(store):
    assert not store.path(store.put(SARABURI)).stat().st_mode & 0o222


@pytest.mark.parametrize("damage", [b"", SARABURI[:-1], SARABURI + b"!", b"x" * len(SARABURI)])
def test_a_damaged_blob_is_refused_by_name_and_healed_by_putting_it_again(store, damage):
    sha256 = store.put(SARABURI)
    path = store.path(sha256)
    path.chmod(0o644)
    path.write_bytes(damage)
    with pytest.raises(DamagedBlob, match=str(path)) as caught:
        store.get(sha256)
    assert caught.value.remedy
    store.put(SARABURI)
    assert store.get(sha256) == SARABURI


def test_a_missing_blob_is_refused_with_its_path(store):
    with pytest.raises(DamagedBlob, match="missing"):
        store.get("a" * 64)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "a" * 63])
def test_a_name_that_is_no_hash_never_becomes_a_path(store, name):
    with pytest.raises(DamagedBlob, match="not the name of a blob"):
        store.get(name)


def test_a_recipe_key_depends_on_every_part_and_not_on_their_order():
    key = recipe_key(source="a", page=1, settings={"psm": 3, "languages": "tha+eng"})
    assert key == recipe_key(settings={"languages": "tha+eng", "psm": 3}, page=1, source="a")
    assert key != recipe_key(source="a", page=2, settings={"psm": 3, "languages": "tha+eng"})
    assert key != recipe_key(source="a", page=1, settings={"psm": 4, "languages": "tha+eng"})


def test_the_first_to_say_what_a_recipe_makes_wins(store):
    key = recipe_key(step=1)
    first, second = store.put(b"first"), store.put(b"second")
    assert store.recall(key) is None
    assert store.remember(key, first) == first
    assert store.remember(key, second) == first
    assert store.recall(key) == first


@pytest.mark.parametrize("how", ["gone", "damaged", "torn recipe"])
def test_a_recipe_without_a_sound_blob_is_none_and_is_healed(store, tmp_path, how):
    key = recipe_key(step=1)
    lost = store.put(b"lost")
    store.remember(key, lost)
    victim = tmp_path / "recipes" / key[:2] / key if how == "torn recipe" else store.path(lost)
    victim.chmod(0o644)
    victim.unlink() if how == "gone" else victim.write_bytes(b"dead")
    assert store.recall(key) is None
    anew = store.put(b"anew")
    assert store.remember(key, anew) == anew
    assert store.recall(key) == anew


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES])
@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_disk_that_refuses_is_named_and_nothing_half_written_stays(
    store, tmp_path, monkeypatch, code, call
):
    def refuse(*args):
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, refuse)
        with pytest.raises(NoSpace, match=str(tmp_path)) as caught:
            store.put(SARABURI)
    assert caught.value.remedy
    assert files(tmp_path) == []
    assert store.get(store.put(SARABURI)) == SARABURI


def test_another_failure_of_the_disk_is_a_workspace_error(store, monkeypatch):
    def fail(*args):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(WorkspaceError, match="Input/output error"):
        store.put(SARABURI)


def test_a_short_write_is_continued(store, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, bytes(data[:5])))
    assert store.get(store.put(SARABURI)) == SARABURI


def test_opening_sweeps_what_a_killed_process_left_but_not_what_one_is_writing(tmp_path):
    incoming = tmp_path / "incoming"
    incoming.mkdir()
    old, fresh = incoming / "1-old", incoming / "2-fresh"
    old.write_bytes(b"half")
    fresh.write_bytes(b"half")
    two_hours_ago = time.time() - 7200
    os.utime(old, (two_hours_ago, two_hours_ago))
    BlobStore(tmp_path)
    assert files(tmp_path) == ["incoming/2-fresh"]
