"""A page image without what is no print: letters that a signature runs through are letters by themselves again."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.layout.pictures import PictureRegions

AROUND = 31
"""Pixels of the thumbnail in which the lightest is the paper around a stroke."""

Grey = NDArray[np.uint8]


def without_pictures(image: Grey, pictures: PictureRegions | None) -> Grey:
    """The image with the ink of pictures, seals, signatures and handwriting painted over with the paper around it; the
    image itself where there are none. Print that they cross stays where it stands in a row of print."""
    if pictures is None or not pictures.regions:
        return image
    high, wide = pictures.ink.shape
    small = cv2.resize(image, (wide, high), interpolation=cv2.INTER_AREA)
    paper = cv2.blur(cv2.dilate(small, np.ones((AROUND, AROUND), np.uint8)), (AROUND, AROUND))
    size = (image.shape[1], image.shape[0])
    ink = cv2.resize(pictures.ink, size, interpolation=cv2.INTER_NEAREST)
    painted = image.copy()
    cv2.copyTo(cv2.resize(paper, size, interpolation=cv2.INTER_LINEAR), ink, painted)
    return painted
