"""How many letters of a page are still wrong in all likelihood, once people and policies have decided about some."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from correction.reliability import CharacterFeatures, expectation_of, letters_of, risks, witnesses_of
from dictionaries.reliability import is_measured, load
from model.edit import Expectation, Span
from model.page import Page
from model.state import Outcome, PageState
from review.own_text import current_rows

_SETTLED = (Outcome.ACCEPTED, Outcome.EDITED, Outcome.REJECTED, Outcome.ACKNOWLEDGED, Outcome.POLICY)


def expected_rest(
    state: PageState, seen: Collection[int] = (), letters_seen: Collection[Span] = ()
) -> Expectation | None:
    """How many letters are expected to be wrong among those about which nobody has decided, with the range that holds
    nine pages of ten; `seen` are rows of the page's text that somebody has read against the scan, `letters_seen`
    letters of the raw text, which count as right.

    None where nothing tells: a page that no reader has read, or one whose reader gives no confidence.
    """
    page = state.page
    if page is None or not page.reading.text.strip():
        return None
    confident = any(one is not None for one in page.reading.confidences)
    if not confident and not is_measured(page.reading.reader.name):
        return None
    rows = current_rows(state) if seen else ()
    settled = [one.span for one in state.all_findings if state.outcomes.get(one.id) in _SETTLED]
    settled += [rows[index].span for index in seen if 0 <= index < len(rows)]
    settled += letters_seen
    letters, probabilities = _letters(page)
    covered = _covered(len(page.reading.text), settled)
    open_ones = [
        probability
        for start, end, probability in zip(letters.starts, letters.ends, probabilities, strict=True)
        if not any(covered[start:end])
    ]
    return expectation_of(len(open_ones), sum(open_ones), load(page.reading.reader.name))


@lru_cache(maxsize=8)
def _letters(page: Page) -> tuple[CharacterFeatures, tuple[float, ...]]:
    found = letters_of(page.reading, witnesses_of(page), page.quality)
    return found, tuple(map(float, risks(found, load(page.reading.reader.name))))


def _covered(size: int, spans: Collection[Span]) -> bytearray:
    covered = bytearray(size)
    for span in spans:
        covered[span.start : span.end] = b"\x01" * (span.end - span.start)
    return covered
