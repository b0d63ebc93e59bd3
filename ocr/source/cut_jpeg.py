"""Whether a JPEG that does not end as it should lacks rows, or only the mark of its end."""

from __future__ import annotations

import hashlib
import io

_END = b"\xff\xd9"
_TAIL = 64
"""Bytes behind the end of a JPEG that some programs leave there."""
_OTHER = bytes(range(7, 247, 3))
"""Bytes that a decoder would take for rows where rows are missing."""


def lacks_end(jpeg: bytes) -> bool:
    """True where the mark of its end is not at the end of a JPEG, or of the last bytes of one."""
    return _END not in jpeg[-_TAIL:]


def ended(jpeg: bytes) -> bytes | None:
    """A JPEG that lacks the mark of its end, with it; None where rows are missing, too.

    The rows are all there where whatever stands behind them changes no pixel.
    """
    from PIL import Image  # noqa: PLC0415  most files are never asked for it

    whole, found = jpeg.rstrip(b"\xff"), set()
    try:
        for more in (b"", _OTHER):
            with Image.open(io.BytesIO(whole + more + _END)) as image:
                found.add(hashlib.sha256(image.tobytes()).digest())
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    return whole + _END if len(found) == 1 else None
