"""The version of all dictionaries together: what findings are recorded with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from dictionaries.gazetteer import DATA
from dictionaries.language_model import read_header


@lru_cache(maxsize=1)
def _own() -> str:
    digest = hashlib.sha256()
    folder = DATA.parent
    for path in sorted([*folder.glob("*.csv"), *folder.glob("data/*.tsv"), *folder.glob("data/*.json")]):
        digest.update(path.name.encode("utf-8") + b"\0" + path.read_bytes())
    # It names the hash of all that follows it, which loading the model verifies: the file need not be read here.
    digest.update(json.dumps(read_header(), sort_keys=True).encode("ascii"))
    return digest.hexdigest()[:12]


def dictionaries_version(user_files: Iterable[Path] = ()) -> str:
    """Twelve hexadecimal digits that change with any byte of our tables or of the user's dictionary files.

    The order of the user's files does not matter, nor where they lie.
    """
    extra = sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in user_files)
    if not extra:
        return _own()
    return hashlib.sha256("\n".join([_own(), *extra]).encode("ascii")).hexdigest()[:12]
