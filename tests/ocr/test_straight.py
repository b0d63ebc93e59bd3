"""Long straight strokes, against OpenCV's own opening."""

import cv2
import numpy as np
import pytest

from ocr.image.straight import level_strokes, upright_strokes


@pytest.mark.parametrize("length", [1, 2, 3, 7, 40, 41, 90])
@pytest.mark.parametrize("ink", [0.5, 0.9, 0.98, 1.0])
def test_strokes_are_those_of_opencvs_opening(length, ink):
    made = np.random.default_rng(length).random((53, 71))
    mask = np.where(made < ink, np.uint8(255), np.uint8(0))
    level, upright = np.ones((1, length), np.uint8), np.ones((length, 1), np.uint8)
    assert np.array_equal(level_strokes(mask, length), cv2.morphologyEx(mask, cv2.MORPH_OPEN, level))
    assert np.array_equal(upright_strokes(mask, length), cv2.morphologyEx(mask, cv2.MORPH_OPEN, upright))


def test_nothing_is_found_where_no_run_is_long_enough():
    mask = np.zeros((30, 30), np.uint8)
    mask[4, 3:12] = 255
    assert not level_strokes(mask, 10).any()
    assert level_strokes(mask, 9).any()
