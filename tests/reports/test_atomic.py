from pathlib import Path

import pytest

from model.errors import NoSpace, UsageError
from reports.atomic import write_atomically


def test_a_file_is_replaced_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "new" / "out.txt"
    write_atomically(path, ["หนึ่ง", b"\f", "สอง"])
    assert path.read_text("utf-8") == "หนึ่ง\fสอง"
    assert path.stat().st_mode & 0o400

    def broken():
        yield "a"
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - the generator's own error comes through
        write_atomically(path, broken())
    assert path.read_text("utf-8") == "หนึ่ง\fสอง"
    assert [entry.name for entry in path.parent.iterdir()] == ["out.txt"]


def test_a_link_keeps_pointing_and_a_device_is_written_directly(tmp_path: Path) -> None:
    target = tmp_path / "target.txt"
    target.write_bytes(b"old")
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    write_atomically(Path("/dev/null"), b"gone")
    assert not Path("/dev/null").is_file()


def test_a_full_disk_and_a_folder_have_their_own_errors(tmp_path: Path) -> None:
    with pytest.raises(NoSpace, match="full"):
        write_atomically(Path("/dev/full"), b"x" * 100_000)
    with pytest.raises(UsageError, match="cannot be written"):
        write_atomically(tmp_path, b"x")
