"""What a worker may still do once it looks at a file: read that file, our code, fonts, random numbers."""

from __future__ import annotations

import ctypes
import sysconfig
from pathlib import Path

from ocr.sandbox.landlock import only_these
from ocr.sandbox.seccomp import refuse_all_but_reading

_NO_NEW_PRIVILEGES = 38
_ROOMS = Path(__file__).resolve().parents[2]
_CODE = tuple(_ROOMS / room for room in ("model", "ocr", "reports", "review"))
"""Rooms with code that runs in a worker, or that such code uses."""
_LIBRARIES = tuple(
    Path(one) for one in ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64", "/etc/ld.so.cache")
)
_FONTS = tuple(Path(one) for one in ("/usr/share/fonts", "/usr/share/X11/fonts", "/usr/local/share/fonts"))
"""Where pdfium looks for fonts that a PDF names and does not bring along."""

_RANDOM = (Path("/dev/urandom"),)
"""What a PDF is encrypted with that was encrypted when it came."""


def confine(file: int) -> None:
    """Confine this process for ever, as far as the kernel can: no file but the one with this descriptor, no network,
    no other process, nothing written. What holds then is tried out by `ocr.sandbox.trial`."""
    ctypes.CDLL(None, use_errno=True).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    python = {Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    shared = {path.parent for path in python if path.name.startswith("python")}
    only_these(file, [*python, *shared, *_CODE, *_LIBRARIES, *_FONTS, *_RANDOM])
    refuse_all_but_reading()
