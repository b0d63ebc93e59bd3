import numpy as np
import pytest

from ocr.image.orientation import pieces
from ocr.image.png import encode_grey
from ocr.image.prepare import prepare
from ocr.image.quality import survey
from ocr.layout import bands
from ocr.tesseract.align import align
from ocr.tesseract.hocr import parse_hocr
from tests.ocr import recordings


@pytest.fixture
def short_bands(monkeypatch):
    monkeypatch.setattr(bands, "LETTERS", 60)


def cuts_of(image):
    seen = survey(image)
    return bands.band_borders(seen.mask, seen.pieces, seen.scale)


@pytest.mark.parametrize("name", ["prose", "spoilt"])
def test_a_page_is_cut_between_its_lines_and_through_no_ink(short_bands, name):
    image = recordings.image(name)
    rows = cuts_of(image)
    assert len(rows) >= 3
    assert list(rows) == sorted(set(rows))
    clean = recordings.image("prose")
    for row in rows:
        assert (clean[row - 2 : row + 2] == 255).all()


def test_a_mark_is_never_cut_from_its_letter(short_bands):
    image = recordings.image("prose")
    for row in cuts_of(image):
        # Walking up from a cut, the first ink must be a line's letters and not a row of marks.
        above = np.flatnonzero((image[:row] < 128).any(axis=1))[-1]
        assert (image[above - 12 : above] < 128).any(axis=0).sum() > 100


def test_bands_hold_about_as_many_letters_as_they_should(short_bands):
    image = recordings.image("prose")
    counts = [
        len(survey(np.ascontiguousarray(band)).pieces.letters()) for band in np.split(image, cuts_of(image))
    ]
    assert sum(counts) == len(survey(image).pieces.letters())
    assert max(counts) < 3 * 60


def test_a_page_with_few_letters_is_not_cut():
    assert cuts_of(recordings.image("notice")) == ()


def test_a_page_without_white_between_its_lines_is_not_cut(short_bands):
    image = recordings.image("prose").copy()
    image[:, 20:23] = 0
    assert cuts_of(image) == ()


def test_ruling_lines_do_not_keep_a_page_from_being_cut(short_bands):
    image = recordings.image("prose").copy()
    image[20:540, 20:23] = 0
    image[20:540, 1215:1218] = 0
    found = prepare(encode_grey(image.tobytes(), image.shape[1], image.shape[0], 200))
    assert len(found.band_borders) >= 3


def test_symbols_of_a_band_have_their_place_in_the_whole_image():
    page = recordings.hocr("notice")
    both = parse_hocr(page + page, [0, 500])
    once = parse_hocr(page)
    assert len(both) == 2 * len(once)
    for first, second in zip(both, both[len(once) :], strict=False):
        assert second.box.top == first.box.top + 500
        assert second.base == first.base + 500
        assert [symbol.box.bottom for symbol in second.symbols] == [
            symbol.box.bottom + 500 for symbol in first.symbols
        ]
    text = recordings.text("notice") * 2
    alignment = align(text, [[symbol.text for symbol in line.symbols] for line in both])
    assert all(
        (place is None) == letter.isspace() for letter, place in zip(text, alignment.symbols, strict=True)
    )


def test_an_empty_mask_has_nothing_to_cut():
    mask = np.zeros((100, 100), np.uint8)
    assert bands.band_borders(mask, pieces(mask), 1.0) == ()
