"""Damage to a page and its reading, by seed: words lost from the text, words that the page does not have."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from model.box import Box, box_around
from model.edit import Span
from model.page import Line, Reading
from ocr.image.prepare import Prepared

SMALLEST = 8
"""Pixels that a word is wide and high at least."""

RIM = 2
"""Pixels around a word that are painted over with it: print has soft edges."""

NUMBER = re.compile(r"[0-9๐-๙](?:[.,]?[0-9๐-๙])+")

LONGEST = 8
"""Letters of a word that is taken out of a longer stretch: Thai does not part its words."""


@dataclass(frozen=True, slots=True)
class CleanPage:
    """A page before damage: its `scan`, which `make_ready` prepares for reading, so prepared, and its reading. What is
    done to the image is done to the scan: what preparing makes of it is a part of what is measured."""

    scan: NDArray[np.uint8]
    make_ready: Callable[[NDArray[np.uint8]], Prepared]
    prepared: Prepared
    reading: Reading


@dataclass(frozen=True, slots=True)
class DamagedPage:
    """A page after damage. `lost`: boxes of what is no longer in the text; `false`: spans that are not on the page.
    Boxes are in the frame of the page image."""

    prepared: Prepared
    reading: Reading
    lost: tuple[Box, ...] = ()
    false: tuple[Span, ...] = ()


@dataclass(slots=True)
class _EditedReading:
    """A reading that is being changed: its code points with their boxes."""

    text: list[str]
    boxes: list[Box | None]

    def reading(self, base: Reading) -> Reading:
        text = "".join(self.text)
        lines, start = [], 0
        for row in text.split("\n"):
            end = start + len(row)
            lines.append(Line(Span(start, end), box_around(self.boxes[start:end])))
            start = end + 1
        nothing = (None,) * len(text)
        return Reading(base.page, base.reader, text, tuple(lines), tuple(self.boxes), nothing, nothing)


Damage = Callable[[CleanPage, Sequence[Span], random.Random], DamagedPage]


def words(reading: Reading, count: int, rng: random.Random) -> list[Span]:
    """Words of so many lines, one of each, in order of place: two letters at least, none cut from its marks."""
    found: list[Span] = []
    lines = [line.span for line in reading.lines if len(line.span) >= 6]
    for line in rng.sample(lines, min(len(lines), 3 * count)):
        word = _word(reading, line, rng)
        if word is not None and len(found) < count:
            found.append(word)
    return sorted(found)


def _word(reading: Reading, line: Span, rng: random.Random) -> Span | None:
    text = reading.text
    starts = [at for at in range(line.start, line.end) if text[at].isalnum() and _standing(text[at])]
    if not starts:
        return None
    start = rng.choice(starts)
    end, letters, wanted = start, 0, rng.randint(2, LONGEST)
    while end < line.end and not text[end].isspace():
        if _standing(text[end]):
            if letters == wanted:
                break
            letters += text[end].isalnum()
        end += 1
    box = reading.box_of(Span(start, end))
    return (
        Span(start, end)
        if letters >= 2 and box is not None and min(box.width, box.height) >= SMALLEST
        else None
    )


def _standing(letter: str) -> bool:
    return unicodedata.category(letter) != "Mn"


def drop_words(page: CleanPage, spans: Sequence[Span], rng: random.Random) -> DamagedPage:
    """Words are lost from the text, and nothing else changes."""
    return _without(page, spans, stretched=False)


def drop_words_and_stretch(page: CleanPage, spans: Sequence[Span], rng: random.Random) -> DamagedPage:
    """Words are lost, and the boxes of the letters beside them take in the ink, as where a reader took no notice."""
    return _without(page, spans, stretched=True)


def drop_rows(page: CleanPage, spans: Sequence[Span], rng: random.Random) -> DamagedPage:
    """Whole lines are lost."""
    lines = [next(line.span for line in page.reading.lines if line.span.contains(span)) for span in spans]
    return _without(page, lines, stretched=False)


def drop_digits(page: CleanPage, spans: Sequence[Span], rng: random.Random) -> DamagedPage:
    """As many digits are lost from numbers of several, one from each."""
    numbers = [match.span() for match in NUMBER.finditer(page.reading.text)]
    chosen = sorted(rng.sample(numbers, min(len(numbers), len(spans))))
    digits = [rng.choice([at for at in range(*one) if page.reading.text[at].isdecimal()]) for one in chosen]
    return _without(page, [Span(at, at + 1) for at in digits], stretched=False)


def _without(page: CleanPage, spans: Sequence[Span], *, stretched: bool) -> DamagedPage:
    draft = _EditedReading(list(page.reading.text), list(page.reading.boxes))
    lost = [box for span in spans if (box := page.reading.box_of(span)) is not None]
    for span in reversed(spans):
        if stretched:
            _stretch(draft, span)
        del draft.text[span.start : span.end], draft.boxes[span.start : span.end]
    return DamagedPage(page.prepared, draft.reading(page.reading), lost=tuple(lost))


def _stretch(draft: _EditedReading, span: Span) -> None:
    around = box_around(draft.boxes[span.start : span.end])
    assert around is not None
    middle = (around.left + around.right) // 2
    before = draft.boxes[span.start - 1] if span.start else None
    after = draft.boxes[span.end] if span.end < len(draft.boxes) else None
    if before is not None and before.left < middle:
        draft.boxes[span.start - 1] = replace(before, right=max(before.right, middle))
    if after is not None and after.right > middle:
        draft.boxes[span.end] = replace(after, left=min(after.left, middle))


def invert_rows(page: CleanPage, spans: Sequence[Span], rng: random.Random) -> DamagedPage:
    """Lines are printed white on dark, and lost."""
    lines = [next(line.span for line in page.reading.lines if line.span.contains(span)) for span in spans]
    dark = np.zeros(page.prepared.image.shape, np.bool_)
    for line in lines:
        box = page.reading.box_of(line)
        if box is not None:
            margin = round(0.2 * page.prepared.quality.x_height)
            rows = slice(max(0, box.top - margin), box.bottom + margin)
            dark[rows, max(0, box.left - 2 * margin) : box.right + 2 * margin] = True
    image = np.where(dark, 255 - page.scan, page.scan)
    return replace(_without(page, lines, stretched=False), prepared=page.make_ready(image))


def paint_words(page: CleanPage, spans: Sequence[Span], rng: random.Random) -> DamagedPage:
    """Words are painted over with paper: the text has them, the page does not."""
    return _painted(page, spans, shade=int(np.percentile(page.scan, 80)))


def cover_words(page: CleanPage, spans: Sequence[Span], rng: random.Random) -> DamagedPage:
    """Words are covered by black bars."""
    return _painted(page, spans, shade=0)


def _painted(page: CleanPage, spans: Sequence[Span], shade: int) -> DamagedPage:
    image = page.scan.copy()
    for span in spans:
        box = page.reading.box_of(span)
        assert box is not None
        image[max(0, box.top - RIM) : box.bottom + RIM, max(0, box.left - RIM) : box.right + RIM] = shade
    return DamagedPage(page.make_ready(image), page.reading, false=tuple(spans))


def strike_words(page: CleanPage, spans: Sequence[Span], rng: random.Random) -> DamagedPage:
    """Lines are drawn through words of three letters or more, at half the height of their letters."""
    image = page.scan.copy()
    size = page.prepared.quality.x_height
    taken = []
    for span in spans:
        box = page.reading.box_of(span)
        assert box is not None
        if sum(map(_standing, page.reading.text[span.start : span.end])) < 3:
            continue
        rows = image[box.top : box.bottom, box.left : box.right].mean(axis=1)
        # The letters' bodies are the darkest band as high as a letter.
        band = np.convolve(255 - rows, np.ones(max(1, int(size))), "valid")
        y = box.top + int(band.argmax()) + round((0.4 + 0.2 * rng.random()) * size)
        cv2.line(image, (box.left, y), (box.right, y), int(image.min()) + 10, max(2, round(0.09 * size)))
        taken.append(span)
    return DamagedPage(page.make_ready(image), page.reading, false=tuple(taken))


def add_on_paper(page: CleanPage, spans: Sequence[Span], rng: random.Random) -> DamagedPage:
    """Words stand in the text behind the ends of lines, where there is bare paper."""

    def places(span: Span, at: int, draft: _EditedReading) -> list[Box | None]:
        line = next(line.span for line in page.reading.lines if line.span.contains(span))
        last, box = page.reading.box_of(line), page.reading.box_of(span)
        assert last is not None
        assert box is not None
        step = min(box.width, page.prepared.width - last.right - 4) // max(1, len(span))
        edge = last.right + 2
        return [Box(edge + n * step, box.top, edge + (n + 1) * step, box.bottom) for n in range(len(span))]

    return _added(page, [s for s in spans if _has_margin(page, s)], places, at_end=True)


def _has_margin(page: CleanPage, span: Span) -> bool:
    line = next(line.span for line in page.reading.lines if line.span.contains(span))
    last = page.reading.box_of(line)
    return last is not None and page.prepared.width - last.right > 3 * page.prepared.quality.x_height


def add_on_ink(page: CleanPage, spans: Sequence[Span], rng: random.Random) -> DamagedPage:
    """Words stand in the text twice, on one ink."""

    def places(span: Span, at: int, draft: _EditedReading) -> list[Box | None]:
        return list(page.reading.boxes[span.start : span.end])

    return _added(page, spans, places)


def add_between(page: CleanPage, spans: Sequence[Span], rng: random.Random) -> DamagedPage:
    """Words are squeezed in: they share the width of the word before them, letter by letter."""

    def places(span: Span, at: int, draft: _EditedReading) -> list[Box | None]:
        box = page.reading.box_of(span)
        assert box is not None
        count = 2 * len(span)
        edges = [box.left + box.width * n // count for n in range(count + 1)]
        boxes: list[Box | None] = [Box(a, box.top, b, box.bottom) for a, b in pairwise(edges)]
        draft.boxes[span.start : span.end] = boxes[: len(span)]
        return boxes[len(span) :]

    return _added(page, spans, places)


def add_nowhere(page: CleanPage, spans: Sequence[Span], rng: random.Random) -> DamagedPage:
    """Words without a place stand in the text."""

    def places(span: Span, at: int, draft: _EditedReading) -> list[Box | None]:
        return [None] * len(span)

    return _added(page, spans, places)


def _added(
    page: CleanPage,
    spans: Sequence[Span],
    places: Callable[[Span, int, _EditedReading], list[Box | None]],
    *,
    at_end: bool = False,
) -> DamagedPage:
    draft = _EditedReading(list(page.reading.text), list(page.reading.boxes))
    false: list[Span] = []
    for span in reversed(spans):
        line = next(line.span for line in page.reading.lines if line.span.contains(span))
        at = line.end if at_end else span.end
        word = page.reading.text[span.start : span.end]
        boxes = places(span, at, draft)
        draft.text[at:at] = list(word)
        draft.boxes[at:at] = boxes
        false = [Span(at, at + len(word)), *(Span(s.start + len(word), s.end + len(word)) for s in false)]
    return DamagedPage(page.prepared, draft.reading(page.reading), false=tuple(false))


LOSSES: dict[str, Damage] = {
    "words dropped": drop_words,
    "words dropped, boxes stretched": drop_words_and_stretch,
    "rows dropped": drop_rows,
    "digits dropped from numbers": drop_digits,
    "rows white on dark": invert_rows,
}
FALSEHOODS: dict[str, Damage] = {
    "words painted over": paint_words,
    "words under bars": cover_words,
    "words struck out": strike_words,
    "words on bare paper": add_on_paper,
    "words twice on one ink": add_on_ink,
    "words squeezed in": add_between,
    "words without a place": add_nowhere,
}
