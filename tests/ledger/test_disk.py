import json
import os
from pathlib import Path

import pytest

from ledger.disk import replace_file, replacing_file
from pipeline.inbox import new_files
from reports.atomic import write_atomically


def by_replace_file(path, data):
    replace_file(path, data, path.parent)


def by_replacing_file(path, data):
    with replacing_file(path) as file:
        file.write(data)


def names(folder):
    return [path.name for path in folder.iterdir()]


@pytest.fixture
def order(monkeypatch):
    """What was made durable and what got its name, in the order in which it happened."""
    happened: list[Path | str] = []
    fsync, rename = os.fsync, Path.replace

    def noting_fsync(descriptor):
        happened.append(Path(f"/proc/self/fd/{descriptor}").readlink())
        fsync(descriptor)

    def noting_replace(path, target):
        happened.append(f"{path.name} -> {Path(target).name}")
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", noting_fsync)
    monkeypatch.setattr(Path, "replace", noting_replace)
    return happened


@pytest.mark.parametrize("write", [by_replace_file, by_replacing_file, write_atomically])
def test_a_file_is_on_the_disk_before_it_gets_its_name_and_the_name_after(tmp_path, order, write):
    write(tmp_path / "out", b"content")
    content, named, folder = order
    assert content.parent == folder == tmp_path
    assert named == f"{content.name} -> out"
    assert (tmp_path / "out").read_bytes() == b"content"
    assert names(tmp_path) == ["out"]


def test_what_the_inbox_knows_is_written_the_same_way(workspace, tmp_path, order):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.pdf").write_bytes(b"a")
    new_files(workspace, inbox, 0.0, sleep=lambda seconds: None)
    content, named, folder = order
    assert content.parent == workspace.path / "incoming"
    assert named.endswith(" -> inbox-seen.json")
    assert folder == workspace.path
    assert str(inbox / "a.pdf") in json.loads((workspace.path / "inbox-seen.json").read_bytes())["files"]


def test_a_block_that_fails_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "out"
    path.write_bytes(b"old")
    with pytest.raises(TypeError):
        write_atomically(path, ["half of the n", 3])  # type: ignore[list-item]
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["out"]


def test_a_folder_that_may_be_written_but_not_read_takes_a_file(tmp_path, monkeypatch):
    def refused(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("ledger.disk.sync_directory", refused)
    write_atomically(tmp_path / "out", b"content")
    assert (tmp_path / "out").read_bytes() == b"content"
