"""Page numbers as commands print them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass


def listed_pages(numbers: Iterable[int]) -> str:
    """Page numbers as people list them."""
    listed = [str(number) for number in numbers]
    return f"page{'s' if len(listed) != 1 else ''} {', '.join(listed) or 'none'}"
