"""Is Tesseract there, new enough, and does it know the languages?"""

from __future__ import annotations

import hashlib
import re
import shutil
import signal
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from model.errors import MissingProgram
from ocr.tesseract.program import ask

OLDEST = 5
REMEDY = "Install it: apt-get install tesseract-ocr tesseract-ocr-tha tesseract-ocr-eng"
_SECONDS = 30.0
_STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
"""Signals by which somebody stops a program: they say nothing about whether it works."""
_VERSION = re.compile(r"tesseract v?((\d+)\.\d+\S*)")
_FOLDER = re.compile(r'"([^"]+)"')


@dataclass(frozen=True, slots=True)
class TesseractProbe:
    """The Tesseract that would run: its version, and for each language asked for its model's SHA-256.

    Two models of the same name read differently, so the model belongs to what a reading comes from. A hash is
    empty where Tesseract does not say in which folder its models lie.
    """

    program: Path
    version: str
    models: tuple[tuple[str, str], ...]


def tesseract(languages: tuple[str, ...] = ("tha", "eng")) -> TesseractProbe:
    """The installed Tesseract; looked up once for each program found in the search path.

    Raises:
        MissingProgram: it is not installed, does not run, is older than version 5, or lacks a language.
    """
    found = shutil.which("tesseract")
    if found is None:
        raise MissingProgram("Tesseract is not installed.", remedy=REMEDY)
    return _probe(Path(found), languages)


@lru_cache(maxsize=8)
def _probe(program: Path, languages: tuple[str, ...]) -> TesseractProbe:
    said = _ask(program, "--version")
    match = _VERSION.search(said)
    if match is None:
        raise MissingProgram(f"{program} does not say which version of Tesseract it is.", remedy=REMEDY)
    if int(match[2]) < OLDEST:
        raise MissingProgram(
            f"{program} is Tesseract {match[1]}; version {OLDEST} or newer is needed.", remedy=REMEDY
        )
    heading, *known = _ask(program, "--list-langs").splitlines() or [""]
    missing = [language for language in languages if language not in {name.strip() for name in known}]
    if missing:
        packages = " ".join(f"tesseract-ocr-{language}" for language in missing)
        raise MissingProgram(
            f"Tesseract does not know the language {' and '.join(missing)}.",
            remedy=f"Install it: apt-get install {packages}",
        )
    folder = _FOLDER.search(heading)
    return TesseractProbe(
        program,
        match[1],
        tuple((name, _model_hash(folder[1] if folder else None, name)) for name in languages),
    )


_WHITE_ROW, _BAR_ROW = b"\xff" * 160, b"\xff" * 20 + b"\x00" * 120 + b"\xff" * 20
_SPECIMEN = b"P5 160 40 255\n" + (_WHITE_ROW * 10 + _BAR_ROW * 4) * 2 + _WHITE_ROW * 12
"""A small picture, in the plainest format: two bars on white."""


def must_work() -> None:
    """Let Tesseract read a small picture of our own: where even that fails, no page is to blame for its failure.

    Raises:
        MissingProgram: it fails, or takes longer than half a minute.
    """
    try:
        ended, _ = ask(("stdin", "stdout", "-l", "tha+eng", "--psm", "6"), _SECONDS, _SPECIMEN)
    except OSError as error:
        raise MissingProgram(
            f"Tesseract does not work: {error}.", remedy="Repair it; nothing was recorded about the pages."
        ) from error
    if ended.status and -ended.status not in _STOPPING:
        said = ended.said[-200:]
        raise MissingProgram(
            f"Tesseract does not work: it fails on a picture of two lines with status {ended.status}"
            f"{f' ({said})' if said else ''}.",
            remedy="Repair it; nothing was recorded about the pages.",
        )


def _ask(program: Path, question: str) -> str:
    try:
        ended, printed = ask((question,), _SECONDS)
    except OSError as error:
        raise MissingProgram(f"{program} {question} does not work: {error}.", remedy=REMEDY) from error
    if ended.status:
        how = f"it ends with status {ended.status} ({ended.said[-200:]})"
        raise MissingProgram(f"{program} {question} does not work: {how}.", remedy=REMEDY)
    # Version 4 and older answer on standard error.
    return printed.decode("utf-8", "replace") or ended.said


def _model_hash(folder: str | None, language: str) -> str:
    model = Path(folder or "") / f"{language}.traineddata"
    if folder is None or not model.is_file():
        return ""
    return hashlib.sha256(model.read_bytes()).hexdigest()
