"""Whether a page could be read at all: one that is mostly wrong is to be scanned again, not corrected."""

from __future__ import annotations

from correction.reliability import expected_errors
from model.edit import Expectation
from model.errors import PageError
from model.page import Page, Quality

OURS = frozenset({"cascade", "line-reader", "tesseract"})
"""The readers of page images whose word is taken for it: what somebody else has written down is taken as it is."""

FEWEST = 40
"""Letters from which on a page's expected errors are a share that says something."""

SMALL, PALE, NOISY, BLURRED = 13.0, 0.3, 0.025, 0.02
"""Letter height in pixels, contrast, noise and sharpness (`model.page.Quality`) that are said to be the trouble."""


def must_be_readable(page: Page, name: str, limit: float) -> Expectation | None:
    """What is expected of a page; one of which more than the share `limit` of the letters is expected to be wrong is
    refused. None of a reading that is taken as it is.

    Raises:
        PageError: it is such a page; the message says what is wrong with its image.
    """
    if page.reading.reader.name not in OURS:
        return None
    expected = expected_errors(page)
    if expected is None or limit >= 1 or expected.letters < FEWEST or expected.rate <= limit:
        return expected
    troubles = _troubles(page.quality)
    because = f" ({', '.join(troubles)})" if troubles else ""
    raise PageError(
        f"{name}, page {page.number}: cannot be read{because}: about {min(expected.rate, 1):.0%} of its letters"
        " would be wrong.",
        remedy="Scan it again at 300 dpi, transcribe it, or leave it out with a reason;"
        " CHAMRA_UNREADABLE=1 takes it all the same.",
    )


def _troubles(quality: Quality) -> list[str]:
    found = []
    if quality.x_height < SMALL:
        found.append(f"letters of {quality.x_height:.0f} pixels")
    if quality.contrast < PALE:
        found.append("pale print")
    if quality.noise > NOISY:
        found.append("noisy paper")
    if quality.sharpness < BLURRED:
        found.append("a blurred image")
    return found
