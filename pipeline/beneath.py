"""Opening a file of a folder without leaving that folder, whatever becomes of its name meanwhile."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

_PLAIN = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK
"""Without O_NONBLOCK a named pipe would wait for ever."""


def open_file(path: Path, beneath: Path | None = None) -> int:
    """A descriptor of a file, open to be read. With `beneath`, a folder above it, no part of its name below that folder
    may be a link: one step after the other is taken from the folder that is open already.

    Raises:
        OSError: it cannot be opened, or a part of its name is a link.
    """
    if beneath is None:
        return os.open(path, _PLAIN)
    parts = path.relative_to(beneath).parts
    if not parts or ".." in parts:
        raise OSError(f"{path} does not lie in {beneath}")
    with ExitStack() as stack:
        here = os.open(beneath, _PLAIN | os.O_DIRECTORY)
        stack.callback(os.close, here)
        for part in parts[:-1]:
            here = os.open(part, _PLAIN | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=here)
            stack.callback(os.close, here)
        return os.open(parts[-1], _PLAIN | os.O_NOFOLLOW, dir_fd=here)
