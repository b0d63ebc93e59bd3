"""ZIP archives that are the same bytes for the same content."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Iterator

EPOCH = "1980-01-01T00:00:00Z"
"""The earliest time that a ZIP archive can hold: that of what has no time of its own."""

_CHUNK = 1 << 20
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def add(archive: zipfile.ZipFile, name: str, data: bytes, *, packed: bool = True) -> None:
    """Put a file into the archive; `packed`: compressed."""
    info = zipfile.ZipInfo(name, _EARLIEST)
    info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    info.external_attr = 0o644 << 16
    archive.writestr(info, data)


def zipped(fill: Callable[[zipfile.ZipFile], None]) -> Iterator[bytes]:
    """An archive in pieces, made on the disk: a book has hundreds of page images."""
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            fill(archive)
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk
