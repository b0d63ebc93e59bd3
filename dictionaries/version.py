"""The version of all dictionaries together: what findings are recorded with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from dictionaries.gazetteer import DATA
from dictionaries.language_model import read_header
from model.errors import DictionaryError


@lru_cache(maxsize=1)
def _own() -> str:
    digest = hashlib.sha256()
    folder = DATA.parent
    for path in sorted([*folder.glob("*.csv"), *folder.glob("data/*.tsv"), *folder.glob("data/*.json")]):
        digest.update(path.name.encode("utf-8") + b"\0" + path.read_bytes())
    digest.update(read_header()["sha256"].encode("ascii"))  # the model's own, so that it need not be read
    return digest.hexdigest()[:12]


@cache
def file_fingerprint(path: Path) -> str:
    """The first 16 digits of a data file's SHA-256, read once a process: the file's version.

    Raises:
        DictionaryError: the file cannot be read.
    """
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    except OSError as error:
        raise DictionaryError(
            f"{path}: cannot be read ({error.strerror}).", remedy="Install the program anew."
        ) from error


def dictionaries_version(user_files: Iterable[Path] = ()) -> str:
    """Twelve hexadecimal digits that change with any byte of our tables or of the user's dictionary files.

    The order of the user's files does not matter, nor where they lie.
    """
    extra = sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in user_files)
    if not extra:
        return _own()
    return hashlib.sha256("\n".join([_own(), *extra]).encode("ascii")).hexdigest()[:12]
