"""What a glyph looks like, so that it can be told by its shape when nothing else says what it means.

A shape is a small picture of the outline, stretched to a square, with what the stretching loses: how wide it
is for its height, and where it stands and how large it is in x-heights of its font. Known shapes come from the
same font's other glyphs, from the document's other fonts, and from a table of reference shapes (`make_shapes`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

SIDE = 16
"""Side of the stretched picture, pixels."""

_FINE = 4  # each pixel is drawn with so many times so many
PLACES = 4
"""Width over height (log), height, lower edge, left edge against advance: the numbers beside the picture."""

WEIGHTS = np.array([0.35, 0.35, 0.1, 0.05], np.float32)
"""How much one unit of each of them counts beside the mean difference of the pictures (0 to 1)."""

FAR = 0.06
"""By size and place alone, so far from a known shape, a glyph is another letter."""

Outline: TypeAlias = tuple[tuple[tuple[int, int], ...], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn glyph. `picture`: SIDE x SIDE, coverage 0 to 1. `places`: as `PLACES` says.

    `left`, `bottom`, `right`, `top`: the ink's edges in thousandths of an em from the glyph's origin, y upwards.
    """

    picture: NDArray[np.float32]
    places: NDArray[np.float32]
    left: int
    bottom: int
    right: int
    top: int


Distances: TypeAlias = Callable[[Outline, float], Mapping[str, float]]
"""How far a glyph of that outline and x-height is from each letter of the reference."""


def reference_distances(outline: Outline, x_height: float) -> Mapping[str, float]:
    """How far a glyph is from each letter of the reference."""
    shape = shape_of(outline, x_height)
    return {} if shape is None else reference().distances(shape)


def shape_of(outline: Outline, x_height: float) -> Shape | None:
    """The shape of an outline in thousandths of an em; None for a blank. `x_height` in the same unit."""
    contours = [np.array(contour, np.int32) for contour in outline if len(contour) >= 3]
    if not contours or x_height <= 0:
        return None
    points = np.concatenate(contours)
    (left, bottom), (right, top) = points.min(axis=0), points.max(axis=0)
    width, height = max(1, int(right - left)), max(1, int(top - bottom))
    places = np.array(
        [np.log(width / height), height / x_height, bottom / x_height, left / x_height], np.float32
    )
    picture = _picture(contours, int(left), int(top), width, height)
    return Shape(picture, places, int(left), int(bottom), int(right), int(top))


def _picture(
    contours: Sequence[NDArray[np.int32]], left: int, top: int, width: int, height: int
) -> NDArray[np.float32]:
    side = SIDE * _FINE
    winding = np.zeros((side, side), np.int16)
    for contour in contours:
        x = (contour[:, 0] - left) * ((side - 1) / width)
        y = (top - contour[:, 1]) * ((side - 1) / height)
        polygon = np.stack([x, y], axis=1).round().astype(np.int32)
        drawn = np.zeros((side, side), np.uint8)
        cv2.fillPoly(drawn, [polygon], 1)
        area = cv2.contourArea(contour.astype(np.float32), oriented=True)
        winding += drawn.astype(np.int16) if area >= 0 else -drawn.astype(np.int16)
    ink = (winding != 0).astype(np.float32)
    small = cv2.resize(ink, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    # A touch of blur, so that a stroke one pixel to the side is near, not far.
    return np.asarray(cv2.GaussianBlur(small, (3, 3), 0.8), np.float32)


@dataclass(frozen=True, slots=True)
class Gallery:
    """Known shapes: letters, and one row a shape of pictures (flattened) and places."""

    letters: tuple[str, ...]
    pictures: NDArray[np.float32]
    places: NDArray[np.float32]

    @classmethod
    def of(cls, known: Sequence[tuple[str, Shape]]) -> Gallery:
        """A gallery of shapes whose letters are known."""
        if not known:
            return cls((), np.zeros((0, SIDE * SIDE), np.float32), np.zeros((0, PLACES), np.float32))
        return cls(
            tuple(letter for letter, _ in known),
            np.stack([shape.picture.ravel() for _, shape in known]),
            np.stack([shape.places for _, shape in known]),
        )

    def distances(self, shape: Shape) -> dict[str, float]:
        """How far the shape is from the nearest known one of each letter: 0 the same, 0.1 alike.

        Letters that are further than `FAR` by their size and place alone are left out.
        """
        if not self.letters:
            return {}
        aside = 0.3 * (np.abs(self.places - shape.places).clip(0, 1) @ WEIGHTS)
        near = np.flatnonzero(aside < FAR)
        pictures = np.abs(self.pictures[near] - shape.picture.ravel()).mean(axis=1)
        found: dict[str, float] = {}
        for index, distance in zip(near.tolist(), (pictures + aside[near]).tolist(), strict=True):
            letter = self.letters[index]
            if distance < found.get(letter, np.inf):
                found[letter] = distance
        return found


@cache
def reference() -> Gallery:
    """Shapes of the Thai letters, digits and ASCII in free fonts, made by `training.make_shapes`."""
    with resources.files("ocr.text_layer").joinpath("shapes.npz").open("rb") as file:
        data = np.load(file, allow_pickle=False)
        letters = tuple(map(chr, data["letters"].tolist()))
        pictures = data["pictures"].astype(np.float32) / 255
        return Gallery(letters, pictures, data["places"].astype(np.float32))
