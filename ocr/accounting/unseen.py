"""Letters of a reading that cannot be seen on its page: on bare paper, under solid ink, on the ink of other letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from model.account import UnseenKind, UnseenPlace
from model.box import box_around
from model.edit import Span
from model.mark import MarkKind
from model.page import Reading
from ocr.accounting.bare import without_ink
from ocr.accounting.coverage import Letters
from ocr.accounting.crowded import crowded
from ocr.accounting.pieces import InkPieces
from ocr.layout.ink import PageInk

CORE = 0.5
"""Share of a letter's box, around its middle, in which no other letter has its own middle."""

NEIGHBOURS = 1
"""Letters so near in the text may overlap."""


_TOLD = (MarkKind.STRUCK_OUT, MarkKind.WATERMARK)


def unseen(
    reading: Reading, letters: Letters, ink: PageInk, light: InkPieces, struck: Sequence[int]
) -> tuple[UnseenPlace, ...]:
    """The letters that cannot be seen, those of one kind that follow each other in a line as one place.

    `light` are the light pieces on dark grounds, which are as good as ink; `struck` the code points of letters that are
    struck through.
    """
    kinds = dict.fromkeys(_without_place(reading, letters), UnseenKind.NO_PLACE)
    if len(letters.at):
        kinds |= dict.fromkeys(_with_their_marks(reading, struck), UnseenKind.STRUCK)
        empty, solid = without_ink(letters, ink, light)
        kinds |= dict.fromkeys(letters.at[empty].tolist(), UnseenKind.NO_INK)
        sharing = _sharing(letters, ink)
        kinds |= dict.fromkeys(crowded(reading, letters, ink, sharing), UnseenKind.CROWDED)
        kinds |= dict.fromkeys(sharing, UnseenKind.SHARED)
        kinds |= dict.fromkeys(letters.at[solid].tolist(), UnseenKind.COVERED)
    # A reading may say by itself that letters are struck out or lie across others: that is a finding already.
    for mark in reading.marks:
        for at in range(mark.span.start, mark.span.end) if mark.kind in _TOLD else ():
            if kinds.get(at) in (UnseenKind.STRUCK, UnseenKind.SHARED):
                del kinds[at]
    return tuple(_places(reading, kinds))


def _with_their_marks(reading: Reading, letters: Sequence[int]) -> Iterator[int]:
    """Code points and those of the marks over and under them."""
    for at in letters:
        yield at
        for behind in range(at + 1, len(reading.text)):
            if unicodedata.category(reading.text[behind]) != "Mn":
                break
            yield behind


def _without_place(reading: Reading, letters: Letters) -> list[int]:
    if not len(letters.at):
        return []
    return [
        at
        for at, (character, box) in enumerate(zip(reading.text, reading.boxes, strict=True))
        if box is None and not character.isspace()
    ]


def _sharing(letters: Letters, ink: PageInk) -> list[int]:
    """Letters whose middle lies within the core of a letter that stands elsewhere in the text."""
    shape = ink.labels.shape
    owner = np.full(shape, -1, np.int32)
    left, top, right, bottom = (letters.boxes * np.array([ink.across, ink.down, ink.across, ink.down])).T
    x, y = (left + right) / 2, (top + bottom) / 2
    aside, over = CORE * (right - left) / 2, CORE * (bottom - top) / 2
    edges = np.stack([x - aside, y - over, x + aside, y + over], axis=1).round().astype(int).clip(0)
    standing = np.flatnonzero(letters.standing)
    for at, (x0, y0, x1, y1) in zip(standing.tolist(), edges[standing].tolist(), strict=True):
        owner[y0 : y1 + 1, x0 : x1 + 1] = at
    columns = x[standing].round().astype(int).clip(0, shape[1] - 1)
    rows = y[standing].round().astype(int).clip(0, shape[0] - 1)
    by = owner[rows, columns]
    other = by != standing
    far = (np.abs(by - standing) > NEIGHBOURS) & (letters.word[by] != letters.word[standing])
    sharing: list[int] = letters.at[by[other & far]].tolist()
    return sharing


def _places(reading: Reading, kinds: dict[int, UnseenKind]) -> list[UnseenPlace]:
    """Letters of one kind that follow each other in a line, white space aside."""
    found: list[UnseenPlace] = []
    run: list[int] = []

    def close() -> None:
        if run and _counts(reading, run, kinds[run[0]]):
            span = Span(run[0], run[-1] + 1)
            found.append(UnseenPlace(kinds[run[0]], span, box_around(reading.boxes[run[0] : run[-1] + 1])))
        run.clear()

    for at in sorted(kinds):
        # A full stop between two letters has its own way of not being seen.
        if run and kinds[at] is not kinds[run[0]] and not reading.text[at].isalnum():
            continue
        if run and (kinds[at] is not kinds[run[0]] or not _follows(reading, run[-1], at, kinds)):
            close()
        run.append(at)
    close()
    return found


def _follows(reading: Reading, before: int, at: int, kinds: Mapping[int, UnseenKind]) -> bool:
    """Whether only such signs stand between two letters as may be seen no more than these."""
    under_bar = kinds[before] is UnseenKind.COVERED
    between = reading.text[before + 1 : at]
    return "\n" not in between and all(
        c.isspace() or unicodedata.category(c) == "Mn" or number in kinds or (under_bar and not c.isalnum())
        for number, c in enumerate(between, before + 1)
    )


def _counts(reading: Reading, run: list[int], kind: UnseenKind) -> bool:
    """Whether letters are enough to be a place: one of a word may stand a little beside where the reader says."""
    letters = sum(reading.text[at].isalnum() for at in run)
    if letters != 1 or kind in (UnseenKind.SHARED, UnseenKind.CROWDED, UnseenKind.STRUCK):
        return letters >= 2
    around = reading.text[max(0, run[0] - 1) : run[0]] + reading.text[run[-1] + 1 : run[-1] + 2]
    return not around.strip()
