"""What follows from the counts of grey levels, against NumPy on the pixels themselves."""

import numpy as np
import pytest

from ocr.image.shades import level_below, percentiles, shades
from ocr.layout.baseline import middle_of


@pytest.mark.parametrize("size", [1, 2, 3, 10, 257, 4000])
def test_percentiles_are_numpys_to_the_last_bit(size):
    made = np.random.default_rng(size)
    per_cents = [0, 1, 25, 50, 80, 99, 100, *(100 * made.random(20))]
    for image in (made.integers(0, 256, (1, size)), made.normal(230, 9, (1, size)).clip(0, 255)):
        grey = image.astype(np.uint8)
        assert percentiles(shades(grey), per_cents) == np.percentile(grey, per_cents).tolist()


def test_a_share_of_the_pixels_lies_below_its_level():
    grey = np.arange(100, dtype=np.uint8)[None]
    assert level_below(shades(grey), 0.9) == 89


@pytest.mark.parametrize("count", [1, 2, 5, 8])
def test_the_middle_is_numpys_median(count):
    values = np.random.default_rng(count).random(count)
    assert middle_of(values) == np.median(values)
