"""Ink that was told from print before a letter was read: pictures, seals, stamps, signatures, handwriting."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from model.account import InkKind
from ocr.accounting.pieces import InkPieces
from ocr.accounting.places import InkGroup, group_of
from ocr.layout.ink import PageInk
from ocr.layout.pictures import PictureRegions

OF_PICTURE = 0.5
"""Share of a piece of ink that must be a region's ink for it to be the region's."""


def pictured(pieces: InkPieces, ink: PageInk, pictures: PictureRegions | None) -> NDArray[np.bool_]:
    """Which pieces of ink are no print, as the page's pictures have it; letters that were read are print."""
    if pictures is None or not pictures.regions:
        return np.zeros(len(pieces.left), np.bool_)
    size = (ink.labels.shape[1], ink.labels.shape[0])
    mask = cv2.resize(pictures.ink, size, interpolation=cv2.INTER_NEAREST) > 0
    own = np.bincount(ink.labels[mask], minlength=len(ink.left))[1:]
    return (own >= OF_PICTURE * pieces.area) & ~pieces.covered


def within(pieces: InkPieces, pictures: PictureRegions | None, scale: float) -> NDArray[np.bool_]:
    """Which pieces have their middle on a picture's ink, as the white between dense strokes has; `scale` as in
    `by_region`."""
    if pictures is None or not pictures.regions:
        return np.zeros(len(pieces.left), np.bool_)
    high, wide = pictures.ink.shape
    x = ((pieces.left + pieces.wide / 2) * scale).astype(np.int64).clip(0, wide - 1)
    y = ((pieces.top + pieces.high / 2) * scale).astype(np.int64).clip(0, high - 1)
    return np.asarray(pictures.ink[y, x] > 0, np.bool_)


def by_region(pieces: InkPieces, pictures: PictureRegions, scale: float) -> list[InkGroup]:
    """The pieces that are no print, by the region that they lie in or next to.

    `scale`: pixels of the pictures' thumbnail for each of the prepared image's.
    """
    boxes = (
        np.array([[one.box.left, one.box.top, one.box.right, one.box.bottom] for one in pictures.regions])
        / scale
    )
    x, y = (pieces.left + pieces.wide / 2)[:, None], (pieces.top + pieces.high / 2)[:, None]
    left, top, right, bottom = boxes.T
    away = np.maximum(np.maximum(left - x, x - right), 0) + np.maximum(np.maximum(top - y, y - bottom), 0)
    nearest = away.argmin(axis=1)
    return [
        group_of(InkKind(pictures.regions[number].kind.value), pieces.chosen(nearest == number))
        for number in np.unique(nearest).tolist()
    ]
