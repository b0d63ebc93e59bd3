import cv2
import numpy as np
import pytest

from ocr.image.png import encode_grey
from ocr.image.prepare import prepare
from ocr.image.quality import survey
from ocr.image.streaks import is_streaked, without_streaks
from tests.ocr import recordings


def page():
    """Three times the recorded prose."""
    text = recordings.image("prose")
    sheet = np.full((1754, text.shape[1]), 255, np.uint8)
    for top in (0, 560, 1120):
        sheet[top : top + 540] = text[:540]
    return sheet


def streaks(image, count=90, seed=4):
    """The page from a dirty copier: columns one to three pixels broad, dark over a long way, with a grain."""
    dice = np.random.default_rng(seed)
    height, width = image.shape
    dark = np.zeros(image.shape, np.float32)
    for x in dice.integers(width // 3, width, count):
        top, far = int(dice.integers(0, height // 2)), int(dice.integers(height // 2, height))
        dark[top : top + far, x : x + int(dice.integers(1, 4))] = dice.uniform(60, 150)
    dark *= dice.uniform(0.4, 1.3, image.shape)
    return (image - dark).clip(0, 255).astype(np.uint8)


def prepared(image):
    return prepare(encode_grey(np.ascontiguousarray(image).tobytes(), image.shape[1], image.shape[0], 200))


def test_a_page_from_a_dirty_copier_is_evened_and_its_letters_stay():
    dirty = streaks(page())
    assert is_streaked(survey(dirty))
    found = prepared(dirty)
    assert "streaks evened" in found.preparation.steps
    ink = cv2.erode((page() < 100).astype(np.uint8), np.ones((2, 2))) > 0
    paper = cv2.dilate((page() < 250).astype(np.uint8), np.ones((7, 7))) == 0
    assert np.mean(found.image[paper] < 160) < 0.35 * np.mean(dirty[paper] < 160)
    assert np.mean(found.image[ink] < 150) > 0.85


@pytest.mark.parametrize("name", recordings.NAMES)
def test_a_page_without_streaks_is_left_alone(name):
    assert not is_streaked(survey(recordings.image(name)))
    assert "streaks evened" not in prepared(recordings.image(name)).preparation.steps


def test_the_rules_of_a_table_are_no_streaks():
    sheet = page()
    for x in range(30, 1240, 110):
        sheet[:, x : x + 3] = 0
    assert not is_streaked(survey(sheet))


def test_dark_grounds_are_no_streaks():
    sheet = page()
    sheet[:, 900:1240] = np.minimum(sheet[:, 900:1240], 190)
    assert not is_streaked(survey(sheet))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_rows_white_on_dark_are_neither_streaks_nor_shadows_and_are_read(seed):
    sheet = page() - np.random.default_rng(seed).integers(0, 60, page().shape, dtype=np.uint8)
    darkened = sheet.copy()
    for top in (62, 622, 1180, 1320):
        darkened[top + 6 * seed : top + 6 * seed + 70, 80:-80] = (
            255 - sheet[top + 6 * seed : top + 6 * seed + 70, 80:-80]
        )
    steps = prepared(darkened).preparation.steps
    assert not [step for step in steps if "evened" in step]
    assert "light letters on dark grounds turned dark" in steps


def test_an_empty_page_has_no_streaks():
    assert not is_streaked(survey(np.full((900, 700), 250, np.uint8)))


def test_evening_a_page_without_streaks_keeps_its_paper_and_its_ink():
    even = without_streaks(page(), 22)
    assert np.median(even) == 255
    assert even[page() < 20].mean() < 60
