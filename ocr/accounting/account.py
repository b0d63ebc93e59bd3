"""The account of a page: its ink held against the letters of a reading, whoever read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from dictionaries.code_identity import code_identity
from model.account import Account, InkKind, InkPlace
from model.box import Box
from model.mark import MarkKind
from model.page import Reading
from ocr.accounting.blackened import blackened
from ocr.accounting.by_number import by_number
from ocr.accounting.by_type import by_type
from ocr.accounting.coverage import Letters, cover, letters_of
from ocr.accounting.numbers import short_numbers
from ocr.accounting.pictured import by_region, pictured, within
from ocr.accounting.pieces import InkPieces, dark_grounds, dark_pieces, in_words, pieces_on_grounds
from ocr.accounting.places import HIGH, LOW, InkGroup, places
from ocr.accounting.signs import signs
from ocr.accounting.stretched import stretched
from ocr.accounting.strikes import struck
from ocr.accounting.unseen import unseen
from ocr.image.prepare import Prepared
from ocr.image.watermarks import Watermark

ROW = 4.0
"""How many times as far as across the way down is, where the letter nearest to a place is looked for."""


def account(prepared: Prepared, reading: Reading) -> Account:
    """Hold the ink of a prepared page against the letters of one of its readings.

    Costs about 50 ms for a page of 300 dpi.
    """
    if prepared.quality.blank and all(box is None for box in reading.boxes):
        return Account(located=True, covered=0)
    ink = prepared.ink
    letters = letters_of(prepared, reading, ink)
    grounds = dark_grounds(ink)
    room = cover(letters.without(stretched(letters, ink)), ink)
    light, deep = pieces_on_grounds(ink, room, grounds)
    dark = dark_pieces(ink, room, grounds)
    types = by_type(dark, letters, ink)
    dark = _with_words(dark, types)
    drawn = pictured(dark, ink, prepared.pictures)
    size, sketched = (prepared.image.shape[1], prepared.image.shape[0]), ink.across * ink.down
    found = [
        place
        for letter, own in types
        for place in places(dark.chosen(own & ~dark.covered & ~drawn), letter, size, sketched)
    ]
    if prepared.pictures is not None and drawn.any():
        found += by_region(dark.chosen(drawn), prepared.pictures, prepared.thumbnail_scale)
    for on_ground in (light, deep):
        between = within(on_ground, prepared.pictures, prepared.thumbnail_scale)
        gone = places(on_ground.chosen(~on_ground.covered & ~between), ink.letter, size, sketched)
        found += [one for one in gone if one.kind is InkKind.TEXT]
    found += blackened(ink)
    found += [_watermark(one, sketched) for one in prepared.watermarks]
    found += _not_among(
        short_numbers(reading, letters, dark), [one for one in found if one.kind is InkKind.TEXT]
    )
    if reading.text.strip() and not len(letters.at):
        return _unlocated(
            prepared, reading, dark, ink.letter, [one for one in found if one.kind is not InkKind.TEXT]
        )
    covered = sum(
        float(own.area[own.covered & _letter_like(own, ink.letter)].sum()) for own in (dark, light, deep)
    )
    pictures = [mark.box for mark in reading.marks if mark.kind is MarkKind.PICTURE and mark.box is not None]
    all_places = [_ink_place(one, prepared, letters, pictures) for one in found]
    lines = (*prepared.drawn.ruled.across, *prepared.drawn.strikes)
    return Account(
        located=True,
        covered=round(covered),
        missing=tuple(one for one in all_places if one.kind is InkKind.TEXT),
        named=tuple(one for one in all_places if one.kind is not InkKind.TEXT),
        unseen=unseen(reading, letters, ink, light, struck(letters, ink, lines)),
        signs=signs(prepared, reading, letters),
    )


def _watermark(mark: Watermark, sketched: float) -> InkGroup:
    """A watermark's ink, which is no more on the prepared image; `sketched` as in `places`."""
    box = mark.box
    return InkGroup(InkKind.WATERMARK, box.left, box.top, box.right, box.bottom, mark.area * sketched)


def _not_among(more: Sequence[InkGroup], found: Sequence[InkGroup]) -> list[InkGroup]:
    """Those groups that lie in none which is found already."""
    return [
        one
        for one in more
        if not any(
            min(one.right, other.right) > max(one.left, other.left)
            and min(one.bottom, other.bottom) > max(one.top, other.top)
            for other in found
        )
    ]


def _unlocated(
    prepared: Prepared, reading: Reading, dark: InkPieces, letter: float, named: Sequence[InkGroup]
) -> Account:
    """The account of a reading that knows no places: whether its letters are as many as the ink has room for."""
    missing, unseen = by_number(reading, dark, letter)
    first = next(at for at, character in enumerate(reading.text) if not character.isspace())
    return Account(
        located=False,
        covered=0,
        missing=tuple(InkPlace(one.kind, _box(one, prepared), round(one.area), first) for one in missing),
        named=tuple(InkPlace(one.kind, _box(one, prepared), round(one.area)) for one in named),
        unseen=unseen,
    )


def _box(place: InkGroup, prepared: Prepared) -> Box:
    box = Box(round(place.left), round(place.top), round(place.right), round(place.bottom))
    return prepared.to_page(box)


def accounting_code() -> str:
    """The identity of the code that makes accounts."""
    return code_identity(__name__)


def _with_words(pieces: InkPieces, types: Sequence[tuple[float, NDArray[np.bool_]]]) -> InkPieces:
    """The pieces, with those given to letters that stand alone among the letters of a word."""
    within = np.zeros(len(pieces.own), np.bool_)
    for letter, own in types:
        within[own] = in_words(pieces.chosen(own), letter, LOW, HIGH)
    return replace(pieces, own=np.where(within, pieces.area, pieces.own))


def _letter_like(pieces: InkPieces, letter: float) -> NDArray[np.bool_]:
    return (pieces.high >= LOW * letter) & (pieces.high <= HIGH * letter)


def _ink_place(place: InkGroup, prepared: Prepared, letters: Letters, pictures: Sequence[Box]) -> InkPlace:
    """A place in the frame of the page image; what lies in a picture that the reading knows of is the picture's."""
    box = Box(round(place.left), round(place.top), round(place.right), round(place.bottom))
    on_page = prepared.to_page(box)
    x, y = (on_page.left + on_page.right) / 2, (on_page.top + on_page.bottom) / 2
    of_picture = any(one.left <= x <= one.right and one.top <= y <= one.bottom for one in pictures)
    kind = InkKind.PICTURE if of_picture else place.kind
    return InkPlace(kind, on_page, round(place.area), _beside(box, letters))


def _beside(box: Box, letters: Letters) -> int | None:
    """The code point that stands nearest to a place: rows count more than columns."""
    standing = np.flatnonzero(letters.standing)
    if not len(standing):
        return None
    left, top, right, bottom = letters.boxes[standing].T
    across = np.maximum(np.maximum(left - box.right, box.left - right), 0)
    down = np.maximum(np.maximum(top - box.bottom, box.top - bottom), 0)
    return int(letters.at[standing[int(np.argmin(across + ROW * down))]])
