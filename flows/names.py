"""File names as parameters of a flow run: JSON holds no name whose bytes are no UTF-8."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote_to_bytes

_SCHEME = "file://"


def to_parameter(path: Path) -> str:
    """An absolute path as text: itself, or a `file:` URL where its bytes are no UTF-8."""
    text = str(path.absolute())
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return path.absolute().as_uri()
    return text


def from_parameter(text: str) -> Path:
    """The path that `to_parameter` was given."""
    if text.startswith(_SCHEME):
        return Path(os.fsdecode(unquote_to_bytes(text.removeprefix(_SCHEME))))
    return Path(text)
