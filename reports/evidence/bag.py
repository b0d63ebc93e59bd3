"""Whether a folder is a bag (BagIt, RFC 8493) with all its files and no others, found with Python alone.

In an evidence package this stands within `verify.py`, which is one file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def bag(root: Path) -> Iterator[str]:
    """BagIt (RFC 8493): every file is listed and has its hash, and no other file is there."""
    for manifest, folder in (("manifest-sha256.txt", "data"), ("tagmanifest-sha256.txt", "")):
        lines = [line.partition("  ") for line in (root / manifest).read_text("utf-8").splitlines()]
        listed = {name: expected for expected, _, name in lines}
        for name, expected in listed.items():
            path = root / name
            if not path.resolve().is_relative_to(root.resolve()) or not path.is_file():
                yield f"{name} is missing"
            elif sha256(path.read_bytes()) != expected:
                yield f"{name} was changed"
        found = (path for path in (root / folder).rglob("*") if path.is_file())
        names = {path.relative_to(root).as_posix() for path in found}
        if not folder:
            names = {one for one in names if not one.startswith("data/") and one != manifest}
        yield from (f"{name} was put in" for name in sorted(names - set(listed)))
