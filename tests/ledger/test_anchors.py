import os
from pathlib import Path

import pytest

from ledger.anchors import Anchor, append_anchor, newest_anchor, read_anchors
from model.errors import NoSpace, WorkspaceError

FIRST = Anchor("w" * 32, 5, "a" * 64, "2026-01-05T08:00:01.000000Z")
SECOND = Anchor("w" * 32, 9, "b" * 64, "2026-01-05T08:00:02.000000Z")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "anchors.log"


def test_anchors_are_appended_line_by_line(path):
    append_anchor(path, FIRST)
    append_anchor(path, SECOND)
    assert [(line.number, line.anchor) for line in read_anchors(path)] == [(1, FIRST), (2, SECOND)]
    assert path.read_text().startswith('{"head":"aaaa')


def test_no_file_has_no_anchors(path):
    assert list(read_anchors(path)) == []
    assert newest_anchor(path, FIRST.workspace) is None


def test_the_newest_anchor_is_the_workspaces_own(path):
    append_anchor(path, SECOND)
    append_anchor(path, FIRST)
    append_anchor(path, Anchor("v" * 32, 99, "c" * 64, ""))
    assert newest_anchor(path, FIRST.workspace) == SECOND


def test_a_line_cut_by_a_loss_of_power_is_not_joined_with_the_next(path):
    append_anchor(path, FIRST)
    whole = path.read_bytes()
    append_anchor(path, SECOND)
    path.write_bytes(path.read_bytes()[: len(whole) + 30])
    assert [line.anchor for line in read_anchors(path)] == [FIRST, None]
    append_anchor(path, SECOND)
    assert [line.anchor for line in read_anchors(path)] == [FIRST, SECOND]


@pytest.mark.parametrize("line", ["x", "[]", "{}", '{"schema":"chamra/anchor/2"}', "\ufffe", "[" * 100_000])
def test_a_line_that_is_no_anchor_is_handed_on_as_none(path, line):
    path.write_text(line + "\n")
    assert [one.anchor for one in read_anchors(path)] == [None]


def test_an_anchor_and_its_new_file_are_on_the_disk_when_it_is_said_to_be(path, monkeypatch):
    kept = []
    fsync = os.fsync

    def noting(descriptor):
        where = Path(f"/proc/self/fd/{descriptor}").readlink()
        kept.append((where, where.read_bytes() if where.is_file() else None))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", noting)
    append_anchor(path, FIRST)
    assert kept == [(path, path.read_bytes()), (path.parent, None)]
    append_anchor(path, SECOND)
    assert kept[2:] == [(path, path.read_bytes())]


def test_appending_leaves_no_file_open(path):
    before = len(list(Path("/proc/self/fd").iterdir()))
    append_anchor(path, FIRST)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_folder_that_is_not_there_or_may_not_be_written_is_named(tmp_path):
    with pytest.raises(WorkspaceError, match=r"none/anchors\.log"):
        append_anchor(tmp_path / "none" / "anchors.log", FIRST)


def test_a_file_that_may_not_be_written_is_a_matter_of_permission(path, monkeypatch):
    def refuse(*args):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.open", refuse)
    with pytest.raises(NoSpace, match="permission"):
        append_anchor(path, FIRST)
