"""What the rules about words need to know of a text, found once for all of them."""

from __future__ import annotations

from functools import lru_cache

from correction.words.running import Running, running
from dictionaries.language_model import load


@lru_cache(maxsize=4)
def analyse(text: str) -> Running:
    """The running text of a page, scored."""
    return running(text, load())
