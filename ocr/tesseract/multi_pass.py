"""A page read several times by Tesseract, so that its readings can be put together (`ocr.ensemble.voting`)."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from dictionaries.code_identity import code_identity
from model.page import Reader, Reading
from ocr.engine import EngineOptions
from ocr.image.prepare import Prepared
from ocr.sandbox.limits import DEFAULT_LIMITS, Limits
from ocr.source.rasterise import Source
from ocr.tesseract.recognise import TesseractReader

HALO = 1.5
SHARPEN = 0.8
"""The unsharp mask: the standard deviation of its blur in pixels, and how much of the difference is added."""

SOFTEN = 0.6
"""Pixels, the standard deviation of the blur before Thai alone is read."""


class MultiPassReader:
    """Tesseract three times: as it is, sharpened, and softened with Thai as the only language.

    With English beside Thai a Thai word is now and then taken for a Latin one (`หมู่` for `val`), without it no
    Latin word can be read: each reading knows something that the others do not. Takes three times as long.

    Raises (on creation):
        MissingProgram: Tesseract or a language is missing or too old.
    """

    def __init__(self, limits: Limits = DEFAULT_LIMITS, *, chosen_by: str = "tesseract") -> None:
        self._first = TesseractReader(limits, chosen_by=chosen_by)
        self._thai = TesseractReader(limits, chosen_by=chosen_by, languages=("tha",))

    @cached_property
    def reader(self) -> Reader:
        """Tesseract, and that it reads several times, by which code."""
        first = self._first.reader
        return replace(
            first, settings=tuple(sorted({*first.settings, ("multi-pass", code_identity(__name__))}))
        )

    def read(self, source: Source, number: int, prepared: Prepared, dpi: float) -> tuple[Reading, ...]:
        """The readings of one page, the standard one first; one empty reading when the page is blank.

        Raises:
            PageError: Tesseract failed, took too long or wrote nonsense.
            MissingProgram: it has vanished since the reader was made.
            NoSpace: the temporary folder is full.
        """
        standard = self._first.read(source, number, prepared, dpi)
        if prepared.quality.blank:
            return standard
        sharp = replace(prepared, image=sharpened(prepared.image))
        soft = replace(prepared, image=np.asarray(cv2.GaussianBlur(prepared.image, (0, 0), SOFTEN), np.uint8))
        return (
            *standard,
            *self._first.read(source, number, sharp, dpi),
            *self._thai.read(source, number, soft, dpi),
        )


def reader(options: EngineOptions) -> TesseractReader | MultiPassReader:
    """Tesseract, which reads each page once or, for the best quality, several times.

    Raises:
        MissingProgram: Tesseract or a language is missing or too old.
    """
    kind = MultiPassReader if options.quality == "best" else TesseractReader
    return kind(options.limits, chosen_by=options.chosen_by)


def sharpened(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A grey image with its edges steeper (unsharp mask)."""
    halo = cv2.GaussianBlur(image, (0, 0), HALO)
    return np.asarray(cv2.addWeighted(image, 1 + SHARPEN, halo, -SHARPEN, 0), np.uint8)
