"""How much of the machine a source file may use. The files come from anywhere."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one source file.

    `pages`: pages in a file. `pixels`: pixels of one page image, checked before it is made. `seconds`: wall
    time for opening the file and for each page image, after which the process is killed. `memory_mb`: address
    space of the process that opens the file, MiB. `recognise_seconds`: wall time of Tesseract for one page.
    """

    pages: int = 5000
    pixels: int = 100_000_000
    seconds: float = 120.0
    memory_mb: int = 3072
    recognise_seconds: float = 300.0


DEFAULT_LIMITS = Limits()
"""What holds where nobody says otherwise."""
