"""Tesseract's process: what it is given of our environment, and what it may use of the machine."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pytesseract import pytesseract

from ocr.sandbox.limits import Limits

_HANDED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "TMPDIR")
"""What finding and running it takes; passwords in the environment are no business of its."""
_BOUNDED = Path(__file__).with_name("bounded_tesseract.sh")
_NOT_FOUND = 127  # a shell's status

pytesseract.tesseract_cmd = str(_BOUNDED)


@dataclass(frozen=True, slots=True)
class Ended:
    """How it ended: its status, negative for a signal, and what it said on standard error, in one line."""

    status: int
    said: str = ""


def environment() -> dict[str, str]:
    """The environment that it runs in. One thread a process: pages in parallel beat threads within a page by far."""
    kept = {name: os.environ[name] for name in _HANDED_ON if name in os.environ}
    return kept | {"OMP_THREAD_LIMIT": "1"}


def run(listed: Path, base: Path, languages: Sequence[str], config: str, limits: Limits) -> Ended:
    """Run it over the images that a file lists and wait for its end; text and hOCR lie at `base` then.

    Raises:
        FileNotFoundError: it is not installed.
        TimeoutError: it took longer than it may, and is dead.
        OSError: it cannot be started.
    """
    # pytesseract hands its child this mapping, and has no parameter for another.
    bounds = {"CHAMRA_TESSERACT_KIB": str(limits.memory_mb * 1024)}
    vars(pytesseract)["environ"] = environment() | bounds
    try:
        pytesseract.run_tesseract(  # type: ignore[no-untyped-call]
            str(listed),
            str(base),
            extension="txt hocr",
            lang="+".join(languages),
            config=config,
            timeout=limits.recognise_seconds,
        )
    except pytesseract.TesseractNotFoundError as error:
        raise OSError(f"{_BOUNDED} is not there") from error
    except pytesseract.TesseractError as error:
        if error.status == _NOT_FOUND:
            raise FileNotFoundError(None, "not installed", "tesseract") from error
        return Ended(error.status, " ".join(str(error.message).split()))
    except RuntimeError as error:  # what pytesseract raises when it has killed the process
        raise TimeoutError from error
    return Ended(0)
