"""A page that is mostly wrong is to be scanned again."""

import pytest

from model.errors import PageError
from model.page import Page, Quality, Reader, Reading
from pipeline.readable import must_be_readable

POOR = Quality(12.4, 0.2, 0.026, 0.01, 0.05, False)
GOOD = Quality(25, 0.9, 0.0, 0.5, 0.05, False)
GARBAGE = "ฟ๒ฯฬ์ฺญ ๗ฑฤฆฏ๊ฌ ษ๋ฐ์ฬ๙ฦ ฌ๕ฮฒฯ๎ ฑ๗ฬฤ์ฏ" * 4


def page(text, confidence, quality=POOR, reader="cascade"):
    shares = tuple(None if one.isspace() else confidence for one in text)
    plain = Reading.of_text(text, Reader(reader, "1"))
    read = Reading(3, plain.reader, text, plain.lines, (None,) * len(text), shares, (None,) * len(text))
    return Page("d", 3, "i", 10, 10, 300, quality, (read,))


def test_a_page_that_is_mostly_wrong_is_refused_with_what_is_wrong_with_its_image():
    with pytest.raises(PageError) as refused:
        must_be_readable(page(GARBAGE, 0.1), "a.pdf", 0.25)
    said = str(refused.value)
    assert said.startswith(
        "a.pdf, page 3: cannot be read (letters of 12 pixels, pale print, noisy paper, a blurred image)"
    )
    assert "Scan it again" in said
    assert not refused.value.transient


def test_a_page_whose_image_has_no_fault_is_refused_without_one():
    with pytest.raises(PageError, match="page 3: cannot be read: about"):
        must_be_readable(page(GARBAGE, 0.1, GOOD), "a.pdf", 0.25)


@pytest.mark.parametrize(
    "read",
    [
        page("องค์การบริหารส่วนตำบลกำแพงประชุมสภาสมัยสามัญครั้งที่สอง", 0.999, GOOD),
        page(GARBAGE[:30], 0.1),
        page(GARBAGE, 0.1, reader="kraken"),
        page("", 0.1),
    ],
)
def test_pages_that_are_right_short_or_somebody_else_s_are_taken(read):
    must_be_readable(read, "a.pdf", 0.25)


def test_with_a_limit_of_one_every_page_is_taken():
    must_be_readable(page(GARBAGE, 0.1), "a.pdf", 1.0)
