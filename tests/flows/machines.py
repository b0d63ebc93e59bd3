"""A second machine: a network of its own behind a cable, a name of its own, a folder of its own at the same path."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

ROOT = Path(__file__).parents[2]
HERE, THERE = "10.77.41.1", "10.77.41.2"
"""The addresses of this machine and of the other one at the cable between them."""

_IN_THERE = 'hostname "$1"; mount --bind "$2" "$3"; shift 3; exec "$@"'


def why_not() -> str:
    """Why no second machine can be had here, in words; empty where one can."""
    if os.geteuid() != 0 or shutil.which("ip") is None or shutil.which("unshare") is None:
        return "only root makes network namespaces, with `ip` and `unshare`"
    tried = subprocess.run(["ip", "netns", "add", "chamra-try"], capture_output=True, check=False)
    if tried.returncode:
        return f"no network namespace can be made here: {tried.stderr.decode().strip()}"
    subprocess.run(["ip", "netns", "delete", "chamra-try"], check=True)
    return ""


class Machine:
    """The other machine. `folder` is another folder there than here, and the program lies at another path."""

    def __init__(self, name: str, folder: Path, own: Path) -> None:
        self.name = name
        self._folder, self._own = folder, own / "folder"
        self.code = own / "code"
        self._processes: list[subprocess.Popen[str]] = []
        for path in (folder, self._own):
            path.mkdir(parents=True)
        tracked = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
        )
        for line in filter(None, tracked.stdout.split("\0")):
            if not line.startswith(("tests/", "training/", "docs/")):
                target = self.code / line
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / line, target)

    def __enter__(self) -> Self:
        for words in (
            f"netns add {self.name}",
            f"link add {self.name}0 type veth peer name {self.name}1",
            f"link set {self.name}1 netns {self.name}",
            f"addr add {HERE}/24 dev {self.name}0",
            f"link set {self.name}0 up",
            f"-n {self.name} addr add {THERE}/24 dev {self.name}1",
            f"-n {self.name} link set {self.name}1 up",
            f"-n {self.name} link set lo up",
        ):
            subprocess.run(["ip", *words.split()], check=True)
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            if process.poll() is None:
                process.kill()
            process.wait(30)
        subprocess.run(["ip", "link", "delete", f"{self.name}0"], check=False)
        subprocess.run(["ip", "netns", "delete", self.name], check=False)

    def start(
        self, command: Sequence[object], environment: Mapping[str, str], log: Path
    ) -> subprocess.Popen[str]:
        """Start a command there, with the code of that machine."""
        words = ["ip", "netns", "exec", self.name, "unshare", "--mount", "--uts", "sh", "-c", _IN_THERE, "sh",
                 self.name, str(self._own), str(self._folder), *map(str, command)]  # fmt: skip
        with log.open("a") as out:
            process = subprocess.Popen(
                words, cwd=self.code, env={**environment, "PYTHONPATH": str(self.code)}, text=True, stdout=out,
                stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        self._processes.append(process)
        return process
