"""A page's text layer and what OCR reads on the same page: which of the two is the page's text?

Where they differ, neither is taken for right beforehand: OCR fails on dotted lines, tables and drawings, a layer fails
by its character map. Which of them has failed shows in the text: what fails is no language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from dictionaries import language_model
from model.box import Box
from model.page import Reading
from ocr.text_layer.alphabets import alphabets
from ocr.text_layer.claims import UNKNOWN
from ocr.text_layer.votes import agreement

AGREED = 0.85
"""Share of the characters on which OCR agrees with a sound layer. OCR itself is 93 to 99 % right on clean print."""

MARGIN = 0.8
"""Nats a letter: by so much for each character in which they differ, over those that are let pass, the layer must be
better language than OCR. Of 23 pages the sound layers are better by 0.2 to 3.5 nats in all, the damaged ones worse."""

SLACK, A_LETTER = 0.06, 4.0
"""Nats a letter, and nats over all letters, by which a layer may be the less likely: names and lists are unlikely
as they stand, and OCR leans to what is likely. A wrong letter costs eight nats. On 23 sound pages layers are less
likely than OCR by 0.05 at most, one that is 1.7 % wrong by 0.11."""

FEW_LETTERS, MANY_LETTERS, HALF = 20, 60, 0.5
"""With fewer letters the two must agree on so much; but where the layer has many, and they are language, OCR of few has
failed, as on a page full of leader dots."""

MOST_MISSING, FEW_MISSING = 0.04, 12
"""Share of the layer's letters that OCR may read, as words, where the layer has none; and how many are let pass."""

SURE, LIKELY = 0.95, -2.5
"""Confidence and nats a letter from which what OCR reads where no glyph is counts as a word."""

CELL = 4
"""Pixels along the side of a cell of the page in which a letter is or is not."""

SHORTEST = 2
"""Letters of a word: a single one may be anything."""

NEAR = 0.4
"""In letter heights: how far beside a letter's box the layer still has a letter."""

LATIN = -2.5
"""Nats that a letter of another script counts in a Thai text, whatever it is: what OCR makes of leader dots
(`ceseseersesces`) is likely Latin by the frequencies of its letters."""

_LETTER = re.compile(f"[^\\W\\d_]|[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e{UNKNOWN}]")
_THAI = re.compile(f"[\u0e01-\u0e4e{UNKNOWN}]")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Likelihood:
    """The mean log-likelihood of a text's letters and marks in nats, and how many there are."""

    mean: float
    letters: int


def likelihood(text: str, *, thai: bool | None = None) -> Likelihood:
    """How likely a text's letters are after the letters before them; digits, dots, rules and lists of the alphabet have
    no say.

    `thai`: whether it should be Thai, by default whether most of its letters are.
    """
    lists = {at for span in alphabets(text) for at in range(span.start, span.end)}
    places = [match.start() for match in _LETTER.finditer(text) if match.start() not in lists]
    if not places:
        return Likelihood(0.0, 0)
    scores = language_model.load().score(text)[places]
    strange = np.array([_THAI.match(text[at]) is None for at in places])
    if is_thai(text) if thai is None else thai:
        scores = np.where(strange, np.float32(LATIN), scores)
    return Likelihood(float(scores.mean()), len(places))


def is_thai(text: str) -> bool:
    """Are most letters of the text Thai?"""
    return 2 * len(_THAI.findall(text)) >= len(_LETTER.findall(text))


@dataclass(frozen=True, slots=True)
class Contest:
    """`agreement`: on what share of the characters the two agree, 0 to 1. `layer`, `ocr`: how likely each is.
    `missing`: the share of the layer's letters that OCR reads where the layer has none, those let pass left out."""

    agreement: float
    layer: Likelihood
    ocr: Likelihood
    missing: float

    @property
    def outcome(self) -> str:
        """What became of it where the layer is the page's text, in words."""
        if self.agreement >= AGREED:
            return f"OCR agrees on {self.agreement:.1%} of the characters"
        if not self.ocr.letters:
            return "OCR reads nothing"
        return (
            f"OCR, which agrees on {self.agreement:.1%} of the characters, is less likely language "
            f"({self.ocr.mean:.2f} against {self.layer.mean:.2f} nats a letter)"
        )

    @property
    def against(self) -> tuple[str, ...]:
        """Why OCR's is the page's text, in words; empty where the layer's is."""
        found = []
        if self.missing > MOST_MISSING:
            found.append(f"OCR reads {self.missing:.1%} more letters where it has none")
        agrees = f"OCR agrees on only {self.agreement:.1%} of the characters"
        if min(self.layer.letters, self.ocr.letters) < FEW_LETTERS:
            # Too little for language to show; of a reading that is empty, or next to it, nothing can be learnt.
            failed = self.layer.letters >= MANY_LETTERS and self.layer.mean >= LIKELY
            if self.ocr.letters and self.agreement < HALF and not failed:
                found.append(agrees)
            return tuple(found)
        wanted = MARGIN * max(0.0, AGREED - self.agreement) - SLACK - A_LETTER / self.layer.letters
        if self.layer.mean - self.ocr.mean < wanted:
            found.append(
                f"{agrees} and is likelier language "
                f"({self.ocr.mean:.2f} against {self.layer.mean:.2f} nats a letter)"
            )
        return tuple(found)


def contest(layer: Reading, ocr: Reading, pictures: Sequence[Box], size: tuple[int, int]) -> Contest:
    """Hold a layer's reading against OCR's of the same page. `pictures`: where its pictures are, whose letters count
    for nobody; `size`: width and height of the page image, pixels as all boxes are."""
    thai = is_thai(layer.text) or is_thai(ocr.text)
    own = likelihood(layer.text, thai=thai)
    known = [box for box in layer.boxes if box is not None]
    around = int(NEAR * fmean(box.height for box in known)) if known else 0
    written, pictured = _cells(known, size, around), _cells(pictures, size, 0) if pictures else None
    read = ocr.text if pictured is None else _without(ocr, pictured & ~written)
    elsewhere = ~written if pictured is None else ~(written | pictured)
    more = max(0, _words_in(ocr, elsewhere) - FEW_MISSING)
    return Contest(agreement(layer.text, read), own, likelihood(read, thai=thai), more / max(1, own.letters))


def _without(reading: Reading, places: NDArray[np.bool_]) -> str:
    """The reading's text without the characters that stand in those places."""
    return "".join(
        character
        for character, box in zip(reading.text, reading.boxes, strict=True)
        if box is None or not _stands_in(box, places)
    )


def _words_in(reading: Reading, places: NDArray[np.bool_]) -> int:
    """How many letters of likely words are read surely in those places."""
    scores = language_model.load().score(reading.text)
    count = 0
    for word in _WORD.finditer(reading.text):
        letters = [
            at
            for at in range(*word.span())
            if reading.text[at].isalpha()
            and (box := reading.boxes[at]) is not None
            and _stands_in(box, places)
        ]
        if len(letters) < SHORTEST:
            continue
        sure = fmean(reading.confidences[at] or 0.0 for at in letters)
        if sure >= SURE and float(scores[letters].mean()) >= LIKELY:
            count += len(letters)
    return count


def _stands_in(box: Box, places: NDArray[np.bool_]) -> bool:
    row, column = (box.top + box.bottom) // 2 // CELL, (box.left + box.right) // 2 // CELL
    return bool(places[min(row, places.shape[0] - 1), min(column, places.shape[1] - 1)])


def _cells(boxes: Sequence[Box], size: tuple[int, int], around: int) -> NDArray[np.bool_]:
    """The page in cells: those that the boxes, larger by `around` pixels, touch."""
    cells = np.zeros((size[1] // CELL + 2, size[0] // CELL + 2), bool)
    for box in boxes:
        top, left = max(0, box.top - around) // CELL, max(0, box.left - around) // CELL
        cells[top : (box.bottom + around) // CELL + 1, left : (box.right + around) // CELL + 1] = True
    return cells
