"""Blobs in an object store and in a shared folder: what holds of a folder holds there, too."""

import hashlib
import io
import logging
import os
import shutil
import threading
import time
from pathlib import Path

import pytest
import s3fs

from audit.audit import audit
from model.errors import BadInput, DamagedBlob, Exit, UsageError, WorkspaceError
from pipeline.as_made import pages_as_made
from pipeline.backup import back_up, restore_backup
from pipeline.local import digitise_here
from pipeline.run import open_run
from pipeline.tidy import TRASH, TRASH_SECONDS, YOUNG_SECONDS, tidy
from tests.pipeline.fake_reader import FakeReader
from tests.workspace import object_store
from workspace.files import FolderFiles
from workspace.folder import BLOBS_URL, MARKER
from workspace.objects import ObjectFiles
from workspace.store import BlobStore, recipe_key
from workspace.workspace import Workspace

SARABURI = "เทศบาลเมืองสระบุรี".encode()
pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def s3():
    with object_store.server() as address, pytest.MonkeyPatch.context() as patch:
        for name, value in {**object_store.KEYS, "AWS_ENDPOINT_URL": address}.items():
            patch.setenv(name, value)
        yield address


@pytest.fixture(params=["bucket", "share"])
def elsewhere(request, tmp_path):
    """The URL of a new store: a bucket, or a folder that machines share."""
    if request.param == "share":
        return f"file://{tmp_path / 'share'}"
    request.getfixturevalue("s3")
    return object_store.make_bucket(f"b{time.monotonic_ns()}")


@pytest.fixture
def placed(elsewhere, monkeypatch):
    """From now on new workspaces have their blobs there."""
    monkeypatch.setenv(BLOBS_URL, elsewhere)
    return elsewhere


@pytest.fixture
def store(elsewhere, tmp_path):
    return BlobStore(tmp_path / "w", files=files_at(elsewhere))


def files_at(url):
    if url.startswith("file:"):
        return FolderFiles(Path(url.removeprefix("file://")))
    return ObjectFiles(url)


def test_a_blob_lies_under_its_own_hash_and_comes_back(store):
    sha256 = store.put(SARABURI)
    assert sha256 == hashlib.sha256(SARABURI).hexdigest()
    assert [key for key, _ in store.files.listing("blobs")] == [f"blobs/{sha256[:2]}/{sha256}"]
    assert (store.get(sha256), store.has(sha256), store.has("a" * 64)) == (SARABURI, True, False)
    assert store.path(sha256).read_bytes() == SARABURI
    before = store.look(sha256)
    assert store.put(SARABURI) == sha256
    assert store.look(sha256) == before, "it is not written again"


def test_a_large_file_is_kept_piece_by_piece_and_one_that_changes_meanwhile_is_not(store):
    data = os.urandom(40 << 20)
    sha256 = store.put_file(io.BytesIO(data))
    assert store.get(sha256) == data
    assert hashlib.sha256(store.path(sha256).read_bytes()).hexdigest() == sha256

    class Growing(io.BytesIO):
        def read(self, size=-1):
            return super().read(size) or (b"!" if self.tell() % 7 else b"")[: self.write(b"!")]

    with pytest.raises(BadInput, match="changed while"):
        store.put_file(Growing(b"x" * 1000))
    assert len(list(store.files.listing("blobs"))) == 1


def test_what_is_damaged_or_missing_there_is_named_and_healed_by_putting_it_again(store):
    sha256 = store.put(SARABURI)
    store.files.write(f"blobs/{sha256[:2]}/{sha256}", lambda: (b"x" * len(SARABURI),))
    with pytest.raises(DamagedBlob, match="not what its name says"):
        store.get(sha256)
    store.put(SARABURI)
    assert store.get(sha256) == SARABURI
    with pytest.raises(DamagedBlob, match="missing"):
        store.get("a" * 64)


def test_of_many_who_say_at_once_what_a_recipe_makes_one_wins_and_all_agree(store):
    key = recipe_key(step=1)
    told: list[str] = []
    blobs = [store.put(f"of {number}".encode()) for number in range(8)]
    threads = [
        threading.Thread(target=lambda one=one: told.append(store.remember(key, one))) for one in blobs
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 8
    assert set(told) == {store.recall(key)}
    lost = store.recall(key)
    store.files.remove(f"blobs/{lost[:2]}/{lost}")
    assert store.recall(key) is None
    assert store.remember(key, anew := store.put(b"anew")) == anew == store.recall(key)


def test_a_whole_workspace_works_there_and_what_comes_out_is_the_same(
    placed, run_with, scan, workspace, tmp_path
):
    reader = FakeReader()
    done = digitise_here(run_with(reader), [scan])
    assert [page["reason"] or page["outcome"] for page in done["documents"][0]["pages"]] == ["read"] * 3
    assert not list(workspace.path.glob("blobs/*/*")), "no blob lies in the workspace's folder"
    again = digitise_here(run_with(reader), [scan])
    assert {page["outcome"] for page in again["documents"][0]["pages"]} == {"kept"}
    assert len(reader.read_pages) == 3
    assert audit(workspace).holds
    made = blobs_of_pages(workspace)
    os.environ.pop(BLOBS_URL)  # the fixture sets it back
    with Workspace.open(tmp_path / "alone", create=True) as alone:
        with open_run(alone, FakeReader()) as run:
            digitise_here(run, [scan])
        assert blobs_of_pages(alone) == made, "byte for byte"


def blobs_of_pages(workspace):
    """The document's blob, and by page those of its reading and findings as they stand. Which came first while pages
    were read side by side, and left findings that were made again, is another's to test."""
    [document] = workspace.ledger.documents()
    return document, {
        number: (page.page.blob, page.findings.blob)
        for number, page in pages_as_made(workspace.ledger, document).items()
    }


def test_housekeeping_moves_what_nobody_names_and_nothing_else(placed, run_with, scan, workspace):
    digitise_here(run_with(FakeReader()), [scan])
    named = [key for key, _ in workspace.store.files.listing("blobs")]
    spare = workspace.store.put(b"nobody's")
    later = time.time() + YOUNG_SECONDS + 60
    assert [one.path for one in tidy(workspace, now=later, dry_run=True).moved] == [
        f"blobs/{spare[:2]}/{spare}"
    ]
    tidy(workspace, now=later)
    assert [key for key, _ in workspace.store.files.listing("blobs")] == named
    assert [key for key, _ in workspace.store.files.listing(TRASH)] == [f"{TRASH}/{spare}"]
    tidy(workspace, now=later + TRASH_SECONDS)
    assert not list(workspace.store.files.listing(TRASH))


def test_the_drill_from_a_store_into_a_folder_and_into_another_store(
    placed, run_with, scan, workspace, tmp_path, monkeypatch
):
    digitise_here(run_with(FakeReader()), [scan])
    blobs = [key for key, _ in workspace.store.files.listing("blobs")]
    done = back_up(workspace, tmp_path / "backup")
    assert done.blobs == len(blobs)
    assert back_up(workspace, tmp_path / "backup").copied < done.copied
    monkeypatch.delenv(BLOBS_URL)
    assert restore_backup(tmp_path / "backup", tmp_path / "folder").bad == ()
    other = f"file://{tmp_path / 'other share'}".replace(" ", "%20")
    assert restore_backup(tmp_path / "backup", tmp_path / "moved", other).bad == ()
    for folder in ("folder", "moved"):
        with Workspace.open(tmp_path / folder) as restored:
            assert restored.id == workspace.id
            assert [key for key, _ in restored.store.files.listing("blobs")] == blobs
            assert audit(restored).holds


def test_a_store_that_is_not_mounted_or_another_s_is_refused_and_nothing_is_made(
    placed, tmp_path, monkeypatch
):
    Workspace.open(tmp_path / "w", create=True).close()
    with pytest.raises(WorkspaceError, match="another workspace"):
        Workspace.open(tmp_path / "other", create=True)
    Workspace.open(tmp_path / "w").close()
    monkeypatch.setenv(BLOBS_URL, f"file://{tmp_path / 'empty'}")
    (tmp_path / "empty").mkdir()
    with pytest.raises(WorkspaceError, match="is not the store of the blobs"):
        Workspace.open(tmp_path / "w")
    assert list((tmp_path / "empty").iterdir()) == []


@pytest.mark.parametrize("url", ["ftp://host/x", "s3://", "file://host/x", "somewhere"])
def test_an_address_that_names_no_store_is_wrong_usage(url, tmp_path, monkeypatch):
    monkeypatch.setenv(BLOBS_URL, url)
    with pytest.raises(UsageError):
        Workspace.open(tmp_path / "w", create=True)
    assert not (tmp_path / "w" / "workspace.json").exists()


def test_keys_in_an_address_are_refused_and_never_shown(tmp_path, monkeypatch):
    monkeypatch.setenv(BLOBS_URL, "s3://key:secret@bucket/x")
    with pytest.raises(UsageError) as caught:
        Workspace.open(tmp_path / "w", create=True)
    assert "secret@" not in str(caught.value)


def test_a_store_that_is_gone_for_a_while_is_asked_again_and_nothing_is_lost(
    s3, caplog, tmp_path, monkeypatch
):
    url = object_store.make_bucket("cable")
    cable = object_store.Cable(s3)
    with fresh_client(monkeypatch, cable.address):
        store = BlobStore(tmp_path, files=ObjectFiles(url))
        sha256 = store.put(SARABURI)
        cable.pull()
        back = threading.Timer(3.0, cable.plug_in)
        back.start()
        with caplog.at_level(logging.WARNING, "chamra.blobs"):
            second = store.put(b"while it was gone")
        assert any("asked again in" in one.message and url in one.message for one in caplog.records)
        assert (store.get(second), store.get(sha256)) == (b"while it was gone", SARABURI)
        back.join()
        cable.pull()
        patient = ObjectFiles(url, patience=1.0)
        with pytest.raises(WorkspaceError, match=r"does not answer.*asked for 1 s") as caught:
            patient.read("blobs/x")
        assert caught.value.exit_status is Exit.WORKSPACE
        assert "kept" in caught.value.remedy
        cable.plug_in()
        assert store.get(second) == b"while it was gone"


def fresh_client(monkeypatch, address):
    """Whoever opens a store in this block makes a client of its own, for this address."""
    patch = pytest.MonkeyPatch.context()

    class Fresh:
        def __enter__(self):
            self.inner = patch.__enter__()
            s3fs.S3FileSystem.clear_instance_cache()
            self.inner.setenv("AWS_ENDPOINT_URL", address)

        def __exit__(self, *error):
            s3fs.S3FileSystem.clear_instance_cache()
            return patch.__exit__(*error)

    return Fresh()


def test_a_bucket_that_is_not_there_is_said_at_once(s3, tmp_path, monkeypatch):
    monkeypatch.setenv(BLOBS_URL, "s3://nowhere/archive")
    begun = time.monotonic()
    with pytest.raises(WorkspaceError, match="cannot be written"):
        Workspace.open(tmp_path / "w", create=True)
    assert time.monotonic() - begun < 20


def test_the_commands_know_the_store(placed, chamra, tmp_path, scan):
    status, out, _ = chamra("init", "-w", tmp_path / "w", "--blobs", placed)
    assert (status, f"blobs at {placed.removeprefix('file://')}" in out) == (0, True)
    assert (tmp_path / "w" / "workspace.json").read_text().count(placed) == 1
    status, out, _ = chamra("doctor", "-w", tmp_path / "w")
    assert "blobs: at" in out
    shutil.rmtree(placed.removeprefix("file://")) if placed.startswith("file:") else remove(placed)
    status, out, _ = chamra("doctor", "-w", tmp_path / "w")
    assert (status, "is not the store of the blobs" in out) == (1, True)


def remove(url):
    ObjectFiles(url).remove(MARKER)
