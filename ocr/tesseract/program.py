"""Tesseract's process: what it is given of our environment, and what it may use of the machine."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pytesseract import pytesseract

from ocr.sandbox.limits import Limits

_HANDED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "TMPDIR")
"""What finding and running it takes; passwords in the environment are no business of its."""
_BOUNDED = Path(__file__).with_name("bounded_tesseract.sh")
_NOT_FOUND = 127  # a shell's status
_MOST_SAID = 1 << 16
"""Bytes that are heard of what it prints."""
_FEW = {"CHAMRA_TESSERACT_BLOCKS": "2048"}
"""How much it may print where it is asked for something short: a megabyte or two."""

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


def ask(arguments: Sequence[str], seconds: float, picture: bytes = b"") -> tuple[Ended, bytes]:
    """How it ended and what it printed, asked for something short, with a picture on standard input.

    However much it prints and whatever it has started, it is bounded, and is gone in the end.

    Raises:
        TimeoutError: it took longer than so many seconds.
        OSError: it cannot be started.
    """
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        asked.write(picture)
        asked.seek(0)
        process = subprocess.Popen(
            [_BOUNDED, *arguments],
            stdin=asked, stdout=out, stderr=err, env=environment() | _FEW, start_new_session=True,
        )  # fmt: skip
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise TimeoutError(f"it takes longer than {seconds:g} s") from error
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        out.seek(0)
        err.seek(0)
        said = err.read(_MOST_SAID).decode("utf-8", "replace")
        return Ended(status, " ".join(said.split())), out.read(_MOST_SAID)


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
