"""Numbers as they stand in a text: runs of digits with the signs inside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

THAI_DIGITS = "\u0e50-\u0e59"  # as a range of a regular expression's set

# One number is written without a space: ๑๕๑,๗๑๒  ๒.๓  ๐-๕๓๓๓-๑๒๓๔  ๓/๒๕๖๙
_NUMBER = re.compile(f"[0-9{THAI_DIGITS}]+(?:[.,/:–-][0-9{THAI_DIGITS}]+)*")
_THAI = re.compile(f"[{THAI_DIGITS}]")


def thai_numbers(text: str) -> Iterator[tuple[int, int]]:
    """The numbers that hold a Thai digit, as (start, end), in order of place."""
    for match in _NUMBER.finditer(text):
        if _THAI.search(text, *match.span()):
            yield match.span()
