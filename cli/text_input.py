"""Text files that commands take."""

from __future__ import annotations

import sys
from pathlib import Path

from model.errors import BadInput


def bytes_of(file: str, name: str) -> bytes:
    """The bytes of a file, or of standard input where `file` is `-`; `name` is what errors call it.

    Raises:
        BadInput: it is a folder, is not there or may not be read.
    """
    if file == "-":
        return sys.stdin.buffer.read()
    path = Path(file)
    if path.is_dir():
        raise BadInput(f"{name} is a folder.", remedy="Name a text file.")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise BadInput(f"{name} does not exist.", remedy="Check the name.") from None
    except PermissionError:
        raise BadInput(f"{name} may not be read.", remedy="Ask for permission to read it.") from None
