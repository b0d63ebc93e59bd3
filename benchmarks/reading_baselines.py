"""Other ways of reading a page image into text, each with the processor time it takes."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.reading_runs import processor_seconds
from ocr.source.rasterise import open_source

SCRIPTS = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Said:
    """The text that a baseline makes of a page, and the processor seconds it takes."""

    text: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Competitor:
    """Another reader: `text` gives what it reads in an image file of some resolution."""

    name: str
    installed: Callable[[], bool]
    text: Callable[[Path, float], str]

    def read(self, file: Path, number: int, dpi: float, cache: Path) -> Said:
        """What it makes of a page, now or before; the image is the one that chamra reads."""
        content = hashlib.sha256(file.read_bytes() + f"\n{self.name}\n{number}".encode()).hexdigest()
        kept = cache / f"baseline-{content}.json"
        if kept.exists():
            return Said(**json.loads(kept.read_text("utf-8")))
        print(f"{self.name} reads page {number} of {file.name}", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory() as folder, open_source(file) as source:
            image = Path(folder, "page.png")
            image.write_bytes(source.page(number).png)
            before = processor_seconds()
            text = self.text(image, dpi)
            said = Said(text, processor_seconds() - before)
        kept.write_text(json.dumps({"text": said.text, "seconds": said.seconds}, ensure_ascii=False), "utf-8")
        return said


def _run(*command: str | Path) -> str:
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    done = subprocess.run([str(part) for part in command], capture_output=True, env=environment, check=True)
    return done.stdout.decode("utf-8")


def _languages() -> set[str]:
    try:
        return set(_run("tesseract", "--list-langs").split())
    except (OSError, subprocess.CalledProcessError):
        return set()


def _tesseract(languages: str, *more: str) -> Competitor:
    return Competitor(
        f"tesseract {languages}",
        lambda: set(languages.split("+")) <= _languages(),
        lambda image, dpi: _run("tesseract", image, "-", "-l", languages, "--dpi", str(round(dpi)), *more),
    )


def _ocrmypdf(image: Path, dpi: float) -> str:
    """The text in the PDF that it makes, as a reader who copies it gets it."""
    made = image.with_suffix(".pdf")
    _run(SCRIPTS / "ocrmypdf", "-l", "tha+eng", "--image-dpi", str(round(dpi)), "--jobs", "1", "--quiet",
         "--output-type", "pdf", image, made)  # fmt: skip
    document: Any = import_module("pypdfium2").PdfDocument(made)
    return "\n".join(str(page.get_textpage().get_text_bounded()) for page in document)


def _easyocr(image: Path, dpi: float) -> str:
    del dpi
    reader = import_module("easyocr").Reader(["th", "en"], gpu=False, verbose=False)
    return "\n".join(reader.readtext(str(image), detail=0, paragraph=False))


def _paddleocr(image: Path, dpi: float) -> str:
    del dpi
    reader = import_module("paddleocr").PaddleOCR(lang="th")
    return "\n".join(text for page in reader.predict(str(image)) for text in page["rec_texts"])


def _importable(name: str) -> Callable[[], bool]:
    return lambda: importlib.util.find_spec(name) is not None


BASELINES: dict[str, Competitor] = {
    baseline.name: baseline
    for baseline in (
        _tesseract("tha"),
        _tesseract("tha+eng"),
        _tesseract("script/Thai", "-c", "preserve_interword_spaces=1"),
        Competitor("ocrmypdf", (SCRIPTS / "ocrmypdf").exists, _ocrmypdf),
        Competitor("easyocr", _importable("easyocr"), _easyocr),
        Competitor("paddleocr", _importable("paddleocr"), _paddleocr),
    )
}
"""All baselines by name. Another one is one more entry."""
