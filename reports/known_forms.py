"""Sentences known by their form, with braces for what differs: so one that was made in English is said in Thai."""

from __future__ import annotations

import re
from functools import cache

_GAP = re.compile(r"\{~?\}")


@cache
def form_pattern(form: str) -> re.Pattern[str]:
    """What has this form; a group for each gap, which is as short as may be."""
    return re.compile("(.*?)".join(map(re.escape, _GAP.split(form))), re.DOTALL)


@cache
def spoken_gaps(form: str) -> tuple[bool, ...]:
    """Which gaps hold words that are said anew, too (`{~}`); the others (`{}`) are quoted as they stand."""
    return tuple(gap == "{~}" for gap in _GAP.findall(form))
