"""A page foretold to be read badly, made ready in several ways: the one that its readers are surest of is kept."""

from __future__ import annotations

from collections.abc import Callable

from ocr.image.prepare import Prepared, Treatment, prepare

SMALL, LARGER = 20.0, 1.5
"""Letter height in pixels below which letters are enlarged, and by how much."""

LEAST_GAIN = 0.01
"""By how much more than what stands so far a candidate must score."""


def treatments(page: Prepared) -> tuple[Treatment, ...]:
    """What may make a badly read page better, in the order in which it is tried."""
    found = [Treatment(evened=True), Treatment(median=3), Treatment(evened=True, median=3)]
    if 0 < page.quality.x_height < SMALL:
        found.append(Treatment(scale=LARGER))
    return tuple(found)


def best_prepared(
    png: bytes, page: Prepared, score: Callable[[Prepared], float], enough: float
) -> tuple[Prepared, float]:
    """The page as it scores best, and its score: as it is (`page`, made ready from `png`), or treated in other ways.

    `score` says how sure the readers are of a page, 0 to 1; a page that scores `enough` is not treated further.
    """
    best, most = page, score(page)
    for treatment in treatments(page):
        if most >= enough:
            break
        other = prepare(png, treatment)
        reached = score(other)
        if reached >= most + LEAST_GAIN:
            best, most = other, reached
    return best, most
