"""What is no print is painted over before lines are looked for, and the print beside it stays."""

import cv2
import numpy as np

from model.box import Box
from model.region import RegionKind
from ocr.layout.picture_free import without_pictures
from ocr.layout.pictures import PictureRegion, PictureRegions


def page():
    """A page of two strokes, the upper one a pen's."""
    image = np.full((200, 400), 230, np.uint8)
    cv2.line(image, (50, 50), (350, 60), 30, 5)
    cv2.line(image, (50, 150), (350, 150), 30, 5)
    return image


def pen(image):
    """What was found on it, in a thumbnail of half its size."""
    ink = np.zeros((100, 200), np.uint8)
    ink[:50] = (cv2.resize(image, (200, 100), interpolation=cv2.INTER_AREA) < 200)[:50] * np.uint8(255)
    return PictureRegions((PictureRegion(RegionKind.SIGNATURE, Box(25, 24, 176, 32), 0.7),), ink)


def test_the_ink_of_a_picture_is_as_light_as_the_paper_around_it():
    image = page()
    clean = without_pictures(image, pen(image))
    assert clean[:100].min() > 200
    assert (clean[100:] == image[100:]).all()
    assert image[:100].min() == 30


def test_a_page_without_pictures_is_the_page_itself():
    image = page()
    assert without_pictures(image, None) is image
    assert without_pictures(image, PictureRegions((), np.zeros((100, 200), np.uint8))) is image
