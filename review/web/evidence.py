"""Evidence as it is drawn: places as a chain, the ink gap beside the line's usual one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median
from typing import Any

from model.edit import Evidence, Span
from model.page import Page
from reports.letters import safe_text

_PLACE = r"(?:ตำบล|แขวง|อำเภอ|เขต|จังหวัด|กรุงเทพมหานคร|เทศบาล|องค์การบริหารส่วน)[^\s;,]*"
_CHAIN = re.compile(rf"{_PLACE}(?: {_PLACE})*")
_BACK = 4  # letters; spaces and marks have no gap of their own


def evidence_data(evidence: Sequence[Evidence]) -> list[dict[str, Any]]:
    """Each reason with its score; of places the chain too, the smallest first, and the words around it."""
    return [_drawn(one) for one in evidence]


def _drawn(one: Evidence) -> dict[str, Any]:
    detail = safe_text(one.detail)
    found = _CHAIN.search(detail)
    data: dict[str, Any] = {
        "source": safe_text(one.source),
        "detail": detail,
        "score": None if one.score is None else round(one.score, 2),
        "chain": [],
        "lead": "",
        "rest": "",
    }
    if found is not None:
        data |= {
            "chain": found[0].split(" "),
            "lead": detail[: found.start()].strip(),
            "rest": detail[found.end() :].strip(),
        }
    return data


def gap_data(page: Page, span: Span) -> dict[str, float] | None:
    """The ink gap at a space, or behind a letter that may lack one, and the usual one of its line, in pixels; None
    where the ink was not measured."""
    reading = page.reading
    here = next(
        (
            gap
            for at in range(span.end - 1, max(-1, span.end - 1 - _BACK), -1)
            if (gap := reading.gaps[at]) is not None
        ),
        None,
    )
    start = reading.text.rfind("\n", 0, span.start) + 1
    end = reading.text.find("\n", span.end)
    line = [gap for gap in reading.gaps[start : None if end < 0 else end] if gap is not None]
    if here is None or not line:
        return None
    return {"here": round(here, 1), "usual": round(median(line), 1), "most": round(max(*line, here), 1)}
