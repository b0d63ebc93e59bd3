"""Text files that commands take."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

from model.errors import BadInput

MOST_BYTES = 64 * 1024 * 1024
"""A text of a hundred thousand pages has as many."""


def bytes_of(file: str, name: str) -> bytes:
    """The bytes of a file, or of standard input where `file` is `-`; `name` is what errors call it.

    Raises:
        BadInput: it is a folder, is not there, may not be read or is too large for a text.
    """
    if file == "-":
        return _bounded(sys.stdin.buffer, name)
    path = Path(file)
    if path.is_dir():
        raise BadInput(f"{name} is a folder.", remedy="Name a text file.")
    try:
        with path.open("rb") as opened:
            return _bounded(opened, name)
    except FileNotFoundError:
        raise BadInput(f"{name} does not exist.", remedy="Check the name.") from None
    except PermissionError:
        raise BadInput(f"{name} may not be read.", remedy="Ask for permission to read it.") from None


def _bounded(file: IO[bytes], name: str) -> bytes:
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise BadInput(
            f"{name} has more than {MOST_BYTES >> 20} MiB.", remedy="Split it and correct the parts."
        )
    return data
