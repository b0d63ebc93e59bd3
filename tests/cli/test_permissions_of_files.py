"""What the program writes, others cannot read: it is as secret as the documents."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("umask", "folder", "file"), [(0o022, 0o750, 0o640), (0o002, 0o770, 0o660), (0o077, 0o700, 0o600)]
)
def test_nothing_is_for_others_and_the_group_writes_where_the_umask_lets_it(
    scan, tmp_path, umask, folder, file
):
    reading = tmp_path / "other.txt"
    reading.write_text("ก\fข\fค", "utf-8")
    work = tmp_path / "made" / "w"
    for words in (
        ("digitise", scan, "-w", work, "--reading", reading),
        ("decide", scan, "-w", work, "--who", "Malee", "--accept-remaining"),
        ("sign", scan, "-w", work, "--who", "Malee"),
        ("publish", "-w", work),
        ("export", scan, "-w", work, "--format", "text", "-o", tmp_path / "made" / "out" / "text.txt"),
        ("status", "-w", work),
    ):
        subprocess.run(
            [sys.executable, "-m", "cli.app", *words],
            cwd=ROOT, check=True, capture_output=True, umask=umask, env=os.environ | {"HOME": str(tmp_path)},
        )  # fmt: skip
    made = list((tmp_path / "made").rglob("*"))
    assert {"text.txt", "ledger.sqlite", "reports", "blobs"} <= {path.name for path in made}
    for path in made:
        mode = path.stat().st_mode & 0o777
        assert mode & 0o007 == 0, (path, oct(mode))
        assert mode & ~(folder if path.is_dir() else file) == 0, (path, oct(mode))
    assert (tmp_path / "made" / "out" / "text.txt").stat().st_mode & 0o777 == file
    assert (work / "reports").stat().st_mode & 0o777 == folder
