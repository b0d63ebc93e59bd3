import cv2
import numpy as np

from model.page import Box
from ocr.image.candidates import best_prepared, treatments
from ocr.image.png import encode_grey
from ocr.image.prepare import prepare
from tests.ocr import recordings


def png_of(image):
    return encode_grey(np.ascontiguousarray(image).tobytes(), image.shape[1], image.shape[0], 200)


def peppered(share=0.06):
    """The recorded prose with single pixels black or white."""
    dice = np.random.default_rng(8)
    image = recordings.image("prose").copy()
    hit = dice.random(image.shape) < share
    image[hit] = dice.choice(np.array([0, 255], np.uint8), int(hit.sum()))
    return image


def likeness(prepared):
    """Stands for a reader: how like the clean page a page is, 0 to 1."""
    clean = recordings.image("prose")
    image = cv2.resize(prepared.image, clean.shape[::-1], interpolation=cv2.INTER_AREA)
    return 1 - float(np.abs(image.astype(int) - clean).mean()) / 60


def test_the_candidate_that_scores_best_is_kept():
    png = png_of(peppered())
    first = prepare(png)
    best, score = best_prepared(png, first, likeness, enough=0.999)
    assert score > likeness(first) + 0.05
    assert score == likeness(best)
    assert any("median" in step for step in best.preparation.steps)


def test_a_page_that_scores_enough_is_not_made_ready_anew():
    png = png_of(peppered())
    first = prepare(png)
    asked = []

    def score(page):
        asked.append(page)
        return 0.9

    best, reached = best_prepared(png, first, score, enough=0.9)
    assert best is first
    assert reached == 0.9
    assert asked == [first]


def test_a_candidate_that_is_hardly_better_changes_nothing():
    png = png_of(recordings.image("prose"))
    first = prepare(png)
    scores = iter([0.5, 0.505, 0.5, 0.508])
    best, reached = best_prepared(png, first, lambda _: next(scores), enough=1.0)
    assert best is first
    assert reached == 0.5


def test_small_letters_are_enlarged_and_boxes_keep_their_places():
    small = cv2.resize(recordings.image("prose"), None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
    first = prepare(png_of(small))
    assert any(treatment.scale > 1 for treatment in treatments(first))
    assert not any(
        treatment.scale > 1 for treatment in treatments(prepare(png_of(recordings.image("prose"))))
    )
    large = prepare(png_of(small), treatments(first)[-1])
    assert large.image.shape[0] > 1.4 * small.shape[0]
    ys, xs = np.nonzero(large.image < 120)
    place = large.to_page(Box(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1))
    ys, xs = np.nonzero(small < 120)
    assert abs(place.left - xs.min()) <= 2
    assert abs(place.bottom - ys.max()) <= 2
